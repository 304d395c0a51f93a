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

// fields are what a pattern of a date can have in braces.
var fields = []string{"year", "month", "day", "clock", "hh", "mm", "zone"}

func (w *Words) date(key string, t time.Time) string {
	var b strings.Builder
	b.Grow(48)
	w.write(&b, key, t)
	return b.String()
}

// write writes the pattern at key with its {fields} filled in.
func (w *Words) write(b *strings.Builder, key string, t time.Time) {
	w, forms := w.find(key)
	rest := forms[plural.Other]
	for {
		before, name, after, ok := field(rest)
		if !ok {
			break
		}
		b.WriteString(before)
		if name == "clock" && key != clockKey { // Parse refuses a clock within the clock
			w.write(b, clockKey, t)
		} else {
			w.field(b, name, t)
		}
		rest = after
	}
	b.WriteString(rest)
}

// field cuts a pattern at its first {field}.
func field(pattern string) (before, name, after string, ok bool) {
	before, rest, _ := strings.Cut(pattern, "{")
	name, after, ok = strings.Cut(rest, "}")
	return before, name, after, ok
}

func (w *Words) field(b *strings.Builder, name string, t time.Time) {
	switch name {
	case "year":
		b.WriteString(strconv.Itoa(t.Year()))
	case "month":
		_, names := w.find("dates.months")
		b.WriteString(line(names[plural.Other], int(t.Month())))
	case "day":
		b.WriteString(strconv.Itoa(t.Day()))
	case "hh":
		two(b, t.Hour())
	case "mm":
		two(b, t.Minute())
	case "zone":
		b.WriteString(w.zone(t))
	}
}

// line returns one of the lines of a text, counted from 1.
func line(text string, n int) string {
	for ; n > 1; n-- {
		_, text, _ = strings.Cut(text, "\n")
	}
	text, _, _ = strings.Cut(text, "\n")
	return text
}

func two(b *strings.Builder, n int) {
	b.WriteByte(byte('0' + n/10))
	b.WriteByte(byte('0' + n%10))
}

// checkPattern says what is wrong with the pattern of a date.
func checkPattern(key, pattern string) (fault, hint Text) {
	for {
		_, name, after, ok := field(pattern)
		switch {
		case !ok:
			return fault, hint
		case key == clockKey && name == "clock":
			return Textf("the pattern of the clock cannot hold {clock}"), Textf("write {hh}:{mm}")
		case !slices.Contains(fields, name):
			return Textf("a date has no {%s}", name), Textf("one of: {%s}", strings.Join(fields, "}, {"))
		}
		pattern = after
	}
}

// zone names the zone of t, or gives its distance from UTC.
func (w *Words) zone(t time.Time) string {
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
func (l Length) String() string { return l.In(nil) }

// In words the length in the language of the words.
func (l Length) In(w *Words) string {
	if w == nil {
		w = English()
	}
	return w.Duration(time.Duration(l))
}

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
