package content

import (
	"bytes"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"candor/generator/diag"
	"candor/generator/domain"
	"candor/generator/input/tomldoc"
)

// markdown is goldmark with tables and task items. Emphasis, bare addresses, phone numbers and line
// ends are read by this package, as people type them beside Chinese. A line of dashes under a text is
// a rule, not a heading: headings are written with #, so that each can carry its {#id}.
var markdown = newMarkdown()

func newMarkdown() goldmark.Markdown {
	blocks := []util.PrioritizedValue{}
	for _, v := range parser.DefaultBlockParsers() {
		switch v.Priority {
		case setextPriority:
			continue
		case atxPriority:
			v.Value = headingParser{v.Value.(parser.BlockParser)}
		}
		blocks = append(blocks, v)
	}
	p := parser.NewParser(
		parser.WithBlockParsers(blocks...),
		parser.WithInlineParsers(inlineParsers()...),
		parser.WithParagraphTransformers(parser.DefaultParagraphTransformers()...),
		parser.WithEscapedSpace(),
	)
	m := goldmark.New(
		goldmark.WithParser(p),
		goldmark.WithExtensions(extension.TaskList,
			extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignAttribute))),
	)
	m.Renderer().AddOptions(renderer.WithNodeRenderers(util.Prioritized(holes{}, 1),
		util.Prioritized(extension.NewStrikethroughHTMLRenderer(), 500)))
	return m
}

// inlineParsers are goldmark's, with ours for emphasis, and that for bare addresses last.
func inlineParsers() []util.PrioritizedValue {
	list := []util.PrioritizedValue{util.Prioritized(addresses{extension.NewLinkifyParser()}, addressPriority)}
	for _, v := range parser.DefaultInlineParsers() {
		if v.Priority == emphasisPriority {
			v.Value = emphasis{}
		}
		list = append(list, v)
	}
	return list
}

// The priorities under which goldmark lists its parsers.
const (
	setextPriority   = 100
	atxPriority      = 600
	emphasisPriority = 500
	addressPriority  = 999
)

// headingParser is goldmark's parser of # headings that takes a closing {…} off
// the heading; rawAttributes finds it again behind the heading's text.
type headingParser struct{ parser.BlockParser }

func (p headingParser) Close(node ast.Node, reader text.Reader, pc parser.Context) {
	p.BlockParser.Close(node, reader, pc)
	lines := node.Lines()
	if lines.Len() == 0 {
		return
	}
	line := lines.At(lines.Len() - 1)
	value := line.Value(reader.Source())
	open := bytes.LastIndexByte(value, '{')
	if open < 0 || value[len(value)-1] != '}' {
		return
	}
	line.Stop = line.Start + open
	lines.Set(lines.Len()-1, line.TrimRightSpace(reader.Source()))
}

// rawAttributes returns what stands between the braces behind a heading, and
// where the opening one is. Ok is false where there are none.
func (d *Document) rawAttributes(h *ast.Heading) (text string, start int, ok bool) {
	lines := h.Lines()
	if lines.Len() == 0 {
		return "", 0, false
	}
	at := lines.At(lines.Len() - 1).Stop
	rest := d.Source.Data[at : at+lineLen(d.Source.Data[at:])]
	trimmed := bytes.TrimLeft(rest, " \t")
	start = at + len(rest) - len(trimmed)
	trimmed = bytes.TrimRight(trimmed, " \t#")
	if len(trimmed) < 2 || trimmed[0] != '{' || trimmed[len(trimmed)-1] != '}' {
		return "", 0, false
	}
	return string(trimmed[1 : len(trimmed)-1]), start, true
}

// attributesLimit is how long the text between a heading's braces may be.
const attributesLimit = 200

// attributes are what a heading's {…} may say.
type attributes struct {
	id      string
	updated tomldoc.Time
	start   int
	end     int
}

