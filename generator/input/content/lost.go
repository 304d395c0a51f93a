package content

import (
	"bytes"
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"

	"candor/generator/diag"
	"candor/generator/input/prose"
)

// Markdown keeps some of what is typed from readers: the definition of a link, a comment, the cells of
// a row beyond its table. Whoever meant something else would not notice.

// references are the definitions of links in a text, and the labels by which it refers to them.
type references struct {
	defined []*ast.LinkReferenceDefinition
	used    map[string]bool
}

func (r *references) use(link *ast.ReferenceLink) {
	if r.used == nil {
		r.used = map[string]bool{}
	}
	r.used[util.ToLinkReference(link.Value)] = true
}

// lost looks for what readers do not see of a node.
func (d *Document) lost(n ast.Node, refs *references) {
	switch n := n.(type) {
	case *ast.LinkReferenceDefinition:
		refs.defined = append(refs.defined, n)
	case *ast.Link:
		d.untitled(n, n.Title, n.Reference)
		if n.Reference != nil {
			refs.use(n.Reference)
		}
	case *ast.Image:
		d.untitled(n, n.Title, n.Reference)
		if n.Reference != nil {
			refs.use(n.Reference)
		}
	case *ast.Heading:
		if _, _, marked := d.rawAttributes(n); !marked && n.ChildCount() == 0 {
			d.slip(d.Source.At(n.Pos(), n.Pos()+n.Level, "markup", diag.Textf("this heading has no text"),
				diag.Textf("write its text after the #, or remove the line")))
		}
	case *extast.Table:
		d.cutRows(n)
	case *ast.FencedCodeBlock:
		d.fence(n)
	case *ast.HTMLBlock:
		d.comment(n)
	case *ast.Blockquote:
		d.moreThan(n)
	}
}

// windows is a path that begins with a drive or a computer. Markdown takes away each backslash of it that
// is before a sign.
var windows = regexp.MustCompile("(?:\\b[A-Za-z]:|\\\\\\\\[\\pL\\pN][^\\s`\"<>|]*)\\\\[^\\s`\"<>|]*")

// windowsPath reports a path of which readers would not see all backslashes.
func (d *Document) windowsPath(n *ast.Text) {
	if _, code := n.Parent().(*ast.CodeSpan); code {
		return
	}
	at := n.Segment
	for _, m := range windows.FindAllIndex(at.Value(d.Source.Data), -1) {
		path := string(at.Value(d.Source.Data)[m[0]:m[1]])
		if i := strings.IndexByte(path, '\\'); i < 0 || !loses(path[i:]) {
			continue
		}
		d.slip(d.Source.At(at.Start+m[0], at.Start+m[1], "markup", diag.Textf("a backslash in this path is not shown"),
			diag.Textf("write it between backquotes: `%s`", path)))
	}
}

// loses reports whether a backslash in a path is before a sign.
func loses(path string) bool {
	for i := 0; i+1 < len(path); i++ {
		if path[i] == '\\' && util.IsPunct(path[i+1]) {
			return true
		}
	}
	return false
}

// untitled reports the title of a link, which a phone never shows.
func (d *Document) untitled(n ast.Node, title []byte, reference *ast.ReferenceLink) {
	if len(title) == 0 || reference != nil {
		return
	}
	start, end := linkExtent(n, d.Source.Data)
	found := d.Source.At(start, end, "markup", diag.Textf("the words in quotation marks in this link are not shown"),
		diag.Textf("write them into the text, and only the address between the round brackets"))
	found.Severity = diag.Warning
	d.slip(found)
}

// unused reports the definitions that no link needs: a line such as "[Note]: closed" is one, and is not shown.
func (d *Document) unused(refs references) {
	seen := map[string]bool{}
	for _, n := range refs.defined {
		label := util.ToLinkReference(n.Label)
		at := d.Source.At(n.Pos(), n.Pos()+lineLen(d.Source.Data[n.Pos():]), "markup", diag.Text{}, diag.Text{})
		switch {
		case strings.HasPrefix(label, "^"):
			at.Message = diag.Textf("this footnote is not shown: footnotes do not exist here")
			at.Hint = diag.Textf("write the note into the text, in brackets or below it")
		case !refs.used[label] || seen[label]:
			at.Message = diag.Textf("this line is not shown: [name]: address says where links lead, and none uses it")
			at.Hint = diag.Textf("if it is text, write \\[ in place of [; if not, remove it")
		default:
			seen[label] = true
			continue
		}
		d.slip(at)
	}
}

