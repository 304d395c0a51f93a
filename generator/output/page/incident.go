package page

import (
	"cmp"
	"encoding/json"
	"html/template"
	"slices"
	"strconv"
	"strings"
	"time"

	"candor/generator/fileset"
	"candor/generator/input/content"
	"candor/generator/site/incident"
)

// Summary is what other pages say of an incident.
type Summary struct {
	Brief Brief
	known time.Time
	asOf  time.Time
	shown fileset.Sum // of all of the above
}

// summary says of an incident what other pages do. Its digest is the same with and
// without the theme's script.
func (w *work) summary() *Summary {
	s := &Summary{Brief: w.brief, known: w.inc.Known, asOf: w.asOf}
	all, err := json.Marshal([]any{s.Brief, s.known.Unix(), s.known.Nanosecond(), s.asOf.Unix(), s.asOf.Nanosecond()})
	if err != nil {
		panic("page: " + err.Error()) // these are words and instants
	}
	s.shown = fileset.SumOf(all)
	return s
}

// Same says whether other pages say the same of an incident.
func (s *Summary) Same(o *Summary) bool { return s.shown == o.shown }

// work is the state of planning one incident.
type work struct {
	*Planner
	inc        *incident.Incident
	links      *Links
	asOf       time.Time
	index      text // of the incident's own page
	sideBySide bool // there is a bilingual page of it
	promises   map[*content.Task]*incident.Promise
	byID       map[string]*incident.Promise
	entries    []*Entry  // of inc.Updates, each once it was asked for
	updates    []*Update // likewise
	clocks     []step    // of inc.Updates, once they were asked for
	brief      Brief
	version    string // of everything that is published of the incident

	before  *Planned
	wrote   *written // of before, in this language; nil for nothing
	routes  *Routes
	written written

	// what several pages show is the same value on each, so that it is rendered once
	contactList, pressList []Contact
	promiseRecord          []Promise
}

// Incident plans the pages of a visible incident, in the language of each of the
// planners; of each it returns what other pages say of the incident. AsOf is since
// when its state has been what it is. Routes are those of its links, and before is
// what Incident returned the last time; who has nothing to go on from gives nil
// for both. Without routes, little is kept in what it returns.
func Incident(planners []*Planner, inc *incident.Incident, links *Links, asOf time.Time, routes *Routes, before *Planned) ([]Page, []*Summary, *Planned) {
	works := make([]*work, len(planners))
	planned := &Planned{inc: inc, routes: routes, languages: make([]written, len(planners))}
	summaries := make([]*Summary, len(planners))
	var pages []Page
	for i, p := range planners {
		works[i] = p.work(inc, links, asOf)
		works[i].routes = routes
		if before != nil {
			works[i].before, works[i].wrote = before, &before.languages[i]
		}
		summaries[i] = works[i].summary()
		pages = append(pages, works[i].pages()...)
		planned.languages[i] = works[i].written
	}
	return append(pages, bilingual(works)...), summaries, planned
}

// Planned is what Incident goes on from when it plans the same incident again, for
// the same site, theme and standing pages.
type Planned struct {
	inc       *incident.Incident
	routes    *Routes
	languages []written // in the order of the planners
}

// written is what was planned in one language.
type written struct {
	frame      string     // what every page of updates takes from the index
	archive    []archived // the pages of updates
	milestones map[*incident.Update]milestone
	charts     []charted
}