// readAttributes reads {#id updated=2026-11-04T12:00} and reports all else.
func (d *Document) readAttributes(h *ast.Heading) attributes {
	raw, start, ok := d.rawAttributes(h)
	if !ok {
		return attributes{}
	}
	a := attributes{start: start, end: start + len(raw) + 2}
	if len(raw) > attributesLimit {
		d.fault(a.start, a.end, "bad-value",
			diag.Textf("the text in these braces is longer than %d bytes", attributesLimit),
			diag.Textf("{#id} and {#id updated=2026-11-04T12:00} are understood"))
		return a
	}
	words := strings.Fields(raw)
	mended, ok := "", false
	if len(words) != 1 || words[0][0] != '#' {
		mended, ok = mendAttributes(raw)
	}
	if ok && mended != strings.Join(words, " ") && len(d.Findings) < 5*findingsLimit {
		d.Findings = append(d.Findings, d.Source.Mended(diag.Instead(start, "{"+raw+"}", "{"+mended+"}"), "bad-value",
			diag.Textf("\"%s\" does not mark a heading", "{"+raw+"}"), diag.Textf("write: %s", "{"+mended+"}")))
		words = strings.Fields(mended)
	}
	for _, word := range words {
		d.readAttribute(&a, word)
	}
	return a
}

// readAttribute reads one word of them.
func (d *Document) readAttribute(a *attributes, word string) {
	if id, ok := strings.CutPrefix(word, "#"); ok {
		if strings.ContainsAny(id, "\"'<>&%`?#") || id == "" {
			d.fault(a.start, a.end, "bad-value", diag.Textf("\"%s\" cannot be an id", id),
				diag.Textf("use letters, digits and hyphens: {#refund}"))
			return
		}
		a.id = id
		return
	}
	at, isUpdated := strings.CutPrefix(word, "updated=")
	if !isUpdated {
		d.fault(a.start, a.end, "bad-value", diag.Textf("a heading has no attribute \"%s\"", word),
			diag.Textf("{#id} and {#id updated=2026-11-04T12:00} are understood"))
		return
	}
	at = strings.Trim(at, `"'`)
	t, ok := tomldoc.ParseTime(at)
	if !ok {
		d.fault(a.start, a.end, "bad-date", diag.Textf("\"%s\" is not a date and time", at),
			diag.Textf("write updated=2026-11-04T12:00"))
	}
	a.updated = t
}

var (
	looseUpdated = regexp.MustCompile(`\bupdated\s*[=:：]\s*["'“”]?(` + tomldoc.LooseTime + `)["'“”]?`)
	looseID      = regexp.MustCompile(`^[#＃]?[ \x{3000}]*([\pL\pN][\pL\pN_-]*)$`)
)

// mendAttributes returns what the text between a heading's braces can only mean.
func mendAttributes(raw string) (mended string, ok bool) {
	updated := ""
	text := strings.ReplaceAll(raw, "＝", "=")
	if m := looseUpdated.FindStringSubmatchIndex(text); m != nil {
		near, ok := tomldoc.NearTime(text[m[2]:m[3]])
		if !ok {
			return "", false
		}
		updated = "updated=" + near
		text = text[:m[0]] + text[m[1]:]
	}
	text = strings.Trim(text, wideBlanks)
	if text == "" && updated != "" {
		return updated, true
	}
	m := looseID.FindStringSubmatch(text)
	if m == nil {
		return "", false
	}
	return strings.TrimRight("#"+m[1]+" "+updated, " "), true
}

// fault reports an error in the body. One kind of mistake made all over a file is
// reported a bounded number of times.
func (d *Document) fault(start, end int, rule string, message, hint diag.Text) {
	if len(d.Findings) < 5*findingsLimit {
		d.Findings = append(d.Findings, d.Source.At(start, end, rule, message, hint))
	}
}

