package page

import (
	"candor/generator/site"
	"html/template"
	"slices"
	"strings"

	"candor/generator/input/content"
	"candor/generator/site/incident"
	"candor/generator/site/translation"
)

// A bilingual page shows what the editors wrote about one thing in all languages
// of the site, block beside block: the incident's own page with its newest
// updates, the FAQ, or the final report. What a page computes stands on the page.
//
// The rows are the same whatever the language of the page around them, and are
// made once.

// bilingualPaths are the pages side by side, by the page that they belong to.
func bilingualPath(slug, output string) string {
	rest := strings.TrimPrefix(output, slug+"/")
	if rest == "faq/" || rest == "report/" {
		return slug + "/bilingual/" + rest
	}
	return slug + "/bilingual/"
}

// hasTranslation says whether there is anything to put beside a text.
func hasTranslation(t *incident.Texts) bool { return len(t.Translations) > 0 }

// comparable says whether there is anything to put beside the incident's own page
// or one of its newest updates.
func (w *work) comparable() bool {
	if len(w.settings.Languages) < 2 {
		return false
	}
	found := hasTranslation(&w.inc.Index)
	for _, u := range w.newest() {
		found = found || hasTranslation(u.Texts)
	}
	return found
}

// newest are the updates that stand on the progress page.
func (w *work) newest() []*incident.Update {
	n := len(w.inc.Updates)
	return w.inc.Updates[n-min(n, w.settings.PageSize):]
}

// bilingualLink leads from a page to the languages side by side.
func (w *work) bilingualLink(output string, t *incident.Texts) *Link {
	there := w.sideBySide
	if t != &w.inc.Index {
		there = len(w.settings.Languages) > 1 && hasTranslation(t)
	}
	if !there {
		return nil
	}
	return &Link{Title: w.words.Must("page.bilingual"), URL: w.addresses.URL(bilingualPath(w.inc.Slug, output))}
}

// bilingual plans the pages that have the languages side by side. Works are those
// of an incident, the default language's first.
func bilingual(works []*work) []Page {
	first := works[0]
	if len(works) < 2 {
		return nil
	}
	inc := first.inc
	var pages []Page
	add := func(output string, t *incident.Texts, rows []Row) {
		for _, w := range works {
			pages = append(pages, w.bilingualPage(works, output, t, rows))
		}
	}
	if first.sideBySide {
		add(inc.Slug+"/", &inc.Index, progressRows(works))
	}
	if inc.FAQ != nil && hasTranslation(inc.FAQ) {
		add(inc.Slug+"/faq/", inc.FAQ, textRows(works, inc.FAQ, "section", func(w *work, t text) string {
			if t.original.Front.Title != "" {
				return t.doc.Front.Title
			}
			title, _ := w.faqTitle(t)
			return title
		}))
	}
	if inc.Report != nil && hasTranslation(&inc.Report.Texts) {
		add(inc.Slug+"/report/", &inc.Report.Texts, textRows(works, &inc.Report.Texts, "section", func(_ *work, t text) string { return t.doc.Front.Title }))
	}
	return pages
}

// bilingualPage plans one page around rows.
func (w *work) bilingualPage(works []*work, of string, t *incident.Texts, rows []Row) Page {
	output := bilingualPath(w.inc.Slug, of)
	title := w.words.Must("page.bilingual") + w.words.Must("page.dot") + w.brief.Title
	v := Bilingual{
		Base:     w.incidentBase("bilingual", output, title, t, w.asOf, w.bilingualVersion(works, t)),
		Incident: Link{Title: w.brief.Title, Lang: w.brief.Lang, URL: w.addresses.URL(of)},
		Choice:   len(works) > 2,
		Rows:     rows,
	}
	v.Note = ""
	w.bilingualVersions(&v.Base, output)
	first := slices.IndexFunc(works, func(other *work) bool {
		return !other.isDefault() && slices.Contains(w.frame.Languages(t), other.lang.Tag)
	})
	for i, other := range works {
		shown := i == 0 || other == w || w.isDefault() && i == max(1, first)
		v.Columns = append(v.Columns, Column{Number: i, Lang: other.lang.Tag, Dir: other.lang.Dir, Name: other.lang.Name, Shown: shown})
	}
	for _, p := range [...]struct {
		output, title string
		texts         *incident.Texts
	}{{w.inc.Slug + "/", "contents.incident", &w.inc.Index}, {w.inc.Slug + "/faq/", "contents.questions", w.inc.FAQ}, {w.inc.Slug + "/report/", "contents.report", w.reportTexts()}} {
		if p.texts == nil {
			continue
		}
		if link := w.bilingualLink(p.output, p.texts); link != nil {
			link.Title, link.Current = w.words.Must(p.title), p.output == of
			v.Pages = append(v.Pages, *link)
		}
	}
	if len(v.Pages) == 1 {
		v.Pages = nil
	}
	if n := len(w.inc.Updates); of == w.inc.Slug+"/" && n > w.settings.PageSize {
		older := w.addresses.UpdatesPage(n - w.settings.PageSize - 1)
		v.Older = &Link{Title: w.words.Must("incident.untitled-older"), URL: w.addresses.URL(site.UpdatesPath(w.inc.Slug, older))}
	}
	return w.page("bilingual", output, v)
}

// bilingualVersion is the version of a text with its translations; of the incident's
// own page, which shows updates, too, that of the incident in all languages.
func (w *work) bilingualVersion(works []*work, t *incident.Texts) string {
	var sums []byte
	for _, other := range works {
		if t == &w.inc.Index {
			sums = append(sums, other.version...)
		} else {
			sums = other.sums(sums, t)
		}
	}
	return version(sums)
}

