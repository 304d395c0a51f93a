package translation

import (
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"
)

// words are what a language writes numbers with.
type words struct {
	base     string
	decimal  rune
	grouping string
	months   map[string]int // nil where the names are not known
	known    bool           // its numbers in words are known
}

// wordsOf asks CLDR how a language writes 1234567.5.
func wordsOf(tag string) words {
	w := words{base: baseOf(tag), decimal: '.', grouping: ","}
	signs := strings.Map(func(r rune) rune {
		if isDigit(narrow(r)) {
			return ' '
		}
		return r
	}, message.NewPrinter(language.Make(tag)).Sprint(number.Decimal(1234567.5)))
	if list := strings.Fields(signs); len(list) > 1 {
		w.decimal = []rune(list[len(list)-1])[0]
		w.grouping = list[0]
	} else if len(list) == 1 { // a space sets thousands apart, or four digits go without
		w.decimal = []rune(list[0])[0]
		if w.decimal == ',' {
			w.grouping = "."
		}
	}
	if w.decimal == '٫' { // either may be written
		w.decimal, w.grouping = '.', ","
	}
	switch w.base {
	case "en":
		w.months, w.known = englishMonths, true
	case "zh":
		w.months, w.known = englishMonths, true // they stand in quotations
	}
	return w
}

var englishMonths = map[string]int{
	"january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8, "september": 9, "october": 10, "november": 11, "december": 12,
	"jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
}

// dateWords stand before the name of a month.
var dateWords = []string{"in", "of", "since", "by", "from", "until", "till", "to", "before", "after", "during", "last", "next", "this", "early", "late", "mid", "through", "and"}

var hanFactors = map[rune]float64{'十': 10, '百': 100, '千': 1e3, '万': 1e4, '亿': 1e8}

var factors = map[string]float64{
	"hundred": 100, "thousand": 1e3, "million": 1e6, "millions": 1e6, "billion": 1e9, "billions": 1e9, "trillion": 1e12,
	"tausend": 1e3, "millionen": 1e6, "milliarde": 1e9, "milliarden": 1e9, "mille": 1e3, "milliard": 1e9, "milliards": 1e9,
	"mil": 1e3, "millón": 1e6, "millones": 1e6, "тыс": 1e3, "тысяч": 1e3, "тысячи": 1e3, "млн": 1e6, "миллиона": 1e6, "миллионов": 1e6, "млрд": 1e9,
	"ألف": 1e3, "آلاف": 1e3, "مليون": 1e6, "ملايين": 1e6, "مليار": 1e9,
}

var meridiems = []struct {
	word string
	from float64
}{
	{"am", 0}, {"a.m.", 0}, {"a.m", 0}, {"in the morning", 0}, {"this morning", 0},
	{"pm", 12}, {"p.m.", 12}, {"p.m", 12}, {"in the afternoon", 12}, {"this afternoon", 12}, {"in the evening", 12}, {"this evening", 12}, {"tonight", 12},
	{"noon", 12}, {"midday", 12}, {"midnight", 0},
}

var (
	morning   = []string{"凌晨", "早上", "早晨", "清晨", "上午", "今早", "早", "一早"}
	afternoon = []string{"中午", "正午", "下午", "午后", "傍晚", "今晚", "当晚"}
	night     = []string{"晚上", "晚间", "夜里", "夜间", "深夜", "晚", "夜", "午夜"}
)

var hanDigits = map[rune]float64{'〇': 0, '一': 1, '二': 2, '两': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9}

