package seal

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/width"

	"candor/generator/diag"
)

// slipShare is how much of a text may be another one in a slip of the pen: one part in slipShare, and
// always slipLeast code points.
const (
	slipShare = 10
	slipLeast = 20
)

// kept is what people rely on: it is the same before and after a slip of the pen.
var kept = []struct {
	what diag.Text
	find *regexp.Regexp
}{
	{diag.Textf("a number, a date or an amount differs"),
		regexp.MustCompile(`[€$£¥₩]?\s?[0-9]+(?:[.,:/–-][0-9]+)*\s?[%‰€$£¥₩]?|[零〇一二两三四五六七八九十百千万亿]+`)},
	{diag.Textf("a negation differs"),
		regexp.MustCompile(`(?i)\b(?:not?|never|none|nobody|nothing|neither|nor|without|cannot|unable)\b|n['’]t\b|[不没未无非否勿莫别]`)},
	{diag.Textf("a word that promises or permits differs"),
		regexp.MustCompile(`(?i)\b(?:will|shall|must|may|might|can|could|should|would)\b|[将会可能必须应]`)},
	{diag.Textf("a month or a day of the week differs"),
		regexp.MustCompile(`(?i)\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|tomorrow|yesterday|noon|midnight|am|pm)\b|[今明后昨前]天|[周星]期?[一二三四五六日天]|[上下]午`)},
	{diag.Textf("a number in words differs"),
		regexp.MustCompile(`(?i)\b(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|billions?|dozens?|half|all|some|many|few|most|every|both|only)\b|[全都仅只]|所有|部分|一些|少数|多数`)},
	{diag.Textf("an address differs"), regexp.MustCompile(`https?://[^\s)>"]+|[\w.+-]+@[\w.-]+|\]\([^)]*\)`)},
	{diag.Textf("a service or its state differs"), regexp.MustCompile(`(?m)^service: .*$`)},
	{diag.Textf("something in the front matter other than its words differs"),
		regexp.MustCompile(`(?m)^(?:level|known|starts|ends|time|kind|status|next_update|corrects|revised|contact|sha256): .*$`)},
	{diag.Textf("a mark of a promise differs"), regexp.MustCompile(`(?m)^\s*[-*+] \[.\]|\b(?:due|id):\S+|\{[^}]*\}`)},
}

// Slip says why what has become of a text is no slip of the pen; its Format is empty if it is one.
func Slip(was, now string) diag.Text {
	was, now = width.Fold.String(was), width.Fold.String(now)
	for _, k := range kept {
		if !slices.Equal(found(k.find, was), found(k.find, now)) {
			return k.what
		}
	}
	a, b := []rune(was), []rune(now)
	if n := distance(a, b, max(slipLeast, len(a)/slipShare)); n < 0 {
		return diag.Textf("more than a tenth of the text differs")
	}
	return diag.Text{}
}

// found returns what an expression finds, in small letters.
func found(find *regexp.Regexp, text string) []string {
	list := find.FindAllString(text, -1)
	for i, s := range list {
		list[i] = strings.ToLower(strings.TrimSpace(s))
	}
	return list
}

// distance returns how many code points have to be put in, taken out or replaced to make b of a
// (Levenshtein); -1 if they are more than most.
func distance(a, b []rune, most int) int {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	if len(a)-len(b) > most || len(b)-len(a) > most {
		return -1
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		// Only what is less than most away from the diagonal can be part of a short way.
		diagonal := row[0]
		row[0] = i + 1
		from, to := max(0, i-most), min(len(b), i+most+1)
		if from > 0 {
			diagonal, row[from] = row[from], most+1
		}
		least := row[from]
		for j := from; j < to; j++ {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			above := row[j+1]
			if j+1 > i+most {
				above = most + 1
			}
			diagonal, row[j+1] = above, min(above+1, row[j]+1, diagonal+cost)
			least = min(least, row[j+1])
		}
		if least > most {
			return -1
		}
	}
	if n := row[len(b)]; n <= most {
		return n
	}
	return -1
}
