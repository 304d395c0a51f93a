package page

import (
	"cmp"
	"html/template"
	"slices"
	"strconv"
	"strings"
	"time"

	"candor/generator/content"
	"candor/generator/incident"
)

// Summary is what other pages say of an incident.
type Summary struct {
	Brief   Brief
	Version string // of its progress page
	known   time.Time
	asOf    time.Time
}

// work is the state of planning one incident.
type work struct {
	*Planner
	inc      *incident.Incident
	links    *Links
	asOf     time.Time
	promises map[*content.Task]*incident.Promise
	byID     map[string]*incident.Promise
	entries  []*Entry  // of inc.Updates, each once it was asked for
	updates  []*Update // likewise
	brief    Brief
	version  string // of everything that is published of the incident

	// what several pages show is the same value on each, so that it is rendered once
	contactList, pressList []Contact
	promiseRecord          []Promise
}

// Incident plans the pages of a visible incident. AsOf is since when its state
// has been what it is.
func (p *Planner) Incident(inc *incident.Incident, links *Links, asOf time.Time) ([]Page, *Summary) {
	n := len(inc.Updates)
	w := &work{Planner: p, inc: inc, links: links, asOf: asOf, promises: map[*content.Task]*incident.Promise{}, byID: map[string]*incident.Promise{},
		entries: make([]*Entry, n), updates: make([]*Update, n)}
	for _, promise := range inc.Promises {
		w.promises[promise.Task] = promise
		if promise.ID != "" {
			w.byID[promise.ID] = promise
		}
	}
	w.brief, w.version = p.briefOf(inc), version(sumsOf(inc)...)
	w.contactList, w.pressList = p.contacts(inc.Contacts, p.site.Contacts)
	w.promiseRecord = w.record()
	pages := []Page{w.progress()}
	pages = append(pages, w.archive()...)
	if w.inc.FAQ != nil {
		pages = append(pages, w.faq())
	}
	if w.inc.Report != nil {
		pages = append(pages, w.report())
	}
	return pages, &Summary{Brief: w.brief, Version: w.version, known: inc.Known, asOf: asOf}
}

// incidentBase is base for a page of this incident.
func (w *work) incidentBase(kind, output, title string, asOf time.Time, version string) Base {
	b := w.base(kind, output, title, w.inc.Front.Summary, version)
	b.Drill = w.inc.Front.Drill
	b.NoIndex = b.Drill
	b.AsOf = w.optional(asOf)
	return b
}

