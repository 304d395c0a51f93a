package tomldoc

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"candor/generator/diag"
)

// Table is one table of a Doc. Each getter reports a value that is not of its type and returns the
// zero value instead; a key may be absent. A nil Table has no keys.
type Table struct {
	doc    *Doc
	path   string
	values map[string]any
	asked  []string
}

// get returns the value of key, or nil if there is none or it has been reported already.
func (t *Table) get(key string) any {
	if t == nil {
		return nil
	}
	t.asked = append(t.asked, key)
	if v := t.values[key]; !t.doc.isPoisoned(v) {
		return v
	}
	return nil
}

// Has reports whether the table has the key.
func (t *Table) Has(key string) bool { _, ok := t.values[key]; return ok }

// Blank reports whether the value of key is a text that shows nothing.
func (t *Table) Blank(key string) bool {
	s, ok := t.Any(key).(string)
	return ok && !strings.ContainsFunc(s, func(r rune) bool {
		return unicode.IsGraphic(r) && !unicode.IsSpace(r) && !unicode.In(r, unicode.Other_Default_Ignorable_Code_Point)
	})
}

// Report adds a finding at the value of key.
func (t *Table) Report(key, rule string, message, hint diag.Text) {
	item := t.doc.locate(join(t.path, key))
	t.doc.report(item.Value, item.ValueEnd, rule, message, hint)
}

// String returns a text.
func (t *Table) String(key string) string {
	v := t.get(key)
	s, ok := v.(string)
	if v != nil && !ok {
		t.Report(key, "bad-value", diag.Textf("%s must be a text, not %s", key, kind(v)),
			diag.Textf("put it in quotation marks: %s = \"%s\"", key, fmt.Sprint(v)))
	}
	return strings.TrimSpace(s)
}

// OneOf returns a text that is one of allowed, and suggests the nearest of them for any other.
func (t *Table) OneOf(key string, allowed ...string) string {
	s := t.String(key)
	if s == "" || slices.Contains(allowed, s) {
		return s
	}
	t.Report(key, "bad-value", diag.Textf("%s cannot be \"%s\"", key, s), sortedChoices(s, allowed))
	return ""
}

// Int returns a whole number from low to high.
func (t *Table) Int(key string, low, high int) int {
	v := t.get(key)
	n, ok := v.(int64)
	if v != nil && (!ok || n < int64(low) || n > int64(high)) {
		t.Report(key, "bad-value",
			diag.Textf("%s must be a whole number from %d to %d, not %s", key, low, high, kind(v)),
			diag.Textf("write %s = %d", key, nearest(v, low, high)))
		return 0
	}
	return int(n)
}

// nearest returns the number from low to high that is nearest to what a value says, as "2" does.
func nearest(v any, low, high int) int {
	n, err := strconv.Atoi(strings.TrimSpace(fmt.Sprint(v)))
	if err != nil {
		return low
	}
	return min(max(n, low), high)
}

// Bool returns true or false.
func (t *Table) Bool(key string) bool {
	v := t.get(key)
	b, ok := v.(bool)
	if v != nil && !ok {
		t.Report(key, "bad-value", diag.Textf("%s must be true or false, not %s", key, kind(v)),
			diag.Textf("write %s = true, without quotation marks", key))
	}
	return b
}

// Strings returns a list of texts; a single text counts as a list of one.
func (t *Table) Strings(key string) []string {
	switch v := t.get(key).(type) {
	case nil:
	case string:
		return []string{v}
	case []any:
		list := make([]string, 0, len(v))
		for i, e := range v {
			s, ok := e.(string)
			if !ok {
				t.Report(join(key, strconv.Itoa(i)), "bad-value",
					diag.Textf("%s must be a list of texts; this is %s", key, kind(e)), diag.Text{})
				continue
			}
			list = append(list, s)
		}
		return list
	default:
		t.Report(key, "bad-value", diag.Textf("%s must be a text or a list of texts, not %s", key, kind(v)),
			diag.Textf("write %s = [\"…\", \"…\"]", key))
	}
	return nil
}

// Duration returns a positive length of time, written as 90m, 4h or 2d.
func (t *Table) Duration(key string) time.Duration {
	s := t.String(key)
	if s == "" {
		return 0
	}
	d, ok := ParseDuration(s)
	if !ok {
		t.Report(key, "bad-value", diag.Textf("%s cannot be \"%s\"", key, s),
			diag.Textf("write a length of time such as 90m, 4h or 2d"))
		return 0
	}
	return d
}

// ParseDuration reads what time.ParseDuration reads, and days as in 2d.
func ParseDuration(s string) (time.Duration, bool) {
	if days, ok := strings.CutSuffix(s, "d"); ok {
		n, err := strconv.Atoi(days)
		return time.Duration(n) * 24 * time.Hour, err == nil && n > 0 && n <= 3650
	}
	d, err := time.ParseDuration(s)
	return d, err == nil && d > 0
}

