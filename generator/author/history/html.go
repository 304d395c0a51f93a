package history

import (
	"bytes"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer"
	goldmarkhtml "github.com/yuin/goldmark/renderer/html"
	"golang.org/x/net/html"

	"candor/generator/input/write"
	"candor/generator/message"
)

// block is a paragraph or several, or a list.
type block struct {
	text  string
	items []string // of a list
}

// body writes blocks as Markdown.
func body(blocks []block) string {
	var m write.Markdown
	for _, b := range blocks {
		if b.items != nil {
			m.List(b.items...)
		} else {
			m.Text(b.text)
		}
	}
	return m.String()
}

// The elements that are understood: those that begin a block, those whose words are kept without what
// they say of them, those that say nothing, and those that are left out with all that is in them. What
// looks like any other, such as <your-name>, is text.
var (
	blocks = []string{"p", "div", "section", "article", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "hr", "table",
		"thead", "tbody", "tr", "dl", "dt", "dd", "ul", "ol", "li", "details", "summary", "figure", "figcaption", "center"}
	marked = []string{"b", "strong", "i", "em", "u", "code", "del", "s", "strike", "sup", "sub", "kbd", "mark", "h1", "h2", "h3",
		"h4", "h5", "h6", "blockquote", "pre", "table", "hr"}
	plain   = []string{"a", "br", "span", "small", "big", "font", "time", "var", "abbr", "td", "th", "img", "tt", "q", "cite"}
	without = []string{"script", "style", "iframe", "object", "embed", "video", "audio", "svg", "form", "input", "button"}
	known   = slices.Concat(blocks, marked, plain, without)
)

// brk is a line break in HTML, which people write at the end of a line, too.
var brk = regexp.MustCompile(`(?i)\n?<br[ \t]*/?>\n?`)

// fromHTML reads a text with HTML in it. If lines is set, a line end is kept, as programs do that take
// what people type into a box.
func (h *History) fromHTML(source, place string, lines bool) []block {
	source = brk.ReplaceAllString(strings.ReplaceAll(visible(source), "\r\n", "\n"), "<br>")
	root, err := html.Parse(strings.NewReader(onlyKnown(source)))
	if err != nil {
		h.lose(place, message.Textf("this HTML is too deep to be read: it is kept as text"))
		return []block{{text: source}}
	}
	w := &walker{lines: lines, lost: map[string]bool{}}
	w.children(root)
	w.flush()
	for _, name := range w.order {
		switch {
		case slices.Contains(without, name):
			h.lose(place, message.Textf("<%s> is left out with all that is in it", name))
		case name == "ul" || name == "ol":
			h.lose(place, message.Textf("a list inside a list is not one here: its items follow the others"))
		case name == "img":
			h.lose(place, message.Textf("a picture is left out: its description and its address are kept"))
		case name == "a":
			h.lose(place, message.Textf("a link leads to nothing that has an address elsewhere: its words are kept"))
		default:
			h.lose(place, message.Textf("<%s> is left out: its words are kept", name))
		}
	}
	return w.blocks
}

var markdown = map[bool]goldmark.Markdown{false: reader(), true: reader(goldmarkhtml.WithHardWraps())}

func reader(more ...renderer.Option) goldmark.Markdown {
	return goldmark.New(goldmark.WithExtensions(extension.Strikethrough, extension.Table),
		goldmark.WithRendererOptions(append(more, goldmarkhtml.WithUnsafe())...))
}

// fromMarkdown reads a text in Markdown. If hard is set, a line end is kept.
func (h *History) fromMarkdown(source, place string, hard bool) []block {
	var page bytes.Buffer
	if err := markdown[hard].Convert([]byte(visible(strings.ReplaceAll(source, "\r\n", "\n"))), &page); err != nil {
		h.lose(place, message.Textf("this Markdown cannot be read: it is kept as text"))
		return []block{{text: source}}
	}
	return h.fromHTML(page.String(), place, false)
}

// onlyKnown makes text of all that looks like HTML and is not among the elements that are understood.
func onlyKnown(source string) string {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(source))
	for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
		raw := string(z.Raw())
		switch kind {
		case html.TextToken:
			b.WriteString(raw)
		case html.CommentToken, html.DoctypeToken:
			if !strings.HasPrefix(raw, "<!--") {
				b.WriteString(html.EscapeString(raw))
			}
		default:
			if name, _ := z.TagName(); slices.Contains(known, string(name)) {
				b.WriteString(raw)
			} else {
				b.WriteString(html.EscapeString(raw))
			}
		}
	}
	b.WriteString(html.EscapeString(string(z.Raw()))) // a tag that does not end
	return b.String()
}

