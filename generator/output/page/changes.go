package page

import (
	"regexp"
	"strings"
	"unicode"

	"github.com/pmezard/go-difflib/difflib"
)

const (
	changesLimit = 5000 // words of a text whose changes are shown: comparing takes their product
	around       = 12   // words that are shown before and after a change
)

// changes returns what became of a text, word by word, with some words around each change. Omitted says
// that the texts are too long.
func changes(was, now string) (list []Difference, omitted bool) {
	a, b := wordsOf(readable(was)), wordsOf(readable(now))
	if len(a) > changesLimit || len(b) > changesLimit {
		return nil, true
	}
	add := func(op string, words []string) {
		if text := strings.Join(words, ""); text != "" || op == "cut" {
			list = append(list, Difference{Op: op, Text: text})
		}
	}
	ops := joined(difflib.NewMatcherWithJunk(a, b, false, nil).GetOpCodes())
	for i, op := range ops {
		if op.Tag != 'e' {
			add("gone", a[op.I1:op.I2])
			add("new", b[op.J1:op.J2])
			continue
		}
		// What is the same is shown next to a change only.
		same := a[op.I1:op.I2]
		head, tail := min(around, len(same)), max(0, len(same)-around)
		if i == 0 {
			head = 0
		}
		if i == len(ops)-1 {
			tail = len(same)
		}
		if tail <= head {
			add("same", same)
			continue
		}
		add("same", same[:head])
		add("cut", nil)
		add("same", same[tail:])
	}
	return list, false
}

// joined makes one change of two between which a single word is the same: 买家 has become 购买者, rather
// than 购 has come before 买, and 者 in the place of 家.
func joined(ops []difflib.OpCode) []difflib.OpCode {
	var list []difflib.OpCode
	for i, op := range ops {
		n := len(list)
		switch {
		case op.Tag == 'e' && op.I2-op.I1 == 1 && n > 0 && i+1 < len(ops), op.Tag != 'e' && n > 0 && list[n-1].Tag != 'e':
			list[n-1].I2, list[n-1].J2 = op.I2, op.J2
		default:
			list = append(list, op)
		}
	}
	return list
}

// unread is what people do not read of a text: ids, keys of the front matter, and marks of promises.
var unread = []struct {
	find *regexp.Regexp
	put  string
}{
	{regexp.MustCompile(`(?m)[ \t]*\{#[^}\n]*\}`), ""},
	{regexp.MustCompile(`(?m)[ \t]+id:\S+`), ""},
	{regexp.MustCompile(`(?m)[ \t]+due:(\d{4}-\d\d-\d\d)T?([\d:]*)\S*`), " ($1 $2)"},
	{regexp.MustCompile(`(?m)^([ \t]*[-*+] )\[ \]`), "$1☐"},
	{regexp.MustCompile(`(?m)^([ \t]*[-*+] )\[[xX]\]`), "$1☑"},
	{regexp.MustCompile(`(?m)^#+[ \t]+`), ""},
}

// front is the keys that package sealed writes before a text.
var front = regexp.MustCompile(`\A(?:[a-z_0-9]+: .*\n)+`)

// key is one of them.
var key = regexp.MustCompile(`(?m)^[a-z_0-9]+: `)

// readable returns a text as people read it, as far as its changes are concerned.
func readable(text string) string {
	text = front.ReplaceAllStringFunc(text, func(head string) string { return key.ReplaceAllString(head, "") })
	for _, u := range unread {
		text = u.find.ReplaceAllString(text, u.put)
	}
	return text
}

// wordsOf splits a text into words, with the white space and the signs between them as words of their
// own. Chinese has no spaces: there each character is a word.
func wordsOf(text string) []string {
	var words []string
	start, inWord := 0, false
	for i, r := range text {
		ofWord := (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)) && !unicode.Is(unicode.Han, r)
		if i > start && !(inWord && ofWord) {
			words = append(words, text[start:i])
			start = i
		}
		inWord = ofWord
	}
	if start < len(text) {
		words = append(words, text[start:])
	}
	return words
}
