package message

import (
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// Cells returns how many columns of a terminal a text takes: a Chinese character takes two (UAX 11),
// a combining mark and a code for colours none.
func Cells(s string) int {
	n, code := 0, false
	for _, r := range s {
		switch {
		case r == '\x1b':
			code = true
		case code:
			code = r != 'm'
		case wide(r):
			n += 2
		case !unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
			n++
		}
	}
	return n
}

func wide(r rune) bool {
	if r < 0x1100 {
		return false
	}
	kind := width.LookupRune(r).Kind()
	return kind == width.EastAsianWide || kind == width.EastAsianFullwidth
}

// Wrap returns head and text, broken into lines that are no wider than the columns: at spaces, and
// between Chinese characters as far as punctuation allows it, but neither in the head nor in a path
// or an address. A word that is wider than a line stays whole. What follows a break is indented. At 0
// columns nothing is broken.
func Wrap(head, text string, columns int, indent string) string {
	if columns <= 0 {
		return head + text
	}
	var b strings.Builder
	b.WriteString(head)
	at := Cells(head)
	for i, word := range strings.Split(text, " ") {
		space := ""
		if i > 0 {
			space = " "
		}
		for _, part := range breakable(word) {
			if w := Cells(part); at+len(space)+w > columns && at > Cells(indent) {
				b.WriteString("\n" + indent)
				at, space = Cells(indent), ""
			}
			b.WriteString(space + part)
			at += len(space) + Cells(part)
			space = ""
		}
	}
	return strings.ReplaceAll(b.String(), " \n", "\n")
}

// breakable returns the parts of a word between which a line may be broken.
func breakable(word string) []string {
	if strings.ContainsAny(word, `/\`) { // a path or an address
		return []string{word}
	}
	var parts []string
	from, before, code := 0, rune(0), false
	for i, r := range word {
		switch {
		case r == '\x1b':
			code = true
		case code:
			code = r != 'm'
		default:
			if before != 0 && (wide(before) || wide(r)) && !strings.ContainsRune(noEnd, before) && !strings.ContainsRune(noStart, r) {
				parts, from = append(parts, word[from:i]), i
			}
			before = r
		}
	}
	return append(parts, word[from:])
}

// No line begins with one of noStart, and none ends with one of noEnd.
const (
	noStart = "，。、；：？！）」』”’》〉】〕…—·％,.;:?!)]}%\"'"
	noEnd   = "（「『“‘《〈【〔([{"
)
