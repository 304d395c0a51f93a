package translation

import (
	"bytes"
	"strings"

	"candor/generator/diag"
	"candor/generator/input/content"
	"candor/generator/input/tomldoc"
)

const differs = "translation-differs"

// findingsLimit is how many findings about one translation are enough.
const findingsLimit = 100

// comparison is one run over a pair.
type comparison struct {
	Pair
	from, to locale
	found    diag.List
	after    int    // where the block before ends in the translation
	title    string // of the section, empty in the lead
}

// differences reports what has to be the same and is not.
func (p Pair) differences() diag.List {
	c := &comparison{Pair: p, from: localeOf(p.From), to: localeOf(p.Translation.Place.Lang)}
	c.front()
	data := p.Translation.Source.Data
	c.after = len(data)
	if len(p.Translation.Lead.Blocks) > 0 {
		c.after = p.Translation.Lead.Blocks[0].Start
	} else if len(p.Translation.Sections) > 0 {
		c.after = p.Translation.Sections[0].Start
	}
	c.body(&p.Original.Lead, &p.Translation.Lead)
	for original, translation := range Sections(p.Original, p.Translation) {
		c.section(original, translation)
	}
	c.tasks()
	return c.found
}

func (c *comparison) report(from, to int, message, hint diag.Text) {
	c.found = append(c.found, c.Translation.Source.At(from, to, differs, message, hint))
}

// front compares the numbers of the texts in front matter.
func (c *comparison) front() {
	a, b := c.Original.Front, c.Translation.Front
	for _, t := range [...]struct{ key, original, translation string }{
		{"title", a.Title, b.Title}, {"summary", a.Summary, b.Summary}, {"affected", a.Affected, b.Affected},
	} {
		if t.original == "" || t.translation == "" {
			continue // the original takes its place
		}
		for _, d := range compare(t.original, c.from, t.translation, c.to) {
			message := d.message(diag.Textf("%s", t.key))
			c.found = append(c.found, c.Translation.AtKey(t.key, differs, message, numberHint()))
		}
	}
}

// section compares two sections; one of them is nil if its side has none.
func (c *comparison) section(a, b *content.Section) {
	switch {
	case len(c.found) >= findingsLimit:
	case b == nil:
		hint := diag.Textf("translate it, with the same id: {#%s}", a.ID)
		if !a.Explicit {
			hint = diag.Textf("translate it, and give both headings one id: {#…}")
		}
		c.report(c.after, c.after, diag.Textf("the section \"%s\" is missing here", a.Title), hint)
	case a == nil:
		c.report(b.Start, b.End, diag.Textf("the original has no section \"%s\"", b.ID),
			diag.Textf("give the heading the id of the one that it translates: {#…}"))
		c.after = b.End
		if n := len(b.Body.Blocks); n > 0 {
			c.after = b.Body.Blocks[n-1].End
		}
	default:
		c.title, c.after = b.Title, b.End
		for _, d := range compare(a.Title, c.from, b.Title, c.to) {
			c.report(b.Start, b.End, d.message(diag.Textf("the heading \"%s\"", b.Title)), numberHint())
		}
		c.body(&a.Body, &b.Body)
	}
}

// body compares the blocks of two sections.
func (c *comparison) body(original, translation *content.Fragment) {
	count := map[content.BlockKind]int{} // of the original's blocks, by which they are named
	for _, p := range blocks(original.Blocks, translation.Blocks) {
		if len(c.found) >= findingsLimit {
			return
		}
		if p.original < 0 {
			b := translation.Blocks[p.translation]
			c.report(b.Start, c.line(b), diag.Textf("the original has nothing that corresponds to this"),
				diag.Textf("add it to the original, or remove it"))
			c.after = b.End
			continue
		}
		a := original.Blocks[p.original]
		count[a.Kind]++
		name := c.name(a.Kind, count[a.Kind])
		if p.translation < 0 {
			c.report(c.after, c.after, diag.Textf("%s is missing here", name),
				diag.Textf("the original has: %s", excerpt(c.Original.Source.Data[a.Start:a.End])))
			continue
		}
		b := translation.Blocks[p.translation]
		c.block(name, a, b)
		c.after = b.End
	}
}

