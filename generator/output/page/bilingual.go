package page

import (
	"cmp"
	"html/template"
	"slices"
	"strings"

	"candor/generator/input/content"
	"candor/generator/site/incident"
	"candor/generator/site/translation"
)

// A bilingual page shows one text of an incident in all languages of the site,
// block beside block: the incident's own page with its newest updates, the FAQ, or
// the final report. It leaves out what pages compute.
//
// The rows are the same whatever the language of the page around them, and are made once.

// comparison is a text of an incident that has a bilingual page.
type comparison struct {
	output, title string // of the page that it belongs to
	texts         *incident.Texts
}

// comparisons returns the texts of the incident that have a bilingual page.
func (pl *incidentPlan) comparisons() []comparison {
	slug := pl.inc.Slug
	list := []comparison{{slug + "/", "contents.incident", &pl.inc.Index}}
	if pl.inc.FAQ != nil {
		list = append(list, comparison{slug + "/faq/", "contents.questions", pl.inc.FAQ})
	}
	if pl.inc.Report != nil {
		list = append(list, comparison{slug + "/report/", "contents.report", &pl.inc.Report.Texts})
	}
	return slices.DeleteFunc(list, func(c comparison) bool { return !pl.comparable(c.texts) })
}

// bilingualPath returns the path of the bilingual page for another page.
func bilingualPath(slug, output string) string {
	rest := strings.TrimPrefix(output, slug+"/")
	if rest == "faq/" || rest == "report/" {
		return slug + "/bilingual/" + rest
	}
	return slug + "/bilingual/"
}

// comparable reports whether a text has a translation. For the incident's own page,
// that of one of its newest updates is enough.
func (pl *incidentPlan) comparable(t *incident.Texts) bool {
	if len(pl.settings.Languages) < 2 {
		return false
	}
	updates := t == &pl.inc.Index && slices.ContainsFunc(pl.newest(), func(u *incident.Update) bool {
		return len(u.Translations) > 0
	})
	return updates || len(t.Translations) > 0
}

// newest returns the updates that are on the progress page.
func (pl *incidentPlan) newest() []*incident.Update {
	n := len(pl.inc.Updates)
	return pl.inc.Updates[n-min(n, pl.settings.PageSize):]
}

// bilingualLink leads from a page to its bilingual page; nil if there is none.
func (pl *incidentPlan) bilingualLink(output string, t *incident.Texts) *Link {
	if !pl.comparable(t) {
		return nil
	}
	url := pl.addresses.URL(bilingualPath(pl.inc.Slug, output))
	return &Link{Title: pl.words.Must("page.bilingual"), URL: url}
}

// bilingual plans the bilingual pages of an incident. The plan for the default
// language is the first.
func bilingual(plans []*incidentPlan) []Page {
	var pages []Page
	inc := plans[0].inc
	for _, c := range plans[0].comparisons() {
		rows := textRows(plans, c.texts, "section")
		if c.texts == &inc.Index {
			rows = progressRows(plans, rows)
		}
		for _, pl := range plans {
			pages = append(pages, pl.bilingualPage(plans, c, rows))
		}
	}
	return pages
}

// bilingualPage plans one page around rows.
func (pl *incidentPlan) bilingualPage(plans []*incidentPlan, c comparison, rows []Row) Page {
	output := bilingualPath(pl.inc.Slug, c.output)
	title := pl.words.Must("page.bilingual") + pl.words.Must("page.dot") + pl.brief.Title
	v := Bilingual{
		Base:     pl.incidentBase("bilingual", output, title, c.texts, pl.asOf, pl.bilingualVersion(plans, c.texts)),
		Incident: pl.brief,
		Contacts: pl.contactList,
		Choice:   len(plans) > 2,
		Rows:     rows,
	}
	v.Incident.URL = pl.addresses.URL(c.output)
	if next := v.Incident.NextUpdate; next != nil {
		v.Incident.NextUpdate = &Due{Name: next.Name, At: next.At, Passed: next.Passed, Text: next.Text} // without the script
	}
	pl.bilingualVersions(&v.Base, output)
	first := slices.IndexFunc(plans, func(other *incidentPlan) bool {
		return !other.isDefault() && slices.Contains(pl.frame.Languages(c.texts), other.lang.Tag)
	})
	for i, other := range plans {
		shown := i == 0 || other == pl || pl.isDefault() && i == max(1, first)
		l := other.lang
		v.Columns = append(v.Columns, Column{Number: i, Lang: l.Tag, Dir: l.Dir, Name: l.Name, Shown: shown})
	}
	if all := pl.comparisons(); len(all) > 1 {
		for _, other := range all {
			link := pl.bilingualLink(other.output, other.texts)
			link.Title, link.Current = pl.words.Must(other.title), other.output == c.output
			v.Pages = append(v.Pages, *link)
		}
	}
	if n := len(pl.inc.Updates); c.texts == &pl.inc.Index && n > pl.settings.PageSize {
		v.Older = pl.olderUpdates(n - pl.settings.PageSize)
	}
	return pl.page("bilingual", output, v)
}

