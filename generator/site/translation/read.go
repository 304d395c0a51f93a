package translation

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/language"
)

// reader finds the quantities of a text.
type reader struct {
	letters
	words words
	found []quantity
}

// quantities returns what a text in a language says in digits, and the numbers
// that it says in words, each in their order.
func quantities(text string, w words) (hard, soft []quantity) {
	r := reader{letters: lettersOf(text), words: w}
	for i := 0; i < len(r.runes); {
		switch {
		case isDigit(r.runes[i]):
			i = r.number(i)
		case unicode.IsUpper(r.runes[i]) && !unicode.IsLetter(r.rune(i-1)) && r.words.months != nil:
			i = r.month(i)
		default:
			i++
		}
	}
	r.days(text)
	return r.found, r.spoken()
}

// days finds the days of dates among the numbers: 4 in 11月4日 and in 4th of
// November.
func (r *reader) days(text string) {
	for i := range r.found {
		q := &r.found[i]
		if q.sense != amount || q.value < 1 || q.value > 31 {
			continue
		}
		before := i > 0 && r.found[i-1].sense == month && strings.Trim(text[r.found[i-1].end:q.start], "月. ") == ""
		after := i+1 < len(r.found) && r.found[i+1].sense == month && strings.Trim(text[q.end:r.found[i+1].start], "stndrhof. ") == ""
		if before || after {
			q.sense = day
		}
	}
}

func (r *reader) add(q quantity, from, to int) {
	q.start, q.end = r.at[from], r.at[to]
	if q.other == 0 {
		q.other = math.NaN()
	}
	r.found = append(r.found, q)
}

// number reads what begins with a digit at i and returns where it ends.
func (r *reader) number(i int) int {
	if end, ok := r.isoDate(i); ok {
		return end
	}
	if end, ok := r.clock(i); ok {
		return end
	}
	end, text := r.decimal(i)
	value, err := strconv.ParseFloat(text, 64)
	if err != nil {
		value = math.MaxFloat64
	}
	whole := r.digits(i) == end
	q := quantity{value: value, digits: text}
	if r.rune(end) == '月' && whole && value >= 1 && value <= 12 {
		q.sense = month
		r.add(q, i, end)
		return end + 1
	}
	if whole && end == i+4 && value >= 1900 && value <= 2100 {
		q.sense = year
	}
	next, factor := r.multiplier(end)
	q.value *= factor
	if factor != 1 {
		q.sense = amount
	}
	switch r.rune(r.space(next)) {
	case '折': // 8折 is 20 % off
		q.other = 100 - 10*q.value
		if q.value > 10 {
			q.other = 100 - q.value
		}
	case '成':
		q.other = 10 * q.value
	}
	r.add(q, i, end)
	return next
}

// decimal reads digits with the language's signs between them, and writes them
// with a point at most.
func (r *reader) decimal(i int) (end int, text string) {
	end = r.digits(i)
	text = string(r.runes[i:end])
	for end-i <= 11 && r.groups(end) && (len(text) > 3 || text[0] != '0') && (len(text) <= 3 || end-3 > i && !isDigit(r.rune(end-4))) {
		text += string(r.runes[end+1 : end+4])
		end += 4
	}
	if c := r.rune(end); (c == r.words.decimal || c == '٫') && isDigit(r.rune(end+1)) {
		fraction := r.digits(end + 1)
		if next := r.rune(fraction); next != c || !isDigit(r.rune(fraction+1)) { // 4.11.2026 is no fraction
			text += "." + string(r.runes[end+1:fraction])
			end = fraction
		}
	}
	return end, text
}

// groups says whether a sign that sets thousands apart stands at i, and three
// digits behind it.
func (r *reader) groups(i int) bool {
	c := r.rune(i)
	if c == 0 || c == r.words.decimal || !strings.ContainsRune(r.words.grouping+"'’٬\u00a0\u202f\u2009", c) {
		return false
	}
	return r.digits(i+1) == i+4
}

// multiplier reads what a number is multiplied by: 万, million.
func (r *reader) multiplier(i int) (end int, factor float64) {
	factor = 1
	for {
		at := r.space(i)
		f, ok := hanFactors[r.rune(at)]
		switch {
		case ok && !(r.rune(at) == '千' && strings.ContainsRune("克米瓦卡伏赫帕兆字", r.rune(at+1))):
			factor, i = factor*f, at+1
			continue
		case ok:
			return i, factor
		}
		word := r.word(at)
		f, ok = factors[word]
		if !ok {
			return i, factor
		}
		factor, i = factor*f, at+len([]rune(word))
	}
}

