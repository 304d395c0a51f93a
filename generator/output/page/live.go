package page

import (
	"slices"
	"time"

	"candor/generator/domain"
	"candor/generator/site/incident"
)

// withScript gives a page the theme's script and the policy that lets it run, if something on it is
// due. Since is the time of its newest fact: a reader's clock that is earlier is wrong.
func (p *Planner) withScript(b *Base, since time.Time, due bool) {
	if p.live && due {
		b.Live, b.Policy = p.optional(since), p.theme.PolicyOf(b.Kind, true)
	}
}

// anyAwaited reports whether an update of any of the incidents is due.
func anyAwaited(open []Brief) bool {
	return slices.ContainsFunc(open, func(b Brief) bool { return b.NextUpdate != nil })
}

// isDue reports whether a promise is open or overdue.
func isDue(p *incident.Promise) bool {
	return p.State == domain.PromiseOpen || p.State == domain.PromiseOverdue
}

// next words the next thing that is due to readers: the first response until there
// is one, then the next update that was promised.
func (pl *incidentPlan) next() *Due {
	p, next := pl.Planner, pl.inc.Next
	name, by := "incident.next-update", "incident.next-update-by"
	late, lateness := "incident.next-update-late", "live.update-late"
	if first := pl.inc.First; pl.inc.Open() && first.Came == nil && pl.inc.Timed() {
		next = incident.Due{At: first.Due, Passed: first.Late}
		name, by = "kinds.response", "incident.response-due"
		late, lateness = "incident.response-overdue", "live.response-late"
	}
	if next.At.IsZero() {
		return nil
	}
	due := &Due{Name: p.words.Must(name), At: pl.when(next.At), Passed: next.Passed}
	due.Text = p.words.Must(by, due.At.Full)
	overdue := p.words.Must(late, due.At.Full)
	if p.live {
		due.Live = &Live{Late: p.words.Must(lateness)}
	}
	switch {
	case due.Passed:
		due.Text = overdue
	case p.live:
		due.Live.Passed, due.Live.Again = overdue, p.words.Must("live.again", due.Name)
	}
	return due
}

// liveOf returns what the script needs for a promise.
func (pl *incidentPlan) liveOf(p *incident.Promise) *Live {
	if !pl.live || !isDue(p) {
		return nil
	}
	v := &Live{Late: pl.words.Must("live.promise-late")}
	if p.State == domain.PromiseOpen {
		v.Passed = pl.words.Must("promises.overdue", pl.short(p.Due))
	}
	return v
}
