package lexicon

import (
	"strconv"
	"strings"

	"candor/generator/diag"
)

// A pattern is parsed into a sequence of parts. The language is a regular one
// without unbounded repetition, and all ways to match are followed at once, so no
// pattern can run away.
//
//	高度重视              the words themselves
//	(高度|十分)重视         one of them
//	sorry (very )?much   a part that may be missing, between two that may not
//	sorry if * felt      a gap of up to 4 words, or of up to 6 characters where no spaces stand around it
//	sorry if *2 felt     a gap of up to 2
//	sorry if ** felt     a gap of up to 8 words or 12 characters that commas, colons and brackets do not end
//	<time>               what says when: a date, a time of day, a length of time, a [blank]
//	<number>             a number
//	<start>              the beginning of the sentence
//	不{}                 in an exception: what stands around the hit {}
type part any

type (
	literal string
	choice  struct {
		options  [][]part
		optional bool
	}
	gap struct {
		most  int
		wide  bool // goes over commas
		words bool // counts words, not characters
	}
	class string
	hit   struct{} // {}
)

// The bounds of a gap.
const (
	gapWords, gapCharacters = 4, 6
	wideFactor              = 2
	gapLimit                = 20
)

// The bounds of a pattern: its length in bytes, how deep its groups may be nested,
// how many gaps it may have. They bound what a sentence can cost.
const (
	patternLimit = 400
	nestingLimit = 4
	gapsLimit    = 6
)

// special are the characters that mean something in a pattern.
const special = "()|*?<>{}"

// fault is why a pattern cannot be read.
type fault struct{ message, hint diag.Text }

type patternParser struct {
	text  string
	at    int
	depth int
	gaps  int
	fault *fault
}

func (p *patternParser) fail(message, hint diag.Text) {
	if p.fault == nil {
		p.fault = &fault{message, hint}
	}
	p.at = len(p.text)
}

// parsePattern reads a pattern. It may hold {} where it is an exception.
func parsePattern(text string, exception bool) ([]part, *fault) {
	p := &patternParser{text: strings.TrimSpace(text)}
	switch {
	case p.text == "":
		p.fail(diag.Textf("a pattern is empty"), diag.Textf("write the words to look for, or delete it"))
	case len(p.text) > patternLimit:
		p.fail(diag.Textf("a pattern is longer than %d bytes", patternLimit), diag.Textf("divide it into several"))
	}
	seq := p.sequence()
	if p.fault == nil && p.at < len(p.text) {
		p.fail(diag.Textf("a pattern has %q with no ( before it", p.text[p.at:p.at+1]), diag.Textf("write alternatives as (one|another)"))
	}
	if p.fault != nil {
		return nil, p.fault
	}
	seq = space(seq)
	hits := 0
	for _, part := range seq {
		if _, ok := part.(hit); ok {
			hits++
		}
	}
	switch {
	case hits > 0 && !exception:
		p.fail(diag.Textf("{} means something in exceptions alone"), diag.Textf("write the words themselves"))
	case hits > 0 && len(seq) == 1:
		p.fail(diag.Textf("an exception of {} alone excepts everything"), diag.Textf("write what stands around the hit, or off = true"))
	case hits > 1:
		p.fail(diag.Textf("{} stands twice in an exception"), diag.Textf("it stands for the hit, which is one"))
	default:
		p.check(seq, exception)
	}
	return seq, p.fault
}

func (p *patternParser) sequence() []part {
	var seq []part
	for p.at < len(p.text) {
		switch c := p.text[p.at]; c {
		case ')', '|':
			return seq
		case '(':
			seq = append(seq, p.group())
		case '*':
			seq = append(seq, p.gap())
		case '<':
			seq = append(seq, p.class())
		case '{':
			if !strings.HasPrefix(p.text[p.at:], "{}") || p.depth > 0 {
				p.fail(diag.Textf("a pattern has a { that is no {}"), diag.Textf("{} stands for the hit, outside of brackets"))
				return nil
			}
			seq = append(seq, hit{})
			p.at += 2
		case '?', '>', '}':
			p.fail(diag.Textf("a pattern has %q where it means nothing", string(c)), diag.Textf("a part that may be missing is written (part)?"))
			return nil
		default:
			n := strings.IndexAny(p.text[p.at:], special)
			if n < 0 {
				n = len(p.text) - p.at
			}
			seq = append(seq, literal(fold(p.text[p.at:p.at+n])))
			p.at += n
		}
	}
	return seq
}

