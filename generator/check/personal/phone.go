package personal

import "strings"

// isMobile knows mobile numbers of mainland China: 11 digits, as people group
// them, after 86 or 0086 or nothing.
func isMobile(num number) bool {
	for _, code := range []string{"", "86", "0086"} {
		rest, ok := strings.CutPrefix(num.digits, code)
		if !ok || !isMobileNumber(rest) {
			continue
		}
		sizes := num.sizes
		if code != "" && sizes[0] > len(code) { // written without a space
			sizes = append([]int{sizes[0] - len(code)}, sizes[1:]...)
		} else if code != "" {
			sizes = sizes[1:]
		}
		if (number{sizes: sizes}).has([]int{11}, []int{3, 4, 4}, []int{4, 3, 4}, []int{4, 4, 3}, []int{3, 3, 5}, []int{3, 8}, []int{7, 4}) {
			return true
		}
	}
	return false
}

// isMobileNumber knows the prefixes that are assigned to mobile networks (numbering
// plan of the Ministry of Industry and Information Technology; 142, 143, 154, 161,
// 164 and 194 were not assigned in 2022, 140, 141, 144, 146 and 148 are those of
// machines).
func isMobileNumber(digits string) bool {
	if len(digits) != 11 || digits[0] != '1' {
		return false
	}
	third := digits[2]
	switch digits[1] {
	case '3', '8':
		return true
	case '4':
		return third == '5' || third == '7' || third == '9'
	case '5':
		return third != '4'
	case '6':
		return third == '2' || third >= '5' && third <= '7'
	case '7':
		return third <= '8'
	case '9':
		return third != '4'
	}
	return false
}

// international looks for a number after the + at i, in the form of E.164. It
// cannot tell mobile numbers of other countries from landlines, and takes both.
func (s scanner) international(i int) (Hit, int) {
	_, n := s.char(i)
	first := i + n
	if c, _ := s.char(first); !isDigit(c) {
		return Hit{}, first
	}
	next := s.groups(first, nil)[0].end
	start, opened := i, false
	before, n := s.charBefore(i)
	if before == '(' {
		start, opened = i-n, true
	}
	digits, end := s.dialled(first, opened)
	if isWord(before) || !s.closes(end) || s.counts(end) {
		return Hit{}, next
	}
	if c, _ := s.charBefore(end); opened && c == ')' || opened && !strings.ContainsAny(s.text[start:end], ")）") {
		start = i // the bracket is around more than the country code
	}
	if rest, ok := strings.CutPrefix(digits, "86"); ok {
		if isMobileNumber(rest) {
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

// dialled reads digits from i on, with what people put between them: a space, a
// hyphen or a full stop, and brackets around a part.
func (s scanner) dialled(i int, opened bool) (digits string, end int) {
	var b []byte
	for len(b) <= e164Limit {
		c, n := s.char(i)
		if isDigit(c) {
			b = append(b, c)
			i += n
			end = i
			continue
		}
		at := i
		for steps := 0; steps < 2 && (c == ' ' || c == '-' || c == '.' || c == '(' && !opened || c == ')' && opened); steps++ {
			switch c {
			case '(':
				opened = true
			case ')':
				opened = false
			}
			at += n
			c, n = s.char(at)
		}
		if at == i || !isDigit(c) {
			break
		}
		i = at
	}
	return string(b), end
}

// isFreephone knows service lines that nobody has at home: the universal freephone
// numbers (ITU-T E.169) and those of some large numbering plans.
func isFreephone(digits string) bool {
	for _, prefix := range []string{"800", "1800", "1833", "1844", "1855", "1866", "1877", "1888", "44800", "44808", "4430", "611800", "611300", "49800", "33800", "81120", "81800"} {
		if strings.HasPrefix(digits, prefix) {
			return true
		}
	}
	return false
}

// counts says whether a number counts what stands behind it.
func (s scanner) counts(end int) bool {
	after := strings.TrimLeft(s.text[end:], " ")
	for _, unit := range []string{"元", "人民币", "人次", "人", "次", "件", "个", "瓶", "份", "台", "条", "字节", "bytes", "yuan", "rmb", "views", "reads", "items", "ms"} {
		if rest, ok := strings.CutPrefix(after, unit); ok && (unit[0] >= 0x80 || rest == "" || !isLetter(rest[0])) {
			return true
		}
	}
	return false
}
