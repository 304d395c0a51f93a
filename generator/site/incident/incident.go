// Package incident is the domain: what an incident is, and how its state follows
// from what the editors wrote and from the instant.
//
// Assemble derives, so that nothing is typed twice: the level and the status in force, the order of
// the updates, which of them are visible, how soon the first response came, when the next update is
// due, and the record of the promises. It reports what single files cannot show: unknown persons
// and types, two updates at one time, corrections of nothing, ticks of promises that were never
// made. It knows nothing of pages, or of words and languages of the reader.
package incident

import (
	"maps"
	"slices"
	"time"

	"candor/generator/diag"
	"candor/generator/domain"
	"candor/generator/input/content"
	"candor/generator/input/tomldoc"
	"candor/generator/site/config"
)

// Incident is one incident at one instant. Except for Hidden, it has only what is visible.
type Incident struct {
	Slug     string
	Index    Texts
	Front    content.Front
	Type     config.Type
	Level    domain.Level // in force: the newest update's that changes it, else the first; 0 for a maintenance
	Status   domain.Status
	Known    time.Time
	Day      int       // counted from 1 at Known; 0 once resolved
	Resolved time.Time // when the status became resolved; zero while open
	Owner    config.Person
	Approved []config.Person
	Updates  []*Update // oldest first
	Hidden   []*Update // drafts, scheduled and unapproved ones, oldest first
	First    Response
	Next     Due     // the next update that was promised; zero once resolved
	Silence  Silence // how long there may be no update; zero before the first one and once resolved
	Promises []*Promise
	Undated  []Undated // visible task items that are open and say no time
	After    Aftermath
	FAQ      *Texts
	Report   *Report
	Evidence []Evidence // published
	Awaiting []Evidence // mentioned by withheld texts only
	Unnamed  []Evidence // mentioned by no text: never published
	Visible  bool
	Withheld map[*content.Document]Reason // every document of the incident that is not published
	Posting  string                       // scheduled promotion that has still to be stopped: where, and by whom
	Contacts []content.Contact            // its own, for those affected and for the press
	Data     Data
	Figures  *Figures // nil if no page shows any

	FollowUps []FollowUp // to the report, oldest first

	Maintenance *Maintenance   // nil for an incident that nobody planned
	Services    []ServiceState // the newest word on each service, in the order of their declarations

	begin           []ServiceState // what index.md says of services
	show            []string
	scheduledReport *Report // written, and published by itself at its time
}

// Reason says why a document is not published.
type Reason string

// The reasons.
const (
	Draft      Reason = "draft"
	Unapproved Reason = "unapproved"
	Scheduled  Reason = "scheduled" // its time has not come; it will be published by itself
	Prepared   Reason = "scenario"
)

// Open reports whether the incident is not resolved.
func (i *Incident) Open() bool { return i.Resolved.IsZero() }

// Planned reports whether the incident is a maintenance.
func (i *Incident) Planned() bool { return i.Front.Occasion == domain.OccasionMaintenance }

// Timed reports whether its first response, its rhythm and its report have time limits: a maintenance has
// none, nor has history that was written elsewhere.
func (i *Incident) Timed() bool { return !i.Planned() && !i.Front.Imported }

// Response is the first response and when it was due.
type Response struct {
	Clock time.Duration // its time limit, from Known
	Due   time.Time
	Came  *Update       // nil until there is one
	Took  time.Duration // from Known to Came
	Late  bool          // it came after Due, or has not come and Due has passed
}

// Due is when something is due.
type Due struct {
	At     time.Time // zero if nothing is due
	Passed bool
}

// Report is the published final report.
type Report struct {
	Texts
	Time     time.Time
	Approved []config.Person
}

// assembly is one run of Assemble.
type assembly struct {
	site  *config.Site
	clock *Clock
	found diag.List
}

// reportLimit bounds what is reported of one incident.
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
			diag.Textf("create it with: candor new incident %s", src.Slug)))
		return nil, a.found
	}
	doc := src.Index.Doc
	inc := &Incident{Withheld: map[*content.Document]Reason{}, Slug: src.Slug, Index: src.Index, Front: doc.Front,
		Level: max(1, doc.Front.Level), Contacts: doc.Front.Contacts}
	if inc.Planned() {
		inc.Level = 0
	}
	inc.Known = a.instant(doc, "known", doc.Front.Known)
	if revised := a.revised(doc); !revised.IsZero() {
		clock.Passed(revised)
	}
	inc.Type = a.typeOf(doc)
	if id := doc.Front.Owner; id != "" {
		inc.Owner, _ = a.person(doc, "owner", "bad-value", id)
	}
	inc.Approved = a.approvers(doc)
	if src.Scenario {
		inc.Withheld[doc] = Prepared
	} else {
		inc.Visible = a.visible(inc, doc, inc.Known, len(inc.Approved) > 0)
	}
	a.updates(inc, src)
	a.state(inc)
	a.posting(inc)
	a.maintenance(inc)
	a.services(inc)
	a.faq(inc, src)
	a.finalReport(inc, src)
	inc.Promises = a.promises(inc)
	a.aftermath(inc)
	if inc.Front.Imported {
		inc.After = Aftermath{} // history owes nothing
	}
	a.figures(inc, src)
	a.evidence(inc, src)
	return inc, a.found
}

