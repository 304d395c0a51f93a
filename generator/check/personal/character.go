package personal

import "unicode/utf8"

// other stands for every character that is neither ASCII nor the full-width or
// typographic twin of one.
const other = 0xff

// char returns the ASCII twin of the character at i, and its length in bytes; the
// length is 0 at the end of the text.
func (s scanner) char(i int) (c byte, n int) {
	if i >= len(s.text) {
		return 0, 0
	}
	if c := s.text[i]; c < utf8.RuneSelf {
		return c, 1
	}
	r, n := utf8.DecodeRuneInString(s.text[i:])
	return twin(r), n
}

// charBefore returns the same of the character that ends at i.
func (s scanner) charBefore(i int) (c byte, n int) {
	r, n := utf8.DecodeLastRuneInString(s.text[:i])
	return twin(r), n
}

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

// opens says whether a number may begin at i: what stands before it does not make
// it a part of something longer.
func (s scanner) opens(i int) bool {
	c, n := s.charBefore(i)
	if n == 0 {
		return true
	}
	before, _ := s.charBefore(i - n)
	switch c {
	case ',':
		return true // what follows is too long for the digits after a thousands separator
	case '.', ':':
		return !isDigit(before) // a fraction, a time
	case '/':
		return !isWord(before) || s.digitsBefore(i-n) >= digitsLeast // an address; but two numbers may be divided so
	case '-':
		return !isWord(before) // a code
	case '#', '=', '&', '@', '$', '\\', '%':
		return false
	}
	return !isWord(c)
}

// closes says the same of a number that ends at i.
func (s scanner) closes(i int) bool {
	c, n := s.char(i)
	if n == 0 {
		return true
	}
	after, _ := s.char(i + n)
	switch c {
	case ',':
		return true
	case '.', ':':
		return !isDigit(after)
	case '/':
		return !isDigit(after) || s.digitsFrom(i+n) >= digitsLeast
	case '-':
		return !isWord(after)
	case '%', '@', '=':
		return false
	}
	return !isWord(c)
}

// digitsFrom counts the digits that stand at i without a gap, as far as it matters.
func (s scanner) digitsFrom(i int) int {
	count := 0
	for c, n := s.char(i); isDigit(c) && count < digitsLeast; c, n = s.char(i) {
		count++
		i += n
	}
	return count
}

// digitsBefore counts those that end at i.
func (s scanner) digitsBefore(i int) int {
	count := 0
	for c, n := s.charBefore(i); isDigit(c) && count < digitsLeast; c, n = s.charBefore(i) {
		count++
		i -= n
	}
	return count
}
