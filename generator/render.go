package generator

import (
	"bytes"
	"slices"

	"candor/generator/check/policy"
	"candor/generator/diag"
	"candor/generator/fileset"
	"candor/generator/input/content"
	"candor/generator/input/tomldoc"
	"candor/generator/output/feed"
	"candor/generator/output/page"
	"candor/generator/output/theme"
	"candor/generator/site/incident"
)

// rendered is what came of some pages.
type rendered struct {
	files  []fileset.File
	found  diag.List
	listed *feed.Entries // of the sitemap; nil where none of the pages is listed
}

// press renders pages one after another into one buffer.
type press struct {
	theme     *theme.Theme
	renderers map[string]*theme.Renderer // by language, each made when it is first needed
	buffer    bytes.Buffer
}

// in returns the renderer of a language.
func (p *press) in(tag string) *theme.Renderer {
	r := p.renderers[tag]
	if r == nil {
		r = p.theme.Renderer(tag)
		p.renderers[tag] = r
	}
	return r
}

// print renders pages that share values, such as those of one incident. Before is
// what became of them the last time: a page that is the same is not made again.
//
// The pages of one call share one piece of memory: of thousands of single ones
// the allocator would lose a quarter between its size classes.
func (p *press) print(pages []page.Page, before rendered) rendered {
	r := rendered{files: make([]fileset.File, 0, len(pages)), listed: list(pages)}
	old := make(map[string]fileset.File, len(before.files))
	for _, f := range before.files {
		old[f.Path] = f
	}
	p.buffer.Reset()
	var made []span
	for _, pg := range pages {
		f, known := old[pg.Output]
		if known && pg.Same {
			r.files = append(r.files, f)
			continue
		}
		if pg.View == nil {
			pg.View = pg.Plan()
		}
		from := p.buffer.Len()
		if d := p.make(pg); d != nil {
			r.found = append(r.found, *d)
			p.buffer.Truncate(from)
			continue
		}
		if known && bytes.Equal(f.Data, p.buffer.Bytes()[from:]) {
			p.buffer.Truncate(from)
		} else {
			made = append(made, span{len(r.files), from, p.buffer.Len()})
			f = fileset.File{Path: pg.Output}
		}
		r.files = append(r.files, f)
	}
	if len(made) > 0 {
		p.gather(r.files, made)
	}
	if p.buffer.Cap() > largestBuffer {
		p.buffer = bytes.Buffer{}
	}
	for _, renderer := range p.renderers {
		renderer.Forget()
	}
	return r
}

// gather gives the pages that were made their memory. What stays as it was moves
// there, too, where it is little: a page would keep all of those that were made
// with it.
func (p *press) gather(files []fileset.File, made []span) {
	moved := 0
	for _, f := range files {
		moved += len(f.Data)
	}
	if moved > largestBuffer {
		moved = 0
	}
	var shared []byte
	if moved > 0 {
		shared = make([]byte, 0, p.buffer.Len()+moved)
	}
	shared = append(shared, p.buffer.Bytes()...)
	for i, f := range files {
		if n := len(shared); moved > 0 && len(f.Data) > 0 {
			shared = append(shared, f.Data...)
			files[i].Data = shared[n:len(shared):len(shared)]
		}
	}
	for _, m := range made {
		files[m.file] = fileset.NewFile(files[m.file].Path, shared[m.from:m.to:m.to])
	}
}

// span is where a new page stands in the buffer of its press.
type span struct{ file, from, to int }

// largestBuffer is how much a press keeps between incidents, in bytes.
const largestBuffer = 1 << 20

// make renders a page behind what is in the buffer. What html/template could not make safe, it
// writes as ZgotmplZ: that is a fault of the theme and is not published.
func (p *press) make(pg page.Page) *diag.Diagnostic {
	from := p.buffer.Len()
	if d := p.in(pg.Lang).Render(&p.buffer, pg.Layout, pg.View); d != nil {
		return d
	}
	if unsafeValue(p.buffer.Bytes()[from:]) {
		d := diag.Source{Path: pg.Output}.Whole("bad-value", diag.Textf("a value on this page cannot be made safe where the template puts it"),
			diag.Textf("look for an address with a scheme that is not allowed"))
		return &d
	}
	return nil
}

// unsafeValue says whether html/template's sign for a value that it could not
// make safe stands inside a tag; in text it is a word like any other.
func unsafeValue(page []byte) bool {
	sign := []byte("ZgotmplZ")
	for at := 0; ; {
		i := bytes.Index(page[at:], sign)
		if i < 0 {
			return false
		}
		at += i
		if bytes.LastIndexByte(page[:at], '<') > bytes.LastIndexByte(page[:at], '>') {
			return true
		}
		at += len(sign)
	}
}

// standing is what came of the standing pages.
type standing struct {
	outcome string // where their links led
	found   diag.List
	printed rendered
}

// takeStanding checks and renders the standing pages.
func (b *build) takeStanding(links *page.Links) {
	docs := make([]*content.Document, len(b.pages))
	for i, p := range b.pages {
		docs[i] = p.parse()
	}
	outcome := links.Outcome(docs)
	if b.samePlan() && b.last.stood.outcome == outcome {
		b.stood = b.last.stood
		return
	}
	b.stood.outcome = outcome
	var pages []page.Page
	for _, doc := range docs {
		b.stood.found = append(b.stood.found, links.Check(doc, !doc.Front.Draft)...)
		reason := incident.Reason("")
		if doc.Front.Draft {
			reason = incident.Draft
		}
		b.stood.found = append(b.stood.found, b.judge.Document(doc, policy.Circumstance{Withheld: reason})...)
		if !doc.Front.Revised.Exists(b.site.Zone) {
			b.stood.found = append(b.stood.found, doc.AtKey("revised", "bad-date", tomldoc.Skipped(b.site.Zone),
				diag.Textf("name a time an hour later")))
		}
	}
	for _, planner := range b.planners {
		for _, texts := range b.standingTexts() {
			if !texts.Doc.Front.Draft {
				pages = append(pages, planner.Standing(texts, links))
			}
		}
	}
	b.stood.found = append(b.stood.found, b.judgeTranslations(b.pages, func(p *piece) bool { return !p.draft })...)
	b.stood.found = policy.Suppress(b.stood.found, docs, b.site.Rules)
	if b.planners != nil {
		b.stood.printed = b.presses[0].print(pages, rendered{})
	}
}

// renderShared renders the pages that speak of all incidents.
func (b *build) renderShared() {
	if b.planners == nil {
		return
	}
	for _, u := range b.units {
		if u.visible && u.summaries != nil {
			b.summaries = append(b.summaries, u.summaries)
		}
	}
	var before rendered
	if b.samePlan() {
		if slices.EqualFunc(b.last.summaries, b.summaries, sameSummaries) {
			b.shared = b.last.shared
			return
		}
		before = b.last.shared
	}
	var pages []page.Page
	for i, planner := range b.planners {
		list := make([]*page.Summary, len(b.summaries))
		for j, summaries := range b.summaries {
			list[j] = summaries[i]
		}
		list = page.MostPressing(list)
		pages = append(pages, planner.Home(list))
		if i == 0 {
			pages = append(pages, planner.NotFound(list))
		}
	}
	b.shared = b.presses[0].print(pages, before)
}

// sameSummaries says whether two incidents are shown alike, in every language.
func sameSummaries(x, y []*page.Summary) bool {
	return sameMemory(x, y) || slices.EqualFunc(x, y, func(x, y *page.Summary) bool { return x.Same(y) })
}