// instant returns the instant of a time in front matter, and reports one that does not exist in the
// site's zone.
func (a *assembly) instant(doc *content.Document, key string, t tomldoc.Time) time.Time {
	if !t.Exists(a.site.Zone) {
		a.report(doc.AtKey(key, "bad-date", tomldoc.Skipped(a.site.Zone),
			diag.Textf("give an offset, as in 2026-03-29T02:30:00+01:00")))
		return time.Time{}
	}
	return t.In(a.site.Zone)
}

// revised reports a document's time of revision and times in its headings that do not exist in the
// site's zone. It returns the time of revision.
func (a *assembly) revised(doc *content.Document) time.Time {
	for _, s := range doc.Sections {
		if !s.Updated.Exists(a.site.Zone) {
			a.report(doc.Source.At(s.Start, s.End, "bad-date", tomldoc.Skipped(a.site.Zone),
				diag.Textf("name a time an hour later")))
		}
	}
	return a.instant(doc, "revised", doc.Front.Revised)
}

func (a *assembly) typeOf(doc *content.Document) config.Type {
	id := doc.Front.Type
	typ, ok := a.site.Types[id]
	if !ok && id != "" {
		ids := slices.Sorted(maps.Keys(a.site.Types))
		a.report(doc.AtKey("type", "bad-value", diag.Textf("there is no type \"%s\"", id),
			oneOf(id, ids, diag.Textf("add it to site.toml under [types.%s]", id))))
	}
	return typ
}

// visible reports whether a document is published: it is not a draft, its time has come, and it is
// approved if that is required (design §3). No document is visible if its incident is not.
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
	if !inc.Planned() {
		a.phase(inc)
	}
	if n := len(inc.Updates); n > 0 && inc.Open() && !inc.Updates[n-1].Next.IsZero() {
		next := inc.Updates[n-1].Next
		inc.Next = Due{At: next, Passed: a.clock.Passed(next)}
	}
}

// phase derives what only an incident has that nobody planned: its status, first response and day, and
// how long it may go without an update.
func (a *assembly) phase(inc *Incident) {
	if inc.Status == "" && len(inc.Updates) > 0 {
		inc.Status = domain.StatusInvestigating // until an update says more
	}
	if inc.Timed() {
		a.firstResponse(inc)
	}
	if !inc.Open() {
		return
	}
	inc.Day = a.clock.Day(inc.Known)
	if n := len(inc.Updates); n > 0 && inc.Timed() {
		inc.Silence = NewRhythm(a.site.Cadence, inc.Level, inc.Known).Silence(inc.Updates[n-1].Time)
	}
}

// firstResponse compares the first response with the shorter of the time limits
// for the level and the type with which the incident began (playbook §1).
func (a *assembly) firstResponse(inc *Incident) {
	r := Response{Clock: a.site.Clock(max(1, inc.Front.Level), inc.Front.Type, inc.Front.Reads)}
	r.Due = inc.Known.Add(r.Clock)
	if len(inc.Updates) > 0 {
		isResponse := func(u *Update) bool { return u.Kind == domain.KindResponse }
		r.Came = inc.Updates[max(0, slices.IndexFunc(inc.Updates, isResponse))]
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
	a.revised(doc)
	if a.visible(inc, doc, time.Time{}, len(a.approvers(doc)) > 0) {
		inc.FAQ = &src.FAQ
	}
}

func (a *assembly) finalReport(inc *Incident, src Source) {
	doc := src.Report.Doc
	if doc == nil {
		return
	}
	a.revised(doc)
	r := &Report{Texts: src.Report, Time: a.instant(doc, "time", doc.Front.Time), Approved: a.approvers(doc)}
	if a.visible(inc, doc, r.Time, len(r.Approved) > 0) {
		inc.Report = r
	} else if inc.Withheld[doc] == Scheduled {
		inc.scheduledReport = r
	}
}
