// Package content reads one file of the content folder into a Document: front
// matter, sections, links and task items, each with its position.
//
// Parse is a pure function of the file's bytes and its place. It refuses what is
// malformed or dangerous with a diagnostic, never with an error: raw HTML, link
// schemes other than http, https, mailto and tel, text that is not UTF-8,
// characters that hide or reorder text, and input built to cost the parsers
// more than its size. What depends on other files, the site's settings or the
// instant is decided later: links and task items are left as holes in the HTML.
package content

import (
	"bytes"
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unsafe"

	"github.com/yuin/goldmark/ast"

	"candor/generator/diag"
	"candor/generator/domain"
	"candor/generator/fileset"
	"candor/generator/input/conflict"
	"candor/generator/input/prose"
	"candor/generator/input/tomldoc"
)

// Document is one parsed file.
type Document struct {
	Place    Place
	Sum      fileset.Sum // of the file, whatever its line ends
	Source   diag.Source // with a byte order mark dropped and \n for line ends
	Front    Front
	Lead     Fragment // what stands before the first section
	Sections []Section
	Tasks    []*Task
	Links    []*Link
	Anchors  []Anchor
	Brackets []Bracket  // texts in [square brackets] that are no links
	Text     string     // Source.Data, in the same memory
	Body     int        // where in Text the front matter ends and the Markdown begins
	Prose    prose.Text // the words of the body
	Allowed  []Allowance
	Findings diag.List
	Markup   diag.List // markup that did not take effect
	Unread   bool      // a fault kept all or part of it from being read: what is missing may be there

	prefix             string
	unnamed            int // sections whose titles make no id
	frontFrom, frontTo int
	taskBlocks         []ast.Node // of Tasks, while parsing
	coverage           *coverage  // likewise
	slips              []int      // where brackets are that Markup speaks of, while parsing
	asked              int        // how often plainAt was
}

// Section is a heading of the first or second level and what stands under it.
type Section struct {
	ID       string
	Title    string // plain text
	Explicit bool   // the editor wrote the id
	Updated  tomldoc.Time
	Body     Fragment
	Start    int // of the heading in the source
	End      int
}

// Link is one link or image.
type Link struct {
	Dest       string
	URL        *url.URL // Dest, parsed; nil where it is no address
	Name       string   // the path in the content folder that a relative Dest names
	Image      bool
	Alt        string
	Start, End int // in the source
}

// Task is one task item: a promise where it has a due time or an id.
type Task struct {
	Done       bool
	Text       Fragment // inline HTML, without the tokens
	Plain      string
	Due        tomldoc.Time
	ID         string
	Section    string // id of the section that it stands in
	Start, End int    // of the item's first line in the source
}

// Anchor is an id that can be linked to.
type Anchor struct {
	ID         string
	Start, End int
}

// Bracket is a text in square brackets, which an editor has still to fill in.
type Bracket struct{ Start, End int }

// Parse reads the file at its place.
func Parse(file fileset.File, place Place) *Document {
	d := &Document{Place: place, Sum: file.Sum, Source: diag.Source{Path: file.Path, Data: Normalise(file.Data)}}
	if !bytes.Equal(d.Source.Data, file.Data) {
		d.Sum = fileset.SumOf(d.Source.Data)
	}
	if place.Kind == Update {
		d.prefix = UpdateAnchor(place.Name) + "-"
	}
	d.Findings = ScanText(d.Source)
	if len(d.Findings) > 0 {
		if d.Source.Data, d.Unread = blanked(d.Source.Data); d.Unread {
			return d
		}
		defer d.unfixed()
	}
	if found := conflict.Find(d.Source); len(found) > 0 {
		d.Unread, d.Findings = true, append(d.Findings, found...)
		return d
	}
	// Not copied: nothing changes the bytes of a file, and all texts are in memory at the same time.
	d.Text = unsafe.String(unsafe.SliceData(d.Source.Data), len(d.Source.Data))
	body, ok := d.parseFront()
	d.Body = body
	if !ok {
		d.Unread = true
		return d
	}
	shape, ok := scanShape(d.Source, body)
	if !ok {
		d.Unread = true
		d.Findings = append(d.Findings, shape...)
		return d
	}
	d.parseBody(body)
	d.checkBody(body)
	d.coverage, d.slips = nil, nil
	return d
}

// unfixed takes back all corrections: they are of a text that is not quite that of the file.
func (d *Document) unfixed() {
	for _, list := range []diag.List{d.Findings, d.Markup} {
		for i := range list {
			list[i].Fix = nil
		}
	}
}

// parseFront reads the front matter and returns where the body begins.
func (d *Document) parseFront() (body int, ok bool) {
	src := d.Source
	from, to, body, found, ok := splitFront(src)
	d.Findings = append(d.Findings, found...)
	switch {
	case !ok && len(found) > 0:
		return 0, false
	case !ok && d.needsFront():
		message, hint := diag.Textf("this file has no front matter"),
			diag.Textf("begin it with a line +++, then keys such as title = \"…\", then a line +++")
		if strings.HasPrefix(string(src.Data), "---") {
			hint = diag.Textf("front matter is TOML between lines with +++, not YAML between lines with ---")
		}
		d.Findings = append(d.Findings, src.At(0, 0, "bad-value", message, hint))
		return 0, true
	case !ok:
		return 0, true
	case to-from > frontLimit:
		d.Findings = append(d.Findings, src.At(from, from, "bad-value",
			diag.Textf("the front matter is longer than %d KiB", frontLimit>>10),
			diag.Textf("text belongs below the second +++")))
		return 0, false
	}
	d.frontFrom, d.frontTo = from, to
	d.frontAllowances()
	doc, table := tomldoc.Parse(src, from, to)
	d.Unread = table == nil
	if table != nil {
		d.Front = readFront(table, d.Place)
		d.requireFront(table)
	}
	d.Findings = append(d.Findings, doc.Findings()...)
	return body, true
}

