package personal

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// provinces are the characters that a number plate begins with (GA 36-2018). Those of the police are no
// person's.
const provinces = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"

// The serials of plates. I and O would be taken for digits.
var (
	// common has five characters, of which at most two are letters.
	common = regexp.MustCompile(`^[0-9]*[A-HJ-NP-Z]?[0-9]*[A-HJ-NP-Z]?[0-9]*$`)
	// energy has six, for vehicles that run on electricity alone (D, then A, B, C, E) and others (F, then
	// G, H, J, K): the first one or, for large vehicles, the last.
	energy = regexp.MustCompile(`^(?:[A-HJK][0-9A-HJ-NP-Z][0-9]{4}|[0-9]{5}[A-HJK])$`)
)

// plate looks for a number plate whose second character is the letter at i.
func (s *scanner) plate(i int) Hit {
	start, at := i-1, i+1
	if s.char(start) != other || s.char(i) == 'I' || s.char(i) == 'O' {
		return Hit{}
	}
	province, _ := utf8.DecodeRuneInString(s.after(start))
	if !strings.ContainsRune(provinces, province) {
		return Hit{}
	}
	if c := s.char(at); c == ' ' || c == '-' || startsWith(s.after(at), "·", "•") {
		at++
	}
	serial, end := s.serial(at)
	switch after := s.after(end); {
	case !(len(serial) == 5 && common.MatchString(serial) || energy.MatchString(serial)):
	case !s.closes(end) || s.counts(end) || s.labelled(Plate, start):
	case province == '新' && endsWith(s.before(start), "全", "最", "崭", "更", "创", "翻", "重", "换", "的", "款", "型"):
		// here it means new
	case startsWith(after, "型", "款", "系", "批", "号"):
	default:
		return Hit{Plate, start, end}
	}
	return Hit{}
}

// serial returns the digits and capitals at i, and where they end. S is for a character that may be the
// last one of five: of trailers, learners, and plates for both Guangdong and Hong Kong or Macau.
func (s *scanner) serial(i int) (serial string, end int) {
	end = i
	for end-i < 7 && (isDigit(s.char(end)) || s.char(end) >= 'A' && s.char(end) <= 'Z') {
		end++
	}
	serial = string(s.chars[i:end])
	if len(serial) == 4 && startsWith(s.after(end), "挂", "学", "港", "澳") {
		return serial + "S", end + 1
	}
	return serial, end
}
