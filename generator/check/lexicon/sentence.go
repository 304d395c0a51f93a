package lexicon

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// span is a part of a block in its folded form.
type span struct{ start, end int }

func (s span) holds(t span) bool { return s.start <= t.start && t.end <= s.end }

// sentences divides a folded block and adds its sentences to found. A sentence ends with 。！？； or ! ? ; and with
// a full stop that is none of an abbreviation, an initial, a number or an address.
// What closes behind the mark, and further marks, belong to the sentence.
func sentences(text []byte, found []span) []span {
	start := 0
	for i := 0; i < len(text); {
		if c := text[i]; c > '.' && c != ';' && c != '?' && c != 0xe3 && i-start < sentenceLimit { // as most are
			i++
			continue
		}
		n := ender(text, i)
		if n == 0 && i-start < sentenceLimit {
			i++
			continue
		}
		if n == 0 {
			i = start + cut(text[start:i])
		}
		i += n
		for i < len(text) {
			n := max(ender(text, i), closer(text[i:]))
			if n == 0 {
				break
			}
			i += n
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

// sentenceLimit is how many bytes make a sentence at most. What is longer is a list
// without full stops, and is divided at a comma.
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

// ender returns the length of the mark at text[i] where that ends a sentence, or 0.
func ender(text []byte, i int) int {
	switch text[i] {
	case '!', '?', ';':
		return 1
	case '.':
		if endsSentence(text, i) {
			return 1
		}
	case 0xe3:
		if bytes.HasPrefix(text[i:], []byte("。")) {
			return len("。")
		}
	}
	return 0
}

// closer returns the length of the closing mark that text begins with, or 0.
func closer(text []byte) int {
	if len(text) > 0 && (text[0] == '"' || text[0] == '\'' || text[0] == ')') {
		return 1
	}
	for _, mark := range [...]string{"”", "」", "』", "》"} {
		if bytes.HasPrefix(text, []byte(mark)) {
			return len(mark)
		}
	}
	return 0
}

// Words that a full stop belongs to. Those that may as well stand at the end of a
// sentence do where a capital follows; those of numbers, where no digit does.
const (
	abbreviations = " e.g i.e dr mr mrs ms prof st vs approx dept incl excl cf jan feb mar apr jun jul aug sept sep oct nov dec "
	beforeNumber  = " no nos fig vol p pp "
	atEnd         = " etc inc ltd co corp m d g e a i s k u "
)

func endsSentence(text []byte, i int) bool {
	rest := text[i+1:]
	for n := closer(rest); n > 0; n = closer(rest) {
		rest = rest[n:]
	}
	if len(rest) == 0 {
		return true
	}
	before, _ := utf8.DecodeLastRune(text[:i])
	if rest[0] != ' ' { // a number, an address; or beside Chinese, where no space is kept
		return rest[0] >= utf8.RuneSelf && !isWord(byte(min(before, utf8.RuneSelf)))
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
		return !isDigit(next)
	case strings.Contains(atEnd, key):
		return next >= 'A' && next <= 'Z'
	}
	return true
}
