package message

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/feature/plural"
)

// Full writes an instant with year and zone spelled out, in the zone that t has.
func (w *Words) Full(t time.Time) string { return w.date("dates.full", t) }

// Short writes an instant without year and zone.
func (w *Words) Short(t time.Time) string { return w.date("dates.short", t) }

// Long writes an instant with its year, without the zone.
func (w *Words) Long(t time.Time) string { return w.date("dates.long", t) }

// Date writes the day of an instant with its year.
func (w *Words) Date(t time.Time) string { return w.date("dates.date", t) }

// Day writes the day of an instant without its year.
func (w *Words) Day(t time.Time) string { return w.date("dates.day", t) }

// Clock writes the time of day of an instant.
func (w *Words) Clock(t time.Time) string { return w.date(clockKey, t) }

// Month writes the month of an instant with its year.
func (w *Words) Month(t time.Time) string { return w.date("dates.month", t) }

// MonthAlone writes the month of an instant without its year.
func (w *Words) MonthAlone(t time.Time) string { return w.date("dates.month-alone", t) }

const clockKey = "dates.clock"

// fields are what the pattern of a date can have in braces.
var fields = []string{"clock", "year", "month", "day", "hh", "mm", "zone"}

// date fills in the pattern at key.
func (w *Words) date(key string, t time.Time) string {
	w, forms := w.find(key)
	return expand(forms[plural.Other], func(field string) (string, bool) {
		switch {
		case field == "clock" && key != clockKey: // Parse refuses a clock within the clock
			return w.date(clockKey, t), true
		case field == "year":
			return strconv.Itoa(t.Year()), true
		case field == "month":
			_, names := w.find("dates.months")
			return line(names[plural.Other], int(t.Month())-1), true
		case field == "day":
			return strconv.Itoa(t.Day()), true
		case field == "hh":
			return twoDigits(t.Hour()), true
		case field == "mm":
			return twoDigits(t.Minute()), true
		case field == "zone":
			return w.Zone(t), true
		}
		return "", false
	})
}

// line returns the line of a text with a number, from 0. A page has thousands of dates: nothing is split for one.
func line(text string, n int) string {
	for range n {
		_, text, _ = strings.Cut(text, "\n")
	}
	text, _, _ = strings.Cut(text, "\n")
	return text
}

func twoDigits(n int) string { return string([]byte{'0' + byte(n/10), '0' + byte(n%10)}) }

// checkPattern says what is wrong with the pattern of a date.
func checkPattern(key, pattern string) (fault, hint Text) {
	known := fields
	if key == clockKey {
		known = fields[1:]
	}
	expand(pattern, func(field string) (string, bool) {
		if !slices.Contains(known, field) {
			fault, hint = Textf("%s cannot have {%s}", key, field), Textf("one of: {%s}", strings.Join(known, "}, {"))
		}
		return "", true
	})
	return fault, hint
}

// Zone names the zone of t, or gives its distance from UTC.
func (w *Words) Zone(t time.Time) string {
	if name, ok := w.Forms("zones." + t.Location().String()); ok {
		return name[plural.Other]
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

// Length is a length of time as an argument of a Text: it is worded in the language of that.
type Length time.Duration

// String words the length in English.
func (l Length) String() string { return English().Duration(time.Duration(l)) }

// Duration writes a length of time in its two largest units, rounded down to the
// minute: "2 hours 10 minutes", "3 days 4 hours", "12 days".
func (w *Words) Duration(d time.Duration) string {
	minutes := int(d / time.Minute)
	say := func(unit string, n int) string { return w.Must("durations."+unit, n) }
	pair := func(large string, m int, small string, n int) string {
		if n == 0 {
			return say(large, m)
		}
		return w.Must("durations.hours-minutes", say(large, m), say(small, n))
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
