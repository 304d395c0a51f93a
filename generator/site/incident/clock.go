package incident

import "time"

// Clock answers what has passed at the instant of the build, and remembers what
// it was asked: so it knows exactly when an answer will change. Everything that
// depends on the instant asks a Clock; nothing else sees it.
type Clock struct {
	at, last time.Time
	next     *time.Time // shared with the clocks that are apart
}

// NewClock makes a clock that shows an instant.
func NewClock(at time.Time) *Clock { return &Clock{at: at, next: &time.Time{}} }

// Apart returns a clock with a Last of its own, and with the same Next.
func (c *Clock) Apart() *Clock { return &Clock{at: c.at, next: c.next} }

// Passed reports whether t is at or before the clock's instant.
func (c *Clock) Passed(t time.Time) bool {
	if t.After(c.at) {
		c.until(t)
		return false
	}
	if t.After(c.last) {
		c.last = t
	}
	return true
}

// Day returns the number of the day, counted from 1, that the clock's instant
// is in the zone of since, when since is on day 1.
func (c *Clock) Day(since time.Time) int {
	now := c.at.In(since.Location())
	c.until(midnight(now))
	return 1 + days(now) - days(since)
}

func (c *Clock) until(t time.Time) {
	if c.next.IsZero() || t.Before(*c.next) {
		*c.next = t
	}
}

// Last returns the newest instant that has passed among those asked for: since
// then the answers have been the same, except for the count of days.
func (c *Clock) Last() time.Time { return c.last }

// Next returns the first instant at which an answer changes; zero if none will.
func (c *Clock) Next() time.Time { return *c.next }

// midnight returns the first instant of the day after t: if summer time begins
// at midnight, that is one o'clock.
func midnight(t time.Time) time.Time {
	tomorrow := days(t) + 1
	next := time.Date(t.Year(), t.Month(), t.Day()+1, 0, 0, 0, 0, t.Location())
	for days(next) < tomorrow {
		next = next.Add(15 * time.Minute)
	}
	for days(next.Add(-15*time.Minute)) == tomorrow {
		next = next.Add(-15 * time.Minute)
	}
	return next
}

// days counts calendar days, whatever length summer time gave them.
func days(t time.Time) int {
	y, m, d := t.Date()
	return int(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}
