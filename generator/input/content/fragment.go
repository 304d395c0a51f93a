package content

import (
	"bytes"
	stdhtml "html"
	"html/template"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
)

// Fragment is converted Markdown with holes: places whose text depends on more
// than the file, namely where a link leads, how a promise stands, and whether
// this is the place on the page that has the ids.
type Fragment struct {
	HTML   string
	Holes  []Hole
	Blocks []Block // at its top, in order; comments are none
}

// Hole is one place in a Fragment; exactly one of Link, Task and ID is set.
type Hole struct {
	At   int // offset in HTML
	Link *Link
	Task *Task
	Mark bool   // of a Task: the class that says whether it is done, not its state in words
	ID   string // the whole id attribute of a heading, with the space before it, or nothing
}

// Empty says whether the fragment shows nothing.
func (f Fragment) Empty() bool { return len(f.HTML) == 0 }

// Fill returns the fragment with its holes filled. It is the one place where
// text becomes template.HTML: all of it comes from goldmark with raw HTML off,
// from this package's renderers, or from fill, whose result must be escaped.
func (f Fragment) Fill(fill func(Hole) string) template.HTML {
	if len(f.Holes) == 0 {
		return template.HTML(f.HTML)
	}
	var b strings.Builder
	b.Grow(len(f.HTML) + 64*len(f.Holes))
	at := 0
	for _, h := range f.Holes {
		b.WriteString(f.HTML[at:h.At])
		b.WriteString(fill(h))
		at = h.At
	}
	b.WriteString(f.HTML[at:])
	return template.HTML(b.String())
}

// fragmentWriter collects a Fragment. It is the writer that goldmark renders to,
// so that the renderers below can leave holes in what they write.
type fragmentWriter struct {
	buf    bytes.Buffer
	holes  []Hole
	blocks []Block
	outer  int // level of the heading that the fragment stands under
	last   int // level of the last heading in it
	limit  int // bytes beyond which nothing more is written
	over   bool
	marks  marks
}

// mark is what inspect found out about a node for the renderers.
type mark struct {
	link *Link
	task *Task
	id   string
}

// marks holds them beside the tree: goldmark's own attributes cost ten times as
// much memory.
type marks map[ast.Node]mark

func markOf(w util.BufWriter, n ast.Node) mark { return w.(*fragmentWriter).marks[n] }

func (w *fragmentWriter) Write(p []byte) (int, error) {
	if w.full(len(p)) {
		return len(p), nil
	}
	return w.buf.Write(p)
}

func (w *fragmentWriter) WriteString(s string) (int, error) {
	if w.full(len(s)) {
		return len(s), nil
	}
	return w.buf.WriteString(s)
}

func (w *fragmentWriter) WriteByte(b byte) error {
	if w.full(1) {
		return nil
	}
	return w.buf.WriteByte(b)
}

func (w *fragmentWriter) WriteRune(r rune) (int, error) {
	if w.full(4) {
		return 4, nil
	}
	return w.buf.WriteRune(r)
}

func (w *fragmentWriter) Available() int { return w.buf.Available() }
func (w *fragmentWriter) Buffered() int  { return 0 }
func (w *fragmentWriter) Flush() error   { return nil }

func (w *fragmentWriter) full(n int) bool {
	w.over = w.over || w.buf.Len()+n > w.limit
	return w.over
}

// block notes that a block begins here.
func (w *fragmentWriter) block(b Block) {
	if b.Kind != unseen {
		b.html, b.holes = w.buf.Len(), len(w.holes)
		w.blocks = append(w.blocks, b)
	}
}

// take returns what was written and begins anew.
func (w *fragmentWriter) take() Fragment {
	w.limit -= w.buf.Len()
	html := bytes.TrimRight(w.buf.Bytes(), "\n")
	n := len(w.blocks)
	for i := range w.blocks { // one that shows nothing begins behind the line ends that were cut off
		w.blocks[i].html = min(w.blocks[i].html, len(html))
	}
	f := Fragment{HTML: string(html), Holes: w.holes, Blocks: w.blocks[:n:n]}
	w.buf.Reset()
	w.holes, w.blocks, w.last = nil, w.blocks[n:], 0
	return f
}

