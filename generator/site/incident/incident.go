// Package incident is the domain: what an incident is, and how its state follows
// from what the editors wrote and from the instant.
//
// Assemble derives, so that nothing is typed twice: the level and the status in
// force, the order of the updates, which of them can be seen, how fast the first
// response came against its clock, when the next update is due, and the record
// of the promises. It reports what single files cannot show: unknown persons
// and types, updates of one time, corrections of nothing, ticks of promises that
// were never made. It knows nothing of pages, words or languages of the reader.
package incident

import (
	"slices"
	"time"

	"candor/generator/diag"
	"candor/generator/domain"
	"candor/generator/fileset"
	"candor/generator/input/content"
	"candor/generator/input/tomldoc"
	"candor/generator/site/config"
)

// Incident is one incident at one instant. Only what is visible is in it,
// but for Hidden.
type Incident struct {
	Slug     string
	Index    Texts
	Front    content.Front
	Type     config.Type
	Level    domain.Level // in force: the newest update's that changes it, else the first
	Status   domain.Status
	Known    time.Time
	Day      int       // counted from 1 at Known; 0 once resolved
	Resolved time.Time // when the status became resolved; zero while open
	Owner    config.Person
	Approved []config.Person
	Updates  []*Update // oldest first
	Hidden   []*Update // drafts, scheduled and unapproved ones, oldest first
	First    Response
	Next     Due    // the next update that was promised; zero once resolved
	Silence  Silent // how long there may be no update; zero before the first one and once resolved
	Promises []*Promise
	Undated  []Undated // visible task items that are open and say no time
	After    Aftermath
	FAQ      *Texts
	Report   *Report
	Evidence []Evidence
	Visible  bool
	Withheld map[*content.Document]Reason // every document of the incident that is not published
	Contacts []content.Contact            // its own, for those affected and for the press
	Data     Data
	Figures  *Figures // nil where no page shows any

	FollowUps    []FollowUp // to the report, oldest first
	NextFollowUp Due        // zero where none is owed

	show            []string
	scheduledReport *Report // written, and published by itself at its time
}

// Reason says why a document is not published.
type Reason string

// The reasons.
const (
	Draft      Reason = "draft"
	Unapproved Reason = "unapproved"
	Scheduled  Reason = "scheduled" // its time has not come; it will go out by itself
	Prepared   Reason = "scenario"
)

// Open says whether the incident is not resolved.
func (i *Incident) Open() bool { return i.Resolved.IsZero() }

// Response is the first response against its clock.
type Response struct {
	Clock time.Duration // within which it was due after Known
	Due   time.Time
	Came  *Update       // nil while it has not
	Took  time.Duration // from Known to Came
	Late  bool          // it came after Due, or has not come and Due has passed
}

// Due is something owed at an instant.
type Due struct {
	At     time.Time // zero where nothing is owed
	Passed bool
}

// Silent says how long an open incident may go without another update.
type Silent struct {
	Until   time.Time     // by when the cadence wants one
	Allowed time.Duration // how long that is after the newest one
}

// Report is the published final report.
type Report struct {
	Texts
	Time     time.Time
	Approved []config.Person
}

// Evidence is one published file.
type Evidence struct {
	File  fileset.File
	Name  string // path within the incident
	Label string // what [files] says of it; else empty
}

// assembly is one run of Assemble.
type assembly struct {
	site  *config.Site
	clock *Clock
	found diag.List
}

// reportLimit bounds what is reported of one incident: enough for every mistake
// that people make, and no more than they can read.
const reportLimit = 1000

func (a *assembly) report(d diag.Diagnostic) {
	if len(a.found) < reportLimit {
		a.found = append(a.found, d)
	}
}

// Assemble derives the incident of a source at the clock's instant. The incident
// is nil if the source has no usable index.
func Assemble(site *config.Site, src Source, clock *Clock) (*Incident, diag.List) {
	a := &assembly{site: site, clock: clock}
	if src.Index.Doc == nil {
		a.report(diag.Source{Path: src.Folder}.Whole("missing-file", diag.Textf("this incident has no index.md"),
			diag.Textf("make one with: candor new incident %s", src.Slug)))
		return nil, a.found
	}
	doc := src.Index.Doc
	inc := &Incident{Withheld: map[*content.Document]Reason{}, Slug: src.Slug, Index: src.Index, Front: doc.Front,
		Level: max(1, doc.Front.Level), Contacts: doc.Front.Contacts}
	inc.Known = a.instant(doc, "known", doc.Front.Known)
	if revised := a.instant(doc, "revised", doc.Front.Revised); !revised.IsZero() {
		clock.Passed(revised)
	}
	a.sections(doc)
	inc.Type = a.typeOf(doc)
	inc.Owner = a.owner(doc)
	inc.Approved = a.approvers(doc)
	if src.Scenario {
		inc.Withheld[doc] = Prepared
	} else {
		inc.Visible = a.visible(inc, doc, inc.Known, len(inc.Approved) > 0)
	}
	a.updates(inc, src)
	a.state(inc)
	a.faq(inc, src)
	a.finalReport(inc, src)
	inc.Promises = a.promises(inc)
	inc.After = a.aftermath(inc)
	a.followUps(inc)
	a.figures(inc, src)
	a.evidence(inc, src)
	return inc, a.found
}

