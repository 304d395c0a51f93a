package translation

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"
)

// quantity is a number, a part of a date or a time of day that a text says.
type quantity struct {
	is         []string // what it may mean, such as 14160, 18:00 or month 11; the likeliest first
	once       bool     // a part of a date: the second time it may be "that night"
	digits     string   // of a number as written, without signs but the point
	start, end int      // in the text
}

// locale is how a language writes numbers.
type locale struct {
	number *regexp.Regexp
	known  bool // the names of its months and its numbers in words are known
}

// localeOf asks CLDR how a language writes fractions.
func localeOf(tag string) locale {
	l := locale{number: pointNumber}
	if strings.Contains(message.NewPrinter(language.Make(tag)).Sprint(number.Decimal(1.5)), ",") {
		l.number = commaNumber
	}
	base, _ := language.Make(tag).Base()
	l.known = base.String() == "en" || base.String() == "zh" // texts in Chinese quote English ones
	return l
}

// A number may have signs that set thousands apart, then a fraction; 4.11.2026 has
// neither. The groups are the number before the fraction, and the fraction.
var (
	pointNumber = regexp.MustCompile(
		`^(?:([1-9]\d{0,2}(?:[,'’\x{a0}\x{2009}\x{202f}]\d{3})+|\d+)(?:\.(\d+))?(?:[^\d.]|\.\D|\.?$)|\d+)`)
	commaNumber = regexp.MustCompile(
		`^(?:([1-9]\d{0,2}(?:[.'’\x{a0}\x{2009}\x{202f}]\d{3})+|\d+)(?:,(\d+))?(?:[^\d,]|,\D|,?$)|\d+)`)
)

const space = `[\s\x{a0}\x{2009}\x{202f}]*`

var (
	isoDate = regexp.MustCompile(`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:\D|$)`)
	// The groups of a time of day are the hour, the sign after it, the minute, and
	// words of the morning, of the afternoon, and of neither.
	timeOfDay = regexp.MustCompile(`(?i)^(\d{1,2})([:.h时点]?)(半|[一三]刻|\d{1,2}分|[0-5]\d)?(?::[0-5]\d)?(?:` + space +
		`(?:(a\.?m\b\.?|(?:in the|this) morning|midnight)|` +
		`(p\.?m\b\.?|(?:in the|this) (?:afternoon|evening)|tonight|noon|midday)|(o['’]clock)))?`)
	// dayPart is before a time in Chinese: words of the morning, of the night, of the afternoon.
	dayPart    = regexp.MustCompile(`(?:(早上?|晨|上午)|([晚夜][上间里]?)|中午|正午|下午|午后) *$`)
	multiplier = regexp.MustCompile(`^` + space + `(千[克米瓦卡伏赫帕兆字]|[十百千万亿]|\pL+)`)
	monthName  = regexp.MustCompile(`^(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|` +
		`Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b`)
	// dated is what makes May or March the name of a month: what is before it, and after it.
	dated = regexp.MustCompile(`(?i)(?:\d|\b(?:in|of|since|by|from|until|till|to|before|after|during|last|next|` +
		`this|early|late|mid|through|and))[ \n]*(?:may|mar|march)\b|\b(?:may|mar|march)[ \n]+\d`)
)

// scanner finds the quantities of a text.
type scanner struct {
	locale
	text  string
	found []quantity
}

