package page

import (
	"cmp"
	"encoding/json"
	"html/template"
	"slices"
	"strconv"
	"strings"
	"time"

	"candor/generator/domain"
	"candor/generator/fileset"
	"candor/generator/input/content"
	"candor/generator/site"
	"candor/generator/site/incident"
)

// Summary is what other pages show of an incident in one language.
type Summary struct {
	Brief   Brief
	known   time.Time
	asOf    time.Time
	starts  time.Time // of a maintenance
	effects []incident.Effect
	shown   fileset.Sum // of all of the above; it does not depend on the theme's script
}

func (pl *incidentPlan) summary() *Summary {
	s := &Summary{Brief: pl.brief, known: pl.inc.Known, asOf: pl.asOf, effects: pl.inc.Effects()}
	if m := pl.inc.Maintenance; m != nil {
		s.starts = m.Starts
	}
	times := []any{s.known.Unix(), s.known.Nanosecond(), s.asOf.Unix(), s.asOf.Nanosecond()}
	all, err := json.Marshal(append([]any{s.Brief, s.effects}, times...))
	if err != nil {
		panic("page: " + err.Error()) // words and instants always have a form in JSON
	}
	s.shown = fileset.SumOf(all)
	return s
}

// incidentPlan is the state of planning one incident in one language.
type incidentPlan struct {
	*Planner
	inc      *site.Incident
	links    site.Links
	asOf     time.Time // since when the incident has been in its state
	index    text      // of the incident's own page
	promises map[*content.Task]*incident.Promise
	byID     map[string]*incident.Promise
	tasks    tasks
	entries  []*Entry  // of inc.Updates
	updates  []*Update // likewise
	brief    Brief
	version  string // of everything that is published of the incident

	// shown on several pages
	contactList, pressList []Contact
	promiseRecord          []Promise
}

// Incident plans the pages of a visible incident, in the language of each of the
// planners, and the bilingual pages. It returns a summary in each language.
func Incident(planners []*Planner, inc *site.Incident) ([]Page, []*Summary) {
	plans := make([]*incidentPlan, len(planners))
	summaries := make([]*Summary, len(planners))
	var pages []Page
	for i, p := range planners {
		plans[i] = p.incidentPlan(inc)
		summaries[i] = plans[i].summary()
		pages = append(pages, plans[i].pages()...)
	}
	return append(pages, bilingual(plans)...), summaries
}

// incidentPlan prepares the planning of an incident's pages in one language.
func (p *Planner) incidentPlan(inc *site.Incident) *incidentPlan {
	pl := &incidentPlan{
		Planner: p, inc: inc, links: inc.Links, asOf: inc.LastChange, index: p.text(&inc.Index),
		promises: map[*content.Task]*incident.Promise{}, byID: map[string]*incident.Promise{},
		tasks: newTasks(),
	}
	pl.tasks.pair(pl.index)
	for _, u := range inc.Updates {
		pl.tasks.pair(p.text(u.Texts))
	}
	if inc.FAQ != nil {
		pl.tasks.pair(p.text(inc.FAQ))
	}
	if inc.Report != nil {
		pl.tasks.pair(p.text(&inc.Report.Texts))
	}
	for _, promise := range inc.Promises {
		pl.promises[promise.Task] = promise
		if promise.ID != "" {
			pl.byID[promise.ID] = promise
		}
	}
	for _, u := range inc.Updates {
		pl.entries = append(pl.entries, pl.entry(u))
	}
	for _, u := range inc.Updates {
		pl.updates = append(pl.updates, pl.update(u))
	}
	pl.brief, pl.version = pl.briefOf(), version(p.sumsOf(inc))
	pl.contactList, pl.pressList = split(site.ContactsOf(p.settings, p.lang.Tag, inc))
	pl.promiseRecord = pl.record()
	return pl
}

// pages plans the pages in one language.
func (pl *incidentPlan) pages() []Page {
	pages := []Page{pl.progress()}
	pages = append(pages, pl.archive()...)
	if pl.inc.FAQ != nil {
		pages = append(pages, pl.faq())
	}
	if pl.inc.Report != nil {
		pages = append(pages, pl.report())
	}
	if pl.inc.Record != nil {
		pages = append(pages, pl.history())
	}
	return pages
}

