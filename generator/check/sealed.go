package check

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"candor/generator/diag"
	"candor/generator/input/ledger"
	"candor/generator/site/sealed"
)

// Sealed compares what readers can see of an incident with what the ledger says they were shown. A text
// that was never sealed is new: that is no fault. Findings have times in the zone.
func Sealed(units []sealed.Unit, l *ledger.Ledger, slug string, zone *time.Location) diag.List {
	var found diag.List
	there := map[string]bool{}
	for _, u := range units {
		there[u.Name] = true
		known := l.Unit(u.Name)
		if known == nil || known.Last().Kind == ledger.Withdrawal {
			continue
		}
		if was, ok := l.Text(known.Last()); ok && was.Sum != u.Sum && !sealed.GoesOn(u.Name, was.Text, u.Text()) {
			found = append(found, Changed(u, known.Last(), was.Text, zone))
		}
	}
	for _, line := range Missing(there, l, slug) {
		found = append(found, Gone(line, zone))
	}
	return found
}

// Missing returns the newest lines of the units of an incident that readers were shown and that are not
// there: of a whole that is gone with its parts, that of the whole.
func Missing(there map[string]bool, l *ledger.Ledger, slug string) []ledger.Line {
	known := l.Incident(slug)
	if known == nil {
		return nil
	}
	gone := map[string]bool{}
	for _, name := range known.Units {
		gone[name] = !there[name] && l.Unit(name).Last().Kind != ledger.Withdrawal
	}
	var lines []ledger.Line
	for _, name := range known.Units {
		if gone[name] && !slices.ContainsFunc(known.Units, func(o string) bool { return gone[o] && ledger.Within(name, o) }) {
			lines = append(lines, l.Unit(name).Last())
		}
	}
	return lines
}

// Changed reports a text that says something else than readers were shown.
func Changed(u sealed.Unit, line ledger.Line, was string, zone *time.Location) diag.Diagnostic {
	before, now := Difference(was, u.Text())
	if sealed.IsFigures(u.Name) {
		before, now = sealed.Replaced(was, u.Text())
		return diag.Source{Path: u.File}.Whole(ledger.Rule,
			diag.Textf("these figures were published on %s, and some are other ones now: \"%s\" has become \"%s\"",
				written(line, zone), brief(before), brief(now)),
			diag.Textf("bring the old ones back: new ones get rows of their own; or say why: candor seal --correction \"%s\" --reason \"…\"",
				u.Name))
	}
	if u.Doc == nil {
		return diag.Source{Path: u.File}.Whole(ledger.Rule,
			diag.Textf("this file was published on %s, and has other bytes now", written(line, zone)),
			diag.Textf("bring the old file back; or give the new one a name of its own; or say why: candor seal --correction \"%s\" --reason \"…\"",
				u.Name))
	}
	start, end := u.Find(now)
	return u.Doc.Source.At(start, end, ledger.Rule,
		diag.Textf("this was published on %s with other words: \"%s\" has become \"%s\"", written(line, zone), before, now),
		diag.Textf("bring the old words back; or write an update that corrects this, and run: candor seal; "+
			"or, for a slip of the pen: candor seal --typo \"%s\"; "+
			"or remove the text and say why: candor seal --withdraw \"%s\" --reason \"…\"", u.Name, u.Name))
}

// Gone reports a text that readers were shown and cannot find any more.
func Gone(line ledger.Line, zone *time.Location) diag.Diagnostic {
	return diag.Source{Path: ledger.Log}.Whole(ledger.Rule,
		diag.Textf("\"%s\" was published on %s, and is not any more", line.Unit, written(line, zone)),
		diag.Textf("bring it back; or say why it was withdrawn: candor seal --withdraw \"%s\" --reason \"…\"", line.Unit))
}

// written is when a line was sealed, as front matter has times.
func written(line ledger.Line, zone *time.Location) string {
	return line.Instant.In(zone).Format("2006-01-02T15:04")
}

// Difference returns the words in which two texts differ: from the first that is not the same to the
// last, cut to a length that fits into a message.
func Difference(was, now string) (before, after string) {
	fix := diag.Instead(0, was, now)
	from, to := wordStart(was, fix.Start), len(was)-fix.End
	for to > 0 && (inWord(was, len(was)-to) || inWord(now, len(now)-to)) {
		to--
	}
	return brief(was[from : len(was)-to]), brief(now[from : len(now)-to])
}

// wordStart returns where the word begins that is at a place of the text.
func wordStart(text string, at int) int {
	for at > 0 && (at < len(text) && !utf8.RuneStart(text[at]) || inWord(text, at)) {
		at--
	}
	return at
}

// inWord reports whether a place is within a character, or between two letters or digits of one word.
// Chinese has no spaces: there each character is a word.
func inWord(text string, at int) bool {
	if at <= 0 || at >= len(text) {
		return false
	}
	if !utf8.RuneStart(text[at]) {
		return true
	}
	before, _ := utf8.DecodeLastRuneInString(text[:at])
	after, _ := utf8.DecodeRuneInString(text[at:])
	return ofWord(before) && ofWord(after)
}

func ofWord(r rune) bool {
	return (unicode.IsLetter(r) || unicode.IsDigit(r)) && !unicode.Is(unicode.Han, r)
}

// brief cuts a piece of a text to a length that fits into a message.
func brief(text string) string {
	const most = 60 // code points
	return diag.Cut(strings.Join(strings.Fields(text), " "), most)
}
