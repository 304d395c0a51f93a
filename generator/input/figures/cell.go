package figures

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/width"

	"candor/generator/diag"
	"candor/generator/input/tomldoc"
)

// trim takes away the blanks around a cell, the wide and the unbreakable too.
func trim(text string) string { return strings.Trim(text, " \t\n\r\u00a0\u3000") }

// clip shortens a text that a message quotes.
func clip(text string) string {
	const most = 40
	return diag.Cut(strings.Join(strings.Fields(text), " "), most)
}

// number is what a cell of figures says.
type number struct {
	value   float64
	percent bool // it is written with a percent sign
	whole   bool // it is written without a point
}

// number reads a figure: digits, a point, a minus and a percent sign are all that it
// may be made of. It reports what is none; an empty cell is not to be given to it.
func (s *sheet) number(c cell) (number, bool) {
	text := trim(c.text)
	digits, percent := strings.CutSuffix(text, "%")
	if percent {
		digits = trim(digits)
	}
	if !plainNumber(digits) {
		s.bad(c, diag.Textf("\"%s\" is not a number", clip(text)), numberHint(text))
		return number{}, false
	}
	const most = 16 // digits, and one point; more than a float64 can hold exactly
	value, err := strconv.ParseFloat(digits, 64)
	if err != nil || len(strings.TrimPrefix(digits, "-")) > most {
		s.bad(c, diag.Textf("\"%s\" has too many digits", clip(text)), diag.Textf("write at most 15 digits"))
		return number{}, false
	}
	return number{value, percent, strings.IndexByte(digits, '.') < 0}, true
}

// plainNumber says whether a text is -?[0-9]+(\.[0-9]+)?
func plainNumber(text string) bool {
	whole, fraction, point := strings.Cut(strings.TrimPrefix(text, "-"), ".")
	return allDigits(whole) && (!point || allDigits(fraction))
}

func allDigits(text string) bool { return text != "" && strings.Trim(text, "0123456789") == "" }

// numberHint says how a number that is not one was perhaps meant.
func numberHint(text string) diag.Text {
	plain := width.Fold.String(text)
	digits := strings.TrimSuffix(plain, "%")
	separated := strings.FieldsFunc(digits, func(r rune) bool { return strings.ContainsRune(",'’ \u00a0\u202f", r) })
	switch {
	case plain != text && plainNumber(digits):
		return diag.Textf("write it without full-width characters: %s", plain)
	case len(separated) > 1 && grouped(separated):
		return diag.Textf("write it without separators: %s", strings.Join(separated, ""))
	case len(separated) == 2 && plainNumber(separated[0]) && allDigits(separated[1]):
		return diag.Textf("write decimals after a point: %s.%s", separated[0], separated[1])
	case strings.ContainsAny(plain, "0123456789") && strings.ContainsAny(plain, "万亿kKwWmM"):
		return diag.Textf("write all digits of the number")
	}
	return diag.Textf("write digits, with a point before decimals; leave the cell empty if there is no figure")
}

// grouped says whether the parts of a number are groups of three digits after the first.
func grouped(parts []string) bool {
	for i, p := range parts {
		if !allDigits(strings.TrimPrefix(p, "-")) || i > 0 && len(p) != 3 {
			return false
		}
	}
	return true
}

// time reads a date and time, and reports what is none; it is zero then.
func (s *sheet) time(c cell) time.Time {
	text := trim(c.text)
	if len(text) > 10 && text[10] == ' ' { // as spreadsheets write it
		text = text[:10] + "T" + text[11:]
	}
	t, ok := tomldoc.ParseTime(text)
	switch {
	case text == "":
		s.fault(c.start, c.end, "bad-date", diag.Textf("the time is missing"), diag.Textf("write 2026-11-04T18:00"))
	case !ok && s.private:
		s.fault(c.start, c.end, "bad-date", diag.Textf("this is not a date and time"),
			diag.Textf("write 2026-11-04T18:00"))
	case !ok:
		s.fault(c.start, c.end, "bad-date", diag.Textf("\"%s\" is not a date and time", clip(text)), timeHint(text))
	case !t.Exists(s.zone):
		s.fault(c.start, c.end, "bad-date", tomldoc.Skipped(s.zone), diag.Textf("name a time an hour later"))
	default:
		return t.In(s.zone)
	}
	return time.Time{}
}

// timeHint says how a time that is not one was perhaps meant.
func timeHint(text string) diag.Text {
	groups := strings.FieldsFunc(width.Fold.String(text), func(r rune) bool { return r < '0' || r > '9' })
	if len(groups) >= 3 && len(groups[0]) == 4 {
		padded := make([]string, 0, len(groups))
		for _, g := range groups {
			padded = append(padded, strings.Repeat("0", max(0, 2-len(g)))+g)
		}
		date := strings.Join(padded[:3], "-")
		if _, ok := tomldoc.ParseTime(date + "T00:00"); ok && len(groups) == 3 {
			return diag.Textf("give the time of day, too: %sT18:00", date)
		}
		if len(groups) >= 5 {
			if _, ok := tomldoc.ParseTime(date + "T" + padded[3] + ":" + padded[4]); ok {
				return diag.Textf("write %sT%s:%s", date, padded[3], padded[4])
			}
		}
	}
	return diag.Textf("write 2026-11-04T18:00")
}

// word reads one of a few words, and reports what is none.
func (s *sheet) word(c cell, column string, words map[string]string) string {
	text := strings.ToLower(trim(c.text))
	if meant, ok := words[text]; ok {
		return meant
	}
	other := func(word string) bool { return (words[word] == word) == s.chinese } // of the other language
	known := slices.DeleteFunc(slices.Sorted(maps.Keys(words)), other)
	if hint := tomldoc.Choices(text, known); text == "" {
		s.bad(c, diag.Textf("the %s is missing", s.called(column)), hint)
	} else {
		s.bad(c, diag.Textf("there is no %s \"%s\"", s.called(column), clip(text)), hint)
	}
	return ""
}