// holes renders the nodes that leave holes or that goldmark would render in a
// way that is not ours. All writers are fragmentWriters.
type holes struct{}

func (holes) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(ast.KindText, renderText)
	r.Register(kindPhone, renderPhone)
	r.Register(ast.KindLink, renderLink)
	r.Register(ast.KindImage, renderImage)
	r.Register(ast.KindHeading, renderHeading)
	r.Register(ast.KindListItem, renderListItem)
	r.Register(ast.KindTextBlock, renderTextBlock)
	r.Register(ast.KindParagraph, renderParagraph)
	r.Register(ast.KindHTMLBlock, renderNothing)
	r.Register(ast.KindRawHTML, renderNothing)
	r.Register(extast.KindTaskCheckBox, renderNothing)
	r.Register(extast.KindTable, renderTable)
}

func renderNothing(util.BufWriter, []byte, ast.Node, bool) (ast.WalkStatus, error) {
	return ast.WalkSkipChildren, nil
}

func leave(w util.BufWriter, h Hole) {
	fw := w.(*fragmentWriter)
	h.At = fw.buf.Len()
	fw.holes = append(fw.holes, h)
}

func renderLink(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	link := markOf(w, n).link
	switch {
	case link == nil: // reported; its text stands alone
	case !entering:
		_, _ = w.WriteString("</a>")
	default:
		_, _ = w.WriteString(`<a href="`)
		if isExternal(link.Dest) {
			_, _ = w.Write(util.EscapeHTML(util.URLEscape([]byte(link.Dest), false)))
		} else {
			leave(w, Hole{Link: link})
		}
		_, _ = w.WriteString(`">`)
	}
	return ast.WalkContinue, nil
}

// renderImage leaves the whole source and the measures to who fills the hole.
func renderImage(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	link := markOf(w, n).link
	if !entering || link == nil {
		return ast.WalkSkipChildren, nil
	}
	_, _ = w.WriteString(`<img alt="`)
	_, _ = w.Write(util.EscapeHTML([]byte(link.Alt)))
	_, _ = w.WriteString(`" `)
	leave(w, Hole{Link: link})
	_ = w.WriteByte('>')
	return ast.WalkSkipChildren, nil
}

// renderHeading keeps the outline whole: a heading inside a body is at least one
// level below what it stands under, and skips none.
func renderHeading(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	fw := w.(*fragmentWriter)
	if entering {
		wanted := fw.outer + max(1, n.(*ast.Heading).Level-2)
		fw.last = min(6, wanted, max(fw.last, fw.outer)+1)
	}
	level := strconv.Itoa(fw.last)
	if !entering {
		_, _ = w.WriteString("</h" + level + ">\n")
		return ast.WalkContinue, nil
	}
	_, _ = w.WriteString("<h" + level)
	if id := markOf(w, n).id; id != "" {
		leave(w, Hole{ID: id})
	}
	_ = w.WriteByte('>')
	return ast.WalkContinue, nil
}

func renderListItem(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	t := markOf(w, n).task
	switch {
	case !entering:
		_, _ = w.WriteString("</li>\n")
	case t == nil:
		_, _ = w.WriteString("<li>")
	default:
		_, _ = w.WriteString(`<li class="task `)
		leave(w, Hole{Task: t, Mark: true})
		_, _ = w.WriteString(`">`)
	}
	return ast.WalkContinue, nil
}

// endTask leaves the hole for the state of a task item after its first block.
func endTask(w util.BufWriter, n ast.Node) {
	if t := markOf(w, n.Parent()).task; t != nil && n.PreviousSibling() == nil {
		leave(w, Hole{Task: t})
	}
}

