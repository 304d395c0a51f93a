package personal

import (
	"strings"
	"unicode/utf8"
)

// Mask returns a datum as it may stand in a message: 138****5678. It keeps the
// length and what divides the digits.
func Mask(kind Kind, text string) string {
	if kind == Mail {
		return maskMail(text)
	}
	keep := map[Kind]struct{ first, last int }{
		Mobile: {3, 4}, Phone: {3, 2}, Identity: {3, 1}, Card: {4, 4}, Plate: {2, 1},
	}[kind]
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
		if n++; n <= keep.first || n > total-keep.last {
			return r
		}
		return star(r)
	}, text)
}

// maskMail hides the name before the @ but for its first letter, unless there is
// no other.
func maskMail(text string) string {
	at, first := strings.IndexAny(text, "@＠"), 0
	if utf8.RuneCountInString(text[:at]) > 1 {
		_, first = utf8.DecodeRuneInString(text)
	}
	return text[:first] + strings.Map(star, text[first:at]) + text[at:]
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
	masked := []byte(text)
	for _, h := range Find(text) {
		copy(masked[h.Start:h.End], Mask(h.Kind, text[h.Start:h.End]))
	}
	return string(masked)
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
