package figures

import (
	"math"
	"time"
)

// State is how an indicator stands.
type State string

// The states.
const (
	Met    State = "met"
	NotMet State = "not-met" // and the time for it is over, or it is the opposite that holds
	NotYet State = "not-yet" // it can still come
	NoData State = "no-data" // the files do not say
)

// Figure is a number behind an indicator or a signal, and where it comes from.
type Figure struct {
	// Name is share, before, lowest, highest, count, days, satisfied, satisfied-least,
	// answered, answered-least or acts.
	Name   string
	Value  float64
	Unit   Unit
	Column string    // of metrics.csv or cases.csv
	Time   time.Time // of the row; zero where it is of no one row
}

// Indicator is one of the playbook's signs (§4) that an incident is overcome or that
// its handling failed.
type Indicator struct {
	ID      string
	State   State
	Figures []Figure
}

// The indicators of Recovery and Failure.
const (
	Eased          = "eased"
	LowNegative    = "low-negative"
	FollowersStay  = "followers-stay"
	UsersSatisfied = "users-satisfied"
	CoverageGrows  = "coverage-grows"
	NegativeLasts  = "negative-lasts"
	FollowersLeave = "followers-leave"
	AuthoritiesAct = "authorities-act"
)

// Thresholds are the numbers that indicators and signals compare with.
type Thresholds struct {
	Alarm     float64       // percent: above it a negative share is an alarm, below it opinion has eased
	Reads     float64       // above it the stricter profile of playbook §1 holds
	Satisfied float64       // percent of those who answered, to be exceeded
	Easing    time.Duration // after Known, within which opinion eases
	Lasting   time.Duration // after which a bad state is a failure
}

// What the playbook has no number for. These are Candor's own.
const (
	answered = 50                 // percent of all cases that must have an answer for Satisfied to mean anything
	rise     = 5                  // points by which a negative share rises before it is said to
	window   = 3 * 24 * time.Hour // over which a rise or a fall is measured
)

// Evidence is what indicators and signals are worked out from.
type Evidence struct {
	Known    time.Time // when the organisation learned of the incident
	Metrics  *Metrics  // as of the instant of the build
	Timeline *Timeline // as of that instant; nil where there is none
	Totals   *Totals   // as of that instant; nil where there is no ledger
	Passed   Passed
}

// Recovery says which signs of recovery there are:
//
//   - Eased: the negative share is below Alarm from some row on, to the newest; met
//     where that row is at most Easing after Known. It counts when it was measured,
//     however long the gap before.
//   - LowNegative: the negative share of the newest row is below Alarm.
//   - FollowersStay: the newest row has at least as many followers as the newest row
//     that is at least 3 days older.
//   - UsersSatisfied: more than Satisfied of those who answered were satisfied, and at
//     least half of all cases had an answer. It follows from what Totals gives
//     out, and is left open where that allows for both. Without a ledger, or where it
//     leaves it open, the newest satisfaction in metrics.csv counts.
//   - CoverageGrows: the share of neutral and positive comments is larger than at its
//     lowest, and not smaller than in the newest row that is at least 3 days older.
//
// Only rows at or after Known count. What is not met is not yet met until Easing, or
// for all but Eased Lasting, has passed since Known. Where the rows end before Easing
// has, nobody knows whether opinion eased in time, and where there are no rows over
// at least 3 days, whether followers stay or coverage grows: after that time there is
// no data.
func Recovery(e Evidence, th Thresholds) []Indicator {
	share := e.Metrics.Share(Negative).Since(e.Known)
	return []Indicator{
		e.eased(share, th), e.lowNegative(share, th), e.followersStay(th), e.usersSatisfied(th), e.coverageGrows(th),
	}
}

// Failure says which signs of failure there are:
//
//   - NegativeLasts: the negative share was not below Alarm in any row of a time
//     longer than Lasting, from row to row. Not yet, where the newest row is in such a
//     time that is shorter.
//   - FollowersLeave: followers do not stay (see Recovery), and the newest row is more
//     than Lasting after Known. Not yet, where it is not.
//   - AuthoritiesAct: the timeline has an entry of the kind Authority at or after
//     Known. Not yet, until Lasting has passed.
//
// The playbook's others, a second crisis and a brand lastingly damaged, stand in no
// figures.
func Failure(e Evidence, th Thresholds) []Indicator {
	share := e.Metrics.Share(Negative).Since(e.Known)
	return []Indicator{e.negativeLasts(share, th), e.followersLeave(th), e.authoritiesAct(th)}
}