// parseBody converts the Markdown from offset body on. Offsets of nodes are
// offsets in the source, because the front matter is blanked, not cut.
func (d *Document) parseBody(body int) {
	src := d.Source.Data
	reader := text.NewReader(src)
	reader.Advance(body)
	root := markdown.Parser().Parse(reader)
	limit := growthLimit*len(src) + growthFree
	w := &fragmentWriter{limit: limit, outer: sectionLevel, marks: marks{}}
	if d.Place.Kind == Update {
		w.outer = groupLevel
	}
	sections := map[ast.Node]Section{} // by their headings
	for node := root.FirstChild(); node != nil; node = node.NextSibling() {
		if h, ok := node.(*ast.Heading); ok && d.opensSection(h) {
			sections[h] = d.section(h)
		}
	}
	d.Sections = make([]Section, 0, len(sections))
	all := d.inspect(root, sections, w.marks)
	w.blocks = all[:0] // never longer than what has been read of all
	d.taskTexts(w.marks)
	for i, node := 0, root.FirstChild(); node != nil; i, node = i+1, node.NextSibling() {
		if s, opens := sections[node]; opens {
			d.finish(w)
			d.Sections = append(d.Sections, s)
			continue
		}
		w.block(all[i])
		render(w, src, node)
	}
	d.finish(w)
	if w.over {
		d.fault(body, body, "bad-value", diag.Textf("this text becomes far too large when it is converted"),
			diag.Textf("no page needs this: split it"))
	}
}

// The levels of the headings that the theme writes around a body: those of a
// section (h2), and of a group (h4) below an update's title (h3).
const (
	sectionLevel = 2
	groupLevel   = 4
)

func render(w *fragmentWriter, src []byte, node ast.Node) {
	if err := markdown.Renderer().Render(w, src, node); err != nil {
		panic("content: rendering to memory failed: " + err.Error())
	}
}

// finish takes what was written since the last heading of a section.
func (d *Document) finish(w *fragmentWriter) {
	if last := len(d.Sections) - 1; last < 0 {
		d.Lead = w.take()
	} else {
		d.Sections[last].Body = w.take()
	}
}

// groupMarks are the signs by which a heading of an update is also known
// (playbook §3).
var groupMarks = [...]struct {
	sign  string
	group domain.Section
}{{"✅", domain.GroupDone}, {"🔄", domain.GroupDoing}, {"❌", domain.GroupProblems}, {"📅", domain.GroupNext}}

func (d *Document) opensSection(h *ast.Heading) bool {
	if h.Level <= 2 {
		return true
	}
	if d.Place.Kind != Update {
		return false
	}
	if _, mark := cutMark(plain(h, d.Source.Data)); mark != "" {
		return true
	}
	raw, _, _ := d.rawAttributes(h)
	return slices.ContainsFunc(strings.Fields(raw), func(word string) bool {
		id, ok := strings.CutPrefix(word, "#")
		return ok && slices.Contains(domain.Groups(), domain.Section(id))
	})
}

func cutMark(title string) (rest, id string) {
	for _, m := range groupMarks {
		if rest, ok := strings.CutPrefix(title, m.sign); ok {
			return strings.TrimSpace(strings.TrimPrefix(rest, "\ufe0f")), string(m.group)
		}
	}
	return title, ""
}

func (d *Document) section(h *ast.Heading) Section {
	a := d.readAttributes(h)
	title, mark := plain(h, d.Source.Data), ""
	if d.Place.Kind == Update {
		title, mark = cutMark(title)
	}
	start, end := extent(h)
	s := Section{ID: a.id, Title: title, Explicit: a.id != "", Updated: a.updated, Start: start, End: end}
	switch {
	case s.ID == "" && mark != "":
		s.ID = mark
	case s.ID == "":
		s.ID = autoID(title)
		if strings.IndexFunc(title, isOfID) < 0 {
			if d.unnamed++; d.unnamed > 1 {
				s.ID += "-" + strconv.Itoa(d.unnamed)
			}
		}
	}
	if d.Place.Kind != Update {
		if a.end > 0 {
			start, end = a.start, a.end
		}
		d.Anchors = append(d.Anchors, Anchor{s.ID, start, end})
	}
	return s
}
