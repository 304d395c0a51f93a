package lexicon

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf8"
)

// span is a part of a folded block.
type span struct{ start, end int }

func (s span) holds(t span) bool { return s.start <= t.start && t.end <= s.end }

// sentences divides a folded block and adds its sentences to found. A sentence ends with 。！？； or
// ! ? ; and with a full stop that is not of an abbreviation, an initial, a number or an address. What
// closes behind the mark, and further marks, belong to the sentence.
func sentences(text []byte, found []span) []span {
	start := 0
	for i := 0; i < len(text); {
		n := ender(text, i)
		if n == 0 && i-start < sentenceLimit {
			i++
			continue
		}
		if n == 0 {
			i = start + cut(text[start:i])
		}
		for ; n > 0; n = ender(text, i) {
			i = len(text) - len(bytes.TrimLeft(text[i+n:], closers))
		}
		found = append(found, span{start, i})
		for i < len(text) && text[i] == ' ' {
			i++
		}
		start = i
	}
	if start < len(text) {
		found = append(found, span{start, len(text)})
	}
	return found
}

// sentenceLimit is how many bytes make a sentence at most. What is longer is a list without full
// stops, and is divided at a comma.
const sentenceLimit = 1200

func cut(text []byte) int {
	if i := bytes.LastIndexByte(text, ','); i > 0 {
		return i + 1
	}
	for i := len(text) - 1; i > len(text)-utf8.UTFMax; i-- {
		if utf8.RuneStart(text[i]) {
			return i
		}
	}
	return len(text)
}

// closers are marks that belong to the sentence before them.
const closers = `"')”」』》`

// ender returns the length of the mark at text[i] if that ends a sentence; 0 if none does.
func ender(text []byte, i int) int {
	if i == len(text) {
		return 0
	}
	switch c := text[i]; {
	case c == '!' || c == '?' || c == ';' || c == '.' && endsSentence(text, i):
		return 1
	case c == "。"[0] && bytes.HasPrefix(text[i:], []byte("。")):
		return len("。")
	}
	return 0
}

// Words that a full stop belongs to. Those that may end a sentence do so if a capital follows; those
// before a number, if no digit follows.
const (
	abbreviations = " e.g i.e dr mr mrs ms prof st vs approx dept incl excl cf" +
		" jan feb mar apr jun jul aug sept sep oct nov dec "
	beforeNumber = " no nos fig vol p pp "
	atEnd        = " etc inc ltd co corp m d g e a i s k u "
)

// endsSentence reports whether the full stop at text[i] ends a sentence.
func endsSentence(text []byte, i int) bool {
	rest := bytes.TrimLeft(text[i+1:], closers)
	if len(rest) == 0 {
		return true
	}
	before, _ := utf8.DecodeLastRune(text[:i])
	if rest[0] != ' ' { // a number, an address; or beside Chinese, where no space is kept
		return rest[0] >= utf8.RuneSelf && !isWord(before)
	}
	word := string(text[bytes.LastIndexByte(text[:i], ' ')+1 : i])
	word = strings.ToLower(strings.TrimLeft(word, "(\"'“‘"))
	if strings.Contains(abbreviations, " "+word+" ") {
		return false
	}
	if j := strings.LastIndexByte(word, '.'); j >= 0 { // p.m. and Ph.D. go by what follows
		word = word[j+1:]
	} else if len(word) == 1 && text[i-1] >= 'A' && text[i-1] <= 'Z' {
		return false // an initial
	}
	next := byte(' ')
	if follows := bytes.TrimLeft(rest, " \"("); len(follows) > 0 {
		next = follows[0]
	}
	switch key := " " + word + " "; {
	case strings.Contains(beforeNumber, key):
		return !isDigit(rune(next))
	case strings.Contains(atEnd, key):
		return next >= 'A' && next <= 'Z'
	}
	return true
}

// quoteLength is from how many characters on words in quotation marks are somebody's words; fewer are
// set apart for other reasons: the “best” advice.
const quoteLength = 4

// quotations are what can be in quotation marks in a folded block, each kind with others and once
// within itself. An apostrophe closes what ‘ has opened, unless it is within a word. A straight one
// opens nothing, because it is an apostrophe more often.
var quotations = [...]*regexp.Regexp{
	regexp.MustCompile(`“((?:[^“”]|“[^“”]*”)*)”`),
	regexp.MustCompile(`「((?:[^「」]|「[^「」]*」)*)」`),
	regexp.MustCompile(`『((?:[^『』]|『[^『』]*』)*)』`),
	regexp.MustCompile(`《((?:[^《》]|《[^《》]*》)*)》`),
	regexp.MustCompile(`‘((?:[^‘']|'\b)*)'\B`),
	regexp.MustCompile(`"([^"]*)"`),
}

// quotes returns what is in quotation marks in a folded block, without them. Marks that are not closed
// in their block mark nothing.
func quotes(text []byte) (found []span) {
	for _, kind := range quotations {
		for _, m := range kind.FindAllSubmatchIndex(text, -1) {
			if utf8.RuneCount(text[m[2]:m[3]]) >= quoteLength {
				found = append(found, span{m[2], m[3]})
			}
		}
	}
	return found
}

var blanks = regexp.MustCompile(blank)