// needsFront says whether a document of this kind is nothing without front
// matter. A translation and an FAQ can do without.
func (d *Document) needsFront() bool {
	return d.Place.Lang == "" && d.Place.Kind != FAQ
}

// requireFront reports the keys without which a document cannot be placed.
func (d *Document) requireFront(t *tomldoc.Table) {
	if t.Blank("title") {
		d.Findings = append(d.Findings, d.AtKey("title", "bad-value", diag.Textf("title is empty"),
			diag.Textf("say in a few words what this is about")))
	}
	if !d.needsFront() {
		return
	}
	required := map[Kind][]string{
		Index:  {"title", "level", "type", "stance", "known"},
		Update: {"title", "time"},
		Report: {"title", "time"},
		Page:   {"title"},
	}[d.Place.Kind]
	if d.Front.Occasion == domain.OccasionMaintenance {
		required = []string{"title", "known", "starts", "ends"}
	}
	examples := map[string]string{"starts": "2026-11-08T02:00", "ends": "2026-11-08T04:00",
		"title": `"…"`, "level": domain.Level2.String(),
		"type": strconv.Quote(domain.TypeExperience), "stance": strconv.Quote(string(domain.StanceFull)),
		"known": "2026-11-04T18:00", "time": "2026-11-04T18:00"}
	for _, key := range required {
		if d.Place.Scenario && (key == "known" || key == "time") {
			continue // written before anything has happened
		}
		if !t.Has(key) {
			d.Findings = append(d.Findings, d.Source.At(d.frontTo, d.frontTo+3, "bad-value",
				diag.Textf("%s is missing", key), diag.Textf("add %s = %s to the front matter", key, examples[key])))
		}
	}
}

// checkBody reports a body that a document of its kind cannot have.
func (d *Document) checkBody(body int) {
	if d.Place.Kind == FAQ && len(d.Sections) == 0 {
		d.Findings = append(d.Findings, d.Source.At(body, body, "bad-value", diag.Textf("this FAQ has no questions"),
			diag.Textf("write each as a heading: ## Can I get my money back? {#refund}")))
	}
	seen := map[string]Anchor{}
	slices.SortStableFunc(d.Anchors, func(a, b Anchor) int { return cmp.Compare(a.Start, b.Start) })
	for _, a := range d.Anchors {
		if slices.Contains(d.Place.Kind.anchors(), a.ID) {
			d.fault(a.Start, a.End, "duplicate-id", diag.Textf("the page has a part with the id \"%s\" already", a.ID),
				diag.Textf("give this heading an id of its own: {#…}"))
			continue
		}
		first, twice := seen[a.ID]
		switch {
		case twice && len(d.Findings) < 5*findingsLimit:
			line := d.Source.At(first.Start, first.End, "", diag.Text{}, diag.Text{}).Line
			d.fault(a.Start, a.End, "duplicate-id", diag.Textf("the id \"%s\" is used twice; first in line %d", a.ID, line),
				diag.Textf("give this heading an id of its own: {#…}"))
		case !twice:
			seen[a.ID] = a
		}
	}
}

// PageAnchors are the ids that the parts of every progress page have, whatever
// the theme: addresses that people pass on.
func PageAnchors() []string {
	return []string{"affected", "contacts", "newest", "promises", "updates", "questions", "report", "files", "about",
		"figures"}
}

// anchors are the ids that pages of the kind have besides those of the body.
func (k Kind) anchors() []string {
	frame := []string{"main", "toc"}
	switch k {
	case Index:
		return append(frame, PageAnchors()...)
	case Report:
		return append(frame, "files", "about")
	}
	return frame
}

// Locate returns where the value of a front matter key is in the source.
func (d *Document) Locate(key string) (from, to int) {
	return tomldoc.Locate(d.Source.Data, d.frontFrom, d.frontTo, key)
}

// Locator returns Locate for many keys.
func (d *Document) Locator() func(key string) (from, to int) {
	return tomldoc.Locator(d.Source.Data, d.frontFrom, d.frontTo)
}

// AtKey makes an error at the value of a front matter key.
func (d *Document) AtKey(key, rule string, message, hint diag.Text) diag.Diagnostic {
	from, to := d.Locate(key)
	return d.Source.At(from, to, rule, message, hint)
}

// InFront says whether a byte of the source stands in the front matter.
func (d *Document) InFront(at int) bool { return at >= d.frontFrom && at < d.frontTo }

// Written returns the value of a front matter key as the file has it; empty where
// it has none.
func (d *Document) Written(key string) string {
	from, to := d.Locate(key)
	return string(d.Source.Data[from:to])
}

// Section returns the section with the id, or nil.
func (d *Document) Section(id domain.Section) *Section {
	for i := range d.Sections {
		if d.Sections[i].ID == string(id) {
			return &d.Sections[i]
		}
	}
	return nil
}