// state is that of an indicator that is met or can still be until a time since Known
// has passed.
func (e Evidence) state(met bool, limit time.Duration) State {
	if met {
		return Met
	}
	return e.until(limit, NotMet)
}

// until is the state of what can still come until a time since Known has passed.
func (e Evidence) until(limit time.Duration, then State) State {
	if e.Passed(e.Known.Add(limit)) {
		return then
	}
	return NotYet
}

func figure(name string, s Series, p Point) Figure {
	return Figure{Name: name, Value: p.Value, Unit: s.Unit, Column: s.Name, Time: p.Time}
}

// days counts the days from one time to another, to a hundredth.
func days(from, to time.Time) float64 {
	return math.Round(to.Sub(from).Hours()/24*100) / 100
}

func (e Evidence) eased(share Series, th Thresholds) Indicator {
	in := Indicator{ID: Eased, State: NoData}
	last, ok := share.Last()
	if !ok {
		return in
	}
	peak, _ := share.Highest()
	in.Figures = []Figure{figure("highest", share, peak), figure("share", share, last)}
	from, ok := share.lastRun(func(v float64) bool { return v < th.Alarm })
	switch {
	case !ok && last.Time.Before(e.Known.Add(th.Easing)):
		in.State = e.until(th.Easing, NoData)
	case !ok:
		in.State = e.until(th.Easing, NotMet)
	default:
		lasted := Figure{Name: "days", Value: days(e.Known, from.Time), Unit: Days, Column: share.Name, Time: from.Time}
		in.Figures = append(in.Figures, lasted)
		if in.State = Met; from.Time.Sub(e.Known) > th.Easing {
			in.State = NotMet
		}
	}
	return in
}

func (e Evidence) lowNegative(share Series, th Thresholds) Indicator {
	in := Indicator{ID: LowNegative, State: NoData}
	if last, ok := share.Last(); ok {
		in.Figures = []Figure{figure("share", share, last)}
		in.State = e.state(last.Value < th.Alarm, th.Lasting)
	}
	return in
}

// span is the newest point of a series, and the newest that is a window older.
func span(s Series) (before, last Point, ok bool) {
	if last, ok = s.Last(); ok {
		before, ok = s.Until(last.Time.Add(-window)).Last()
	}
	return before, last, ok
}

func (e Evidence) followersStay(th Thresholds) Indicator {
	in := Indicator{ID: FollowersStay, State: NoData}
	s := e.Metrics.Series(Followers).Since(e.Known)
	before, last, ok := span(s)
	switch {
	case len(s.Points) == 0:
	case !ok:
		in.Figures = []Figure{figure("count", s, last)}
		in.State = e.until(th.Lasting, NoData)
	default:
		in.Figures = []Figure{figure("before", s, before), figure("count", s, last)}
		in.State = e.state(last.Value >= before.Value, th.Lasting)
	}
	return in
}

func (e Evidence) coverageGrows(th Thresholds) Indicator {
	in := Indicator{ID: CoverageGrows, State: NoData}
	s := e.Metrics.series(Neutral+"+"+Positive, Percent, func(r *metricsRow) float64 {
		if math.IsNaN(r.shares[0]) {
			return math.NaN()
		}
		return math.Round((r.shares[1]+r.shares[2])*1e9) / 1e9
	}).Since(e.Known)
	before, last, ok := span(s)
	lowest, _ := s.Lowest()
	switch {
	case len(s.Points) == 0:
	case !ok:
		in.Figures = []Figure{figure("share", s, last)}
		in.State = e.until(th.Lasting, NoData)
	default:
		in.Figures = []Figure{figure("lowest", s, lowest), figure("before", s, before), figure("share", s, last)}
		in.State = e.state(last.Value > lowest.Value && last.Value >= before.Value, th.Lasting)
	}
	return in
}

