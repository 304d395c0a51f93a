package main

import (
	"io"
	"os"
	"strings"

	"golang.org/x/term"
	"golang.org/x/text/width"
)

// colour says whether w is a terminal whose user has not asked for no colour
// (no-color.org).
func colour(w io.Writer) bool {
	file, ok := fileOf(w)
	return ok && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" && term.IsTerminal(int(file.Fd()))
}

// columns returns how many columns w has; 0 where it is no terminal.
func columns(w io.Writer) int {
	file, ok := fileOf(w)
	if !ok {
		return 0
	}
	n, _, _ := term.GetSize(int(file.Fd()))
	return n
}

// wrap breaks a line between words where it would be wider than the columns, and
// indents what follows. A word that is wider than a line stays whole. At 0 columns
// nothing is broken.
func wrap(line string, columns int, indent string) string {
	var b strings.Builder
	at := 0
	for i, word := range strings.Split(line, " ") {
		w := cells(word)
		switch {
		case i == 0:
		case columns > 0 && at+1+w > columns && at > cells(indent):
			b.WriteString("\n" + indent)
			at = cells(indent)
		default:
			b.WriteByte(' ')
			at++
		}
		b.WriteString(word)
		at += w
	}
	return b.String()
}

// cells is how many columns a text takes: a Chinese character takes two (UAX 11).
func cells(s string) int {
	n := 0
	for _, r := range s {
		n++
		if kind := width.LookupRune(r).Kind(); kind == width.EastAsianWide || kind == width.EastAsianFullwidth {
			n++
		}
	}
	return n
}
