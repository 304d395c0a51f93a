package content

import (
	"bytes"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"

	"candor/generator/diag"
)

// inspect walks the tree once before it is rendered: it collects links, task
// items, ids of inner headings, bracketed texts and the words, and reports raw HTML.
// It returns a block for each child of root.
func (d *Document) inspect(root ast.Node, sections map[ast.Node]Section, m marks) []Block {
	count := blocks{root: root, list: make([]Block, 0, root.ChildCount())}
	section := ""
	words := proseWriter{doc: d, source: d.Text}
	var refs references
	var run Bracket // the contiguous plain text that was last seen
	flush := func() {
		d.brackets(run.Start, run.End)
		run = Bracket{}
	}
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		if n != root {
			count.enter(n)
		}
		d.lost(n, &refs)
		switch n := n.(type) {
		case *ast.Heading:
			d.wideBraces(n)
			if s, opens := sections[n]; opens {
				section = s.ID
			} else {
				d.heading(n, m)
			}
		case *ast.Paragraph, *ast.TextBlock:
			d.lines(n)
		case *ast.CodeBlock:
			d.indented(n)
		case *ast.HTMLBlock:
			d.rawHTML(n)
			d.allowances(n)
		case *ast.RawHTML:
			d.allowances(n)
			if at := n.Segments.At(0); !bytes.HasPrefix(at.Value(d.Source.Data), []byte("<!--")) {
				d.noHTML(at.Start, at.Stop)
			}
		case *ast.Link:
			d.link(n, n.Destination, false, m)
		case *ast.Image:
			d.link(n, n.Destination, true, m)
			words.enter(n)
			return ast.WalkSkipChildren, nil // what is in it is its text
		case *ast.AutoLink:
			if u := string(n.URL(d.Source.Data)); n.AutoLinkType == ast.AutoLinkURL && !allowedScheme(u) {
				d.scheme(n.Pos(), n.Pos()+len(u), u)
			}
		case *extast.TaskCheckBox:
			d.task(n, section, m)
		case *ast.Text:
			if n.Parent().Kind() != kindPhone && !inLink(n) {
				linkPhone(n, d.Source.Data)
			}
			d.windowsPath(n) // of a text that is divided, only this part
			if !d.continues(run, n) || inLink(n) {
				flush()
				run.Start = n.Segment.Start
			}
			if !inLink(n) {
				run.End = n.Segment.Stop
			}
		}
		words.enter(n)
		return ast.WalkContinue, nil
	})
	flush()
	d.unused(refs)
	d.encoding()
	d.Prose = words.take()
	d.leftovers()
	count.end(d.Source.Data)
	return count.list
}

// continues says whether a text follows a run with nothing but a line end of its
// paragraph between.
func (d *Document) continues(run Bracket, n *ast.Text) bool {
	if n.Segment.Start == run.End {
		return true
	}
	previous, ok := n.PreviousSibling().(*ast.Text)
	return ok && previous.SoftLineBreak() && previous.Segment.Stop == run.End && n.Segment.Start > run.End
}

func inLink(n ast.Node) bool {
	for p := n.Parent(); p != nil && p.Type() == ast.TypeInline; p = p.Parent() {
		switch p.Kind() {
		case ast.KindLink, ast.KindImage, ast.KindCodeSpan:
			return true
		}
	}
	return false
}

// heading notes the id of a heading inside a section.
func (d *Document) heading(h *ast.Heading, m marks) {
	if a := d.readAttributes(h); a.id != "" {
		id := d.Prefix() + a.id
		m[h] = mark{id: id}
		d.Anchors = append(d.Anchors, Anchor{id, a.start, a.end})
	}
}

// Prefix goes before the ids inside an update, because many updates share a page.
func (d *Document) Prefix() string { return d.prefix }

// UpdateAnchor is the id of an update's block on any page that holds it.
func UpdateAnchor(name string) string { return "u-" + autoID(name) }