// bilingualVersions says where the page is with other words around it. It holds
// nothing that is not on other pages, and search engines are not sent to it.
func (w *work) bilingualVersions(b *Base, output string) {
	b.Languages, b.Alternates = nil, nil
	b.Canonical = w.addresses.Canonical(output)
	w.versions(b, output, nil)
	b.Alternates, b.NoIndex = nil, true
	b.Bilingual = &Link{Title: w.words.Must("page.bilingual"), URL: w.addresses.URL(output), Current: true}
}

func (w *work) reportTexts() *incident.Texts {
	if w.inc.Report == nil {
		return nil
	}
	return &w.inc.Report.Texts
}

// progressRows are the rows of an incident's own page and of its newest updates.
func progressRows(works []*work) []Row {
	first := works[0]
	inc := first.inc
	rows := textRows(works, &inc.Index, "section", func(_ *work, t text) string { return t.doc.Front.Title })
	front := func(field func(*content.Front) string) {
		row := cells(works, func(w *work) Cell { return w.cell(w.own(&inc.Index), field) })
		if row.Cells[0].Text != "" {
			row.Kind = "text"
			rows = append(rows[:1], append([]Row{row}, rows[1:]...)...)
		}
	}
	front(affectedOf)
	front(summaryOf)
	updates := first.newest()
	if len(updates) == 0 {
		return rows
	}
	row := cells(works, func(w *work) Cell {
		return Cell{Text: w.words.Must("contents.updates", len(inc.Updates))}
	})
	row.Kind, row.ID = "section", "updates"
	rows = append(rows, row)
	for i := len(updates) - 1; i >= 0; i-- {
		rows = append(rows, updateRows(works, updates[i])...)
	}
	return rows
}

// updateRows are the rows of one update, its title with its time first.
func updateRows(works []*work, u *incident.Update) []Row {
	rows := textRows(works, u.Texts, "group", func(_ *work, t text) string { return t.doc.Front.Title })
	rows[0].Kind, rows[0].ID = "update", u.Anchor()
	for i, w := range works {
		e := w.entryOf(u)
		rows[0].Cells[i].Time, rows[0].Cells[i].KindWord = &e.Time, e.KindWord
	}
	return rows
}

// cells makes a row with a cell for each language.
func cells(works []*work, cell func(w *work) Cell) Row {
	row := Row{Cells: make([]Cell, len(works))}
	for i, w := range works {
		c := cell(w)
		c.Number, c.Lang, c.Dir = i, w.lang.Tag, w.lang.Dir
		row.Cells[i] = c
	}
	return row
}

// own returns the text in the language of the work, whose doc is nil where it is
// not translated.
func (w *work) own(t *incident.Texts) text {
	if w.isDefault() {
		return text{doc: t.Doc, original: t.Doc}
	}
	return text{doc: t.Translations[w.lang.Tag], original: t.Doc}
}

// cell says a field of front matter.
func (w *work) cell(t text, field func(*content.Front) string) Cell {
	c := Cell{}
	if t.doc != nil {
		c.Text = field(&t.doc.Front)
	}
	if t.doc != nil && c.Text == "" && field(&t.original.Front) != "" {
		c.Note = w.words.Must("bilingual.missing")
	}
	return c
}

// textRows are the rows of a text: its title, then headings and blocks. A
// language that does not have the text says so beside the title.
func textRows(works []*work, t *incident.Texts, kind string, title func(*work, text) string) []Row {
	docs := make([]*content.Document, len(works))
	head := cells(works, func(w *work) Cell {
		own := w.own(t)
		if own.doc == nil {
			return Cell{Note: w.words.Must("bilingual.missing")}
		}
		c := Cell{Text: title(w, own)}
		if c.Text == "" {
			c.Note = w.words.Must("bilingual.missing")
		}
		return c
	})
	head.Kind = "title"
	rows := []Row{head}
	for i, w := range works {
		docs[i] = w.own(t).doc
	}
	absent := make([]bool, len(works)) // of the section: said beside its heading
	for _, places := range translation.AlignAll(docs[0], docs[1:]) {
		row := Row{Kind: "block", Cells: make([]Cell, len(works))}
		heading := opens(places)
		for i, w := range works {
			place := places[i]
			absent[i] = absent[i] && !heading
			c := Cell{Number: i, Lang: w.lang.Tag, Dir: w.lang.Dir}
			switch {
			case docs[i] == nil:
			case place.None:
				if !absent[i] {
					c.Note = w.words.Must("bilingual.missing")
				}
				absent[i] = absent[i] || heading
			case place.Block < 0:
				s := &docs[i].Sections[place.Section]
				row.Kind, c.Text = kind, w.heading(s, kind)
				if row.ID == "" && kind == "section" {
					row.ID = s.ID
				}
			default:
				c.Body = w.block(text{doc: docs[i], original: t.Doc}, place)
			}
			row.Cells[i] = c
		}
		rows = append(rows, row)
	}
	return rows
}

// opens says whether a row is the heading of a section.
func opens(row []translation.Place) bool {
	return slices.ContainsFunc(row, func(p translation.Place) bool { return !p.None && p.Block < 0 })
}

// heading returns the words of a heading; one that the editor left out is the
// theme's.
func (w *work) heading(s *content.Section, kind string) string {
	if s.Title != "" {
		return s.Title
	}
	said, err := w.words.Say(map[string]string{"group": "groups.", "section": "sections."}[kind] + s.ID)
	if err != nil {
		return ""
	}
	return said
}

// block shows one block. Its ids are those of the page that it stands on, and are
// left to it.
func (w *work) block(t text, place translation.Place) template.HTML {
	return w.fillAs(t, place.Fragment(t.doc).Cut(place.Block), true)
}