// instant returns the instant of a time in front matter, and reports one that the site's clocks
// never showed.
func (a *assembly) instant(doc *content.Document, key string, t tomldoc.Time) time.Time {
	if !t.Exists(a.site.Zone) {
		a.report(doc.AtKey(key, "bad-date", tomldoc.Skipped(a.site.Zone), diag.Textf("give an offset, as in 2026-03-29T02:30:00+01:00")))
		return time.Time{}
	}
	return t.In(a.site.Zone)
}

// sections reports headings with a time that the site's clocks never showed.
func (a *assembly) sections(doc *content.Document) {
	for _, s := range doc.Sections {
		if !s.Updated.Exists(a.site.Zone) {
			a.report(doc.Source.At(s.Start, s.End, "bad-date", tomldoc.Skipped(a.site.Zone), diag.Textf("name a time an hour later")))
		}
	}
}

func (a *assembly) typeOf(doc *content.Document) config.Type {
	id := doc.Front.Type
	typ, ok := a.site.Types[id]
	if !ok && id != "" {
		ids := make([]string, 0, len(a.site.Types))
		for id := range a.site.Types {
			ids = append(ids, id)
		}
		slices.Sort(ids)
		a.report(doc.AtKey("type", "bad-value", diag.Textf("there is no type \"%s\"", id), oneOf(id, ids, diag.Textf("add it to site.toml under [types.%s]", id))))
	}
	return typ
}

// visible says whether a document may be seen: it is no draft, its time has come,
// and it is approved where that is required (design §3).
// What stands in an incident that is not visible is not visible either.
func (a *assembly) visible(inc *Incident, doc *content.Document, t time.Time, approved bool) bool {
	switch outer := inc.Withheld[inc.Index.Doc]; {
	case outer == Prepared:
		inc.Withheld[doc] = Prepared
	case doc.Front.Draft:
		inc.Withheld[doc] = Draft
	case outer != "" && outer != Scheduled:
		inc.Withheld[doc] = outer
	case a.site.RequireApproval && !approved:
		if len(doc.Front.ApprovedBy) == 0 {
			d := doc.Source.Whole("approval", diag.Textf("this is not approved, so it is not published"),
				diag.Textf("add approved_by = \"…\" with the id of a person who may approve"))
			d.Severity = diag.Warning
			a.report(d)
		}
		inc.Withheld[doc] = Unapproved
	case !a.clock.Passed(t) || outer != "":
		inc.Withheld[doc] = Scheduled
	}
	return inc.Withheld[doc] == ""
}

// state derives what is in force from the visible updates.
func (a *assembly) state(inc *Incident) {
	for _, u := range inc.Updates {
		if u.Level > 0 {
			inc.Level = u.Level
		}
		if s := u.Status; s != "" {
			if s != domain.StatusResolved {
				inc.Resolved = time.Time{}
			} else if inc.Resolved.IsZero() {
				inc.Resolved = u.Time
			}
			inc.Status = s
		}
	}
	if inc.Status == "" && len(inc.Updates) > 0 {
		inc.Status = domain.StatusInvestigating // nobody has claimed more
	}
	a.firstResponse(inc)
	if !inc.Open() {
		return
	}
	inc.Day = a.clock.Day(inc.Known)
	n := len(inc.Updates)
	if n == 0 {
		return
	}
	newest := inc.Updates[n-1]
	inc.Silence.Until, inc.Silence.Allowed = Silence(a.site.Cadence, inc.Level, inc.Known, newest.Time)
	if !newest.Next.IsZero() {
		inc.Next = Due{At: newest.Next, Passed: a.clock.Passed(newest.Next)}
	}
}

// firstResponse holds the first response against the shorter of the clocks of
// the level and the type that the incident began with (playbook §1).
func (a *assembly) firstResponse(inc *Incident) {
	r := Response{Clock: a.site.Clock(max(1, inc.Front.Level), inc.Front.Type, inc.Front.Reads)}
	r.Due = inc.Known.Add(r.Clock)
	for _, u := range inc.Updates {
		if u.Kind == domain.KindResponse {
			r.Came = u
			break
		}
	}
	if r.Came == nil && len(inc.Updates) > 0 {
		r.Came = inc.Updates[0]
	}
	if r.Came != nil {
		r.Took = r.Came.Time.Sub(inc.Known)
		r.Late = r.Took > r.Clock
	} else {
		r.Late = a.clock.Passed(r.Due)
	}
	inc.First = r
}

func (a *assembly) faq(inc *Incident, src Source) {
	doc := src.FAQ.Doc
	if doc == nil {
		return
	}
	a.instant(doc, "revised", doc.Front.Revised)
	a.sections(doc)
	if a.visible(inc, doc, time.Time{}, len(a.approvers(doc)) > 0) {
		inc.FAQ = &src.FAQ
	}
}

func (a *assembly) finalReport(inc *Incident, src Source) {
	doc := src.Report.Doc
	if doc == nil {
		return
	}
	a.instant(doc, "revised", doc.Front.Revised)
	a.sections(doc)
	r := &Report{Texts: src.Report, Time: a.instant(doc, "time", doc.Front.Time), Approved: a.approvers(doc)}
	if a.visible(inc, doc, r.Time, len(r.Approved) > 0) {
		inc.Report = r
	} else if inc.Withheld[doc] == Scheduled {
		inc.scheduledReport = r
	}
}