// line returns where the first line of a block of the translation ends.
func (c *comparison) line(b content.Block) int {
	if n := bytes.IndexByte(c.Translation.Source.Data[b.Start:b.End], '\n'); n >= 0 {
		return b.Start + n
	}
	return b.End
}

// block compares two blocks of one kind.
func (c *comparison) block(name diag.Text, a, b content.Block) {
	items := diag.Textf("%s differs in items: %d in the original, %d here", name, a.Items, b.Items)
	if a.Kind == content.Table {
		items = diag.Textf("%s differs in rows: %d in the original, %d here", name, a.Items, b.Items)
	}
	for _, n := range [...]struct {
		there, here int
		message     diag.Text
	}{
		{a.Items, b.Items, items},
		{a.Tasks, b.Tasks, diag.Textf("%s differs in task items: %d in the original, %d here", name, a.Tasks, b.Tasks)},
		{a.Links, b.Links, diag.Textf("%s differs in links: %d in the original, %d here", name, a.Links, b.Links)},
		{a.Images, b.Images, diag.Textf("%s differs in images: %d in the original, %d here", name, a.Images, b.Images)},
	} {
		if n.there != n.here {
			c.report(b.Start, c.line(b), n.message, diag.Textf("a translation has as many as its original"))
		}
	}
	if a.Kind == content.Code {
		return
	}
	original := readable(c.Original.Source.Data[a.Start:a.End])
	translation := readable(c.Translation.Source.Data[b.Start:b.End])
	for _, d := range compare(original, c.from, translation, c.to) {
		from, to := b.Start+d.start, b.Start+d.end
		if d.here == "" {
			from, to = b.Start, c.line(b)
		}
		c.report(from, to, d.message(name), numberHint())
	}
}

// name says which block of its section one is, counting those of its kind.
func (c *comparison) name(kind content.BlockKind, n int) diag.Text {
	block := diag.Textf("paragraph %d", n)
	switch kind {
	case content.List:
		block = diag.Textf("list %d", n)
	case content.Table:
		block = diag.Textf("table %d", n)
	case content.Quotation:
		block = diag.Textf("quotation %d", n)
	case content.Code:
		block = diag.Textf("code %d", n)
	case content.Subheading:
		block = diag.Textf("heading %d", n)
	case content.Rule:
		block = diag.Textf("line %d", n)
	}
	switch {
	case c.title != "":
		return diag.Textf("%s under \"%s\"", block, c.title)
	case kind == content.Subheading:
		return diag.Textf("%s before the first section", block)
	}
	return diag.Textf("%s before the first heading", block)
}

// tasks compares what marks promises, item by item.
func (c *comparison) tasks() {
	if len(c.Original.Tasks) != len(c.Translation.Tasks) {
		return // reported of its list
	}
	for i, a := range c.Original.Tasks {
		b := c.Translation.Tasks[i]
		switch {
		case a.ID != b.ID && a.ID == "":
			c.report(b.Start, b.End, diag.Textf("this task item has the id \"%s\", its original has none", b.ID),
				diag.Textf("give both the same id, or none"))
		case a.ID != b.ID:
			c.report(b.Start, b.End, diag.Textf("the original of this task item has the id \"%s\"", a.ID),
				diag.Textf("end it with id:%s", a.ID))
		case a.Done != b.Done:
			c.report(b.Start, b.End, diag.Textf("this task item is ticked in one of the two"),
				diag.Textf("tick both or none: what counts is the original"))
		case !sameTime(a.Due, b.Due):
			c.report(b.Start, b.End, diag.Textf("the original of this task item has another due: time"),
				diag.Textf("copy due: from the original, which counts"))
		}
	}
}

// sameTime compares times as they are written; the zone is the same.
func sameTime(a, b tomldoc.Time) bool {
	a.Key, b.Key = "", ""
	return a == b
}

// excerpt is the beginning of a block, on one line.
func excerpt(text []byte) string {
	const most = 60
	return diag.Cut(strings.Join(strings.Fields(string(text)), " "), most)
}