// autoID makes an id of a heading's text: its letters and digits in lower case,
// hyphens for all else. Chinese stays as it is; HTML allows it.
func autoID(title string) string {
	var b strings.Builder
	gap := false
	for _, r := range strings.ToLower(title) {
		if !isOfID(r) {
			gap = b.Len() > 0
			continue
		}
		if gap {
			b.WriteByte('-')
			gap = false
		}
		b.WriteRune(r)
	}
	if b.Len() == 0 {
		return "section"
	}
	return b.String()
}

func isOfID(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

func (d *Document) rawHTML(n *ast.HTMLBlock) {
	if n.Lines().Len() == 0 {
		return
	}
	first := n.Lines().At(0)
	value := first.Value(d.Source.Data)
	if bytes.HasPrefix(bytes.TrimSpace(value), []byte("<!--")) {
		return // a comment for other editors; it is not published
	}
	d.noHTML(first.Start+len(value)-len(bytes.TrimLeft(value, " ")), first.Stop)
}

func (d *Document) noHTML(start, end int) {
	d.fault(start, end, "bad-value", diag.Textf("HTML is not published"),
		diag.Textf("write it in Markdown; put a < that is meant as a sign into `backquotes`"))
}

func (d *Document) link(n ast.Node, written []byte, image bool, m marks) {
	start, end := linkExtent(n, d.Source.Data)
	if len(written) > addressLimit {
		d.fault(start, end, "bad-value", diag.Textf("an address is longer than %d bytes", addressLimit),
			diag.Textf("link to a shorter one"))
		return
	}
	if bytes.ContainsAny(written, "\\&") { // what is checked is what a browser gets
		written = util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(written)))
	}
	dest := string(written)
	l := NewLink(d.Source.Path, dest)
	l.Image, l.Start, l.End = image, start, end
	if image {
		l.Alt = plain(n, d.Source.Data)
	}
	switch {
	case strings.TrimSpace(dest) == "":
		d.fault(start, end, "broken-link", diag.Textf("this link leads nowhere"),
			diag.Textf("write the address between the round brackets"))
	case leadsNowhere(dest):
		d.fault(start, end, "broken-link", diag.Textf("\"%s\" is not a whole address", dest),
			diag.Textf("write all of it: https://…, mailto:somebody@…, tel:…"))
	case image && isExternal(dest):
		d.fault(start, end, "bad-value", diag.Textf("a page asks no other server for its images"),
			diag.Textf("put the file beside this one and name it here"))
	case strings.HasPrefix(dest, "//") || !allowedScheme(dest):
		d.scheme(start, end, dest)
	default:
		m[n] = mark{link: l}
		if !isExternal(dest) {
			d.Links = append(d.Links, l)
		}
	}
}

// NewLink makes the Link of an address that is written in the file at from.
func NewLink(from, dest string) *Link {
	l := &Link{Dest: dest}
	if u, err := url.Parse(dest); err == nil {
		l.URL, l.Name = u, path.Join(path.Dir(from), u.Path)
	}
	return l
}

func (d *Document) scheme(start, end int, dest string) {
	d.fault(start, end, "bad-value", diag.Textf("a link may not go to \"%s\"", dest),
		diag.Textf("use https, http, mailto or tel, or a file of the site"))
}

// wholeAddress is an address of a known scheme that leads somewhere.
var wholeAddress = regexp.MustCompile(`(?i)^(?:https?://[^/?#\s]|mailto:[^@?]+@|tel:[^0-9]*[0-9])`)

// leadsNowhere reports whether an address has a scheme and nothing else that counts: https://, mailto:.
func leadsNowhere(dest string) bool {
	scheme, _, found := strings.Cut(dest, ":")
	return found && slices.Contains([]string{"http", "https", "mailto", "tel"}, strings.ToLower(scheme)) &&
		!wholeAddress.MatchString(dest)
}

func isExternal(dest string) bool {
	u, err := url.Parse(dest)
	return err == nil && u.Scheme != ""
}

