package diag

import (
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// Of a line that is wider than a window of so many cells, a part of that width is shown that begins
// two fifths of it before what is marked. A terminal that is narrower has a smaller window.
const (
	widestWindow    = 100
	narrowestWindow = 20
)

// cell is a code point of a line.
type cell struct {
	rune  rune
	width int // columns of a terminal; of a tab 1, for it is repeated under itself
}

// excerpt returns the line of a finding as it is shown, and the line below it
// that marks the place, which is empty where the whole line is meant.
func excerpt(d Diagnostic, window int) (line, mark string) {
	cells := make([]cell, 0, len(d.Excerpt))
	for _, r := range d.Excerpt {
		cells = append(cells, cell{r, columns(r)})
	}
	start := d.Column - 1 - d.Skipped
	if d.Column == 0 || start < 0 || start > len(cells) {
		start = -1
	}
	from, to := cut(cells, max(0, start), window)
	var shown, below strings.Builder
	if from > 0 || d.Skipped > 0 {
		shown.WriteString("…")
		below.WriteString(" ")
	}
	for i, c := range cells[from:to] {
		show(&shown, c.rune)
		switch {
		case from+i >= start:
		case c.rune == '\t':
			below.WriteByte('\t')
		default:
			below.WriteString(strings.Repeat(" ", c.width))
		}
	}
	if to < len(cells) {
		shown.WriteString("…")
	}
	if start < 0 {
		return shown.String(), ""
	}
	marked := 0
	for _, c := range cells[start:max(start, min(to, start+max(1, d.Width)))] {
		marked += c.width
	}
	return shown.String(), below.String() + "^" + strings.Repeat("~", max(0, marked-1))
}

// cut returns which cells of a line to show so that start is among them.
func cut(cells []cell, start, window int) (from, to int) {
	total, lead := 0, window*2/5
	for _, c := range cells {
		total += c.width
	}
	if total <= window {
		return 0, len(cells)
	}
	from = min(start, len(cells))
	for before := 0; from > 0 && before+cells[from-1].width <= lead; from-- {
		before += cells[from-1].width
	}
	to = from
	for used := 0; to < len(cells) && used+cells[to].width <= window; to++ {
		used += cells[to].width
	}
	return from, to
}

// show writes a code point to a terminal. What the terminal would obey, or would not
// show, is spelled out.
func show(b *strings.Builder, r rune) {
	if r != '\t' && hidden(r) {
		fmt.Fprintf(b, "<U+%04X>", r)
		return
	}
	b.WriteRune(r)
}

// columns returns how many columns of a terminal a code point takes.
func columns(r rune) int {
	switch {
	case r == '\t' || ' ' <= r && r <= '~':
		return 1
	case hidden(r):
		return len(fmt.Sprintf("<U+%04X>", r))
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}

// hidden reports whether a code point commands rather than shows: controls, line
// and paragraph separators, and formats such as the bidirectional overrides, but
// not the joiners that emoji and some scripts are written with.
func hidden(r rune) bool {
	if ' ' <= r && r <= '~' { // nearly all there is to ask about
		return false
	}
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) && r != '\u200c' && r != '\u200d'
}

// Visible spells out what a terminal would obey, or would not show, in a text.
func Visible(s string) string {
	var b strings.Builder
	for _, r := range s {
		show(&b, r)
	}
	return b.String()
}
