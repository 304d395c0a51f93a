package translation

import (
	"regexp"
	"strings"
)

var factors = map[string]float64{
	"十": 10, "百": 100, "千": 1e3, "万": 1e4, "亿": 1e8, "hundred": 100, "thousand": 1e3, "million": 1e6,
	"millions": 1e6, "billion": 1e9, "billions": 1e9, "trillion": 1e12, "tausend": 1e3, "millionen": 1e6,
	"milliarde": 1e9, "milliarden": 1e9, "mille": 1e3, "milliard": 1e9, "milliards": 1e9, "mil": 1e3,
	"millón": 1e6, "millones": 1e6, "тыс": 1e3, "тысяч": 1e3, "тысячи": 1e3, "млн": 1e6, "миллиона": 1e6,
	"миллионов": 1e6, "млрд": 1e9, "ألف": 1e3, "آلاف": 1e3, "مليون": 1e6, "ملايين": 1e6, "مليار": 1e9,
}

// numberWords are the words that say a number or a time, or may.
var numberWords = wordTable(`0 zero no none nil; 1 a an one once single first each every per 首 每 单;
	2 two twice both second double pair couple 双; 3 three third triple thrice; 4 four fourth; 5 five fifth; 6 six sixth;
	7 seven seventh week weeks 周 旬; 8 eight eighth; 9 nine ninth; 10 ten tenth; 11 eleven eleventh;
	12 twelve twelfth dozen year; 13 thirteen; 14 fourteen fortnight; 15 fifteen quarter; 16 sixteen; 17 seventeen;
	18 eighteen; 19 nineteen; 20 twenty; 30 thirty; 40 forty; 50 fifty; 60 sixty; 70 seventy; 80 eighty; 90 ninety;
	100 hundred; 1000 thousand; 1000000 million; 1000000000 billion; 0.5 half 半; 30 half 半; 50 half 半; 6 half 半;
	25 quarter; 0:00 midnight 午夜; 12:00 noon midday 中午 正午`)

// wordTable reads values, each with its words.
func wordTable(text string) map[string][]string {
	table := map[string][]string{}
	for entry := range strings.SplitSeq(text, ";") {
		fields := strings.Fields(entry)
		for _, word := range fields[1:] {
			table[word] = append(table[word], fields[0])
		}
	}
	return table
}

var words = regexp.MustCompile(`\d+\s*[十百千万亿]+|[十一二两三四五六七八九〇][十一二两三四五六七八九〇百千万亿]*|` +
	`[中正]午|午夜|[半周旬双首每单]|(?:twen|thir|for|fif|six|seven|eigh|nine)ty-[a-z]+|[a-z]+`)

// spoken returns the numbers that a text says in words, or may.
func spoken(text string) []quantity {
	var list []quantity
	for _, word := range words.FindAllString(strings.ToLower(text), -1) {
		is := numberWords[word]
		if tens, unit, found := strings.Cut(word, "-"); found { // twenty-one
			if is = numberWords[tens]; len(numberWords[unit]) == 1 && len(numberWords[unit][0]) == 1 {
				is = []string{is[0][:1] + numberWords[unit][0]}
			}
		} else if n, ok := hanNumber(word); ok {
			is = []string{meaning(n)}
		}
		if len(is) > 0 {
			list = append(list, quantity{is: is})
		}
	}
	return list
}

// hanNumber reads a number in Chinese characters: 三, 十五, 两百三十, 一万二千.
func hanNumber(text string) (n float64, ok bool) {
	total, part, digit := 0.0, 0.0, 0.0
	for _, c := range strings.ReplaceAll(text, "两", "二") {
		if at := strings.IndexRune("〇一二三四五六七八九", c); at >= 0 {
			digit = 10*digit + float64(at/len("一")) // 二〇二六, 三五天
			continue
		}
		factor := factors[string(c)]
		switch {
		case factor == 0:
			return 0, false
		case c == '十' && digit == 0 && part == 0:
			part = 10
		case factor < 1e4:
			part += digit * factor
		default:
			total, part = (total+part+digit)*factor, 0
		}
		digit = 0
	}
	return total + part + digit, text != ""
}
