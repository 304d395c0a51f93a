package incident

import (
	"time"

	"candor/generator/domain"
	"candor/generator/site/config"
)

// phase is a part of an open incident's life with its own cadence.
type phase struct {
	until   time.Time // zero for ever
	allowed time.Duration
}

// phases are those of an incident of the level that was known at an instant
// (playbook §3). Days are calendar days of the zone of known.
func phases(c config.Cadence, level domain.Level, known time.Time) []phase {
	end := func(days int) time.Time {
		y, m, d := known.Date()
		return midnight(time.Date(y, m, d+days-1, 12, 0, 0, 0, known.Location()))
	}
	list := []phase{{end(3), c.Early}, {end(14), c.Middle}, {time.Time{}, c.Late}}
	if level == domain.Level1 {
		list = append([]phase{{known.Add(24 * time.Hour), c.Acute}}, list...)
	}
	return list
}

// Cadence returns how long silence may last at an instant, while an incident of
// the level is open.
func Cadence(c config.Cadence, level domain.Level, known, at time.Time) time.Duration {
	for _, p := range phases(c, level, known) {
		if p.until.IsZero() || at.Before(p.until) {
			return p.allowed
		}
	}
	panic("incident: phases that end")
}

// Rhythm says how long silence may last through the life of an incident. Who asks
// for many updates makes it once.
type Rhythm struct{ phases []phase }

// NewRhythm makes the Rhythm of an incident at a level.
func NewRhythm(c config.Cadence, level domain.Level, known time.Time) Rhythm {
	return Rhythm{phases(c, level, known)}
}

// Silence returns when silence since an instant will have lasted for as long as
// it may, and how long that is in the phase in which it happens.
func Silence(c config.Cadence, level domain.Level, known, since time.Time) (until time.Time, allowed time.Duration) {
	return NewRhythm(c, level, known).Silence(since)
}

// Silence is the function of the same name, for the incident of the Rhythm.
func (r Rhythm) Silence(since time.Time) (until time.Time, allowed time.Duration) {
	from := since
	for _, p := range r.phases {
		if !p.until.IsZero() && !since.Before(p.until) {
			continue
		}
		until = since.Add(p.allowed)
		if until.Before(from) {
			until = from // it has lasted too long already when the phase begins
		}
		if p.until.IsZero() || until.Before(p.until) {
			return until, p.allowed
		}
		from = p.until
	}
	panic("incident: phases that end")
}
