package lexicon

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"candor/generator/diag"
)

// A pattern is a sequence of parts:
//
//	高度重视              the words themselves
//	(高度|十分)重视         one of them
//	sorry (very )?much   a part that may be missing, between two that may not
//	sorry if * felt      a gap of up to 4 words, or of up to 6 characters if no space is beside it
//	sorry if *2 felt     a gap of up to 2
//	sorry if ** felt     a gap of up to 8 words or 12 characters that commas, colons and brackets do not end
//	<time>               what says when: see lists/time.txt; or a [blank]
//	<number>             a number
//	<start>              the beginning of the sentence
//	不{}                 in an exception: what is around the hit {}
type part any

type (
	literal string // folded
	choice  struct {
		options  [][]part
		optional bool
	}
	gap struct {
		most  int  // words or characters
		wide  bool // goes over commas
		words bool // counts words: a space is beside it
	}
	class string
	hit   struct{} // {}
)

// The bounds of a pattern: its length in bytes, how deep its groups may be nested, how many gaps it
// may have and how long they may be. They bound what a sentence can cost.
const (
	patternLimit = 400
	nestingLimit = 4
	gapsLimit    = 6
	gapLimit     = 20
)

// special are the characters that mean something in a pattern. Those that are full-width are meant as
// such: guard is added to them until the pattern is divided, and makes wide characters of them, too.
const (
	special = "()|*?<>{}"
	guard   = 0x3f000
)

var tokens = regexp.MustCompile(` ?\*\*?[0-9]* ?|<[^>]*>|\{\}|\)\??| |[^()|*?<>{} ]+|.`)

// fault is why a pattern cannot be read.
type fault struct{ message, hint diag.Text }

type parser struct {
	tokens []string // that are left
	depth  int
	gaps   int
	fault  *fault
}

func (p *parser) fail(message, hint diag.Text) {
	if p.fault == nil {
		p.fault = &fault{message, hint}
	}
	p.tokens = nil
}

func (p *parser) next() string {
	token := p.tokens[0]
	p.tokens = p.tokens[1:]
	return token
}

// parse reads a pattern. It may have {} if it is an exception.
func parse(text string, exception bool) ([]part, *fault) {
	text = strings.TrimSpace(text)
	guarded := strings.Map(func(c rune) rune {
		if twin := c - fullWidth; strings.ContainsRune(special, twin) {
			return twin + guard
		}
		return c
	}, text)
	p := &parser{tokens: tokens.FindAllString(fold(guarded), -1)}
	switch {
	case text == "":
		p.fail(diag.Textf("a pattern is empty"), diag.Textf("write the words to look for, or delete it"))
	case len(text) > patternLimit:
		p.fail(diag.Textf("a pattern is longer than %d bytes", patternLimit), diag.Textf("divide it into several"))
	}
	seq := p.sequence()
	if len(p.tokens) > 0 {
		p.fail(diag.Textf("a pattern has %q with no ( before it", p.tokens[0][:1]),
			diag.Textf("write alternatives as (one|another)"))
	}
	switch hits := strings.Count(text, "{}"); {
	case p.fault != nil:
	case hits > 0 && !exception:
		p.fail(diag.Textf("{} means something only in exceptions"), diag.Textf("write the words themselves"))
	case hits > 0 && len(seq) == 1:
		p.fail(diag.Textf("an exception of only {} excepts everything"),
			diag.Textf("write what is around the hit, or off = true"))
	case hits > 1:
		p.fail(diag.Textf("an exception has two {}"), diag.Textf("it means the hit, and there is only one"))
	default:
		p.check(seq)
	}
	return seq, p.fault
}

// sequence reads parts up to the end of the pattern, the alternative or the group.
func (p *parser) sequence() (seq []part) {
	for len(p.tokens) > 0 && p.tokens[0] != "|" && p.tokens[0][0] != ')' {
		switch token := p.next(); {
		case token == "(":
			seq = append(seq, p.group())
		case token == "{}" && p.depth == 0:
			seq = append(seq, hit{})
		case token[0] == '{':
			p.fail(diag.Textf("a pattern has a { that is not {}"),
				diag.Textf("{} means the hit, outside brackets"))
		case token == "?" || token == ">" || token == "}":
			p.fail(diag.Textf("a pattern has %q where it means nothing", token),
				diag.Textf("a part that may be missing is written (part)?"))
		case token == " ":
			seq = append(giveSpace(seq), literal(" "))
		case token[0] == '<':
			seq = append(seq, p.class(token))
		case strings.Contains(token, "*"):
			seq = append(seq, p.gap(token))
		default:
			seq = append(seq, literal(small([]byte(strings.Map(func(c rune) rune {
				if c > guard {
					return c - guard
				}
				return c
			}, token)))))
		}
	}
	return seq
}

