package incident

import (
	"time"

	"candor/generator/domain"
)

// FollowUp is a published follow-up to the final report.
type FollowUp struct {
	Update *Update
	Review bool // it is the full review
}

// followUps lists what was said after the report, and what is owed next: by when,
// and whether that has passed.
func (a *assembly) followUps(inc *Incident) {
	if inc.Report == nil {
		return
	}
	for _, u := range inc.Updates {
		if u.Kind == domain.KindFollowUp && u.Time.After(inc.Report.Time) {
			inc.FollowUps = append(inc.FollowUps, FollowUp{Update: u, Review: reviews(a.site.Clocks.Review, inc.Report.Time, u.Time)})
		}
	}
	if due := inc.After.FollowUp; !due.IsZero() {
		clock := a.clock.Apart() // the report alone says that it is late
		inc.NextFollowUp = Due{At: due, Passed: clock.Passed(due)}
		a.clock.Follow(clock)
	}
}

// reviews says whether a follow-up is the full review: it is one of the last month
// before that is due, or of later.
func reviews(months int, report, at time.Time) bool { return !at.Before(addMonths(report, months-1)) }
