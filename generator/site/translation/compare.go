package translation

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"candor/generator/diag"
	"candor/generator/input/content"
)

const differs = "translation-differs"

// findingsLimit bounds what is reported of one translation.
const findingsLimit = 100

// comparison is one run over a pair.
type comparison struct {
	Pair
	from, to words
	found    diag.List
	after    int    // where the block before ends in the translation
	title    string // of the section, empty in the lead
	count    map[content.BlockKind]int
	blocks   map[blockPair][]difference // for the next time
}

// differences reports what has to be the same and is not.
func (p Pair) differences() diag.List {
	c := &comparison{Pair: p, from: wordsOf(p.From), to: wordsOf(p.Translation.Place.Lang), count: map[content.BlockKind]int{}}
	c.front()
	c.after = len(p.Translation.Source.Data) - len(c.rest())
	for _, row := range Align(p.Original, p.Translation) {
		if len(c.found) >= findingsLimit {
			break
		}
		c.row(row)
	}
	c.tasks()
	if c.Memory != nil {
		c.Memory.blocks = c.blocks
	}
	return c.found
}

// rest is the text of the translation from its first block or section on.
func (c *comparison) rest() []byte {
	data := c.Translation.Source.Data
	switch {
	case len(c.Translation.Lead.Blocks) > 0:
		return data[c.Translation.Lead.Blocks[0].Start:]
	case len(c.Translation.Sections) > 0:
		return data[c.Translation.Sections[0].Start:]
	}
	return nil
}

func (c *comparison) report(from, to int, message, hint diag.Text) {
	c.found = append(c.found, c.Translation.Source.At(from, to, differs, message, hint))
}

// front compares the numbers of the texts in front matter.
func (c *comparison) front() {
	a, b := c.Original.Front, c.Translation.Front
	for _, t := range [...]struct{ key, original, translation string }{{"title", a.Title, b.Title}, {"summary", a.Summary, b.Summary}, {"affected", a.Affected, b.Affected}} {
		if t.original == "" || t.translation == "" {
			continue // the original stands in for it
		}
		for _, d := range compare(t.original, c.from, t.translation, c.to) {
			c.found = append(c.found, c.Translation.AtKey(t.key, differs, d.message(diag.Textf("%s", t.key)), numberHint()))
		}
	}
}

// row compares two headings or two blocks.
func (c *comparison) row(row Row) {
	if !row.Original.None && row.Original.Block < 0 || !row.Translation.None && row.Translation.Block < 0 {
		c.heading(row)
		return
	}
	var a, b content.Block
	if !row.Original.None {
		a = row.Original.Fragment(c.Original).Blocks[row.Original.Block]
	}
	if !row.Translation.None {
		b = row.Translation.Fragment(c.Translation).Blocks[row.Translation.Block]
	}
	if c.skips(row) {
		c.after = max(c.after, b.End)
		return
	}
	switch {
	case row.Translation.None:
		c.count[a.Kind]++
		c.report(c.after, c.after, diag.Textf("%s is missing here", c.name(a.Kind)), diag.Textf("the original has: %s", excerpt(c.Original.Source.Data[a.Start:a.End])))
	case row.Original.None:
		line := b.Start + bytes.IndexByte(append(c.Translation.Source.Data[b.Start:b.End:b.End], '\n'), '\n')
		c.report(b.Start, line, diag.Textf("the original has nothing that corresponds to this"), diag.Textf("add it to the original, or take it out"))
		c.after = b.End
	default:
		c.count[a.Kind]++
		c.block(a, b)
		c.after = b.End
	}
}

// skips says whether the row belongs to a section that one side lacks, which has
// been said already.
func (c *comparison) skips(row Row) bool { return c.title == absent }

// absent is the title of a section that one side lacks.
const absent = "\x00"

func (c *comparison) heading(row Row) {
	clear(c.count)
	switch {
	case row.Translation.None:
		s := c.Original.Sections[row.Original.Section]
		c.title = absent
		hint := diag.Textf("translate it, with the same id: {#%s}", s.ID)
		if !s.Explicit {
			hint = diag.Textf("translate it, and give both headings one id: {#…}")
		}
		c.report(c.after, c.after, diag.Textf("the section \"%s\" is missing here", s.Title), hint)
	case row.Original.None:
		s := c.Translation.Sections[row.Translation.Section]
		c.title, c.after = absent, s.End
		c.report(s.Start, s.End, diag.Textf("the original has no section \"%s\"", s.ID), diag.Textf("give the heading the id of the one that it translates: {#…}"))
	default:
		a, b := c.Original.Sections[row.Original.Section], c.Translation.Sections[row.Translation.Section]
		c.title, c.after = b.Title, b.End
		for _, d := range compare(a.Title, c.from, b.Title, c.to) {
			c.report(b.Start, b.End, d.message(diag.Textf("the heading \"%s\"", b.Title)), numberHint())
		}
	}
}