// allowedScheme says whether a browser may be sent to dest (design §7.3).
func allowedScheme(dest string) bool {
	before, _, found := strings.Cut(dest, ":")
	if !found || strings.ContainsAny(before, "/?#") {
		return true // relative
	}
	switch strings.ToLower(before) {
	case "http", "https", "mailto", "tel":
		return true
	}
	return false
}

// task makes a Task of the item that a check box stands in, and takes the tokens
// due:… and id:… off the end of its text.
func (d *Document) task(box *extast.TaskCheckBox, section string, m marks) {
	block := box.Parent()
	item, ok := block.Parent().(*ast.ListItem)
	if !ok || block.Lines().Len() == 0 {
		return
	}
	src := d.Source.Data
	first := block.Lines().At(0)
	t := &Task{Done: box.IsChecked, Section: section, Start: first.Start, End: first.Stop}
	start, end := first.Start, block.Lines().At(block.Lines().Len()-1).Stop
	text := d.Text[start:end]
	read := readTokens(text, func(at int) bool { return d.plainAt(block, start+at) })
	d.tokenFaults(read, text, start)
	t.Due, t.ID = read.due, read.id
	trim(block, start+read.cut)
	t.Plain = strings.TrimSpace(plain(block, src))
	if t.Plain == "" && box.NextSibling() == nil {
		d.slip(d.Source.At(first.Start, end, "promise-unread", diag.Textf("this task item does not say what is promised"),
			diag.Textf("write the promise after the box, or remove the line")))
	}
	m[item] = mark{task: t}
	d.Tasks = append(d.Tasks, t)
	d.taskBlocks = append(d.taskBlocks, block)
}

// taskTexts renders the text of each task item by itself, for the record of
// promises; its links are known only once the whole tree has been inspected.
func (d *Document) taskTexts(m marks) {
	for i, block := range d.taskBlocks {
		w := &fragmentWriter{limit: growthFree, marks: m}
		for n := block.FirstChild(); n != nil; n = n.NextSibling() {
			render(w, d.Source.Data, n)
		}
		d.Tasks[i].Text = w.take()
	}
	d.taskBlocks = nil
}

// trim takes everything from offset cut on out of a block's text.
func trim(block ast.Node, cut int) {
	for n := block.LastChild(); n != nil; {
		previous := n.PreviousSibling()
		text, ok := n.(*ast.Text)
		switch {
		case !ok && n.Kind() == ast.KindLink || n.Kind() == extast.KindTaskCheckBox:
			return
		case ok && text.Segment.Start >= cut:
			block.RemoveChild(block, n)
		case ok && text.Segment.Stop >= cut:
			text.Segment.Stop = cut
			text.SetSoftLineBreak(false)
			return
		case !ok && n.Kind() == ast.KindAutoLink && n.Pos() >= cut:
			block.RemoveChild(block, n)
		default:
			return
		}
		n = previous
	}
}

// brackets notes the texts in square brackets of source[start:end].
func (d *Document) brackets(start, end int) {
	text := d.Source.Data[min(start, end):end]
	for at := 0; ; {
		open := bytes.IndexByte(text[at:], '[')
		if open < 0 {
			return
		}
		open += at
		stop := bytes.IndexByte(text[open:], ']')
		if stop < 0 {
			return
		}
		stop += open + 1
		inner := bytes.TrimSpace(text[open+1 : stop-1])
		escaped := start+open > 0 && d.Source.Data[start+open-1] == '\\'
		switch {
		case len(inner) == 0 || bytes.Equal(inner, []byte("x")) || escaped || slices.Contains(d.slips, start+open):
		case start+stop < len(d.Source.Data) && d.Source.Data[start+stop] == '(':
			d.fault(start+open, start+stop, "broken-link", diag.Textf("this looks like a link but is not one"),
				diag.Textf("put an address with spaces between < and >: [text](<lab report.pdf>)"))
		case len(d.Brackets) < 5*findingsLimit:
			d.Brackets = append(d.Brackets, Bracket{start + open, start + stop})
		}
		at = stop
	}
}
