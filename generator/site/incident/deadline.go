package incident

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"candor/generator/domain"
)

// Deadline is one thing that is due.
type Deadline struct {
	Duty     domain.Duty
	Incident string // its slug
	Title    string // the incident's
	What     string // the promise, or the text that is scheduled; else empty
	ID       string // of the promise, or the name of the scheduled text; else empty
	Review   bool   // the follow-up is the full review
	Due      time.Time
}

// Deadlines returns what is due in an incident, soonest first: the first response until there is one,
// the next update, by the time that was promised or else by the cadence, every promise that is not
// kept, when a maintenance starts and ends, the report and what follows it, and what is scheduled. The
// first response is also due if the incident is a draft, and so is that scheduled promotion stops: the
// public does not wait for drafts. Of history that was imported, nothing is due.
func (i *Incident) Deadlines() []Deadline {
	var list []Deadline
	add := func(duty domain.Duty, what string, due time.Time) {
		list = append(list, Deadline{Duty: duty, Incident: i.Slug, Title: i.Front.Title, What: what, Due: due})
	}
	switch i.Withheld[i.Index.Doc] {
	case Prepared:
		return nil
	case Scheduled:
		add(domain.DutyPublication, i.Front.Title, i.Known)
		return list
	}
	if i.Front.Imported {
		return nil
	}
	if i.First.Came == nil && !i.First.Due.IsZero() {
		add(domain.DutyResponse, "", i.First.Due)
	}
	if i.Posting != "" {
		add(domain.DutyPosting, i.Posting, i.Known)
	}
	if !i.Visible {
		return list // it has promised nothing yet
	}
	switch {
	case !i.Next.At.IsZero():
		add(domain.DutyUpdate, "", i.Next.At)
	case !i.Silence.Until.IsZero():
		add(domain.DutyUpdate, "", i.Silence.Until)
	}
	if m := i.Maintenance; m != nil {
		switch m.Phase {
		case domain.PhaseAnnounced:
			add(domain.DutyStart, "", m.Starts)
			add(domain.DutyEnd, "", m.Ends)
		case domain.PhaseUnderWay:
			add(domain.DutyEnd, "", m.Ends)
		}
	}
	if !i.After.Report.IsZero() {
		add(domain.DutyReport, "", i.After.Report)
	}
	if due := i.After.FollowUp.At; !due.IsZero() {
		add(domain.DutyFollowUp, "", due)
		list[len(list)-1].Review = i.After.Review
	}
	for _, p := range i.Promises {
		if p.State == domain.PromiseOpen || p.State == domain.PromiseOverdue {
			add(domain.DutyPromise, p.Task.Plain, p.Due)
			list[len(list)-1].ID = p.ID
		}
	}
	for _, u := range i.Hidden {
		if i.Withheld[u.Doc] == Scheduled {
			add(domain.DutyPublication, u.Doc.Front.Title, u.Time)
			list[len(list)-1].ID = u.Name
		}
	}
	if r := i.scheduledReport; r != nil {
		add(domain.DutyPublication, r.Doc.Front.Title, r.Time)
	}
	SortDeadlines(list)
	return list
}

// SortDeadlines puts what is due soonest first, and leaves in order what is due at one time.
func SortDeadlines(list []Deadline) {
	order := make([]int, len(list)) // a tenth of the bytes to move
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int {
		a, b := &list[i], &list[j]
		return cmp.Or(a.Due.Compare(b.Due), strings.Compare(a.Incident, b.Incident), cmp.Compare(a.Duty, b.Duty), i-j)
	})
	sorted := make([]Deadline, len(list))
	for i, at := range order {
		sorted[i] = list[at]
	}
	copy(list, sorted)
}