// block compares two blocks of one kind.
func (c *comparison) block(a, b content.Block) {
	name := c.name(a.Kind)
	line := b.Start + bytes.IndexByte(append(c.Translation.Source.Data[b.Start:b.End:b.End], '\n'), '\n')
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
			c.report(b.Start, line, n.message, diag.Textf("a translation has as many as its original"))
		}
	}
	if a.Kind == content.Code {
		return
	}
	for _, d := range c.texts(c.Original.Source.Data[a.Start:a.End], c.Translation.Source.Data[b.Start:b.End]) {
		from, to := b.Start, line
		if d.here != "" {
			from, to = b.Start+d.start, b.Start+d.end
		}
		c.report(from, to, d.message(name), numberHint())
	}
}

// texts compares what two blocks say.
func (c *comparison) texts(original, translation []byte) []difference {
	if c.Memory == nil {
		return compare(readable(original), c.from, readable(translation), c.to)
	}
	pair := blockPair{string(original), string(translation)}
	list, known := c.Memory.blocks[pair]
	if !known {
		list = compare(readable(original), c.from, readable(translation), c.to)
	}
	if c.blocks == nil {
		c.blocks = map[blockPair][]difference{}
	}
	c.blocks[pair] = list
	return list
}

// name says which block of its section one is, counting those of its kind.
func (c *comparison) name(kind content.BlockKind) diag.Text {
	n := c.count[kind]
	if c.title == "" {
		switch kind {
		case content.List:
			return diag.Textf("list %d before the first heading", n)
		case content.Table:
			return diag.Textf("table %d before the first heading", n)
		case content.Quotation:
			return diag.Textf("quotation %d before the first heading", n)
		case content.Code:
			return diag.Textf("code %d before the first heading", n)
		case content.Subheading:
			return diag.Textf("heading %d before the first section", n)
		case content.Rule:
			return diag.Textf("line %d before the first heading", n)
		}
		return diag.Textf("paragraph %d before the first heading", n)
	}
	switch kind {
	case content.List:
		return diag.Textf("list %d under \"%s\"", n, c.title)
	case content.Table:
		return diag.Textf("table %d under \"%s\"", n, c.title)
	case content.Quotation:
		return diag.Textf("quotation %d under \"%s\"", n, c.title)
	case content.Code:
		return diag.Textf("code %d under \"%s\"", n, c.title)
	case content.Subheading:
		return diag.Textf("heading %d under \"%s\"", n, c.title)
	case content.Rule:
		return diag.Textf("line %d under \"%s\"", n, c.title)
	}
	return diag.Textf("paragraph %d under \"%s\"", n, c.title)
}

// tasks compares what marks promises, item by item.
func (c *comparison) tasks() {
	a, b := c.Original.Tasks, c.Translation.Tasks
	if len(a) != len(b) {
		return // said of its list
	}
	for i := range a {
		t := b[i]
		switch {
		case a[i].ID != t.ID && a[i].ID == "":
			c.report(t.Start, t.End, diag.Textf("this task item has the id \"%s\", its original has none", t.ID), diag.Textf("give both the same id, or none"))
		case a[i].ID != t.ID:
			c.report(t.Start, t.End, diag.Textf("the original of this task item has the id \"%s\"", a[i].ID), diag.Textf("end it with id:%s", a[i].ID))
		case a[i].Done != t.Done:
			c.report(t.Start, t.End, diag.Textf("this task item is ticked in one of the two"), diag.Textf("tick both or none: what counts is the original"))
		case a[i].Due != t.Due && !sameTime(a[i], t):
			c.report(t.Start, t.End, diag.Textf("the original of this task item has another due: time"), diag.Textf("copy due: from the original, which counts"))
		}
	}
}

// sameTime compares due times as they are written; the zone is the same.
func sameTime(a, b *content.Task) bool {
	x, y := a.Due, b.Due
	x.Key, y.Key = "", ""
	return x == y
}

// excerpt is the beginning of a block, on one line.
func excerpt(text []byte) string {
	const most = 60
	line := strings.Join(strings.Fields(string(text)), " ")
	if utf8.RuneCountInString(line) <= most {
		return line
	}
	return string([]rune(line)[:most]) + "…"
}
