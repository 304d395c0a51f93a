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
// counts; a later one that was named instead is only shown.
type Promise struct {
	ID     string // empty if the editor gave none
	Task   *content.Task
	Doc    *content.Document // that has Task
	Due    time.Time
	Moved  time.Time // the newest other due time; zero if there is none
	Made   *Update   // nil if it was made in index.md or in the report
	KeptBy *Update   // the first update that ticks it
	KeptAt time.Time // zero if it is not kept, or the time is unknown
	State  domain.Promise

	ticked bool // in place: no update says when
}

// Late returns how long after its due time the promise was kept.
func (p *Promise) Late() time.Duration { return p.KeptAt.Sub(p.Due) }

// Undated is an open task item that says no time and repeats no promise that does.
type Undated struct {
	Doc  *content.Document
	Task *content.Task
}

// record collects promises from documents in the order of their times.
type record struct {
	a       *assembly
	list    []*Promise
	byID    map[string]*Promise
	unknown []tick
	undated []Undated
}

// tick is a ticked item that was read before its promise.
type tick struct {
	doc  *content.Document
	task *content.Task
	made *Update // nil if it is in index.md or in the report
	at   time.Time
}

// promises derives the record from the visible documents. Hidden updates only
// matter because they may define an id.
func (a *assembly) promises(inc *Incident) []*Promise {
	r := &record{a: a, byID: map[string]*Promise{}}
	r.read(inc.Index.Doc, nil, time.Time{}) // which has no time for a tick
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

// read reads the task items of a document, which are as of an instant.
func (r *record) read(doc *content.Document, u *Update, at time.Time) {
	seen := map[string]bool{}
	for _, t := range doc.Tasks {
		if t.Due.IsZero() && !t.Done {
			r.undated = append(r.undated, Undated{doc, t})
		}
		if t.ID == "" && t.Due.IsZero() {
			continue
		}
		if t.ID != "" && seen[t.ID] {
			r.a.report(doc.Source.At(t.Start, t.End, "duplicate-id",
				diag.Textf("there are two promises \"%s\"", t.ID), diag.Textf("give each promise an id of its own")))
			continue
		}
		seen[t.ID] = true
		r.item(doc, t, u, at)
	}
}

func (r *record) item(doc *content.Document, t *content.Task, u *Update, at time.Time) {
	due := t.Due.In(r.a.site.Zone)
	if !t.Due.Exists(r.a.site.Zone) {
		r.a.report(doc.Source.At(t.Start, t.End, "bad-date", tomldoc.Skipped(r.a.site.Zone),
			diag.Textf("name a time an hour later")))
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
	case u == nil:
		p.KeptAt, p.ticked = at, true
	case p.KeptAt.IsZero() || at.Before(p.KeptAt):
		p.KeptBy, p.KeptAt = u, at
	}
}

func (r *record) state(p *Promise) domain.Promise {
	switch {
	case p.KeptBy == nil && !p.ticked:
		if r.a.clock.Passed(p.Due) {
			return domain.PromiseOverdue
		}
		return domain.PromiseOpen
	case p.KeptAt.After(p.Due):
		return domain.PromiseKeptLate
	}
	return domain.PromiseKept
}

// settleTicks settles the ticks that were read before their promise. In index.md a tick counts,
// because that file is rewritten as things go on. In an update it is reported, and so is the tick
// of a promise that nobody made: with a mistyped id the real promise would stay overdue.
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
		return // the promise may be in a file that could not be read
	}
	ids := slices.Sorted(maps.Keys(r.byID))
	report := func(t tick, message, hint diag.Text) {
		r.a.report(t.doc.Source.At(t.task.Start, t.task.End, "bad-value", message, hint))
	}
	for _, t := range r.unknown {
		p := r.byID[t.task.ID]
		switch {
		case p != nil && t.made == nil:
			if p.KeptBy == nil && !p.ticked {
				p.KeptAt, p.ticked = t.at, true
			}
		case p != nil && !hidden[t.task.ID]:
			report(t, diag.Textf("\"%s\" is ticked before it is promised", t.task.ID),
				diag.Textf("promise it in an earlier update, or tick it in a later one"))
		case p == nil && !hidden[t.task.ID]:
			report(t, diag.Textf("\"%s\" was not promised before", t.task.ID),
				oneOf(t.task.ID, ids, diag.Textf("promise it first: - [ ] … due:2026-11-04T18:00 id:%s", t.task.ID)))
		}
	}
}

// unread reports whether a document that can hold promises could not be read.
func unread(inc *Incident) bool {
	broken := func(u *Update) bool { return u.Doc.Unread }
	return inc.Index.Doc.Unread || inc.Report != nil && inc.Report.Doc.Unread ||
		slices.ContainsFunc(inc.Updates, broken) || slices.ContainsFunc(inc.Hidden, broken)
}
