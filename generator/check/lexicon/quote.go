package lexicon

import (
	"bytes"
	"unicode/utf8"
)

// quoteLength is from how many characters on words in quotation marks are
// somebody's words; fewer are set apart for other reasons: the “best” advice.
const quoteLength = 4

// marks are the kinds of quotation marks that a folded block can have. An
// apostrophe closes what ‘ has opened; a straight one opens nothing, for it is
// an apostrophe more often.
func marks() [6][2]string {
	return [...][2]string{{"“", "”"}, {"「", "」"}, {"『", "』"}, {"《", "》"}, {"‘", "'"}, {"\"", "\""}}
}

// quotes returns what stands in quotation marks in a folded block, without them.
// Marks that are not closed in their block mark nothing.
func quotes(text []byte) []span {
	var found []span
	kinds := marks()
	var open [len(kinds)][]int // for each kind, behind the marks that have opened and not closed
	for i := 0; i < len(text); {
		kind, opens, n := mark(kinds[:], text, i)
		if n == 0 {
			i++
			continue
		}
		last := len(open[kind]) - 1
		if kinds[kind][0] == kinds[kind][1] {
			opens = last < 0
		}
		if opens {
			open[kind] = append(open[kind], i+n)
		} else if last >= 0 {
			if s := (span{open[kind][last], i}); utf8.RuneCount(text[s.start:s.end]) >= quoteLength {
				found = append(found, s)
			}
			open[kind] = open[kind][:last]
		}
		i += n
	}
	return found
}

// mark says which quotation mark stands at text[i]; n is its length, or 0.
func mark(kinds [][2]string, text []byte, i int) (kind int, opens bool, n int) {
	if c := text[i]; c != '"' && c != '\'' && c != 0xe2 && c != 0xe3 || apostrophe(text, i) {
		return 0, false, 0
	}
	for kind, k := range kinds {
		for j, m := range k {
			if bytes.HasPrefix(text[i:], []byte(m)) {
				return kind, j == 0, len(m)
			}
		}
	}
	return 0, false, 0
}

// apostrophe says whether the mark at text[i] stands within a word.
func apostrophe(text []byte, i int) bool {
	return text[i] == '\'' && i+1 < len(text) && isWord(text[i+1])
}

// blanks returns the texts in square brackets of a folded block: what is still to
// be filled in says nothing yet.
func blanks(text []byte) []span {
	var found []span
	for at := 0; ; {
		open := bytes.IndexByte(text[at:], '[')
		if open < 0 {
			return found
		}
		shut := bytes.IndexByte(text[at+open:], ']')
		if shut < 0 {
			return found
		}
		found = append(found, span{at + open, at + open + shut + 1})
		at += open + shut + 1
	}
}