// work prepares the planning of an incident's pages in one language.
func (p *Planner) work(inc *incident.Incident, links *Links, asOf time.Time) *work {
	n := len(inc.Updates)
	own := *p
	own.times = make(map[int64]*Time, n+8)
	p = &own
	w := &work{Planner: p, inc: inc, links: links.In(p.lang.Tag, p.site), asOf: asOf, index: p.text(&inc.Index), promises: map[*content.Task]*incident.Promise{}, byID: map[string]*incident.Promise{},
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
	w.contactList, w.pressList = p.contacts(translated, slices.Concat(inc.Contacts, p.site.Contacts)...)
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
func (p *Planner) briefOf(inc *incident.Incident) Brief {
	index := p.text(&inc.Index)
	b := Brief{
		Slug: inc.Slug, URL: p.addresses.URL(inc.Slug + "/"),
		Level: inc.Level, LevelWord: p.words.Must("levels." + strconv.Itoa(inc.Level)),
		Status: inc.Status, StatusWord: p.statusWord(inc.Status),
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
		b.Updates = p.counted("updates", archivePath(inc.Slug, p.addresses.archivePage(n-1)), n)
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

func (p *Planner) statusWord(status string) string {
	if status == "" {
		status = "none"
	}
	return p.words.Must("status." + status)
}

func (p *Planner) typeWord(inc *incident.Incident) string {
	if own := p.lang.TypeLabels[inc.Type.ID]; own != "" {
		return own
	}
	if inc.Type.Label != "" || inc.Type.ID == "" {
		return inc.Type.Label
	}
	return p.words.Must("types." + inc.Type.ID)
}

func (p *Planner) entry(inc *incident.Incident, i int) Entry {
	u := inc.Updates[i]
	kind := cmp.Or(u.Kind, "progress")
	e := Entry{
		Name: u.Name, Anchor: u.Anchor(), URL: p.addresses.update(inc, i), Time: p.when(inc, u.Time),
		Kind: kind, KindWord: p.kindWord(inc, u, kind),
	}
	e.Title, e.Lang = p.said(p.text(&u.Texts), titleOf)
	return e
}

// kindWord words the kind of an update. Only one response is the first.
func (p *Planner) kindWord(inc *incident.Incident, u *incident.Update, kind string) string {
	if kind == "response" && u != inc.First.Came {
		kind = "response-again"
	}
	return p.words.Must("kinds." + kind)
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
	t := w.text(&u.Texts)
	v := w.lineOf(u)
	lead := w.lead(t)
	v.Lead, v.LeadLang, v.Note = w.fill(lead, lead.doc.Lead), lead.lang, w.note(t)
	v.Corrects, v.Revised = w.entryOf(u.Corrects), w.optional(u.Doc.Front.Revised.In(w.site.Zone))
	v.Meta = w.meta(u)
	for _, s := range w.passages(t) {
		v.Groups = append(v.Groups, w.section(s, "groups"))
	}
	for i, c := range u.Corrections {
		lead := w.lead(w.text(&c.Texts))
		v.Corrections[i].Body, v.Corrections[i].BodyLang = w.fillAs(lead, lead.doc.Lead, true), lead.lang
	}
	return v
}

// meta says in one line what an update changes, how soon it came and who
// approved it.
func (w *work) meta(u *incident.Update) string {
	parts := make([]string, 0, 4)
	if u.Level > 0 {
		parts = append(parts, w.words.Must("update.level", w.words.Must("levels."+strconv.Itoa(u.Level))))
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
	v := Section{ID: s.facts.ID, Title: s.words.Title, Lang: s.lang, Body: w.fill(s.text, s.words.Body), AsOf: w.optional(s.facts.Updated.In(w.site.Zone))}
	if s.alone {
		v.Note = w.note(s.text)
	}
	if v.Title == "" {
		if title, err := w.words.Say(group + "." + v.ID); err == nil {
			v.Title = title
		}
	}
	if v.AsOf == nil && group == "sections" && slices.Contains(factual[:], v.ID) {
		v.AsOf = w.optional(s.original.Front.Revised.In(w.site.Zone))
	}
	return v
}

// factual are the sections that say what is true at a time.
var factual = [...]string{"what-happened", "known", "unknown"}

// fill fills the holes of a fragment: addresses, and how promises stand.
func (w *work) fill(t text, f content.Fragment) template.HTML {
	return w.fillAs(t, f, false)
}

// fillAs is fill; a repeated fragment leaves its ids to where it stands first.
func (w *work) fillAs(t text, f content.Fragment, repeated bool) template.HTML {
	return f.Fill(func(h content.Hole) string {
		switch {
		case h.Link != nil:
			return w.links.href(t.doc, h.Link)
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

// short words an instant, with its year where that is not the incident's: a
// promise for next May must not read as one for the May that has passed.
func (w *work) short(t time.Time) string {
	return w.when(w.inc, t).Short
}

// when words an instant of an incident like short does, and its day as well.
func (p *Planner) when(inc *incident.Incident, t time.Time) Time {
	v := p.at(t)
	if t.In(p.site.Zone).Year() != inc.Known.Year() {
		v.Short, v.Day = p.words.Long(t.In(p.site.Zone)), v.Date
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
