// Package diag says what is wrong with the content: where, by which rule, and
// what to write instead.
//
// A Diagnostic is a value: it holds the line that it speaks of, so that it can
// be kept with the step that found it and printed later without the file.
// Positions count from 1, columns in Unicode code points. An author's fault is
// always a Diagnostic, never an error; errors are for the environment.
package diag

import (
	"bytes"
	"cmp"
	"slices"
	"unicode/utf8"

	"candor/generator/message"
)

// Severity says whether a finding stops publication.
type Severity int

// The severities. Off is only ever a setting; no Diagnostic carries it. Note is
// never one: it is for what is said beside the findings.
const (
	Off Severity = iota
	Note
	Warning
	Error
)

// String returns the severity as site.toml and the printers write it.
func (s Severity) String() string { return [...]string{"off", "note", "warning", "error"}[s] }

// ParseSeverity reads "error", "warning" or "off".
func ParseSeverity(s string) (Severity, bool) {
	for _, v := range []Severity{Off, Warning, Error} {
		if v.String() == s {
			return v, true
		}
	}
	return Off, false
}

// Text is what a finding says, in whichever language it is printed.
type Text = message.Text

// Names is an argument of a Text: several names.
type Names = message.List

// Textf makes a Text, as message.Textf does.
func Textf(format string, args ...any) Text { return message.Textf(format, args...) }

// Diagnostic is one finding.
type Diagnostic struct {
	Rule     string // the rule's id, such as "bad-date"
	Severity Severity
	Path     string // as the author knows it: relative to the content folder
	Line     int    // from 1; 0 where the whole file is meant
	Column   int    // from 1, in code points; 0 where the whole line is meant
	Width    int    // code points marked from Column on, at least 1
	Excerpt  string // the line, without its end; of a very long one, the part around Column
	Skipped  int    // code points of the line that stand before Excerpt
	Message  Text
	Hint     Text // what to write instead; empty where there is nothing to add

	Suppressed *Suppression // why it does not count; nil where it does
	Trace      []string     // of a fault of Candor: the calls that led to it, the innermost first
	Fix        *Fix         // the one correction that can be meant; nil if there are several, or none
}

// Fix is a correction of a source: New instead of its bytes [Start, End).
type Fix struct {
	Start, End int
	New        string
}

// Instead returns the Fix that puts one text in the place of another, which begins at a byte of the
// source. What both have at their beginning and end stays.
func Instead(start int, was, now string) *Fix {
	from, to := 0, 0
	for from < min(len(was), len(now)) && was[from] == now[from] {
		from++
	}
	for from > 0 && from < len(was) && !utf8.RuneStart(was[from]) ||
		from > 0 && from < len(now) && !utf8.RuneStart(now[from]) {
		from--
	}
	for to < min(len(was), len(now))-from && was[len(was)-1-to] == now[len(now)-1-to] {
		to++
	}
	for to > 0 && !utf8.RuneStart(was[len(was)-to]) {
		to--
	}
	return &Fix{start + from, start + len(was) - to, now[from : len(now)-to]}
}

// Mended makes an error at what is wrong, with its correction.
func (s Source) Mended(fix *Fix, rule string, message, hint Text) Diagnostic {
	d := s.At(fix.Start, max(fix.End, fix.Start+1), rule, message, hint)
	d.Fix = fix
	return d
}

// end returns the position after what is marked. Nothing is marked where a line
// lacks something at its end; the column is 0 where the whole line is meant.
func (d Diagnostic) end() (line, column int) {
	switch {
	case d.Line == 0 || d.Column == 0:
		return d.Line, 0
	case d.Column-d.Skipped > utf8.RuneCountInString(d.Excerpt):
		return d.Line, d.Column
	}
	return d.Line, d.Column + max(1, d.Width)
}

// List is what a step found.
type List []Diagnostic

// Sort returns the list in the order in which it is read, by path, line, column,
// rule and message, without what is said twice. Of two that say the same, the
// one that counts more stays, whichever came first. A list that is sorted is
// returned as it is.
func (l List) Sort() List {
	sorted := 1 // how many of the first are in order
	for sorted < len(l) && compare(&l[sorted-1], &l[sorted]) < 0 {
		sorted++
	}
	if sorted >= len(l) {
		return slices.Clip(l)
	}
	order := make([]*Diagnostic, len(l)) // so that no findings are copied to compare them
	for i := range l {
		order[i] = &l[i]
	}
	slices.SortStableFunc(order, func(a, b *Diagnostic) int {
		return cmp.Or(compare(a, b), weigh(*b)-weigh(*a), b.Width-a.Width)
	})
	order = slices.CompactFunc(order, func(a, b *Diagnostic) bool { return compare(a, b) == 0 })
	list := make(List, len(order))
	for i, d := range order {
		list[i] = *d
	}
	return list
}

func compare(a, b *Diagnostic) int {
	place := cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	if c := cmp.Or(place, cmp.Compare(a.Rule, b.Rule)); c != 0 {
		return c // without wording the messages
	}
	return cmp.Compare(a.Message.String(), b.Message.String())
}

func weigh(d Diagnostic) int {
	if d.Suppressed != nil {
		return -1
	}
	return int(d.Severity)
}

// Count returns how many findings have the severity and are not suppressed.
func (l List) Count(s Severity) int {
	n := 0
	for i := range l {
		if l[i].Severity == s && l[i].Suppressed == nil {
			n++
		}
	}
	return n
}

// HasErrors says whether anything in the list stops publication. What is
// suppressed does not.
func (l List) HasErrors() bool { return l.Count(Error) > 0 }

// Source is a file that findings can point into.
type Source struct {
	Path string
	Data []byte
}

// At makes an error at the bytes [start, end) of the source. A start of -1
// means the file as a whole.
func (s Source) At(start, end int, rule string, message, hint Text) Diagnostic {
	return s.InOrder().At(start, end, rule, message, hint)
}

// Offset returns where a line, counted from 1, and a column, counted in bytes from 0, are.
func (s Source) Offset(line, column int) int {
	at := 0
	for ; line > 1 && at < len(s.Data); line-- {
		at += bytes.IndexByte(s.Data[at:], '\n') + 1
	}
	return at + column
}

// Whole makes an error about the file as a whole.
func (s Source) Whole(rule string, message, hint Text) Diagnostic {
	return s.At(-1, -1, rule, message, hint)
}
