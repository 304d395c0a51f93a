package incident

import (
	"time"

	"candor/generator/domain"
)

// Aftermath is what is due once an incident is resolved (playbook §3 and §5): the
// final report, a follow-up each quarter, and a full review.
type Aftermath struct {
	Report   time.Time // when the report is due; zero while the incident is open, and once there is one
	FollowUp Due       // the next follow-up; zero if none is due
	Review   bool      // that follow-up is the full review
}

// FollowUp is a published follow-up to the final report.
type FollowUp struct {
	Update *Update
	Review bool // it is the full review
}

// aftermath lists the follow-ups to the report and derives what is still due. Follow-ups are
// counted from the one before, so that one that came late or early moves those after it. A
// follow-up of the last month before the review is due, or later, is the review.
func (a *assembly) aftermath(inc *Incident) {
	if inc.Planned() {
		return
	}
	clocks := a.site.Clocks
	if inc.Report == nil {
		due := inc.Resolved.Add(clocks.Report)
		if r := inc.scheduledReport; !inc.Open() && (r == nil || r.Time.After(due)) { // else it is published in time
			inc.After.Report = due
		}
		return
	}
	report := inc.Report.Time
	newest, reviewed, lastMonth := report, false, addMonths(report, clocks.Review-1)
	for _, u := range inc.Updates {
		if u.Kind == domain.KindFollowUp && u.Time.After(report) {
			review := !u.Time.Before(lastMonth)
			inc.FollowUps = append(inc.FollowUps, FollowUp{Update: u, Review: review})
			newest, reviewed = u.Time, reviewed || review
		}
	}
	next := addMonths(newest, clocks.FollowUp)
	switch {
	case inc.Open():
		return
	case !reviewed && !lastMonth.After(next): // one follow-up is enough for the month before the review
		inc.After.Review, next = true, addMonths(report, clocks.Review)
	case next.After(addMonths(report, clocks.FollowFor)):
		return
	}
	clock := a.clock.Apart() // only the report says that it is late
	inc.After.FollowUp = Due{At: next, Passed: clock.Passed(next)}
}

// addMonths returns the same day and time of a later month, or that month's last
// day if it has no such day.
func addMonths(t time.Time, months int) time.Time {
	y, m, d := t.Date()
	last := time.Date(y, m+time.Month(months)+1, 0, 0, 0, 0, 0, time.UTC).Day()
	h, minute, s := t.Clock()
	return time.Date(y, m+time.Month(months), min(d, last), h, minute, s, 0, t.Location())
}