// bilingualVersion is the version of a text with its translations. For the incident's own page,
// which also shows updates, it is that of the incident in all languages.
func (pl *incidentPlan) bilingualVersion(plans []*incidentPlan, t *incident.Texts) string {
	var sums []byte
	for _, other := range plans {
		if t == &pl.inc.Index {
			sums = append(sums, other.version...)
		} else {
			sums = other.sums(sums, t)
		}
	}
	return version(sums)
}

// bilingualVersions links the page with other words around it. All of its text is
// on other pages, so search engines do not list it.
func (pl *incidentPlan) bilingualVersions(b *Base, output string) {
	b.Note, b.Languages, b.Alternates = "", nil, nil
	b.Canonical = pl.addresses.Canonical(output)
	pl.versions(b, output, nil)
	b.Alternates, b.NoIndex = nil, true
	b.Bilingual = &Link{Title: pl.words.Must("page.bilingual"), URL: pl.addresses.URL(output), Current: true}
}

// progressRows adds to the rows of an incident's own page those of its newest updates.
func progressRows(plans []*incidentPlan, rows []Row) []Row {
	inc := plans[0].inc
	for _, field := range [...]func(*content.Front) string{affectedOf, summaryOf} {
		if field(&inc.Index.Doc.Front) == "" {
			continue
		}
		row := newRow(plans, "text")
		for i, pl := range plans {
			if pl.index.lang == "" {
				row.Cells[i].say(pl, field(&pl.index.doc.Front))
			}
		}
		rows = slices.Insert(rows, 1, row)
	}
	updates := plans[0].newest()
	if len(updates) == 0 {
		return rows
	}
	row := newRow(plans, "section")
	row.ID = "updates"
	for i, pl := range plans {
		row.Cells[i].Text = pl.words.Must("contents.updates", len(inc.Updates))
	}
	rows = append(rows, row)
	for _, u := range slices.Backward(updates) {
		rows = append(rows, updateRows(plans, u)...)
	}
	return rows
}

// updateRows are the rows of one update; the first has its title and time.
func updateRows(plans []*incidentPlan, u *incident.Update) []Row {
	rows := textRows(plans, u.Texts, "group")
	rows[0].Kind, rows[0].ID = "update", u.Anchor()
	for i, pl := range plans {
		e := pl.entryOf(u)
		rows[0].Cells[i].Time, rows[0].Cells[i].KindWord = &e.Time, e.KindWord
	}
	return rows
}

// newRow makes a row with an empty cell for each language.
func newRow(plans []*incidentPlan, kind string) Row {
	row := Row{Kind: kind, Cells: make([]Cell, len(plans))}
	for i, pl := range plans {
		row.Cells[i] = Cell{Number: i, Lang: pl.lang.Tag, Dir: pl.lang.Dir}
	}
	return row
}

// say sets the text of a cell, or a note that there is none.
func (c *Cell) say(pl *incidentPlan, text string) {
	if c.Text = text; text == "" {
		c.Note = pl.words.Must("bilingual.missing")
	}
}

// textRows are the rows of a text: its title, then headings and blocks. The title
// of a language without the text has a note.
func textRows(plans []*incidentPlan, t *incident.Texts, kind string) []Row {
	docs := make([]*content.Document, len(plans))
	head := newRow(plans, "title")
	for i, pl := range plans {
		said := ""
		if own := pl.text(t); own.lang == "" {
			docs[i], said = own.doc, own.doc.Front.Title
			if t == pl.inc.FAQ && t.Doc.Front.Title == "" {
				said, _ = pl.faqTitle(own)
			}
		}
		head.Cells[i].say(pl, said)
	}
	rows := []Row{head}
	absent := make([]bool, len(plans)) // the language lacks the section, as its heading says
	for _, places := range translation.AlignAll(docs[0], docs[1:]) {
		row := newRow(plans, "block")
		heading := slices.ContainsFunc(places, func(p translation.Place) bool { return !p.None && p.Block < 0 })
		for i, pl := range plans {
			place, c := places[i], &row.Cells[i]
			absent[i] = absent[i] && !heading
			switch {
			case docs[i] == nil:
			case place.None:
				if !absent[i] {
					c.say(pl, "")
				}
				absent[i] = absent[i] || heading
			case place.Block < 0:
				s := &docs[i].Sections[place.Section]
				row.Kind, c.Text = kind, pl.heading(s.ID, s.Title, kind+"s")
				if kind == "section" {
					row.ID = cmp.Or(row.ID, s.ID)
				}
			default:
				c.Body = pl.block(text{doc: docs[i], original: t.Doc}, place)
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// block renders one block, without the ids, which the page itself has.
func (pl *incidentPlan) block(t text, place translation.Place) template.HTML {
	return pl.fillAs(t, place.Fragment(t.doc).Cut(place.Block), true)
}
