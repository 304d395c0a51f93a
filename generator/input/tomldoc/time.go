package tomldoc

import (
	"strings"
	"time"

	"candor/generator/diag"
)

// Time is a date and time as it was written: an instant, or a wall-clock
// reading that becomes one in a zone. Its precision is the second.
type Time struct {
	reading time.Time // in UTC
	wall    bool
	Key     string // its path in its document, for findings
}

// Instant returns the Time that is an instant already.
func Instant(t time.Time) Time { return Time{reading: t.UTC().Truncate(time.Second)} }

// IsZero reports whether there is no time.
func (t Time) IsZero() bool { return t.reading.IsZero() }

// In returns the instant; a reading without an offset is taken in zone, and if the clocks
// show it twice, as when summer time ends, the first time. It is the zero time if t is.
func (t Time) In(zone *time.Location) time.Time {
	if t.IsZero() {
		return time.Time{}
	}
	if !t.wall {
		return t.reading.In(zone)
	}
	y, mo, d := t.reading.Date()
	h, mi, s := t.reading.Clock()
	at := time.Date(y, mo, d, h, mi, s, 0, zone)
	for _, back := range [...]time.Duration{30 * time.Minute, time.Hour, 2 * time.Hour} {
		if e := at.Add(-back); e.Day() == d && e.Hour() == h && e.Minute() == mi {
			return e
		}
	}
	return at
}

// Exists reports whether the clocks of zone ever showed the reading: they skip an
// hour when summer time begins.
func (t Time) Exists(zone *time.Location) bool {
	if t.IsZero() || !t.wall {
		return true
	}
	in := t.In(zone)
	return in.Hour() == t.reading.Hour() && in.Minute() == t.reading.Minute()
}

// Skipped returns why a time does not exist.
func Skipped(zone *time.Location) diag.Text {
	return diag.Textf("the clocks of %s skip this time: summer time begins", zone.String())
}

// How a reading of the clocks is written, and an instant (RFC 3339).
const (
	minutes = "2006-01-02T15:04"
	seconds = "2006-01-02T15:04:05"
	offset  = "Z07:00"
)

// FormatTime writes an instant as front matter, headings and promises do: the
// reading of its zone's clocks, and the offset only if that reading would be
// taken for another instant, because they show it twice.
func FormatTime(t time.Time) string {
	layout := minutes
	if t.Second() != 0 {
		layout = seconds
	}
	s := t.Format(layout)
	if again, ok := ParseTime(s); !ok || !again.In(t.Location()).Equal(t) {
		return t.Format(seconds + offset)
	}
	return s
}

// The times that can be meant are from Earliest on and before Latest: the years 2000 to 2199.
var (
	Earliest = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	Latest   = time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC)
)

// ParseTime reads a time outside of TOML, such as a promise's: a date and a
// time of day with T or a space between them, seconds and offset optional.
func ParseTime(s string) (Time, bool) {
	if len(s) < len(minutes) {
		return Time{}, false
	}
	layout := minutes
	if strings.HasPrefix(s[len(minutes):], ":") {
		layout = seconds
	}
	wall := len(s) == len(layout)
	if !wall {
		layout += offset
	}
	t, err := time.Parse(layout, s)
	if err != nil || t.Year() < Earliest.Year() || t.Year() >= Latest.Year() || !wall && !plausible(t) {
		return Time{}, false
	}
	return Time{reading: t.UTC().Truncate(time.Second), wall: wall}, true
}

// plausible reports whether some place on earth keeps the offset of t.
func plausible(t time.Time) bool {
	_, offset := t.Zone()
	return offset >= -12*3600 && offset <= 14*3600 && offset%(15*60) == 0
}
