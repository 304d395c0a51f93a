package diag

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"candor/generator/message"
)

// TextOptions says how WriteText prints.
type TextOptions struct {
	Words      *message.Words // in which to print; nil is English
	Color      bool
	Rename     func(path string) string // what a path is called where the reader stands; nil keeps it
	Suppressed bool                     // print suppressed findings too
}

// WriteText prints the list for a person, in the order given:
//
//	path:line:col: error: message [rule]
//	  12 | the line
//	     |     ^~~~
//	  hint: what to write instead
//
// It is the one printer that speaks the reader's language: paths and rules stay as
// they are, and what surrounds them is that of opt.Words.
//
// A finding about a whole file has neither numbers nor line. The line is cut to
// about 100 cells around what is marked; tabs stay tabs, and what a terminal
// would obey or hide stands as <U+202E>. A fault of Candor ends with its trace, a call
// a line. A suppressed finding, which is printed
// only if asked for, is called "suppressed error", which no program takes for the
// error in the first line above, and ends with its reason. The error is that of w.
func WriteText(w io.Writer, list List, opt TextOptions) error {
	out := bufio.NewWriter(w)
	p := painter(opt.Color)
	for _, d := range list.printed(opt.Suppressed) {
		label := opt.label(d)
		fmt.Fprintf(out, "%s: %s%s [%s]\n",
			p.paint(bold, place(renamed(d.Path, opt.Rename), d)), p.label(d.color(), label),
			p.paint(bold, oneLine(d.Message.In(opt.Words))), oneLine(d.Rule))
		if d.Line > 0 {
			writeExcerpt(out, d, p)
		}
		if hint := d.Hint.In(opt.Words); hint != "" {
			fmt.Fprintf(out, "  %s%s\n", p.label(green, opt.Words.Sayf("hint:")), oneLine(hint))
		}
		for _, call := range d.Trace {
			fmt.Fprintf(out, "  %s%s\n", p.label(blue, opt.Words.Sayf("at:")), oneLine(call))
		}
		if d.Suppressed != nil {
			fmt.Fprintf(out, "  %s%s\n", p.label(blue, opt.Words.Sayf("reason:")), oneLine(d.Suppressed.Reason))
		}
	}
	return out.Flush()
}

// label is the severity as it is printed.
func (o TextOptions) label(d Diagnostic) string {
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

func writeExcerpt(out io.Writer, d Diagnostic, p painter) {
	line, mark := excerpt(d)
	number := fmt.Sprintf("%4d", d.Line)
	fmt.Fprintf(out, "%s %s\n", p.paint(blue, number+" |"), line)
	if mark != "" {
		caret := strings.IndexByte(mark, '^')
		margin := p.paint(blue, strings.Repeat(" ", len(number))+" |")
		fmt.Fprintf(out, "%s %s%s\n", margin, mark[:caret], p.paint(d.color(), mark[caret:]))
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