func (e Evidence) usersSatisfied(th Thresholds) Indicator {
	in := Indicator{ID: UsersSatisfied, State: NoData}
	if e.Totals != nil && e.Totals.satisfied(&in, e, th) {
		return in
	}
	s := e.Metrics.Series(Satisfaction).Since(e.Known)
	if last, ok := s.Last(); ok {
		in.Figures = append(in.Figures, figure("satisfied", s, last))
		in.State = e.state(last.Value > th.Satisfied, th.Lasting)
	}
	return in
}

// satisfied works an indicator out from what is given of the totals, and says
// whether that suffices. Where numbers are not given, it goes through the least and
// the most that they can be, so that a state tells nothing that they do not.
func (t *Totals) satisfied(in *Indicator, e Evidence, th Thresholds) bool {
	total, ok := t.Total.Number()
	if !ok || total == 0 {
		return false
	}
	yes, no, none := t.Satisfied.span(total), t.Dissatisfied.span(total), t.Unanswered.span(total)
	yes, no, none = yes.within(total, no, none), no.within(total, yes, none), none.within(total, yes, no)
	answeredLeast, answeredMost := percent(total-none.most, total), percent(total-none.least, total)
	least, most := percent(yes.least, yes.least+no.most), percent(yes.most, yes.most+no.least)
	switch {
	case answeredMost < answered, answeredLeast >= answered && most <= th.Satisfied:
		in.State = e.until(th.Lasting, NotMet)
	case answeredLeast >= answered && least > th.Satisfied:
		in.State = Met
	default:
		return false
	}
	name := func(least, most float64, name string) string {
		if least == most {
			return name
		}
		return name + "-least"
	}
	in.Figures = []Figure{
		{Name: name(least, most, "satisfied"), Value: least, Unit: Percent, Column: "satisfied"},
		{Name: name(answeredLeast, answeredMost, "answered"), Value: answeredLeast, Unit: Percent, Column: "satisfied"},
	}
	return true
}

// percent is a part of a whole, to a billionth; none of nothing.
func percent(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return math.Round(float64(part)/float64(whole)*1e11) / 1e9
}

func (e Evidence) negativeLasts(share Series, th Thresholds) Indicator {
	in := Indicator{ID: NegativeLasts, State: NoData}
	if len(share.Points) == 0 {
		return in
	}
	var from, longestFrom, longestTo Point
	running := false
	for _, p := range share.Points {
		if p.Value < th.Alarm {
			running = false
			continue
		}
		if !running {
			from, running = p, true
		}
		if longestTo.Time.IsZero() || p.Time.Sub(from.Time) > longestTo.Time.Sub(longestFrom.Time) {
			longestFrom, longestTo = from, p
		}
	}
	last, _ := share.Last()
	in.Figures = []Figure{figure("share", share, last)}
	if !longestTo.Time.IsZero() {
		lasted := days(longestFrom.Time, longestTo.Time)
		in.Figures = append(in.Figures,
			Figure{Name: "days", Value: lasted, Unit: Days, Column: share.Name, Time: longestTo.Time})
	}
	switch {
	case longestTo.Time.Sub(longestFrom.Time) > th.Lasting:
		in.State = Met
	case running:
		in.State = NotYet
	default:
		in.State = NotMet
	}
	return in
}

func (e Evidence) followersLeave(th Thresholds) Indicator {
	in := e.followersStay(th)
	in.ID = FollowersLeave
	s := e.Metrics.Series(Followers).Since(e.Known)
	before, last, ok := span(s)
	switch {
	case !ok: // as followersStay says
	case last.Value >= before.Value:
		in.State = NotMet
	case last.Time.Sub(e.Known) > th.Lasting:
		in.State = Met
	default:
		in.State = NotYet
	}
	return in
}

func (e Evidence) authoritiesAct(th Thresholds) Indicator {
	in := Indicator{ID: AuthoritiesAct, State: NoData}
	if e.Timeline == nil {
		return in
	}
	acts := Figure{Name: "acts", Column: string(Authority)}
	for _, event := range e.Timeline.Events {
		if event.Kind != Authority || event.Time.Before(e.Known) {
			continue
		}
		if acts.Value++; acts.Value == 1 {
			acts.Time = event.Time
		}
	}
	in.Figures = []Figure{acts}
	in.State = e.state(acts.Value > 0, th.Lasting)
	return in
}
