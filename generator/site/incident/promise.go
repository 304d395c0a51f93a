package incident

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"candor/generator/diag"
	"candor/generator/domain"
	"candor/generator/input/content"
	"candor/generator/input/tomldoc"
)

// Promise is one thing promised for a time (playbook §3). Its first due time
// binds; a later one that was named instead is shown and excuses nothing.
type Promise struct {
	ID     string // empty where the editor gave none
	Task   *content.Task
	Doc    *content.Document // in which Task stands
	Due    time.Time
	Moved  time.Time // the newest other due time; zero where there is none
	Made   *Update   // nil where it stands under a measure or in the report
	KeptBy *Update   // the first update that ticks it
	KeptAt time.Time // zero where it is not kept, or nobody said when
	State  domain.Promise
}

// Late returns how long after its due time the promise was kept.
func (p *Promise) Late() time.Duration { return p.KeptAt.Sub(p.Due) }

// Undated is an open task item that says no time and repeats no promise that does.
type Undated struct {
	Doc  *content.Document
	Task *content.Task
}

// record collects promises while the documents are read from the oldest on.
type record struct {
	a       *assembly
	list    []*Promise
	byID    map[string]*Promise
	ticked  map[*Promise]bool // ticked in place, with no update to say when
	unknown []tick
	undated []Undated
}

// tick is a ticked item whose promise had not been read when it was.
type tick struct {
	doc  *content.Document
	task *content.Task
	made *Update // nil where it stands under a measure or in the report
	at   time.Time
}

// promises derives the record from the visible documents. Hidden updates count
// only as places where an id may be defined.
func (a *assembly) promises(inc *Incident) []*Promise {
	r := &record{a: a, byID: map[string]*Promise{}, ticked: map[*Promise]bool{}}
	r.read(inc.Index.Doc, nil, time.Time{}) // it does not say when a box was ticked
	report := inc.Report                    // read at its own time, so that a follow-up can keep what it promised
	for _, u := range inc.Updates {
		if report != nil && report.Time.Before(u.Time) {
			r.read(report.Doc, nil, report.Time)
			report = nil
		}
		r.read(u.Doc, u, u.Time)
	}
	if report != nil {
		r.read(report.Doc, nil, report.Time)
	}
	r.settleTicks(inc)
	for _, u := range r.undated {
		if p := r.byID[u.Task.ID]; p == nil || u.Task.ID == "" {
			inc.Undated = append(inc.Undated, u)
		}
	}
	for _, p := range r.list {
		p.State = r.state(p)
	}
	rank := func(p *Promise) int { return slices.Index(domain.Promises(), p.State) }
	slices.SortStableFunc(r.list, func(x, y *Promise) int {
		return cmp.Or(cmp.Compare(rank(x), rank(y)), x.Due.Compare(y.Due))
	})
	return r.list
}

// read takes in the task items of a document. At is when it says what it says.
func (r *record) read(doc *content.Document, u *Update, at time.Time) {
	var seen map[string]bool
	for _, t := range doc.Tasks {
		if t.Due.IsZero() && !t.Done {
			r.undated = append(r.undated, Undated{doc, t})
		}
		if t.ID == "" && t.Due.IsZero() {
			continue
		}
		if seen == nil {
			seen = map[string]bool{}
		}
		if t.ID != "" && seen[t.ID] {
			r.a.report(doc.Source.At(t.Start, t.End, "duplicate-id", diag.Textf("the promise \"%s\" stands here twice", t.ID), diag.Textf("give each promise an id of its own")))
			continue
		}
		seen[t.ID] = true
		r.item(doc, t, u, at)
	}
}

func (r *record) item(doc *content.Document, t *content.Task, u *Update, at time.Time) {
	due := t.Due.In(r.a.site.Zone)
	if !t.Due.Exists(r.a.site.Zone) {
		r.a.report(doc.Source.At(t.Start, t.End, "bad-date", tomldoc.Skipped(r.a.site.Zone), diag.Textf("name a time an hour later")))
	}
	p := r.byID[t.ID]
	switch {
	case p == nil && due.IsZero():
		if t.Done {
			r.unknown = append(r.unknown, tick{doc, t, u, at})
		}
		return
	case p == nil:
		p = &Promise{ID: t.ID, Task: t, Doc: doc, Due: due, Made: u}
		r.list = append(r.list, p)
		if t.ID != "" {
			r.byID[t.ID] = p
		}
	case !due.IsZero() && !due.Equal(p.Due) && !t.Done:
		p.Moved = due
	}
	switch {
	case !t.Done || p.KeptBy != nil:
	case u != nil && !r.ticked[p]:
		p.KeptBy, p.KeptAt = u, at
	case u == nil:
		p.KeptAt, r.ticked[p] = at, true
	case p.KeptAt.IsZero() || at.Before(p.KeptAt): // ticked under a measure; now an update says when
		p.KeptBy, p.KeptAt = u, at
	}
}

func (r *record) state(p *Promise) domain.Promise {
	switch {
	case p.KeptBy == nil && !r.ticked[p]:
		if r.a.clock.Passed(p.Due) {
			return domain.PromiseOverdue
		}
		return domain.PromiseOpen
	case p.KeptAt.After(p.Due):
		return domain.PromiseKeptLate
	}
	return domain.PromiseKept
}

// settleTicks settles the ticks that came before their promise was read. Under a
// measure a tick counts, for the index is written anew as things go on. In an
// update it is reported, as is the tick of a promise that nobody made: a
// mistyped id would leave the real one overdue for ever.
func (r *record) settleTicks(inc *Incident) {
	hidden := map[string]bool{}
	note := func(doc *content.Document) {
		for _, t := range doc.Tasks {
			hidden[t.ID] = hidden[t.ID] || !t.Due.IsZero()
		}
	}
	for _, u := range inc.Hidden {
		note(u.Doc)
	}
	for doc := range inc.Withheld {
		note(doc)
	}
	if unread(inc) {
		return // the promise may stand in what could not be read
	}
	ids := slices.Sorted(maps.Keys(r.byID))
	for _, t := range r.unknown {
		p := r.byID[t.task.ID]
		switch {
		case p != nil && t.made == nil:
			if p.KeptBy == nil && !r.ticked[p] {
				p.KeptAt, r.ticked[p] = t.at, true
			}
		case p != nil && !hidden[t.task.ID]:
			r.a.report(t.doc.Source.At(t.task.Start, t.task.End, "bad-value", diag.Textf("\"%s\" is ticked before it is promised", t.task.ID),
				diag.Textf("promise it in an earlier update, or tick it in a later one")))
		case p == nil && !hidden[t.task.ID]:
			r.a.report(t.doc.Source.At(t.task.Start, t.task.End, "bad-value", diag.Textf("nobody promised \"%s\" before", t.task.ID),
				oneOf(t.task.ID, ids, diag.Textf("promise it first: - [ ] … due:2026-11-04T18:00 id:%s", t.task.ID))))
		}
	}
}

// unread says whether a document that can hold promises could not be read.
func unread(inc *Incident) bool {
	if inc.Index.Doc.Unread || inc.Report != nil && inc.Report.Doc.Unread {
		return true
	}
	broken := func(u *Update) bool { return u.Doc.Unread }
	return slices.ContainsFunc(inc.Updates, broken) || slices.ContainsFunc(inc.Hidden, broken)
}
