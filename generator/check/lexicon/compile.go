package lexicon

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"candor/generator/diag"
)

// pattern is one way in which an entry is recognised.
type pattern struct {
	source     string
	anchors    []string // one of which is in everything that the pattern matches
	expression func() *regexp.Regexp
}

func newPattern(text string) (*pattern, *fault) {
	seq, f := parse(text, false)
	if f != nil {
		return nil, f
	}
	_, anchors := anchors(seq)
	if weight(anchors) < anchorLeast {
		return nil, &fault{diag.Textf("a pattern needs a word of three letters, or two characters of Chinese, " +
			"that it never goes without"), diag.Textf("add the words around it")}
	}
	for i, text := range anchors {
		anchors[i] = strings.TrimSpace(text)
	}
	return &pattern{source: text, anchors: anchors, expression: compiled("%s", seq, true, true)}, nil
}

// exception is a context in which a hit is none: what is before it and after it or, without a {},
// anywhere in its sentence.
type exception struct {
	anywhere, before, after func() *regexp.Regexp // nil if it may be anything
}

func newException(text string) (*exception, *fault) {
	seq, f := parse(text, true)
	if f != nil {
		return nil, f
	}
	e := &exception{}
	at := slices.IndexFunc(seq, func(p part) bool { return p == hit{} })
	if at < 0 {
		e.anywhere = compiled("%s", seq, true, true)
	}
	if at > 0 {
		e.before = compiled(`(?:%s)\z`, seq[:at], true, false)
	}
	if at >= 0 && at+1 < len(seq) {
		e.after = compiled(`\A(?:%s)`, seq[at+1:], false, true)
	}
	return e, nil
}

// holds reports whether the exception applies to a hit in a sentence.
func (e *exception) holds(sentence []byte, start, end int) bool {
	if e.anywhere != nil {
		return e.anywhere().Match(sentence)
	}
	return (e.before == nil || e.before().Match(sentence[:start])) &&
		(e.after == nil || e.after().Match(sentence[end:]))
}

// compiled compiles the expression of a sequence, put into a format, when it is first asked for:
// most are never needed.
func compiled(format string, seq []part, left, right bool) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp {
		re := regexp.MustCompile(fmt.Sprintf(format, expression(seq, left, right)))
		re.Longest()
		return re
	})
}

// expression returns the regular expression of a sequence. Left and right say whether a word must
// begin where the sequence begins, and end where it ends. So it must beside a gap.
func expression(seq []part, left, right bool) string {
	var b strings.Builder
	for i, p := range seq {
		left := left && i == 0 || isTight(neighbour(seq, i-1))
		right := right && i == len(seq)-1 || isTight(neighbour(seq, i+1))
		switch p := p.(type) {
		case literal:
			if left && isWord(rune(p[0])) {
				b.WriteString(`\b`)
			}
			b.WriteString(regexp.QuoteMeta(string(p)))
			if right && isWord(rune(p[len(p)-1])) {
				b.WriteString(`\b`)
			}
		case choice:
			b.WriteString(alternatives(p.options, left, right))
			if p.optional {
				b.WriteString(`?`)
			}
		case interface{ expression() string }: // a gap or a class
			b.WriteString(p.expression())
		}
	}
	return b.String()
}

func alternatives(options [][]part, left, right bool) string {
	var list []string
	for _, option := range options {
		list = append(list, expression(option, left, right))
	}
	return `(?:` + strings.Join(list, `|`) + `)`
}

// expression returns what a gap goes over: characters, or words with a space before and behind
// each. Nothing goes over what is no text, and only a wide gap goes over what divides a sentence.
// The comma before a wide gap of words belongs to the word before it.
func (g gap) expression() string {
	stops, comma := `,;:()"“”「」。!?`, ``
	if g.wide {
		stops, comma = ``, `[,:)]?`
	}
	if g.words {
		return fmt.Sprintf(`%s (?:[^\x{fffc} %s]+ ){0,%d}`, comma, stops, g.most)
	}
	return fmt.Sprintf(`[^\x{fffc}%s]{0,%d}`, stops, g.most)
}

// blank is a text in square brackets, which is still to be filled in.
const blank = `\[[^\]]*\]`

func (c class) expression() string {
	switch c {
	case "number":
		return `[0-9](?:[0-9.,]*[0-9])?`
	case "start":
		return `\A`
	}
	return `(?:` + blank + `|` + alternatives(times(), true, true) + `)`
}

// times returns the patterns of <time>.
var times = sync.OnceValue(func() (list [][]part) {
	data, err := files.ReadFile("lists/time.txt")
	if err != nil {
		panic("lexicon: " + err.Error())
	}
	for line := range strings.Lines(string(data)) {
		if line == "\n" || line[0] == '#' {
			continue
		}
		seq, f := parse(line, false)
		if f != nil {
			panic("lexicon: " + line + ": " + f.message.String())
		}
		list = append(list, seq)
	}
	return list
})