func renderTextBlock(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		endTask(w, n)
		if n.NextSibling() != nil {
			_ = w.WriteByte('\n')
		}
	}
	return ast.WalkContinue, nil
}

func renderParagraph(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		_, _ = w.WriteString("<p>")
		return ast.WalkContinue, nil
	}
	endTask(w, n)
	_, _ = w.WriteString("</p>\n")
	return ast.WalkContinue, nil
}

// renderTable lets a wide table scroll in a box of its own, by keyboard too.
func renderTable(w util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		_, _ = w.WriteString("<div class=\"table\" tabindex=\"0\"><table>\n")
	} else {
		_, _ = w.WriteString("</table></div>\n")
	}
	return ast.WalkContinue, nil
}

// writer writes what Markdown text shows: escapes and references are resolved.
var writer = html.NewWriter(html.WithEscapedSpace())

func renderText(w util.BufWriter, src []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	t := n.(*ast.Text)
	writer.Write(w, t.Segment.Value(src))
	switch {
	case t.HardLineBreak():
		_, _ = w.WriteString("<br>\n")
	case t.SoftLineBreak() && breaks(t, src):
		_ = w.WriteByte('\n')
	}
	return ast.WalkContinue, nil
}

// shown returns what a piece of Markdown text shows.
func shown(written []byte) string {
	if !bytes.ContainsAny(written, "\\&") {
		return string(written)
	}
	w := &fragmentWriter{limit: growthLimit * len(written)}
	writer.Write(w, written)
	return stdhtml.UnescapeString(w.buf.String())
}

// plain returns the text of a node without markup.
func plain(n ast.Node, src []byte) string {
	var b strings.Builder
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Text:
			if n.IsRaw() { // of inline code
				b.Write(bytes.ReplaceAll(n.Segment.Value(src), []byte("\n"), []byte(" ")))
				break
			}
			b.WriteString(shown(n.Segment.Value(src)))
			if n.HardLineBreak() || n.SoftLineBreak() && breaks(n, src) {
				b.WriteByte(' ')
			}
		case *ast.AutoLink:
			b.Write(n.Label(src))
		}
		return ast.WalkContinue, nil
	})
	return strings.TrimSpace(b.String())
}

// extent returns where the text of a block stands in the source.
func extent(n ast.Node) (start, end int) {
	lines := n.Lines()
	if lines.Len() == 0 {
		return max(n.Pos(), 0), max(n.Pos(), 0)
	}
	return lines.At(0).Start, lines.At(lines.Len() - 1).Stop
}

// linkExtent returns where a link stands: from its opening bracket to its
// closing one, within the line.
func linkExtent(n ast.Node, src []byte) (start, end int) {
	start = max(n.Pos(), 0)
	end = start
	if i := bytes.IndexByte(src[start:], ')'); i >= 0 {
		end = start + i + 1
	}
	return start, end
}

// Heading returns the heading of a section, for pages that show a body as one.
func Heading(id, title string) template.HTML {
	return template.HTML(`<h2 id="` + template.HTMLEscapeString(id) + `">` + template.HTMLEscapeString(title) + "</h2>\n")
}

// Join puts parts that are template.HTML already behind one another.
func Join(parts ...template.HTML) template.HTML {
	var b strings.Builder
	for _, p := range parts {
		b.WriteString(string(p))
	}
	return template.HTML(b.String())
}

// Marked puts text that is template.HTML already into an element of a language.
func Marked(text template.HTML, lang, dir string) template.HTML {
	lang, dir = template.HTMLEscapeString(lang), template.HTMLEscapeString(dir)
	return template.HTML(`<div lang="`+lang+`" dir="`+dir+`">`) + text + "</div>"
}

// Note returns a line of plain text as a paragraph of the class "note".
func Note(text string) template.HTML {
	if text == "" {
		return ""
	}
	return template.HTML(`<p class="note">` + template.HTMLEscapeString(text) + "</p>\n")
}
