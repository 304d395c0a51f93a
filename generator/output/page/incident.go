package page

import (
	"candor/generator/domain"
	"candor/generator/fileset"
	"candor/generator/site"
	"cmp"
	"encoding/json"
	"html/template"
	"slices"
	"strconv"
	"strings"
	"time"

	"candor/generator/input/content"
	"candor/generator/site/incident"
)

// Summary is what other pages say of an incident in one language.
type Summary struct {
	Brief Brief
	known time.Time
	asOf  time.Time
	shown fileset.Sum // of all of the above, the same with and without the theme's script
}

func (w *work) summary() *Summary {
	s := &Summary{Brief: w.brief, known: w.inc.Known, asOf: w.asOf}
	all, err := json.Marshal([]any{s.Brief, s.known.Unix(), s.known.Nanosecond(), s.asOf.Unix(), s.asOf.Nanosecond()})
	if err != nil {
		panic("page: " + err.Error()) // these are words and instants
	}
	s.shown = fileset.SumOf(all)
	return s
}

// work is the state of planning one incident in one language.
type work struct {
	*Planner
	inc        *site.Incident
	links      site.Links
	asOf       time.Time // since when the incident's state has been what it is
	index      text      // of the incident's own page
	sideBySide bool      // there is a bilingual page of it
	promises   map[*content.Task]*incident.Promise
	byID       map[string]*incident.Promise
	entries    []*Entry  // of inc.Updates, each once it was asked for
	updates    []*Update // likewise
	brief      Brief
	version    string // of everything that is published of the incident

	// what several pages show is the same value on each, so that it is rendered once
	contactList, pressList []Contact
	promiseRecord          []Promise
}

// Incident plans the pages of a visible incident, in the language of each of the
// planners, and the pages with the languages side by side; and says in each what other pages say of it.
func Incident(planners []*Planner, inc *site.Incident) ([]Page, []*Summary) {
	works := make([]*work, len(planners))
	summaries := make([]*Summary, len(planners))
	var pages []Page
	for i, p := range planners {
		works[i] = p.work(inc)
		summaries[i] = works[i].summary()
		pages = append(pages, works[i].pages()...)
	}
	return append(pages, bilingual(works)...), summaries
}

// work prepares the planning of an incident's pages in one language.
func (p *Planner) work(inc *site.Incident) *work {
	n := len(inc.Updates)
	w := &work{Planner: p, inc: inc, links: inc.Links, asOf: inc.LastChange, index: p.text(&inc.Index),
		promises: map[*content.Task]*incident.Promise{}, byID: map[string]*incident.Promise{},
		entries: make([]*Entry, n), updates: make([]*Update, n)}
	for _, promise := range inc.Promises {
		w.promises[promise.Task] = promise
		if promise.ID != "" {
			w.byID[promise.ID] = promise
		}
	}
	w.sideBySide = w.comparable()
	w.brief, w.version = p.briefOf(inc), version(p.sumsOf(inc))
	var translated []content.Contact
	if w.index.doc != w.index.original {
		translated = w.index.doc.Front.Contacts
	}
	w.contactList, w.pressList = p.contacts(translated, slices.Concat(inc.Contacts, p.settings.Contacts)...)
	w.promiseRecord = w.record()
	return w
}

// pages plans the pages in one language.
func (w *work) pages() []Page {
	pages := []Page{w.progress()}
	pages = append(pages, w.archive()...)
	if w.inc.FAQ != nil {
		pages = append(pages, w.faq())
	}
	if w.inc.Report != nil {
		pages = append(pages, w.report())
	}
	return pages
}

// incidentBase is base for a page of this incident that shows a text.
func (w *work) incidentBase(kind, output, title string, t *incident.Texts, asOf time.Time, version string) Base {
	b := w.base(kind, output, title, w.brief.Summary, version)
	b.Drill = w.inc.Front.Drill
	b.NoIndex = b.Drill
	b.AsOf = w.optional(asOf)
	w.versions(&b, output, t)
	b.Bilingual = w.bilingualLink(output, t)
	return b
}