// giveSpace lets a part that may be missing, before which and behind which is a space, take the first
// one: without the part one is left.
func giveSpace(seq []part) []part {
	last := len(seq) - 1
	if last < 1 || seq[last-1] != literal(" ") {
		return seq
	}
	c, _ := seq[last].(choice)
	if !c.optional {
		return seq
	}
	for i, option := range c.options {
		c.options[i] = append([]part{literal(" ")}, option...)
	}
	return slices.Delete(seq, last-1, last)
}

func (p *parser) group() (c choice) {
	if p.depth++; p.depth > nestingLimit {
		p.fail(diag.Textf("the groups of a pattern are nested more than %d deep", nestingLimit),
			diag.Textf("write several patterns"))
	}
	for token := "|"; token == "|"; {
		c.options = append(c.options, p.sequence())
		if len(p.tokens) == 0 {
			p.fail(diag.Textf("a pattern has a ( that is not closed"),
				diag.Textf("write alternatives as (one|another)"))
			return c
		}
		token = p.next()
		c.optional = token == ")?"
	}
	p.depth--
	return c
}

func (p *parser) gap(token string) gap {
	if p.gaps++; p.gaps > gapsLimit {
		p.fail(diag.Textf("a pattern has more than %d gaps", gapsLimit), diag.Textf("write several patterns"))
	}
	g := gap{most: 6, wide: strings.Contains(token, "**"), words: strings.Contains(token, " ")}
	if g.words {
		g.most = 4
	}
	if g.wide {
		g.most *= 2
	}
	if most := strings.Trim(token, " *"); most != "" {
		n, err := strconv.Atoi(most)
		if err != nil || n < 1 || n > gapLimit {
			p.fail(diag.Textf("a gap cannot be %s long", most),
				diag.Textf("from 1 to %d words or characters", gapLimit))
		}
		g.most = n
	}
	return g
}

func (p *parser) class(token string) class {
	name, closed := strings.CutSuffix(token[1:], ">")
	switch {
	case !closed:
		p.fail(diag.Textf("a pattern has a < that is not closed"), diag.Textf("write <time> or <number>"))
	case !slices.Contains([]string{"time", "number", "start"}, name):
		p.fail(diag.Textf("patterns have no <%s>", name), diag.Textf("there are <time>, <number> and <start>"))
	}
	return class(name)
}

// check refuses sequences of which nobody can say what they match.
func (p *parser) check(seq []part) {
	for i, part := range seq {
		before, after := neighbour(seq, i-1), neighbour(seq, i+1)
		edge, atHit := before == nil || after == nil, before == hit{} || after == hit{}
		if _, ok := part.(gap); ok && edge && !atHit {
			p.fail(diag.Textf("a pattern begins or ends with a gap"),
				diag.Textf("delete the *: what is around a hit does not matter"))
		}
		c, _ := part.(choice)
		if c.optional && (edge || atHit || isTight(before) || isTight(after)) {
			p.fail(diag.Textf("a pattern has a part that may be missing at its beginning, its end or beside a gap"),
				diag.Textf("delete the part, or write two patterns"))
		}
		for _, option := range c.options {
			if len(option) == 0 {
				p.fail(diag.Textf("a pattern has an alternative that is empty"),
					diag.Textf("a part that may be missing is written (part)?"))
			}
			p.check(option)
		}
	}
}

// neighbour returns a part of a sequence; nil if it has none at i.
func neighbour(seq []part, i int) part {
	if i < 0 || i >= len(seq) {
		return nil
	}
	return seq[i]
}

// isTight reports whether a part is a gap that may be empty, so that its neighbours meet.
func isTight(p part) bool {
	g, ok := p.(gap)
	return ok && !g.words
}
