package personal

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
)

// isMobile reports whether a number is a mobile number of mainland China: 11 digits, as people group
// them, after 86 or 0086 or nothing.
func isMobile(num number) bool {
	for _, code := range []string{"", "86", "0086"} {
		rest, ok := strings.CutPrefix(num.digits, code)
		if !ok || !mobile.MatchString(rest) {
			continue
		}
		sizes := slices.Clone(num.sizes)
		if sizes[0] -= len(code); sizes[0] == 0 { // the code is a group
			sizes = sizes[1:]
		}
		forms := [][]int{{11}, {3, 4, 4}, {4, 3, 4}, {4, 4, 3}, {3, 3, 5}, {3, 8}, {7, 4}}
		if (number{sizes: sizes}).has(forms...) {
			return true
		}
	}
	return false
}

// mobile has the prefixes that are assigned to mobile networks (numbering plan of the Ministry of
// Industry and Information Technology; 142, 143, 154, 161, 164 and 194 were not assigned in 2022, 140,
// 141, 144, 146 and 148 are those of machines).
var mobile = regexp.MustCompile(`^1(?:[38][0-9]|4[579]|5[0-35-9]|6[25-7]|7[0-8]|9[0-35-9])[0-9]{8}$`)

// international looks for a number after the + at i, in the form of E.164. It cannot tell mobile numbers
// of other countries from landlines, and takes both.
func (s *scanner) international(i int) (Hit, int) {
	next := i + 1
	for isDigit(s.char(next)) {
		next++
	}
	if next == i+1 {
		return Hit{}, next
	}
	start, opened := i, s.char(i-1) == '('
	if opened {
		start--
	}
	digits, end := s.dialled(i+1, opened)
	if isWord(s.char(i-1)) || !s.closes(end) || s.counts(end) {
		return Hit{}, next
	}
	if opened && (s.char(end-1) == ')' || !bytes.Contains(s.chars[start:end], []byte(")"))) {
		start = i // the bracket is around more than the country code
	}
	if rest, ok := strings.CutPrefix(digits, "86"); ok {
		if mobile.MatchString(rest) {
			return Hit{Mobile, start, end}, end
		}
		return Hit{}, next // a landline, a service, or a number that goes on
	}
	if len(digits) < 10 || len(digits) > e164Limit || digits[0] == '0' || isFreephone(digits) {
		return Hit{}, next
	}
	return Hit{Phone, start, end}, end
}

// e164Limit is how many digits an international number has at most (ITU-T E.164).
const e164Limit = 15

// dialled reads digits from i on, with what people put between them: a space, a hyphen or a full stop,
// and brackets around a part.
func (s *scanner) dialled(i int, opened bool) (digits string, end int) {
	var b []byte
	for len(b) <= e164Limit {
		at := i
		for c := s.char(at); at < i+2 && strings.IndexByte(" -.()", c) >= 0; c = s.char(at) {
			if c == '(' && opened || c == ')' && !opened {
				break
			}
			opened = c == '(' || opened && c != ')'
			at++
		}
		if !isDigit(s.char(at)) {
			break
		}
		b = append(b, s.char(at))
		i, end = at+1, at+1
	}
	return string(b), end
}

// isFreephone reports whether digits are of a service line that nobody has at home: the universal freephone
// numbers (ITU-T E.169) and those of some large numbering plans.
func isFreephone(digits string) bool {
	return startsWith(digits, "800", "1800", "1833", "1844", "1855", "1866", "1877", "1888", "44800", "44808",
		"4430", "611800", "611300", "49800", "33800", "81120", "81800")
}

// unit is what a number counts that it stands before.
var unit = regexp.MustCompile(`^ *(?:元|人民币|人次|人|次|件|个|瓶|份|台|条|字节|` +
	`(?:bytes|yuan|rmb|views|reads|items|ms)(?:[^a-zA-Z]|$))`)

// counts reports whether a number counts what is behind it.
func (s *scanner) counts(end int) bool { return unit.MatchString(s.after(end)) }