// briefOf says of an incident what its strip, its entry and its line need.
func (p *Planner) briefOf(inc *site.Incident) Brief {
	index := p.text(&inc.Index)
	b := Brief{
		Slug: inc.Slug, URL: p.addresses.URL(inc.Slug + "/"),
		Level: int(inc.Level), LevelWord: p.words.Must("levels." + inc.Level.String()),
		Status: string(inc.Status), StatusWord: p.statusWord(inc.Status),
		Type: inc.Type.ID, TypeWord: p.typeWord(inc), Drill: inc.Front.Drill, Open: inc.Open(),
		Known: p.optional(inc.Known), Resolved: p.optional(inc.Resolved), Year: strconv.Itoa(inc.Known.Year()),
	}
	b.Title, b.Lang = p.said(index, titleOf)
	b.Summary, b.SummaryLang = p.said(index, summaryOf)
	if b.Open {
		b.Day = p.words.Must("incident.day", inc.Day)
	} else {
		b.Day = p.words.Must("incident.resolved-after", p.words.Duration(inc.Resolved.Sub(inc.Known)))
	}
	b.NextUpdate = p.next(inc)
	if n := len(inc.Updates); n > 0 {
		e := p.entry(inc, n-1)
		b.Newest = &e
		b.Updates = p.counted("updates", site.UpdatesPath(inc.Slug, p.addresses.UpdatesPage(n-1)), n)
	}
	if inc.FAQ != nil {
		b.FAQ = p.counted("questions", inc.Slug+"/faq/", len(inc.FAQ.Doc.Sections))
	}
	if inc.Report != nil {
		b.Report = &Counted{URL: p.addresses.URL(inc.Slug + "/report/"), Count: 1}
		b.Report.Text, _ = p.said(p.text(&inc.Report.Texts), titleOf)
	}
	if n := len(inc.Evidence); n > 0 {
		b.Files = p.counted("files", inc.Slug+"/", n)
		b.Files.URL += "#files"
	}
	return b
}

func (p *Planner) counted(what, output string, n int) *Counted {
	return &Counted{URL: p.addresses.URL(output), Count: n, Text: p.words.Must("counts."+what, n)}
}

func (p *Planner) statusWord(status domain.Status) string {
	if status == "" {
		status = "none"
	}
	return p.words.Must("status." + string(status))
}

func (p *Planner) typeWord(inc *site.Incident) string {
	if own := p.lang.TypeLabels[inc.Type.ID]; own != "" {
		return own
	}
	if inc.Type.Label != "" || inc.Type.ID == "" {
		return inc.Type.Label
	}
	return p.words.Must("types." + inc.Type.ID)
}

func (p *Planner) entry(inc *site.Incident, i int) Entry {
	u := inc.Updates[i]
	kind := cmp.Or(u.Kind, domain.KindProgress)
	e := Entry{
		Name: u.Name, Anchor: u.Anchor(), URL: p.addresses.Update(inc.Incident, i), Time: p.when(inc, u.Time),
		Kind: string(kind), KindWord: p.kindWord(inc, u, kind),
	}
	e.Title, e.Lang = p.said(p.text(u.Texts), titleOf)
	return e
}

// kindWord words the kind of an update. Only one response is the first.
func (p *Planner) kindWord(inc *site.Incident, u *incident.Update, kind domain.Kind) string {
	if kind == domain.KindResponse && u != inc.First.Came {
		kind = "response-again"
	}
	return p.words.Must("kinds." + string(kind))
}

func (w *work) entryOf(u *incident.Update) *Entry {
	if u == nil {
		return nil
	}
	if w.entries[u.Index] == nil {
		e := w.entry(w.inc, u.Index)
		w.entries[u.Index] = &e
	}
	return w.entries[u.Index]
}

// views says all of the updates from one index to another. An update is the same
// value on each page, so that it is rendered once.
func (w *work) views(from, to int) []*Update {
	for i := from; i < to; i++ {
		if w.updates[i] == nil {
			w.updates[i] = w.update(w.inc.Updates[i])
		}
	}
	return w.updates[from:to]
}

// lineOf says of an update what a line needs.
func (w *work) lineOf(u *incident.Update) *Update {
	e := w.entryOf(u)
	v := &Update{Name: e.Name, Anchor: e.Anchor, URL: e.URL, Time: e.Time, Kind: e.Kind, KindWord: e.KindWord, Title: e.Title, Lang: e.Lang}
	for _, c := range u.Corrections {
		v.Corrections = append(v.Corrections, Correction{Entry: *w.entryOf(c)})
	}
	return v
}

// update says all of one update.
func (w *work) update(u *incident.Update) *Update {
	t := w.text(u.Texts)
	v := w.lineOf(u)
	lead := w.lead(t)
	v.Lead, v.LeadLang, v.Note = w.fill(lead, lead.doc.Lead), lead.lang, w.note(t)
	v.Corrects, v.Revised = w.entryOf(u.Corrects), w.optional(u.Doc.Front.Revised.In(w.settings.Zone))
	v.Meta = w.meta(u)
	for _, s := range w.passages(t) {
		v.Groups = append(v.Groups, w.section(s, "groups"))
	}
	for i, c := range u.Corrections {
		lead := w.lead(w.text(c.Texts))
		v.Corrections[i].Body, v.Corrections[i].BodyLang = w.fillAs(lead, lead.doc.Lead, true), lead.lang
	}
	return v
}

