package scaffold

import (
	"time"

	"candor/generator/domain"
)

// The hours in which a promise of a day or more is better kept: people read,
// and people are there to keep it.
const (
	dayBegins = 9
	dayEnds   = 21
)

// Promise returns a time to promise something for: at most d after at, on a
// full hour or quarter, and in waking hours if that takes less than half of
// d away.
func Promise(at time.Time, d time.Duration) time.Time {
	bound := at.Add(d)
	step := 60
	switch {
	case d < time.Hour:
		return bound
	case d < 4*time.Hour:
		step = 15
	}
	full := bound.Add(-time.Duration(bound.Minute()%step)*time.Minute - time.Duration(bound.Second())*time.Second)
	y, m, day := full.Date()
	waking := time.Date(y, m, day, dayEnds, 0, 0, 0, full.Location())
	if full.Hour() < dayBegins {
		waking = time.Date(y, m, day-1, dayEnds, 0, 0, 0, full.Location())
	}
	if (full.Hour() < dayBegins || full.After(waking)) && waking.Sub(at) > d/2 {
		return waking
	}
	return full
}

// evening returns the end of the working day so many days after at: a time for
// what takes a week or longer, whatever summer time does in between.
func evening(at time.Time, days int) time.Time {
	y, m, d := at.Date()
	return time.Date(y, m, d+days, dayEnds-3, 0, 0, 0, at.Location())
}

// due are the instants by which a first response promises things.
type due struct {
	Findings, Remedy, Change, Lasting, Review time.Time
}

// promises works them out. The graver the incident, the sooner the remedy.
func promises(at, next time.Time, level domain.Level) due {
	return due{
		Findings: next,
		Remedy:   Promise(at, time.Duration(level)*24*time.Hour),
		Change:   evening(at, 7),
		Lasting:  evening(at, 90),
		Review:   evening(at, 182),
	}
}
