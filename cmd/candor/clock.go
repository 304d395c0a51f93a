package main

import "time"

// clock is that of a session. It never goes back, whatever the machine's clock does:
// a text that is out must not be withdrawn by a correction of the time.
type clock struct {
	read time.Time // the machine's, when it was last read
	last time.Time // what it showed then
}

// now returns the instant, and how much later it is than the machine's clock shows.
func (c *clock) now() (instant time.Time, ahead time.Duration) {
	now := time.Now()
	instant = c.instant(now.Round(0), now.Sub(c.read))
	c.read = now
	return instant, instant.Sub(now.Round(0))
}

// instant is now, with what the machine's clock shows and how long ago it was last read.
func (c *clock) instant(shown time.Time, elapsed time.Duration) time.Time {
	if ran := c.last.Add(elapsed); !c.last.IsZero() && ran.After(shown) {
		shown = ran
	}
	c.last = shown
	return shown
}