// briefOf says of an incident what its strip, its entry and its line need.
func (p *Planner) briefOf(inc *incident.Incident) Brief {
	b := Brief{
		Slug: inc.Slug, URL: p.addresses.URL(inc.Slug + "/"), Title: inc.Front.Title, Summary: inc.Front.Summary,
		Level: inc.Level, LevelWord: p.words.Must("levels." + strconv.Itoa(inc.Level)),
		Status: inc.Status, StatusWord: p.statusWord(inc.Status),
		Type: inc.Type.ID, TypeWord: p.typeWord(inc), Drill: inc.Front.Drill, Open: inc.Open(),
		Known: p.optional(inc.Known), Resolved: p.optional(inc.Resolved), Year: strconv.Itoa(inc.Known.Year()),
	}
	if b.Open {
		b.Day = p.words.Must("incident.day", inc.Day)
	} else {
		b.Day = p.words.Must("incident.resolved-after", p.words.Duration(inc.Resolved.Sub(inc.Known)))
	}
	if !inc.Next.At.IsZero() {
		due := Due{At: p.when(inc, inc.Next.At), Passed: inc.Next.Passed}
		if due.Passed {
			due.Late = p.words.Must("incident.next-update-late", due.At.Short)
		}
		b.NextUpdate = &due
	}
	if n := len(inc.Updates); n > 0 {
		e := p.entry(inc, n-1)
		b.Newest = &e
		b.Updates = p.counted("updates", archivePath(inc.Slug, p.addresses.archivePage(n-1)), n)
	}
	if inc.FAQ != nil {
		b.FAQ = p.counted("questions", inc.Slug+"/faq/", len(inc.FAQ.Doc.Sections))
	}
	if inc.Report != nil {
		b.Report = &Counted{URL: p.addresses.URL(inc.Slug + "/report/"), Count: 1, Text: inc.Report.Doc.Front.Title}
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
	kind := cmp.Or(u.Doc.Front.Kind, "progress")
	return Entry{
		Name: u.Name, Anchor: u.Anchor(), URL: p.addresses.update(inc, i), Time: p.when(inc, u.Time),
		Kind: kind, KindWord: p.kindWord(inc, u, kind), Title: u.Doc.Front.Title,
	}
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
	doc := u.Doc
	v := w.lineOf(u)
	v.Lead, v.Corrects, v.Revised = w.fill(doc, doc.Lead), w.entryOf(u.Corrects), w.optional(doc.Front.Revised.In(w.site.Zone))
	v.Meta = w.meta(u)
	for i := range doc.Sections {
		v.Groups = append(v.Groups, w.section(doc, &doc.Sections[i], "groups"))
	}
	for i, c := range u.Corrections {
		v.Corrections[i].Body = w.fillAs(c.Doc, c.Doc.Lead, true)
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
	if s := u.Doc.Front.Status; s != "" {
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
		return w.words.Must("incident.response-overdue", w.short(first.Due))
	}
	return w.words.Must("incident.response-due", w.short(first.Due))
}

// section words a section; a heading that the editor left out is the theme's.
func (w *work) section(doc *content.Document, s *content.Section, group string) Section {
	v := Section{ID: s.ID, Title: s.Title, Body: w.fill(doc, s.Body), AsOf: w.optional(s.Updated.In(w.site.Zone))}
	if v.Title == "" {
		if title, err := w.words.Say(group + "." + s.ID); err == nil {
			v.Title = title
		}
	}
	if v.AsOf == nil && group == "sections" && slices.Contains(factual[:], s.ID) {
		v.AsOf = w.optional(doc.Front.Revised.In(w.site.Zone))
	}
	return v
}

// factual are the sections that say what is true at a time.
var factual = [...]string{"what-happened", "known", "unknown"}

// fill fills the holes of a fragment: addresses, and how promises stand.
func (w *work) fill(doc *content.Document, f content.Fragment) template.HTML {
	return w.fillAs(doc, f, false)
}

// fillAs is fill; a repeated fragment leaves its ids to where it stands first.
func (w *work) fillAs(doc *content.Document, f content.Fragment, repeated bool) template.HTML {
	return f.Fill(func(h content.Hole) string {
		switch {
		case h.Link != nil:
			return w.links.href(doc, h.Link)
		case h.Mark:
			return w.taskMark(h.Task)
		case h.ID != "" && repeated:
			return ""
		case h.ID != "":
			return ` id="` + template.HTMLEscapeString(h.ID) + `"`
		}
		return w.taskState(h.Task)
	})
}

// taskMark returns the class of a task item: an item of an old update is done
// once its promise is kept.
func (w *work) taskMark(t *content.Task) string {
	if promise := w.promiseOf(t); t.Done || promise != nil && (promise.State == incident.Kept || promise.State == incident.KeptLate) {
		return "done"
	}
	return "open"
}

func (w *work) promiseOf(t *content.Task) *incident.Promise {
	if promise := w.promises[t]; promise != nil {
		return promise
	}
	return w.byID[t.ID]
}

// taskState says beside a task item how its promise stands.
func (w *work) taskState(t *content.Task) string {
	promise := w.promiseOf(t)
	if promise == nil || t.Done && promise.State == incident.Kept {
		return ""
	}
	return ` <span class="due">` + template.HTMLEscapeString(w.stateWord(promise)) + `</span>`
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

func (w *work) moved(p *incident.Promise) *Time {
	if p.Moved.IsZero() {
		return nil
	}
	v := w.when(w.inc, p.Moved)
	return &v
}

// rowState words the state where the due time stands beside it.
func (w *work) rowState(p *incident.Promise) string {
	if p.State == incident.Open {
		return w.words.Must("promises.pending")
	}
	return w.stateWord(p)
}

func (w *work) stateWord(p *incident.Promise) string {
	due := w.short(p.Due)
	switch p.State {
	case incident.Overdue:
		return w.words.Must("promises.overdue", due)
	case incident.Open:
		return w.words.Must("promises.open", due)
	case incident.KeptLate:
		return w.words.Must("promises.kept-late", w.short(p.KeptAt), w.words.Duration(p.Late()))
	}
	if p.KeptAt.IsZero() {
		return w.words.Must("promises.kept-some-time")
	}
	return w.words.Must("promises.kept", w.short(p.KeptAt))
}

// record words the promises.
func (w *work) record() []Promise {
	rows := make([]Promise, len(w.inc.Promises))
	for i, p := range w.inc.Promises {
		rows[i] = Promise{
			ID: p.ID, Text: w.fill(p.Doc, p.Task.Text), Due: w.when(w.inc, p.Due), Moved: w.moved(p),
			State: string(p.State), StateWord: w.rowState(p), Made: w.entryOf(p.Made), Kept: w.entryOf(p.KeptBy),
		}
	}
	return rows
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
