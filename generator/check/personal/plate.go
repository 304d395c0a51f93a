package personal

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// provinces are the characters that a number plate begins with, suffixes those
// that may stand for the last of its serial (GA 36-2018): trailers, learners, and
// the plates for both Guangdong and Hong Kong or Macau. Those of the police are no
// person's.
const (
	provinces = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
	suffixes  = "挂学港澳"
)

// plate looks for a number plate whose second character is the letter at i.
func (s scanner) plate(i int) Hit {
	start := i - len("京")
	if start < 0 || s.text[start] < utf8.RuneSelf || !strings.Contains(provinces, s.text[start:i]) {
		return Hit{}
	}
	letter, n := s.char(i)
	at := i + n
	if c, n := s.char(at); c == ' ' || c == '-' || startsWith(s.text[at:], "·", "•") {
		at += n
	}
	serial, end := s.serial(at)
	switch {
	case letter == 'I' || letter == 'O': // they would be taken for digits
	case !isSerial(serial) || !s.closes(end) || s.counts(end) || s.labelled(Plate, start):
	case s.text[start:i] == "新" && endsWith(s.text[:start], "全", "最", "崭", "更", "创", "翻", "重", "换", "的", "款", "型"): // here it means new
	case startsWith(s.text[end:], "型", "款", "系", "批", "号"):
	default:
		return Hit{Plate, start, end}
	}
	return Hit{}
}

// serial returns the digits and capitals at i, with a suffix as S, and their end.
func (s scanner) serial(i int) (serial string, end int) {
	var b []byte
	for end = i; len(b) < 7; {
		c, n := s.char(end)
		if !isDigit(c) && (c < 'A' || c > 'Z') {
			break
		}
		b = append(b, c)
		end += n
	}
	if len(b) == 4 && end < len(s.text) {
		for _, suffix := range suffixes {
			if strings.HasPrefix(s.text[end:], string(suffix)) {
				return string(b) + "S", end + len(string(suffix))
			}
		}
	}
	return string(b), end
}

// isSerial knows the five characters of a plate, of which at most two are letters,
// and the six of one for a new-energy vehicle, whose letter is the first or the last.
func isSerial(serial string) bool {
	letters := 0
	for _, c := range serial {
		if c == 'I' || c == 'O' {
			return false
		}
		if c >= 'A' {
			letters++
		}
	}
	switch len(serial) {
	case 5:
		return letters <= 2
	case 6:
		small := isEnergy(serial[0]) && strings.Trim(serial[2:], "0123456789") == ""
		large := isEnergy(serial[5]) && letters == 1
		return small || large
	}
	return false
}

// isEnergy knows the letters of vehicles that run on electricity alone (D, then A,
// B, C, E) and of others (F, then G, H, J, K).
func isEnergy(c byte) bool { return c >= 'A' && c <= 'K' && c != 'I' }

func startsWith(text string, list ...string) bool {
	return slices.ContainsFunc(list, func(s string) bool { return strings.HasPrefix(text, s) })
}

func endsWith(text string, list ...string) bool {
	return slices.ContainsFunc(list, func(s string) bool { return strings.HasSuffix(text, s) })
}