// isoDate reads 2026-11-04, with hyphens, slashes or dots.
func (r *reader) isoDate(i int) (end int, ok bool) {
	c := r.rune(i + 4)
	if r.digits(i) != i+4 || c == 0 || !strings.ContainsRune("-/.", c) {
		return 0, false
	}
	m := r.digits(i + 5)
	d := r.digits(m + 1)
	if m == i+5 || m > i+7 || r.rune(m) != c || d == m+1 || d > m+3 {
		return 0, false
	}
	r.add(quantity{sense: year, value: r.int(i, i+4)}, i, i+4)
	r.add(quantity{sense: month, value: r.int(i+5, m)}, i+5, m)
	r.add(quantity{sense: day, value: r.int(m+1, d)}, m+1, d)
	return d, true
}

func (r *reader) int(from, to int) float64 {
	n, err := strconv.Atoi(string(r.runes[from:to]))
	if err != nil {
		return math.MaxFloat64
	}
	return float64(n)
}

// clock reads a time of day: 18:00, 6 pm, 6.30 p.m., 下午6点半, 17时50分.
func (r *reader) clock(i int) (end int, ok bool) {
	h := r.digits(i)
	if h > i+2 || isDigit(r.rune(i-1)) || r.int(i, h) > 24 {
		return 0, false
	}
	hour, minute := r.int(i, h), 0.0
	end = h
	c := r.rune(h)
	twoMore := r.digits(h+1) == h+3 && r.int(h+1, h+3) < 60
	after, half, known := r.meridiem(h)
	switch {
	case c == ':' && twoMore:
		minute, end = r.int(h+1, h+3), h+3
		if r.rune(end) == ':' && r.digits(end+1) == end+3 {
			end += 3
		}
		end, half, known = r.meridiem(end)
	case (c == '.' || c == 'h') && twoMore:
		if end, half, known = r.meridiem(h + 3); !known && c == '.' {
			return 0, false
		}
		minute = r.int(h+1, h+3)
	case c == '时' || c == '点':
		end, minute = r.hanMinutes(h + 1)
	case known:
		end = after
	case r.word(r.space(h)) == "o'clock" || r.word(r.space(h)) == "o’clock":
		end = r.space(h) + 7
	default:
		return 0, false
	}
	q := quantity{sense: clock, vague: hour >= 1 && hour <= 12}
	if c := r.rune(h); c == '时' || c == '点' || !known {
		if part, found := r.dayPart(i); found {
			half, known = part, true
		}
	}
	if known {
		q.vague = false
		hour = math.Mod(hour, 12) + half
		if r.int(i, h) > 12 {
			hour = r.int(i, h)
		}
	}
	q.value = 60*hour + minute
	r.add(q, i, end)
	return end, true
}

// hanMinutes reads what may follow 时 or 点: 半, 10分, 一刻.
func (r *reader) hanMinutes(i int) (end int, minute float64) {
	switch {
	case r.rune(i) == '半':
		return i + 1, 30
	case r.has(i, "一刻"):
		return i + 2, 15
	case r.has(i, "三刻"):
		return i + 2, 45
	}
	if m := r.digits(i); m > i && m <= i+2 && (r.rune(m) == '分' || m == i+2) {
		if r.rune(m) == '分' {
			return m + 1, r.int(i, m)
		}
		return m, r.int(i, m)
	}
	return i, 0
}

// meridiem reads what may follow a time in English, and says where that ends and
// from which hour it counts.
func (r *reader) meridiem(i int) (end int, from float64, known bool) {
	at := r.space(i)
	rest := strings.ToLower(string(r.runes[at:min(at+16, len(r.runes))]))
	for _, m := range meridiems {
		if strings.HasPrefix(rest, m.word) && !unicode.IsLetter(r.rune(at+len([]rune(m.word)))) {
			return at + len([]rune(m.word)), m.from, true
		}
	}
	return i, 0, false
}

// dayPart reads what may stand before a time in Chinese.
func (r *reader) dayPart(i int) (from float64, known bool) {
	for r.rune(i-1) == ' ' {
		i--
	}
	switch hour := r.int(i, r.digits(i)); {
	case r.before(i, morning):
		return 0, true
	case r.before(i, night) && hour == 12:
		return 0, true // 晚上12点 is midnight
	case r.before(i, afternoon), r.before(i, night):
		return 12, true
	}
	return 0, false
}

// month reads the English name of a month and returns where it ends.
func (r *reader) month(i int) int {
	word := r.word(i)
	end := i + len([]rune(word))
	m, ok := r.words.months[word]
	if !ok {
		return max(end, i+1)
	}
	if word == "may" || word == "march" || word == "mar" { // also verbs
		next, back := r.space(end), i-1
		for r.rune(back) == ' ' || r.rune(back) == '\n' {
			back--
		}
		from := back
		for unicode.IsLetter(r.rune(from)) {
			from--
		}
		before := r.word(from + 1)
		if !isDigit(r.rune(next)) && !isDigit(r.rune(back)) && !slices.Contains(dateWords, before) {
			return end
		}
	}
	r.add(quantity{sense: month, value: float64(m)}, i, end)
	return end
}

// baseOf returns the language of a tag without script and region.
func baseOf(tag string) string {
	base, _ := language.Make(tag).Base()
	return base.String()
}