// spokenWords are English words that say a number, or may.
var spokenWords = map[string][]float64{
	"zero": {0}, "no": {0}, "none": {0}, "nil": {0}, "a": {1}, "an": {1}, "one": {1}, "once": {1}, "single": {1}, "first": {1}, "each": {1}, "every": {1}, "per": {1},
	"two": {2}, "twice": {2}, "both": {2}, "second": {2}, "double": {2}, "pair": {2}, "couple": {2}, "three": {3}, "third": {3}, "triple": {3}, "thrice": {3}, "four": {4}, "fourth": {4},
	"five": {5}, "fifth": {5}, "six": {6}, "sixth": {6}, "seven": {7}, "seventh": {7}, "week": {7}, "weeks": {7}, "eight": {8}, "eighth": {8}, "nine": {9}, "ninth": {9},
	"ten": {10}, "tenth": {10}, "eleven": {11}, "eleventh": {11}, "twelve": {12}, "twelfth": {12}, "dozen": {12}, "year": {12}, "thirteen": {13}, "fourteen": {14}, "fortnight": {14}, "fifteen": {15}, "quarter": {15, 25},
	"sixteen": {16}, "seventeen": {17}, "eighteen": {18}, "nineteen": {19}, "twenty": {20}, "thirty": {30}, "forty": {40}, "fifty": {50}, "sixty": {60}, "seventy": {70}, "eighty": {80}, "ninety": {90},
	"half": {0.5, 30, 50, 6}, "hundred": {100}, "thousand": {1000}, "million": {1e6}, "billion": {1e9},
}

// spoken returns the numbers that the text says in words. What a word may mean
// besides is returned as well: they only ever excuse.
func (r *reader) spoken() []quantity {
	var list []quantity
	for i := 0; i < len(r.runes); {
		if end, value, ok := r.hanNumber(i); ok {
			list = append(list, quantity{value: value})
			i = end
			continue
		}
		switch r.runes[i] {
		case '半':
			list = append(list, quantity{value: 0.5}, quantity{value: 30}, quantity{value: 6}, quantity{value: 50})
		case '周', '旬':
			list = append(list, quantity{value: 7})
		case '双':
			list = append(list, quantity{value: 2})
		case '首', '每', '单':
			list = append(list, quantity{value: 1})
		case '午', '零':
			switch {
			case r.rune(i-1) == '中' || r.rune(i-1) == '正':
				list = append(list, quantity{sense: clock, value: 12 * 60})
			case r.rune(i+1) == '夜' || r.rune(i+1) == '点':
				list = append(list, quantity{sense: clock})
			}
		}
		c := r.runes[i] | 0x20
		if c < 'a' || c > 'z' {
			i++
			continue
		}
		word := r.word(i)
		end := i + max(1, len([]rune(word)))
		values := spokenWords[word]
		switch word {
		case "noon", "midday":
			list = append(list, quantity{sense: clock, value: 12 * 60})
		case "midnight":
			list = append(list, quantity{sense: clock})
		}
		for _, v := range values {
			list = append(list, quantity{value: v})
		}
		if len(values) == 1 && values[0] >= 20 && values[0] <= 90 && r.rune(end) == '-' { // twenty-one
			if unit := spokenWords[r.word(end+1)]; len(unit) == 1 && unit[0] < 10 {
				list[len(list)-1].value += unit[0]
				end += 1 + len([]rune(r.word(end+1)))
			}
		}
		i = end
	}
	return list
}

// hanNumber reads a number in Chinese characters: 三, 十五, 两百三十, 一万二千.
func (r *reader) hanNumber(i int) (end int, value float64, ok bool) {
	total, part, digit := 0.0, 0.0, -1.0
	for end = i; ; end++ {
		c := r.rune(end)
		if d, isOne := hanDigits[c]; isOne {
			if digit >= 0 && digit != 0 { // 二〇二六, 三五天
				digit = 10*digit + d
			} else {
				digit = d
			}
			continue
		}
		f, isFactor := hanFactors[c]
		if !isFactor || end == i && c != '十' {
			break
		}
		if isDigit(r.rune(i - 1)) {
			return i, 0, false // a factor of digits
		}
		if digit < 0 {
			digit = 1
			if part > 0 {
				digit = 0
			}
		}
		if f >= 1e4 {
			total, part = (total+part+digit)*f, 0
		} else {
			part += digit * f
		}
		digit = -1
	}
	if end == i {
		return i, 0, false
	}
	return end, total + part + max(digit, 0), true
}
