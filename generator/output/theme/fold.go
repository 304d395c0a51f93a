package theme

import (
	"html/template"
	"text/template/parse"
)

// fold writes the messages that take no arguments into the templates of one
// language, so that a page does not look each of them up again. A key that is
// missing is left to fail when the template runs.
func fold(set *template.Template, words *Catalogue) {
	for _, t := range set.Templates() {
		if t.Tree != nil {
			foldList(t.Tree.Root, words)
		}
	}
}

func foldList(list *parse.ListNode, words *Catalogue) {
	if list == nil {
		return
	}
	for i, node := range list.Nodes {
		switch node := node.(type) {
		case *parse.ActionNode:
			if text, ok := constant(node, words); ok {
				list.Nodes[i] = &parse.TextNode{NodeType: parse.NodeText, Pos: node.Pos, Text: []byte(template.HTMLEscapeString(text))}
			}
		case *parse.IfNode:
			foldList(node.List, words)
			foldList(node.ElseList, words)
		case *parse.WithNode:
			foldList(node.List, words)
			foldList(node.ElseList, words)
		case *parse.RangeNode:
			foldList(node.List, words)
			foldList(node.ElseList, words)
		}
	}
}

// constant returns the text of {{t "key"}}. Messages hold no HTML, so the text
// escaped as HTML is right between tags and in quoted attributes, the two places
// in which a template may have it.
func constant(node *parse.ActionNode, words *Catalogue) (string, bool) {
	if len(node.Pipe.Decl) > 0 || len(node.Pipe.Cmds) != 1 || len(node.Pipe.Cmds[0].Args) != 2 {
		return "", false
	}
	name, ok := node.Pipe.Cmds[0].Args[0].(*parse.IdentifierNode)
	if !ok || name.Ident != "t" {
		return "", false
	}
	key, ok := node.Pipe.Cmds[0].Args[1].(*parse.StringNode)
	if !ok {
		return "", false
	}
	text, err := words.Say(key.Text)
	return text, err == nil
}
