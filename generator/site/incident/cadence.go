package incident

import (
	"slices"
	"time"

	"candor/generator/domain"
	"candor/generator/site/config"
)

// Rhythm is how long an incident of one level may go without an update, through the phases of its
// life (playbook §3).
type Rhythm []phase

type phase struct {
	until   time.Time // zero if it never ends
	allowed time.Duration
}

// ends reports whether the phase is over at an instant.
func (p phase) ends(at time.Time) bool { return !p.until.IsZero() && !at.Before(p.until) }

// NewRhythm makes the Rhythm of an incident of a level that was known at an instant. Its days are
// calendar days of the zone of known.
func NewRhythm(c config.Cadence, level domain.Level, known time.Time) Rhythm {
	end := func(days int) time.Time {
		y, m, d := known.Date()
		return midnight(time.Date(y, m, d+days-1, 12, 0, 0, 0, known.Location()))
	}
	r := Rhythm{{end(3), c.Early}, {end(14), c.Middle}, {time.Time{}, c.Late}}
	if level == domain.Level1 {
		r = slices.Insert(r, 0, phase{known.Add(24 * time.Hour), c.Acute})
	}
	return r
}

// Allowed returns how long there may be no update at an instant, while the incident is open.
func (r Rhythm) Allowed(at time.Time) time.Duration {
	i := slices.IndexFunc(r, func(p phase) bool { return !p.ends(at) })
	return r[i].allowed
}

// Silence is how long an open incident may go without another update.
type Silence struct {
	Until   time.Time
	Allowed time.Duration // from the newest update to Until, by the phase in which that is
}

// Silence returns how long there may be no update after one at an instant.
func (r Rhythm) Silence(since time.Time) (s Silence) {
	from := since
	for _, p := range r {
		if p.ends(since) {
			continue
		}
		s = Silence{Until: since.Add(p.allowed), Allowed: p.allowed}
		if s.Until.Before(from) {
			s.Until = from // it has lasted too long already when the phase begins
		}
		if !p.ends(s.Until) {
			break
		}
		from = p.until
	}
	return s
}