// cutRows reports what is not a cell of its table, and dashes that make a table of a line of text.
func (d *Document) cutRows(table *extast.Table) {
	for row := table.FirstChild(); row != nil; row = row.NextSibling() {
		if _, head := row.(*extast.TableHeader); head {
			d.dashed(row)
		}
		last := row.LastChild()
		if last == nil || last.Lines().Len() == 0 {
			continue
		}
		end := last.Lines().At(0).Stop
		rest := strings.Trim(d.Text[end:end+lineLen(d.Source.Data[end:])], " \t|")
		if rest == "" {
			continue
		}
		at := strings.Index(d.Text[end:], rest) + end
		d.slip(d.Source.At(at, at+len(rest), "markup",
			diag.Textf("this is not shown: the row has more cells than the first row of its table"),
			diag.Textf("give the first row as many cells; a | inside a cell is written \\|")))
	}
}

// dashed reports a table whose line of dashes has neither bars nor colons, so that it may be meant for something else.
func (d *Document) dashed(head ast.Node) {
	cell := head.FirstChild()
	if cell == nil || cell.Lines().Len() == 0 {
		return
	}
	end := cell.Lines().At(0).Stop
	_, below, _ := strings.Cut(d.Text[end:], "\n")
	line, _, _ := strings.Cut(below, "\n")
	if strings.ContainsAny(line, "|:") {
		return
	}
	at := len(d.Text) - len(below)
	d.slip(d.Source.At(at, at+len(line), "markup", diag.Textf("these dashes make a table of the line above"),
		diag.Textf("write --- below an empty line for a rule, ## before the line for a heading")))
}

// moreForm is a line of a quotation that may be meant for "more than": >60岁, >= 5 days.
var moreForm = regexp.MustCompile(`^>\s?(?:=\s?)?[￥¥$€£]?[0-9][0-9.,]*\s?(?:岁|周岁|%|％|元|万|人|名|天|小时|分钟|个|台|件|次|℃|°|kg|mg|ml|` +
	`years|days|hours|minutes|people|percent)|^>\s?=`)

// moreThan reports a sign that was read as that of a quotation, and is not shown.
func (d *Document) moreThan(n ast.Node) {
	start := n.Pos()
	line := d.Text[start : start+lineLen(d.Source.Data[start:])]
	if !moreForm.MatchString(line) {
		return
	}
	found := d.Source.At(start, start+1, "markup", diag.Textf("this > makes a quotation and is not shown"),
		diag.Textf("if it means more than, write %s", "\\"+line))
	found.Severity = diag.Warning
	d.slip(found)
}

// garbled is what is left of a text that was once read in a wrong encoding.
var garbled = regexp.MustCompile("\ufffd|锟斤拷|烫烫烫|屯屯屯|â€[\u0080-\u2122]|ï¼[\u0080-\u2122]|ã€[\u0080-\u2122]|Ã[\u0080-\u00bf]")

// garbledSigns are what is in each of these: the expression alone would take as long as parsing.
var garbledSigns = []string{"\ufffd", "锟", "烫烫", "屯屯", "â", "ï", "ã", "Ã"}

// encoding reports the first such place.
func (d *Document) encoding() {
	if !containsOne(d.Text, garbledSigns) {
		return
	}
	at := garbled.FindStringIndex(d.Text)
	if at == nil {
		return
	}
	found := d.Source.At(at[0], at[1], "markup", diag.Textf("this text was once read in a wrong encoding: characters are lost"),
		diag.Textf("copy the text anew from where it is right"))
	d.slip(found)
}

// fence reports a block of code that is not closed, and what is behind its first marks.
func (d *Document) fence(n *ast.FencedCodeBlock) {
	start := n.Pos()
	end := start + lineLen(d.Source.Data[start:])
	if n.Lines().Len() > 0 {
		end = n.Lines().At(n.Lines().Len() - 1).Stop
	} else if end < len(d.Text) {
		end++
	}
	mark := d.Text[start : start+3]
	next := strings.TrimLeft(d.Text[min(end, len(d.Text)):], " \t>")
	if !strings.HasPrefix(next, mark) {
		d.slip(d.Source.At(start, start+3, "markup", diag.Textf("this block of code is not closed: all that follows is code"),
			diag.Textf("write a line with %s after the code; to show the signs, write \\ before them", mark)))
		return
	}
	if n.Info == nil {
		return
	}
	info := n.Info.Segment
	if words := info.Value(d.Source.Data); bytes.ContainsFunc(words, ideographic) || len(bytes.Fields(words)) > 3 {
		found := d.Source.At(info.Start, info.Stop, "markup",
			diag.Textf("these words are not shown: what follows %s names a language", mark),
			diag.Textf("write them into a line of their own"))
		found.Severity = diag.Warning
		d.slip(found)
	}
}

