package personal

import (
	"strings"
	"unicode/utf8"
)

// scanner reads one line, in the form in which each character is one byte: its ASCII twin. Places are
// counted in characters until find gives them back.
type scanner struct {
	text  string
	chars []byte
	bytes []int // where each character begins in text, and where the last one ends
}

// other is every character that is neither ASCII nor the full-width or typographic twin of one.
const other = 0xff

// read makes the scanner one of another line, in the same room.
func (s *scanner) read(line string) {
	s.text, s.chars, s.bytes = line, s.chars[:0], s.bytes[:0]
	for i, r := range line {
		s.chars, s.bytes = append(s.chars, twin(r)), append(s.bytes, i)
	}
	s.bytes = append(s.bytes, len(line))
}

// char returns a character; 0 if i is outside of the text.
func (s *scanner) char(i int) byte {
	if i < 0 || i >= len(s.chars) {
		return 0
	}
	return s.chars[i]
}

// before returns the text before a character, after the text from it on.
func (s *scanner) before(i int) string { return s.text[:s.bytes[i]] }

func (s *scanner) after(i int) string { return s.text[s.bytes[i]:] }

func twin(r rune) byte {
	switch {
	case r < utf8.RuneSelf:
		return byte(r)
	case r >= 0xff01 && r <= 0xff5e: // full-width forms (Unicode, Halfwidth and Fullwidth Forms)
		return byte(r - 0xfee0)
	case r == 0x3000 || r == 0xa0 || r == 0x2009 || r == 0x202f:
		return ' '
	case r >= 0x2010 && r <= 0x2015 || r == 0x2212:
		return '-'
	}
	return other
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

func isWord(c byte) bool { return isDigit(c) || isLetter(c) || c == '_' }

// opens reports whether a number may begin at i: what is before it does not make it a part of something
// longer, such as a name or the address of a page.
func (s *scanner) opens(i int) bool {
	c, before := s.char(i-1), s.char(i-2)
	address := c == '/' && isWord(before) && !isDigit(before)
	return !address && strings.IndexByte(`#=&@$\%`, c) < 0 && s.apart(i-1, -1)
}

// closes reports the same of a number that ends at i.
func (s *scanner) closes(i int) bool { return strings.IndexByte("%@=", s.char(i)) < 0 && s.apart(i, 1) }

// apart reports whether the character at i, with those beyond it in steps of 1 or -1, divides a number
// from what they belong to.
func (s *scanner) apart(i, step int) bool {
	beyond := s.char(i + step)
	switch c := s.char(i); c {
	case ',':
		return true // a number is too long for the digits after a thousands separator
	case '.', ':':
		return !isDigit(beyond) // a fraction, a time
	case '/':
		return !isDigit(beyond) || s.digits(i+step, step) >= digitsLeast // two numbers may be divided so
	case '-':
		return !isWord(beyond) // a code
	default:
		return !isWord(c)
	}
}

// digits counts the digits from i on, in steps of 1 or -1, as far as it matters.
func (s *scanner) digits(i, step int) int {
	count := 0
	for ; isDigit(s.char(i)) && count < digitsLeast; i += step {
		count++
	}
	return count
}
