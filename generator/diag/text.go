package diag

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"candor/generator/message"
)

// TextOptions says how WriteText prints.
type TextOptions struct {
	Words      *message.Words // in which to print; nil is English
	Color      bool
	Width      int                      // columns of the terminal; 0 breaks no lines
	Rename     func(path string) string // what a path is called where the reader stands; nil keeps it
	Suppressed bool                     // print suppressed findings too
	All        bool                     // print every finding in full, each with its hint
	Left       int                      // how many findings there are besides those in the list
	Command    string                   // what prints all findings
}

// At most mostPlaces findings are printed, and of those with one hint at least mostAlike if there is
// room. Of those with one hint, so many are printed with their lines; of more only the first.
const (
	mostPlaces   = 20
	mostAlike    = 5
	mostExcerpts = 3
)

// WriteText prints the list for a person:
//
//	path:line:col: error: message [rule]
//	  12 | the line
//	     |     ^~~~
//	  hint: what to write instead
//
// It is the one printer that speaks the reader's language: paths and rules stay as
// they are, and what surrounds them is that of opt.Words.
//
// Errors come first, in the order of the list; findings of one rule with one hint come together, with
// the hint once. Places that are left to write are one finding a file (Brief). Of many findings the
// first are printed, and how many are left, with the command that prints all.
//
// A finding about a whole file has neither numbers nor line. Lines are broken at the width of the
// terminal, at words. The line of the source is cut around what is marked; tabs stay tabs, and what a
// terminal would obey or hide is written as <U+202E>. A fault of Candor ends with its trace, a call a
// line. A suppressed finding, which is printed only if asked for, is called "suppressed error", which
// no program takes for the error in the first line above, and ends with its reason. The error is that
// of w.
func WriteText(w io.Writer, list List, opt TextOptions) error {
	t := textPrinter{opt, painter(opt.Color), bufio.NewWriter(w)}
	list = list.printed(opt.Suppressed)
	if opt.All {
		for i := range list {
			t.group(list[i:i+1], 1)
		}
		return t.out.Flush()
	}
	list = list.Brief()
	room, left := mostPlaces, opt.Left+len(list)
	for _, group := range grouped(list) {
		alike := max(mostAlike, mostPlaces-(len(list)-len(group))) // what the others leave room for
		n := min(len(group), alike, room)
		if room -= n; n > 0 {
			t.group(group, n)
		}
		left -= n
	}
	if left > 0 {
		more := opt.Words.Sayf("%s; all of them: %s",
			message.Plural(left, "and %d more finding", "and %d more findings"), opt.Command)
		t.line("", more, "  ")
	}
	return t.out.Flush()
}

// grouped returns the findings by what is to be done, the errors first.
func grouped(list List) []List {
	type key struct {
		severity   Severity
		rule, hint string
	}
	var errors, rest []List
	at := map[key]int{}
	for i, d := range list {
		groups := &rest
		if d.Severity == Error && d.Suppressed == nil {
			groups = &errors
		}
		k := key{d.Severity, d.Rule, d.Hint.String()}
		n, known := at[k]
		if alone := d.Suppressed != nil || k.hint == ""; alone || !known {
			if !alone {
				at[k] = len(*groups)
			}
			*groups = append(*groups, list[i:i+1:i+1])
			continue
		}
		(*groups)[n] = append((*groups)[n], d)
	}
	return append(errors, rest...)
}

// textPrinter prints findings to out.
type textPrinter struct {
	TextOptions
	ink painter
	out *bufio.Writer
}

