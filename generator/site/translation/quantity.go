package translation

import (
	"math"
	"strings"
	"unicode"
)

// sense is what a quantity counts.
type sense uint8

const (
	amount sense = iota
	year         // a whole number of four digits from 1900 to 2100; a date may leave it out the second time
	month        // of a date, 1 to 12
	day          // of a month that stands beside it
	clock        // minutes since midnight
)

// quantity is one number, time of day or month that a text says in digits, or a
// number that it says in a word.
type quantity struct {
	sense      sense
	value      float64
	other      float64 // what it may mean instead; NaN where nothing
	vague      bool    // a clock that may be of the morning or the evening
	digits     string  // an amount's digits, in ASCII and without signs but the point
	start, end int     // in the text
}

// once says whether it need not be said again: the second time it is "that night".
func (q quantity) once() bool { return q.sense == month || q.sense == year || q.sense == day }

// same says whether two quantities written in digits can be one.
func (q quantity) same(o quantity) bool {
	switch {
	case q.sense == clock && o.sense == clock:
		return sameClock(q, o)
	case q.sense == clock || o.sense == clock:
		return false
	case (q.sense == month) != (o.sense == month):
		return false
	}
	return near(q.value, o.value) || near(q.other, o.value) || near(q.value, o.other)
}

func sameClock(q, o quantity) bool {
	const half, day = 12 * 60, 24 * 60
	if q.vague || o.vague {
		return math.Mod(q.value, half) == math.Mod(o.value, half)
	}
	return math.Mod(q.value, day) == math.Mod(o.value, day)
}

// near compares numbers that were read from decimal digits.
func near(a, b float64) bool { return a == b || math.Abs(a-b) < 1e-9*math.Abs(a) }

// letters are a text as runes, each with its offset.
type letters struct {
	runes []rune
	at    []int
}

func lettersOf(text string) letters {
	l := letters{runes: make([]rune, 0, len(text)), at: make([]int, 0, len(text)+1)}
	for i, r := range text {
		l.runes, l.at = append(l.runes, narrow(r)), append(l.at, i)
	}
	l.at = append(l.at, len(text))
	return l
}

// narrow makes digits of all scripts and full-width signs ASCII, and the
// traditional forms of the characters that numbers are written with simplified.
func narrow(r rune) rune {
	switch {
	case r < 0x80:
		return r
	case r >= '！' && r <= '～':
		return r - '！' + '!'
	case unicode.Is(unicode.Nd, r):
		for _, zero := range [...]rune{'٠', '۰', '०', '০', '๐'} {
			if r >= zero && r <= zero+9 {
				return '0' + r - zero
			}
		}
	}
	if i := strings.IndexRune("萬億兩點時號個週後雙陸零", r); i >= 0 {
		return []rune("万亿两点时号个周后双六〇")[len([]rune("萬億兩點時號個週後雙陸零"[:i]))]
	}
	return r
}

// rune returns the rune at i, or 0 outside of the text.
func (l letters) rune(i int) rune {
	if i < 0 || i >= len(l.runes) {
		return 0
	}
	return l.runes[i]
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// digits returns where the digits that begin at i end.
func (l letters) digits(i int) int {
	for isDigit(l.rune(i)) {
		i++
	}
	return i
}

// has says whether the text goes on with word at i.
func (l letters) has(i int, word string) bool {
	for _, r := range word {
		if l.rune(i) != r {
			return false
		}
		i++
	}
	return true
}

// before says whether one of the words ends at i.
func (l letters) before(i int, words []string) bool {
	for _, w := range words {
		if n := len([]rune(w)); l.has(i-n, w) {
			return true
		}
	}
	return false
}

// word returns the letters at i, in lower case.
func (l letters) word(i int) string {
	j := i
	for unicode.IsLetter(l.rune(j)) || l.rune(j) == '\'' && j > i {
		j++
	}
	return strings.ToLower(string(l.runes[i:j]))
}

// space returns i without a space that stands there.
func (l letters) space(i int) int {
	for strings.ContainsRune(" \n\u00a0\u202f\u2009", l.rune(i)) && l.rune(i) != 0 {
		i++
	}
	return i
}
