package incident

import (
	"time"

	"candor/generator/domain"
	"candor/generator/site/config"
)

// Aftermath is what an organisation owes once an incident is resolved (playbook
// §3 and §5): the final report, a follow-up each quarter, and a full review.
type Aftermath struct {
	Report   time.Time // when the report is due; zero while the incident is open, and once there is one
	FollowUp time.Time // when the next follow-up is due; zero where none is
	Review   bool      // that follow-up is the full review
}

// aftermath derives what is still owed from the report and from the updates of
// the kind follow-up that came after it.
func (a *assembly) aftermath(inc *Incident) Aftermath {
	clocks := a.site.Clocks
	switch {
	case inc.Open():
		return Aftermath{}
	case inc.Report == nil:
		due := inc.Resolved.Add(clocks.Report)
		if r := inc.scheduledReport; r != nil && !r.Time.After(due) {
			return Aftermath{} // it goes out by itself
		}
		return Aftermath{Report: due}
	}
	return followUp(clocks, inc.Report.Time, inc.Updates)
}

// followUp returns what is owed after a report. Follow-ups are counted from the
// one before, so that one that came late or early moves those after it. A
// follow-up of the last month before the review is due, or of later, is the review.
func followUp(clocks config.Clocks, report time.Time, updates []*Update) Aftermath {
	newest, reviewed := report, false
	for _, u := range updates {
		if u.Kind == domain.KindFollowUp && u.Time.After(report) {
			newest = u.Time
			reviewed = reviewed || reviews(clocks.Review, report, u.Time)
		}
	}
	next := addMonths(newest, clocks.FollowUp)
	review := addMonths(report, clocks.Review)
	switch {
	case !reviewed && !addMonths(report, clocks.Review-1).After(next):
		return Aftermath{FollowUp: review, Review: true} // one follow-up is enough for the month before it
	case next.After(addMonths(report, clocks.FollowFor)):
		return Aftermath{}
	}
	return Aftermath{FollowUp: next}
}

// addMonths returns the same day and time of a later month, or that month's last
// day where it has no such day.
func addMonths(t time.Time, months int) time.Time {
	y, m, d := t.Date()
	last := time.Date(y, m+time.Month(months)+1, 0, 0, 0, 0, 0, time.UTC).Day()
	h, minute, s := t.Clock()
	return time.Date(y, m+time.Month(months), min(d, last), h, minute, s, 0, t.Location())
}