// incidentBase is base for a page of this incident that shows a text.
func (pl *incidentPlan) incidentBase(kind, output, title string, t *incident.Texts, asOf time.Time, version string) Base {
	b := pl.base(kind, output, title, pl.brief.Summary, version)
	b.Drill = pl.inc.Front.Drill
	b.NoIndex = b.Drill
	b.AsOf = pl.optional(asOf)
	pl.subscribe(&b, pl.inc.Slug+"/")
	if b.Fingerprint = pl.inc.Fingerprint; b.Fingerprint != "" {
		b.History = pl.addresses.URL(site.HistoryPath(pl.inc.Slug))
	}
	pl.versions(&b, output, t)
	b.Bilingual = pl.bilingualLink(output, t)
	return b
}

// briefOf returns what other pages show of the incident.
func (pl *incidentPlan) briefOf() Brief {
	p, inc := pl.Planner, pl.inc
	b := Brief{
		Slug: inc.Slug, URL: p.addresses.URL(inc.Slug + "/"),
		Level: int(inc.Level), Status: string(inc.Status),
		Type: inc.Type.ID, TypeWord: pl.typeWord(), Drill: inc.Front.Drill, Open: inc.Open(),
		Known: p.optional(inc.Known), Resolved: p.optional(inc.Resolved), Year: strconv.Itoa(inc.Known.Year()),
	}
	b.Title, b.Lang = p.frontText(pl.index, titleOf)
	b.Summary, b.SummaryLang = p.frontText(pl.index, summaryOf)
	if b.Open {
		b.Day = p.words.Must("incident.day", inc.Day)
	} else {
		b.Day = p.words.Must("incident.resolved-after", p.words.Duration(inc.Resolved.Sub(inc.Known)))
	}
	if m := inc.Maintenance; m != nil {
		b.LevelWord, b.Day, b.Maintenance = p.words.Must("maintenance."+string(m.Phase)), pl.period(), pl.maintenance()
	} else {
		b.LevelWord, b.StatusWord = p.words.Must("levels."+inc.Level.String()), p.statusWord(inc.Status)
		if b.Open {
			b.LevelShort = p.words.Must("levels.short-" + inc.Level.String())
			b.LevelMeans = p.words.Must("levels.means-" + inc.Level.String())
		}
	}
	b.Services = pl.servicesNow()
	b.NextUpdate = pl.next()
	if n := len(inc.Updates); n > 0 {
		b.Newest = pl.entries[n-1]
		b.Updates = p.counted("updates", site.UpdatesPath(inc.Slug, p.addresses.UpdatesPage(n-1)), n)
	}
	if inc.FAQ != nil {
		b.FAQ = p.counted("questions", inc.Slug+"/faq/", len(inc.FAQ.Doc.Sections))
	}
	if inc.Report != nil {
		b.Report = &Counted{URL: p.addresses.URL(inc.Slug + "/report/"), Count: 1}
		b.Report.Text, _ = p.frontText(p.text(&inc.Report.Texts), titleOf)
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

func (pl *incidentPlan) typeWord() string {
	typ := pl.inc.Type
	word := cmp.Or(pl.lang.TypeLabels[typ.ID], typ.Label)
	if word == "" && typ.ID != "" {
		word = pl.words.Must("types." + typ.ID)
	}
	return word
}

// entry returns the line of an update.
func (pl *incidentPlan) entry(u *incident.Update) *Entry {
	kind := cmp.Or(u.Kind, domain.KindProgress)
	word := string(kind)
	if kind == domain.KindResponse && u != pl.inc.First.Came {
		word = "response-again" // only one is the first
	}
	e := &Entry{
		Name: u.Name, Anchor: u.Anchor(), URL: pl.addresses.Update(pl.inc.Incident, u.Index), Time: pl.when(u.Time),
		Kind: string(kind), KindWord: pl.words.Must("kinds." + word),
	}
	e.Title, e.Lang = pl.frontText(pl.text(u.Texts), titleOf)
	return e
}

// entryOf returns the line of an update; nil if there is none.
func (pl *incidentPlan) entryOf(u *incident.Update) *Entry {
	if u == nil {
		return nil
	}
	return pl.entries[u.Index]
}

// update returns an update in full.
func (pl *incidentPlan) update(u *incident.Update) *Update {
	t := pl.text(u.Texts)
	v := &Update{
		Entry: *pl.entryOf(u), Note: pl.note(t),
		Meta: pl.meta(u), Revised: pl.revised(u.Doc),
	}
	v.Lead, v.LeadLang = pl.lead(t, false)
	v.Said = pl.saidBy(u)
	for _, s := range pl.passages(t) {
		v.Groups = append(v.Groups, pl.section(s, "groups"))
	}
	for _, c := range u.Corrects {
		v.Corrects = append(v.Corrects, *pl.entryOf(c))
	}
	for _, c := range u.Corrections {
		body, lang := pl.lead(pl.text(c.Texts), true)
		v.Corrections = append(v.Corrections, Correction{Entry: *pl.entryOf(c), Body: body, BodyLang: lang})
	}
	return v
}

// meta returns a line with what an update changes, how soon it came and who approved it.
func (pl *incidentPlan) meta(u *incident.Update) string {
	parts := make([]string, 0, 4)
	if u.Level > 0 {
		parts = append(parts, pl.words.Must("update.level", pl.words.Must("levels."+u.Level.String())))
	}
	if s := u.Status; s != "" {
		parts = append(parts, pl.words.Must("update.status", pl.statusWord(s)))
	}
	switch {
	case u == pl.inc.First.Came:
		parts = append(parts, pl.response())
	case u.Since > 0:
		parts = append(parts, pl.words.Must("incident.since-previous", pl.words.Duration(u.Since)))
	}
	if len(u.Approved) > 0 {
		parts = append(parts, pl.words.Must("incident.approved-by", pl.persons(u.Approved, pl.name)))
	}
	return strings.Join(parts, pl.words.Must("page.dot"))
}

// response words how soon the first response came and its time limit.
func (pl *incidentPlan) response() string {
	first := pl.inc.First
	key := "incident.response"
	switch {
	case !pl.inc.Timed():
		return ""
	case first.Came == nil && first.Late:
		return pl.words.Must("incident.response-overdue", pl.at(first.Due).Full)
	case first.Came == nil:
		return pl.words.Must("incident.response-due", pl.at(first.Due).Full)
	case first.Late:
		key = "incident.response-late"
	}
	return pl.words.Must(key, pl.words.Duration(first.Took), pl.words.Duration(first.Clock))
}

// heading returns a title or, if the editor left it out, the theme's for the id.
func (p *Planner) heading(id, title, group string) string {
	if key := group + "." + id; title == "" && p.words.Has(key) {
		return p.words.Must(key)
	}
	return title
}

// section words a section of a text.
func (pl *incidentPlan) section(s passage, group string) Section {
	v := Section{
		ID: s.facts.ID, Title: pl.heading(s.facts.ID, s.words.Title, group), Lang: s.lang,
		Body: pl.fill(s.text, s.words.Body), AsOf: pl.optional(s.facts.Updated.In(pl.settings.Zone)),
	}
	if s.fallback {
		v.Note = pl.note(s.text)
	}
	if v.AsOf == nil && group == "sections" && slices.Contains(domain.Facts(), domain.Section(v.ID)) {
		v.AsOf = pl.revised(s.original)
	}
	return v
}

// fill fills the holes of a fragment: addresses, and the states of promises.
func (pl *incidentPlan) fill(t text, f content.Fragment) template.HTML {
	return pl.fillAs(t, f, false)
}

// fillAs is fill; a repeated fragment has no ids.
func (pl *incidentPlan) fillAs(t text, f content.Fragment, repeated bool) template.HTML {
	return f.Fill(func(h content.Hole) string {
		switch {
		case h.Link != nil:
			return pl.href(h.Link)
		case h.Mark:
			return pl.taskMark(t, h.Task)
		case h.ID != "" && repeated:
			return ""
		case h.ID != "":
			return ` id="` + template.HTMLEscapeString(h.ID) + `"`
		}
		return pl.taskState(t, h.Task)
	})
}

// href returns the escaped text for the hole that a link or an image leaves.
func (pl *incidentPlan) href(link *content.Link) string {
	t := pl.links[link]
	if link.Image {
		return t.Image(pl.addresses.Link, ` loading="lazy"`, pl.theme.Pages.ImageSizes)
	}
	return template.HTMLEscapeString(pl.addresses.Link(t.Place))
}

// short words an instant, with its year if that is not the incident's: a promise
// for next May must not read as one for the May that has passed.
func (pl *incidentPlan) short(t time.Time) string {
	in := t.In(pl.settings.Zone)
	if in.Year() != pl.inc.Known.Year() {
		return pl.words.Long(in)
	}
	return pl.words.Short(in)
}

// when words an instant like short, and its day as well.
func (pl *incidentPlan) when(t time.Time) Time {
	v := pl.at(t)
	v.Short = pl.short(t)
	if t.In(pl.settings.Zone).Year() != pl.inc.Known.Year() {
		v.Day = v.Date
	}
	return v
}

// days puts updates under their days, newest first. Show returns how each is shown;
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
