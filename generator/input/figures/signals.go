package figures

import "time"

// Signal is a fact that speaks for a higher or a lower level (playbook §1 and §4).
type Signal struct {
	ID       string
	Escalate bool // else de-escalate
	Figures  []Figure
}

// The signals. Which of them weighs more is the caller's to say.
const (
	NegativeHigh   = "negative-high"
	NegativeRising = "negative-rising"
	ReadsHigh      = "reads-high"
	Calm           = "calm"
	LongAgo        = "long-ago"
)

// Signals returns the facts that hold, those that escalate first:
//
//   - NegativeHigh: the negative share of the newest row is above Alarm; at exactly
//     Alarm it is neither high nor low.
//   - NegativeRising: it is at least 5 points above the lowest of the rows at most
//     3 days older.
//   - ReadsHigh: reads were above Reads in some row; the first is named.
//   - Calm: the negative share was below Alarm in all rows of at least 3 days, up to
//     the newest.
//   - LongAgo: more than Lasting has passed since Known.
//
// Only rows at or after Known count, for reads those before as well.
func Signals(e Evidence, th Thresholds) []Signal {
	var list []Signal
	add := func(id string, escalate bool, figures ...Figure) { list = append(list, Signal{id, escalate, figures}) }
	share := e.Metrics.Share(Negative).Since(e.Known)
	last, has := share.Last()
	if has && last.Value > th.Alarm {
		add(NegativeHigh, true, figure("share", share, last))
	}
	if low, ok := share.Since(last.Time.Add(-window)).Lowest(); has && ok && last.Value-low.Value >= rise {
		add(NegativeRising, true, figure("lowest", share, low), figure("share", share, last))
	}
	reads := e.Metrics.Series(Reads)
	for _, p := range reads.Points {
		if p.Value > th.Reads {
			add(ReadsHigh, true, figure("count", reads, p))
			break
		}
	}
	from, calm := share.lastRun(func(v float64) bool { return v < th.Alarm })
	if calm && last.Time.Sub(from.Time) >= window {
		add(Calm, false, figure("before", share, from), figure("share", share, last))
	}
	if past := e.Known.Add(th.Lasting + time.Second); e.Passed(past) { // times have a precision of a second
		lasted := days(e.Known, e.Known.Add(th.Lasting))
		add(LongAgo, false, Figure{Name: "days", Value: lasted, Unit: Days, Time: past})
	}
	return list
}
