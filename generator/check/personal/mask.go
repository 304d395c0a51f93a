package personal

import (
	"strings"
	"unicode/utf8"
)

// Mask returns a datum as it may stand in a message: 138****5678. It keeps the
// length and what divides the digits.
func Mask(kind Kind, text string) string {
	keepFirst, keepLast := 3, 4
	switch kind {
	case Identity:
		keepLast = 1
	case Phone:
		keepLast = 2
	case Card:
		keepFirst = 4
	case Plate:
		keepFirst, keepLast = 2, 1
	case Mail:
		return maskMail(text)
	}
	total := 0
	for _, r := range text {
		if isDatum(r) {
			total++
		}
	}
	n := 0
	return strings.Map(func(r rune) rune {
		if !isDatum(r) {
			return r
		}
		if n++; n <= keepFirst || n > total-keepLast {
			return r
		}
		return star(r)
	}, text)
}

// maskMail hides the name before the @ but for its first letter, unless there is
// no other.
func maskMail(text string) string {
	before, after, _ := strings.Cut(strings.ReplaceAll(text, "＠", "@"), "@")
	at := len(text) - len(after)
	first := utf8.RuneCountInString(before) > 1
	return strings.Map(func(r rune) rune {
		if first {
			first = false
			return r
		}
		return star(r)
	}, before) + text[len(before):at] + after
}

// isDatum reports whether a character belongs to a datum and not to its writing.
func isDatum(r rune) bool {
	c := twin(r)
	return isDigit(c) || isLetter(c) || c == other && r != '·' && r != '•'
}

// star returns an asterisk as wide and as many bytes as r.
func star(r rune) rune {
	if utf8.RuneLen(r) == 1 {
		return '*'
	}
	return '＊'
}

// Masked returns a text with all personal data in it masked. Every byte keeps its
// place, so that positions in the one are positions in the other.
func Masked(text string) string {
	hits := Find(text)
	if len(hits) == 0 {
		return text
	}
	var b strings.Builder
	at := 0
	for _, h := range hits {
		b.WriteString(text[at:h.Start])
		b.WriteString(Mask(h.Kind, text[h.Start:h.End]))
		at = h.End
	}
	b.WriteString(text[at:])
	return b.String()
}

// Normal returns a datum in the one form in which it can be compared with another:
// the bare digits of a number, with + and country code where it is not of mainland
// China, letters of mail addresses small and all others large.
func Normal(kind Kind, text string) string {
	var b strings.Builder
	for _, r := range text {
		switch c := twin(r); {
		case c == other && kind == Plate && isDatum(r):
			b.WriteRune(r)
		case c == other:
		case kind == Mail && c != ' ':
			b.WriteByte(c)
		case isDigit(c) || isLetter(c) || c == '+' && kind == Phone:
			b.WriteByte(c)
		}
	}
	out := b.String()
	switch kind {
	case Mail:
		return strings.ToLower(out)
	case Mobile:
		return out[max(0, len(out)-11):]
	}
	return strings.ToUpper(out)
}