func (p *patternParser) group() part {
	if p.depth++; p.depth > nestingLimit {
		p.fail(diag.Textf("the groups of a pattern are nested more than %d deep", nestingLimit), diag.Textf("write several patterns"))
	}
	c := choice{}
	for {
		p.at++ // ( or |
		c.options = append(c.options, p.sequence())
		if p.at >= len(p.text) {
			p.fail(diag.Textf("a pattern has a ( that is not closed"), diag.Textf("write alternatives as (one|another)"))
			return c
		}
		if p.text[p.at] == ')' {
			break
		}
	}
	p.at++
	p.depth--
	if strings.HasPrefix(p.text[p.at:], "?") {
		p.at++
		c.optional = true
	}
	return c
}

func (p *patternParser) gap() part {
	if p.gaps++; p.gaps > gapsLimit {
		p.fail(diag.Textf("a pattern has more than %d gaps", gapsLimit), diag.Textf("write several patterns"))
		return gap{}
	}
	g := gap{}
	p.at++
	if strings.HasPrefix(p.text[p.at:], "*") {
		p.at++
		g.wide = true
	}
	digits := p.at
	for p.at < len(p.text) && p.text[p.at] >= '0' && p.text[p.at] <= '9' {
		p.at++
	}
	if digits == p.at {
		return g
	}
	n, err := strconv.Atoi(p.text[digits:p.at])
	if err != nil || n < 1 || n > gapLimit {
		p.fail(diag.Textf("a gap cannot be %s long", p.text[digits:p.at]), diag.Textf("from 1 to %d words or characters", gapLimit))
	}
	g.most = n
	return g
}

// length is how many words or characters a gap may hold.
func (g gap) length() int {
	n := g.most
	switch {
	case n > 0:
		return n
	case g.words:
		n = gapWords
	default:
		n = gapCharacters
	}
	if g.wide {
		n *= wideFactor
	}
	return n
}

func (p *patternParser) class() part {
	end := strings.IndexByte(p.text[p.at:], '>')
	if end < 0 {
		p.fail(diag.Textf("a pattern has a < that is not closed"), diag.Textf("write <time> or <number>"))
		return nil
	}
	name := p.text[p.at+1 : p.at+end]
	if !isClass(name) {
		p.fail(diag.Textf("patterns know no <%s>", name), diag.Textf("there are <time>, <number> and <start>"))
		return nil
	}
	p.at += end + 1
	return class(name)
}

// check refuses sequences of which nobody can say what they match.
func (p *patternParser) check(seq []part, exception bool) {
	for i, part := range seq {
		edge := i == 0 || i == len(seq)-1
		_, first := previous(seq, i).(hit)
		_, last := next(seq, i).(hit)
		switch part := part.(type) {
		case gap:
			if edge && !(exception && (first || last)) {
				p.fail(diag.Textf("a pattern begins or ends with a gap"), diag.Textf("delete the *: what stands around a hit does not matter"))
			}
		case choice:
			if part.optional && (edge || first || last || loose(previous(seq, i)) || loose(next(seq, i))) {
				p.fail(diag.Textf("a pattern has a part that may be missing at its beginning, its end or beside a gap"), diag.Textf("delete the part, or write two patterns"))
			}
			for _, option := range part.options {
				if len(option) == 0 {
					p.fail(diag.Textf("a pattern has an alternative that is empty"), diag.Textf("a part that may be missing is written (part)?"))
				}
				p.check(option, false)
			}
		}
	}
}

func previous(seq []part, i int) part {
	if i == 0 {
		return nil
	}
	return seq[i-1]
}

func next(seq []part, i int) part {
	if i+1 >= len(seq) {
		return nil
	}
	return seq[i+1]
}

// loose says whether a part ends where it does for no reason of its own.
func loose(p part) bool {
	g, ok := p.(gap)
	return ok && !g.words
}

// space gives the spaces around gaps and optional parts to these, so that one
// space is left where they are empty. A gap with spaces around it counts words.
func space(seq []part) []part {
	for i, p := range seq {
		left, _ := previous(seq, i).(literal)
		right, _ := next(seq, i).(literal)
		open := strings.HasSuffix(string(left), " ")
		shut := strings.HasPrefix(string(right), " ")
		switch p := p.(type) {
		case gap:
			p.words = open || shut
			p.most = p.length()
			if open {
				seq[i-1] = left[:len(left)-1]
			}
			if shut {
				seq[i+1] = right[1:]
			}
			seq[i] = p
		case choice:
			for j := range p.options {
				p.options[j] = space(p.options[j])
			}
			if p.optional && open && shut {
				seq[i-1] = left[:len(left)-1]
				for j := range p.options {
					p.options[j] = append([]part{literal(" ")}, p.options[j]...)
				}
			}
		}
	}
	kept := seq[:0]
	for _, p := range seq {
		if l, ok := p.(literal); !ok || l != "" {
			kept = append(kept, p)
		}
	}
	return kept
}