// meta says in one line what an update changes, how soon it came and who
// approved it.
func (w *work) meta(u *incident.Update) string {
	parts := make([]string, 0, 4)
	if u.Level > 0 {
		parts = append(parts, w.words.Must("update.level", w.words.Must("levels."+u.Level.String())))
	}
	if s := u.Status; s != "" {
		parts = append(parts, w.words.Must("update.status", w.statusWord(s)))
	}
	switch {
	case u == w.inc.First.Came:
		parts = append(parts, w.response())
	case u.Since > 0:
		parts = append(parts, w.words.Must("incident.since-previous", w.words.Duration(u.Since)))
	}
	if len(u.Approved) > 0 {
		parts = append(parts, w.words.Must("incident.approved-by", w.names(u.Approved)))
	}
	return strings.Join(parts, w.words.Must("page.dot"))
}

// response says how fast the first response came against its clock.
func (w *work) response() string {
	first := w.inc.First
	switch {
	case first.Came != nil && first.Late:
		return w.words.Must("incident.response-late", w.words.Duration(first.Took), w.words.Duration(first.Clock))
	case first.Came != nil:
		return w.words.Must("incident.response", w.words.Duration(first.Took), w.words.Duration(first.Clock))
	case first.Late:
		return w.words.Must("incident.response-overdue", w.at(first.Due).Full)
	}
	return w.words.Must("incident.response-due", w.at(first.Due).Full)
}

// section words a section; a heading that the editor left out is the theme's.
func (w *work) section(s passage, group string) Section {
	v := Section{ID: s.facts.ID, Title: s.words.Title, Lang: s.lang, Body: w.fill(s.text, s.words.Body), AsOf: w.optional(s.facts.Updated.In(w.settings.Zone))}
	if s.alone {
		v.Note = w.note(s.text)
	}
	if v.Title == "" {
		if title, err := w.words.Say(group + "." + v.ID); err == nil {
			v.Title = title
		}
	}
	if v.AsOf == nil && group == "sections" && slices.Contains(domain.Facts(), domain.Section(v.ID)) {
		v.AsOf = w.optional(s.original.Front.Revised.In(w.settings.Zone))
	}
	return v
}

// fill fills the holes of a fragment: addresses, and how promises stand.
func (w *work) fill(t text, f content.Fragment) template.HTML {
	return w.fillAs(t, f, false)
}

// fillAs is fill; a repeated fragment leaves its ids to where it stands first.
func (w *work) fillAs(t text, f content.Fragment, repeated bool) template.HTML {
	return f.Fill(func(h content.Hole) string {
		switch {
		case h.Link != nil:
			return w.href(h.Link)
		case h.Mark:
			return w.taskMark(t, h.Task)
		case h.ID != "" && repeated:
			return ""
		case h.ID != "":
			return ` id="` + template.HTMLEscapeString(h.ID) + `"`
		}
		return w.taskState(t, h.Task)
	})
}

// href returns the escaped text for the hole that a link or an image leaves.
func (w *work) href(link *content.Link) string {
	t := w.links[link]
	address := template.HTMLEscapeString(w.addresses.Link(t.Place))
	if !link.Image {
		return address
	}
	attributes := `src="` + address + `" loading="lazy"`
	if t.Width > 0 {
		attributes += ` width="` + strconv.Itoa(t.Width) + `" height="` + strconv.Itoa(t.Height) + `"`
	}
	return attributes
}

// short words an instant, with its year where that is not the incident's: a
// promise for next May must not read as one for the May that has passed.
func (w *work) short(t time.Time) string {
	return w.when(w.inc, t).Short
}

// when words an instant of an incident like short does, and its day as well.
func (p *Planner) when(inc *site.Incident, t time.Time) Time {
	v := p.at(t)
	if t.In(p.settings.Zone).Year() != inc.Known.Year() {
		v.Short, v.Day = p.words.Long(t.In(p.settings.Zone)), v.Date
	}
	return v
}

// days puts updates under their days, newest first. Show says how each is shown;
// i counts from the newest.
func days(updates []*Update, show func(i int) Item) []Day {
	var list []Day
	for i := range updates {
		u := updates[len(updates)-1-i]
		iso := u.Time.ISO[:len("2026-11-04")]
		if n := len(list); n == 0 || list[n-1].ISO != iso {
			list = append(list, Day{Date: u.Time.Day, ISO: iso})
		}
		item := show(i)
		item.Update = u
		list[len(list)-1].Items = append(list[len(list)-1].Items, item)
	}
	return list
}

// inFull shows an update whole.
func inFull(int) Item { return Item{Full: true} }