// walker makes blocks of elements.
type walker struct {
	lines  bool
	blocks []block
	text   strings.Builder // of the block that has begun
	behind bool            // the text ends with an address, to which what follows must not belong
	list   *list           // nil outside of lists
	lost   map[string]bool
	order  []string // what is lost, as it comes
}

// list is a list that has begun. One in an item goes on with it: its items are items of the whole.
type list struct {
	items    []string
	numbered bool
	number   int
	outer    *list
}

func (w *walker) lose(name string) {
	if !w.lost[name] {
		w.lost[name] = true
		w.order = append(w.order, name)
	}
}

func (w *walker) children(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.node(c)
	}
}

func (w *walker) node(n *html.Node) {
	if n.Type == html.TextNode {
		w.write(n)
		return
	}
	if n.Type != html.ElementNode {
		w.children(n)
		return
	}
	if slices.Contains(marked, n.Data) || slices.Contains(without, n.Data) {
		w.lose(n.Data)
	}
	switch {
	case slices.Contains(without, n.Data):
	case n.Data == "br":
		w.text.WriteString("\n")
	case n.Data == "a":
		w.link(n)
	case n.Data == "img":
		w.lose("img")
		w.text.WriteString(described(attribute(n, "alt"), attribute(n, "src")))
		w.behind = true
	case n.Data == "ul" || n.Data == "ol":
		w.items(n)
	case slices.Contains(blocks, n.Data):
		w.flush()
		w.children(n)
		w.flush()
	case n.Data == "td" || n.Data == "th":
		if w.text.Len() > 0 {
			w.text.WriteString(" | ")
		}
		w.children(n)
	default:
		w.children(n)
	}
}

// write takes the text of a node. A line end is a space, but where it is kept.
func (w *walker) write(n *html.Node) {
	text := n.Data
	if !w.lines && n.Parent.Data != "pre" && (n.Parent.Parent == nil || n.Parent.Parent.Data != "pre") {
		text = strings.ReplaceAll(text, "\n", " ")
	}
	if run, _, _ := strings.Cut(text, " "); w.behind && goesOn.MatchString(run) {
		text = " " + text
	}
	w.behind = w.behind && text == ""
	w.text.WriteString(text)
}

// goesOn is a run of characters that makes an address before it longer.
var goesOn = regexp.MustCompile(`[-A-Za-z0-9_~/#=]`)

// link writes the words of a link, and behind them where it leads.
func (w *walker) link(n *html.Node) {
	before := w.text.Len()
	w.children(n)
	address := attribute(n, "href")
	words := strings.TrimSpace(w.text.String()[min(before, w.text.Len()):])
	bare := strings.TrimPrefix(address, "mailto:")
	switch {
	case address == "" || words == address || words == bare:
	case strings.HasPrefix(address, "https://"), strings.HasPrefix(address, "http://"), bare != address:
		w.text.WriteString(" (" + bare + ")")
		w.behind = true
	default:
		w.lose("a")
	}
}

// items writes a list.
func (w *walker) items(n *html.Node) {
	if w.list == nil {
		w.flush()
	} else {
		w.flushItem()
		w.lose(n.Data)
	}
	w.list = &list{numbered: n.Data == "ol", outer: w.list}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.node(c)
		w.flushItem()
	}
	done := w.list
	w.list = done.outer
	switch {
	case len(done.items) == 0:
	case w.list != nil:
		w.list.items = append(w.list.items, done.items...)
	default:
		w.blocks = append(w.blocks, block{items: done.items})
	}
}

// flush ends a block.
func (w *walker) flush() {
	if w.list != nil {
		if w.text.Len() > 0 {
			w.text.WriteString("\n\n") // paragraphs of one item
		}
		return
	}
	if text := strings.TrimSpace(w.text.String()); text != "" {
		w.blocks = append(w.blocks, block{text: text})
	}
	w.text.Reset()
}

// flushItem ends an item.
func (w *walker) flushItem() {
	if text := strings.TrimSpace(w.text.String()); text != "" {
		if w.list.numbered {
			w.list.number++
			text = strconv.Itoa(w.list.number) + ". " + text
		}
		w.list.items = append(w.list.items, text)
	}
	w.text.Reset()
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return strings.TrimSpace(a.Val)
		}
	}
	return ""
}

// described is a picture in words.
func described(text, address string) string {
	if text == "" || address == "" {
		return text + address
	}
	return text + " (" + address + ")"
}