// quantities returns what a text says in digits, and its names of months.
func quantities(text string, l locale) []quantity {
	s := scanner{locale: l, text: text}
	for i := 0; i < len(text); {
		switch c := text[i]; {
		case isDigit(c):
			i = s.digits(i)
		case l.known && isLetter(c):
			i = s.word(i)
		default:
			i++
		}
	}
	s.days()
	return s.found
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func (s *scanner) add(from, to int, q quantity) {
	q.start, q.end = from, to
	s.found = append(s.found, q)
}

// digits reads what begins with a digit at i and returns where it ends.
func (s *scanner) digits(i int) int {
	if m := isoDate.FindStringSubmatch(s.text[i:]); m != nil {
		for n, part := range m[1:] {
			kind := [...]string{"", "month ", ""}[n]
			s.add(i, i+len(part), quantity{is: []string{kind + meaning(value(part))}, once: true})
			i += len(part) + 1
		}
		return i - 1
	}
	if end, q, ok := s.time(i); ok {
		s.add(i, end, q)
		return end
	}
	return s.number(i)
}

// time reads a time of day at i: 18:00, 6 pm, 6.30 p.m., 下午6点半, 17时50分.
func (s *scanner) time(i int) (end int, q quantity, ok bool) {
	m := timeOfDay.FindStringSubmatch(s.text[i:])
	end = i + len(m[0])
	sign, minute, morning, afternoon := m[2], m[3], m[4] != "", m[5] != ""
	switch named := morning || afternoon || m[6] != ""; sign {
	case "":
		ok = minute == "" && named
	case ".":
		ok = minute != "" && named
	case "时", "点":
		ok = true
	default:
		ok = minute != ""
	}
	written := int(value(m[1]))
	if !ok || written > 24 || end < len(s.text) && isDigit(s.text[end]) {
		return i, q, false
	}
	if p := dayPart.FindStringSubmatch(s.text[max(0, i-12):i]); p != nil && (sign != "" && sign != "." || m[6] != "") {
		morning = p[1] != "" || p[2] != "" && written == 12 // 晚上12点 is midnight
		afternoon = !morning
	}
	hours := []int{written}
	switch {
	case morning && written <= 12:
		hours[0] = written % 12
	case afternoon && written <= 12:
		hours[0] = written%12 + 12
	case !morning && !afternoon && written >= 1 && written <= 12:
		hours = append(hours, written+12)
	}
	past := map[string]float64{"半": 30, "一刻": 15, "三刻": 45}[minute]
	if past == 0 {
		past = value(strings.TrimSuffix(minute, "分"))
	}
	for _, h := range hours {
		q.is = append(q.is, fmt.Sprintf("%d:%02g", h%24, past))
	}
	if past == 0 { // in a range such as 8–12时 the first has no sign of its own
		for _, h := range append(hours, written) {
			q.is = append(q.is, strconv.Itoa(h))
		}
	}
	return end, q, true
}

// number reads a number with its signs and multipliers at i and returns where it ends.
func (s *scanner) number(i int) int {
	m := s.locale.number.FindStringSubmatch(s.text[i:])
	written := m[1]
	if written == "" {
		written = m[0]
	}
	end := i + len(written)
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, written)
	if m[2] != "" {
		end += 1 + len(m[2])
		digits += "." + m[2]
	}
	n, plain := value(digits), digits == s.text[i:end]
	if plain && n >= 1 && n <= 12 && strings.HasPrefix(s.text[end:], "月") {
		s.add(i, end, quantity{is: []string{"month " + meaning(n)}, once: true})
		return end + len("月")
	}
	next := end
	for m := multiplier.FindStringSubmatch(s.text[next:]); m != nil && factors[strings.ToLower(m[1])] > 0; {
		n *= factors[strings.ToLower(m[1])]
		next += len(m[0])
		m = multiplier.FindStringSubmatch(s.text[next:])
	}
	q := quantity{is: []string{meaning(n)}, digits: digits}
	q.once = plain && next == end && len(digits) == 4 && n >= 1900 && n <= 2100 // a year
	switch rest := strings.TrimLeft(s.text[next:], " "); {
	case strings.HasPrefix(rest, "折") && n > 10: // 85折 is 15 % off
		q.is = append(q.is, meaning(100-n))
	case strings.HasPrefix(rest, "折"):
		q.is = append(q.is, meaning(100-10*n))
	case strings.HasPrefix(rest, "成"):
		q.is = append(q.is, meaning(10*n))
	}
	s.add(i, end, q)
	return next
}

// word reads the English word at i, which may be the name of a month, and returns where it ends.
func (s *scanner) word(i int) int {
	end := i
	for end < len(s.text) && isLetter(s.text[end]) {
		end++
	}
	if s.text[i] > 'Z' {
		return end
	}
	name := monthName.FindString(s.text[i:end])
	verb := strings.HasPrefix(name, "Ma") && !dated.MatchString(s.text[max(0, i-12):min(end+3, len(s.text))])
	if name != "" && !verb {
		n := 1 + strings.Index("JanFebMarAprMayJunJulAugSepOctNovDec", name[:3])/3
		s.add(i, end, quantity{is: []string{"month " + strconv.Itoa(n)}, once: true})
	}
	return end
}

// days finds the days of dates among the numbers: 4 in 11月4日 and in 4th of November.
func (s *scanner) days() {
	for i := range s.found {
		q := &s.found[i]
		if n := value(q.digits); n < 1 || n > 31 {
			continue
		}
		for _, j := range [...]int{i - 1, i + 1} {
			if j < 0 || j == len(s.found) {
				continue
			}
			o := s.found[j]
			between := s.text[min(o.end, q.end):max(o.start, q.start)]
			if strings.HasPrefix(o.is[0], "month") && strings.Trim(between, "stndrhof月. ") == "" {
				q.once = true
			}
		}
	}
}

// value reads a number; it is 0 if there is none, and infinite if it is too large.
func value(digits string) float64 {
	n, _ := strconv.ParseFloat(digits, 64)
	return n
}

// meaning writes a number in one way.
func meaning(n float64) string { return strconv.FormatFloat(n, 'g', 12, 64) }

// narrow makes digits of all scripts and full-width signs ASCII, and the traditional
// forms of the characters that numbers are written with simplified, rune by rune.
func narrow(text string) string {
	const traditional, simplified = "萬億兩點時號個週後雙陸零٫٬", "万亿两点时号个周后双六〇.,"
	return strings.Map(func(r rune) rune {
		if r < 0x80 {
			return r
		}
		if r >= '！' && r <= '～' {
			return r - '！' + '!'
		}
		for _, zero := range [...]rune{'٠', '۰', '०', '০', '๐'} {
			if r >= zero && r <= zero+9 {
				return '0' + r - zero
			}
		}
		if i := strings.IndexRune(traditional, r); i >= 0 {
			return []rune(simplified)[utf8.RuneCountInString(traditional[:i])]
		}
		return r
	}, text)
}

// offset returns where the rune of a text begins that begins at i of the narrowed text.
func offset(text, narrowed string, i int) int {
	n := utf8.RuneCountInString(narrowed[:i])
	for at := range text {
		if n == 0 {
			return at
		}
		n--
	}
	return len(text)
}