// comment reports a comment that is not closed, and text behind one, neither of which is published.
func (d *Document) comment(n *ast.HTMLBlock) {
	lines := n.Lines()
	if lines.Len() == 0 {
		return
	}
	start, end := lines.At(0).Start, lines.At(lines.Len()-1).Stop
	if n.HasClosure() {
		end = max(end, n.ClosureLine.Stop)
	}
	text := d.Text[start:end]
	from := start + strings.Index(text, "<!--")
	if from < start || strings.TrimSpace(d.Text[start:from]) != "" {
		return
	}
	close := strings.LastIndex(text, "-->")
	if close < 0 {
		d.slip(d.Source.At(from, from+len("<!--"), "markup",
			diag.Textf("this comment is not closed: nothing that follows is published"), diag.Textf("close it with -->")))
		return
	}
	rest := strings.TrimSpace(text[close+len("-->"):])
	if rest == "" {
		return
	}
	at := start + strings.LastIndex(text, rest)
	d.slip(d.Source.At(at, at+len(rest), "markup", diag.Textf("this is not published: it follows a comment on the same line"),
		diag.Textf("write it into a line of its own")))
}

// foreign is the markup of other programs, and what is to be filled in by them.
var foreign = regexp.MustCompile(
	`(\{\{[^{}\n]*\}\}|\{%[^{}\n]*%\}|\$\{[^{}\n]*\}|<%[^<>\n]*%>)` + // Jinja, Liquid, a shell, ERB
		`|(<!--|\{(?:--|\+\+|>>|~~)[^{}\n]*(?:--|\+\+|<<|~~)\}|^:::+|^!!!? \pL|^\?\?\?\+? \pL|==[^=\s][^=\n]*[^=\s]==|^\+[-=]{2,}\+|^#{7,}\s` +
		`|\{[.#:]?[\w-]+=[^{}\n]*\}|(?:^|[\s\p{Han}。，])(?::[a-z][a-z0-9]*(?:_[a-z0-9]+)*:)(?:$|[\s\p{Han}。，！]))`)

// foreignSigns are what the forms of foreign have in them, but for the last: a name between two colons.
var foreignSigns = []string{"{", "<", ":::", "!!!", "???", "==", "+-", "+=", "#######"}

// mayBeForeign reports whether a text is worth the expression.
func mayBeForeign(text string) bool {
	for rest := text; ; {
		_, after, ok := strings.Cut(rest, ":")
		if !ok {
			return containsOne(text, foreignSigns)
		}
		if after != "" && after[0] >= 'a' && after[0] <= 'z' {
			return true
		}
		rest = after
	}
}

func containsOne(text string, signs []string) bool {
	return slices.ContainsFunc(signs, func(sign string) bool { return strings.Contains(text, sign) })
}

// foreigners reports markup of other programs in the words of a block, each kind once.
func (d *Document) foreigners(b prose.Block) {
	seen := 0
	for i := 0; i < len(b.Runs) && seen < 2; i++ {
		start, end := b.Runs[i].Start, b.Runs[i].End
		for i+1 < len(b.Runs) && b.Runs[i+1].Start == end && b.Runs[i+1].Text != "\n" && b.Runs[i+1].Text != prose.Object {
			i++
			end = b.Runs[i].End
		}
		if !mayBeForeign(d.Text[start:end]) {
			continue
		}
		m := foreign.FindStringSubmatchIndex(d.Text[start:end])
		if m == nil || m[0] > 0 && d.Text[start+m[0]-1] == '\\' {
			continue
		}
		seen++
		if m[2] >= 0 {
			d.slip(d.Source.At(start+m[2], start+m[3], "placeholder",
				diag.Textf("%s has not been filled in", d.Text[start+m[2]:start+m[3]]),
				diag.Textf("write what you mean; to show it as it is, put it into `backquotes`")))
			continue
		}
		sign := strings.TrimSpace(d.Text[start+m[4] : start+m[5]])
		found := d.Source.At(start+m[4], start+m[5], "markup", diag.Textf("%s is not markup here and is shown as it is", sign),
			diag.Textf("write it in Markdown, or put it into `backquotes`"))
		found.Severity = diag.Warning
		if sign == "<!--" {
			found.Severity = diag.Error
			found.Hint = diag.Textf("close it with -->")
		}
		d.slip(found)
	}
}
