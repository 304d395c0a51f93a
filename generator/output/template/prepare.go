package template

import (
	"fmt"
	"strings"
	"text/template/parse"
)

// prepare changes the tree of a template before html/template escapes it: {{once}} becomes
// {{template}}, and everything that could go on without end is counted. It returns the node that each
// count is about, by the number that the count has in the tree.
func prepare(tree *parse.Tree) []parse.Node {
	p := preparer{tree: tree}
	root := tree.Root
	begin, end := p.count(root, 1), p.count(root, -1)
	p.list(root)
	root.Nodes = append(append([]parse.Node{begin}, root.Nodes...), end)
	return p.counted
}

type preparer struct {
	tree    *parse.Tree
	counted []parse.Node
}

func (p *preparer) list(list *parse.ListNode) {
	if list == nil {
		return
	}
	for i, node := range list.Nodes {
		switch node := node.(type) {
		case *parse.ActionNode:
			if call := p.placed(node); call != nil {
				list.Nodes[i] = call
			}
		case *parse.IfNode:
			p.list(node.List)
			p.list(node.ElseList)
		case *parse.WithNode:
			p.list(node.List)
			p.list(node.ElseList)
		case *parse.RangeNode:
			pass := p.count(node, 0)
			p.list(node.List)
			p.list(node.ElseList)
			node.List.Nodes = append([]parse.Node{pass}, node.List.Nodes...)
		}
	}
}

// count returns an action that counts. It declares a variable, because html/template takes such an
// action for one that writes nothing, whatever its context.
func (p *preparer) count(about parse.Node, depth int) parse.Node {
	p.counted = append(p.counted, about)
	return p.parse(fmt.Sprintf("{{$count := %s %q %d %d}}", countName, p.tree.Name, len(p.counted)-1, depth))
}

// placed returns {{template "partial" value}} for {{once "partial" value}}, and nil for other actions.
func (p *preparer) placed(action *parse.ActionNode) parse.Node {
	cmd := action.Pipe.Cmds[0]
	function, ok := cmd.Args[0].(*parse.IdentifierNode)
	if !ok || function.Ident != "once" || len(cmd.Args) != 3 || len(action.Pipe.Cmds) > 1 || len(action.Pipe.Decl) > 0 {
		return nil
	}
	partial, ok := cmd.Args[1].(*parse.StringNode)
	if !ok {
		return nil
	}
	// An error must name the place of the action.
	location, _ := p.tree.ErrorContext(action)
	line, column := 1, 0
	fmt.Sscanf(strings.TrimPrefix(location, p.tree.ParseName), ":%d:%d", &line, &column)
	const begin = "{{template "
	indent := strings.Repeat("\n", line-1) + strings.Repeat(" ", max(0, column-len(begin)))
	call := p.parse(indent + begin + partial.String() + "}}")
	if cmd.Args[2].Type() != parse.NodeNil {
		cmd.Args = cmd.Args[2:]
		call.(*parse.TemplateNode).Pipe = action.Pipe
	}
	return call
}

// parse returns the last node of a text.
func (p *preparer) parse(text string) parse.Node {
	trees, err := parse.Parse(p.tree.ParseName, text, "", "", map[string]any{countName: true})
	if err != nil {
		panic("template: " + err.Error())
	}
	nodes := trees[p.tree.ParseName].Root.Nodes
	return nodes[len(nodes)-1]
}