// group prints the first n findings of those with one hint.
func (t *textPrinter) group(group List, n int) {
	for i, d := range group[:n] {
		t.line(t.ink.paint(bold, place(renamed(d.Path, t.Rename), d)+":")+" ", t.ink.label(d.color(), t.label(d))+
			t.ink.paint(bold, oneLine(d.Message.In(t.Words)))+" ["+oneLine(d.Rule)+"]", "  ")
		if d.Line > 0 && (i == 0 || n <= mostExcerpts) {
			t.excerpt(d)
		}
	}
	if more := len(group) - n; more > 0 {
		t.line("  ", t.Words.Sayf("and %d more like this", more), "  ")
	}
	d := group[0]
	if hint := d.Hint.In(t.Words); hint != "" {
		t.remark(green, t.Words.Sayf("hint:"), hint)
	}
	for _, call := range d.Trace {
		t.remark(blue, t.Words.Sayf("at:"), call)
	}
	if d.Suppressed != nil {
		t.remark(blue, t.Words.Sayf("reason:"), d.Suppressed.Reason)
	}
}

func (t *textPrinter) remark(c color, label, text string) {
	t.line("  "+t.ink.label(c, label), oneLine(text), "    ")
}

// line prints a line, broken where the terminal is narrow.
func (t *textPrinter) line(head, text, indent string) {
	t.out.WriteString(message.Wrap(head, text, t.Width, indent) + "\n")
}

// Cut returns a text that a message quotes, cut to a number of code points.
func Cut(text string, most int) string {
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	return string([]rune(text)[:most]) + "…"
}

// label is the severity as it is printed.
func (o *TextOptions) label(d Diagnostic) string {
	switch {
	case d.Suppressed != nil && d.Severity == Error:
		return o.Words.Sayf("suppressed error:")
	case d.Suppressed != nil:
		return o.Words.Sayf("suppressed warning:")
	case d.Severity == Error:
		return o.Words.Sayf("error:")
	}
	return o.Words.Sayf("warning:")
}

// place is where a finding is, as editors and terminals make links of it.
func place(path string, d Diagnostic) string {
	path = oneLine(path)
	switch {
	case d.Line == 0:
		return path
	case d.Column == 0:
		return fmt.Sprintf("%s:%d", path, d.Line)
	}
	return fmt.Sprintf("%s:%d:%d", path, d.Line, d.Column)
}

func (t *textPrinter) excerpt(d Diagnostic) {
	const margin = 8 // with the number of the line, and the signs that something was left out
	window := widestWindow
	if t.Width > 0 {
		window = max(narrowestWindow, min(window, t.Width-margin))
	}
	line, mark := excerpt(d, window)
	if line == "" {
		return
	}
	number := fmt.Sprintf("%4d", d.Line)
	fmt.Fprintf(t.out, "%s %s\n", t.ink.paint(blue, number+" |"), line)
	if mark != "" {
		caret := strings.IndexByte(mark, '^')
		margin := t.ink.paint(blue, strings.Repeat(" ", len(number))+" |")
		fmt.Fprintf(t.out, "%s %s%s\n", margin, mark[:caret], t.ink.paint(d.color(), mark[caret:]))
	}
}

var lineEnds = strings.NewReplacer("\r\n", " ", "\n", " ", "\t", " ")

// oneLine makes a text safe for one line of a terminal.
func oneLine(s string) string { return Visible(lineEnds.Replace(s)) }

// color is a code of ECMA-48, Select Graphic Rendition.
type color string

const (
	bold   color = "1"
	red    color = "1;31"
	green  color = "32"
	yellow color = "1;33"
	blue   color = "34"
)

func (d Diagnostic) color() color {
	switch {
	case d.Suppressed != nil:
		return blue
	case d.Severity == Error:
		return red
	}
	return yellow
}

// painter colours text when it is true.
type painter bool

// label paints a word with its colon, and leaves room after it. A full-width colon
// has room of its own.
func (p painter) label(c color, s string) string {
	if strings.HasSuffix(s, "：") {
		return p.paint(c, s)
	}
	return p.paint(c, s) + " "
}

func (p painter) paint(c color, s string) string {
	if !p {
		return s
	}
	return "\x1b[" + string(c) + "m" + s + "\x1b[0m"
}
