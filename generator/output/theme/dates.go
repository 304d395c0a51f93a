package theme

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Full writes an instant with year and zone spelled out, in the zone that t has.
func (c *Catalogue) Full(t time.Time) string { return c.date("dates.full", t) }

// Short writes an instant without year and zone.
func (c *Catalogue) Short(t time.Time) string { return c.date("dates.short", t) }

// Long writes an instant with its year, without the zone.
func (c *Catalogue) Long(t time.Time) string { return c.date("dates.long", t) }

// Date writes the day of an instant with its year.
func (c *Catalogue) Date(t time.Time) string { return c.date("dates.date", t) }

// Day writes the day of an instant without its year.
func (c *Catalogue) Day(t time.Time) string { return c.date("dates.day", t) }

// Clock writes the time of day of an instant.
func (c *Catalogue) Clock(t time.Time) string { return c.date("dates.clock", t) }

// Month writes the month of an instant with its year.
func (c *Catalogue) Month(t time.Time) string { return c.date("dates.month", t) }

// MonthAlone writes the month of an instant without its year.
func (c *Catalogue) MonthAlone(t time.Time) string { return c.date("dates.month-alone", t) }

func (c *Catalogue) date(key string, t time.Time) string {
	var b strings.Builder
	b.Grow(48)
	c.write(&b, c.messages[key].other, t)
	return b.String()
}

// write writes a pattern with its {fields} filled in.
func (c *Catalogue) write(b *strings.Builder, pattern string, t time.Time) {
	for {
		open := strings.IndexByte(pattern, '{')
		if open < 0 {
			break
		}
		length := strings.IndexByte(pattern[open:], '}')
		if length < 0 {
			break
		}
		b.WriteString(pattern[:open])
		c.field(b, pattern[open+1:open+length], t)
		pattern = pattern[open+length+1:]
	}
	b.WriteString(pattern)
}

func (c *Catalogue) field(b *strings.Builder, name string, t time.Time) {
	switch name {
	case "year":
		b.WriteString(strconv.Itoa(t.Year()))
	case "month":
		b.WriteString(c.months[t.Month()-1])
	case "day":
		b.WriteString(strconv.Itoa(t.Day()))
	case "clock":
		if c.messages["dates.clock"].other != "{clock}" { // a pattern in itself would never end
			c.write(b, c.messages["dates.clock"].other, t)
		}
	case "hh":
		two(b, t.Hour())
	case "mm":
		two(b, t.Minute())
	case "zone":
		b.WriteString(c.zone(t))
	}
}

func two(b *strings.Builder, n int) {
	b.WriteByte(byte('0' + n/10))
	b.WriteByte(byte('0' + n%10))
}

// zone names the zone of t, or gives its distance from UTC.
func (c *Catalogue) zone(t time.Time) string {
	if name, ok := c.zones[t.Location().String()]; ok {
		return name
	}
	_, offset := t.Zone()
	minutes := offset / 60
	sign := '+'
	if minutes < 0 {
		sign, minutes = '−', -minutes
	}
	if minutes%60 == 0 {
		return fmt.Sprintf("UTC%c%d", sign, minutes/60)
	}
	return fmt.Sprintf("UTC%c%d:%02d", sign, minutes/60, minutes%60)
}

// Duration writes a length of time in its two largest units, rounded down to the
// minute: "2 h 10 min", "3 days 4 hours", "12 days".
func (c *Catalogue) Duration(d time.Duration) string {
	minutes := int(d / time.Minute)
	say := func(unit string, n int) string { return c.Must("durations."+unit, n) }
	pair := func(large string, m int, small string, n int) string {
		if n == 0 {
			return say(large, m)
		}
		return c.Must("durations.hours-minutes", say(large, m), say(small, n))
	}
	switch {
	case minutes < 60:
		return say("minutes", minutes)
	case minutes < 24*60:
		return pair("hours", minutes/60, "minutes", minutes%60)
	case minutes < 7*24*60:
		return pair("days", minutes/(24*60), "hours", minutes/60%24)
	}
	return say("days", minutes/(24*60))
}