// Time returns an instant, or a wall-clock reading for which In needs a zone.
// It returns the zero Time if the key is absent or reported.
func (t *Table) Time(key string) Time {
	v := t.get(key)
	if v == nil {
		return Time{}
	}
	reading, ok := v.(time.Time)
	if !ok {
		return t.notTime(key, v)
	}
	zone := reading.Location().String()
	wall := zone == "datetime-local"
	var fault diag.Text
	hint := dateHint()
	switch y := reading.Year(); {
	case zone == "time-local":
		fault = diag.Textf("%s has a time but no date", key)
	case zone == "date-local":
		fault = diag.Textf("%s has a date but no time of day", key)
	case y < 2000 || y > 2199:
		fault, hint = diag.Textf("%s is in the year %d", key, y), diag.Textf("write a year from 2000 to 2199")
	case !wall && !plausible(reading):
		fault = diag.Textf("no time zone has the offset %s", reading.Format("-07:00"))
	}
	if fault.Format != "" {
		t.Report(key, "bad-date", fault, hint)
		return Time{}
	}
	if wall { // its location carries the machine's offset: keep the reading alone
		y, mo, d := reading.Date()
		h, mi, s := reading.Clock()
		reading = time.Date(y, mo, d, h, mi, s, 0, time.UTC)
	} else {
		reading = reading.UTC().Truncate(time.Second)
	}
	return Time{reading: reading, wall: wall, Key: join(t.path, key)}
}

// notTime reports a value that is no time. If it is a text that can only mean one, that is the time.
func (t *Table) notTime(key string, v any) Time {
	message := diag.Textf("%s must be a date and time, not %s", key, kind(v))
	text, _ := v.(string)
	near, ok := NearTime(text)
	if !ok {
		t.Report(key, "bad-date", message, dateHint())
		return Time{}
	}
	item := t.doc.locate(join(t.path, key))
	if len(t.doc.found) < reportLimit && item.ValueEnd > item.Value {
		fix := &diag.Fix{Start: item.Value, End: item.ValueEnd, New: near}
		t.doc.found = append(t.doc.found, t.doc.src.Mended(fix, "bad-date", message,
			diag.Textf("write it without quotation marks: %s = %s", key, near)))
	}
	at, _ := ParseTime(near)
	at.Key = join(t.path, key)
	return at
}

// Table returns the table at key, or nil.
func (t *Table) Table(key string) *Table {
	switch v := t.get(key).(type) {
	case nil:
	case map[string]any:
		return &Table{doc: t.doc, path: join(t.path, key), values: v}
	default:
		t.Report(key, "bad-value", diag.Textf("%s must be a table, not %s", key, kind(v)),
			diag.Textf("write [%s] on a line of its own and its keys below", key))
	}
	return nil
}

// Tables returns the [[key]] tables.
func (t *Table) Tables(key string) []*Table {
	v := t.get(key)
	if v == nil {
		return nil
	}
	var list []*Table
	add := func(values map[string]any) {
		path := join(t.path, fmt.Sprintf("%s.%d", key, len(list)))
		list = append(list, &Table{doc: t.doc, path: path, values: values})
	}
	switch v := v.(type) {
	case []map[string]any:
		for _, values := range v {
			add(values)
		}
		return list
	case []any:
		for _, e := range v {
			if values, ok := e.(map[string]any); ok {
				add(values)
			}
		}
		if len(list) == len(v) {
			return list
		}
	}
	t.Report(key, "bad-value", diag.Textf("%s must be a list of tables, not %s", key, kind(v)),
		diag.Textf("write [[%s]] on a line of its own before each", key))
	return nil
}

// Keys returns all keys of the table in order and counts them as known: for
// tables whose keys an editor is free to name.
func (t *Table) Keys() []string {
	if t == nil {
		return nil
	}
	keys := slices.Sorted(maps.Keys(t.values))
	t.asked = append(t.asked, keys...)
	return keys
}

// Any returns a value of any type, even one that has been reported.
func (t *Table) Any(key string) any { t.get(key); return t.values[key] }

// Done reports every key that no getter asked for. Where lists other keys that
// the reader may have meant, with what to say of them.
func (t *Table) Done(where map[string]diag.Text) {
	if t == nil {
		return
	}
	for _, key := range slices.Sorted(maps.Keys(t.values)) {
		if slices.Contains(t.asked, key) {
			continue
		}
		hint := sortedChoices(key, t.asked)
		if text, ok := where[key]; ok {
			hint = text
		}
		item := t.doc.locate(join(t.path, key))
		t.doc.report(item.Start, item.End, "unknown-key",
			diag.Textf("there is no key \"%s\" here", key), hint)
	}
}

func kind(v any) diag.Text {
	switch v := v.(type) {
	case string:
		return diag.Textf("%q", v)
	case int64, float64, bool:
		return diag.Textf("%v", v)
	case time.Time:
		return diag.Textf("a date")
	case map[string]any:
		return diag.Textf("a table")
	}
	return diag.Textf("a list")
}
