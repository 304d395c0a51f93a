package lexicon

import (
	"slices"

	"candor/generator/diag"
)

// pattern is one way in which an entry is recognised.
type pattern struct {
	source  string
	anchors []string
	inner   bool // an anchor may begin within a word
	nodes   []node
	first   *opening
}

// exception is a context in which a hit is none: around it, or where the
// exception has no {}, anywhere in its sentence.
type exception struct {
	source        string
	anywhere      *pattern
	before, after []node // nil where nothing is asked of that side
}

func newPattern(text string) (*pattern, *fault) {
	seq, f := parsePattern(text, false)
	if f != nil {
		return nil, f
	}
	p := compile(text, seq)
	if weight(p.anchors) < anchorLeast {
		return nil, &fault{diag.Textf("a pattern needs a word of three letters, or two characters of Chinese, that it never goes without"),
			diag.Textf("add the words around it")}
	}
	return p, nil
}

func compile(source string, seq []part) *pattern {
	list := nodes(seq, true, true)
	p := &pattern{source: source, nodes: list, first: newOpening(list, forward)}
	p.anchors, p.inner = anchors(seq, true)
	return p
}

func newException(text string) (*exception, *fault) {
	seq, f := parsePattern(text, true)
	if f != nil {
		return nil, f
	}
	i := slices.IndexFunc(seq, func(p part) bool { _, ok := p.(hit); return ok })
	if i < 0 {
		return &exception{source: text, anywhere: compile(text, seq)}, nil
	}
	return &exception{source: text, before: nodes(seq[:i], true, false), after: nodes(seq[i+1:], false, true)}, nil
}

// holds says whether the exception applies to a hit in a sentence.
func (e *exception) holds(s *scratch, hit span) bool {
	if e.anywhere != nil {
		_, found := e.anywhere.find(s, 0)
		return found
	}
	return (len(e.before) == 0 || s.reaches(e.before, hit.start, backward)) &&
		(len(e.after) == 0 || s.reaches(e.after, hit.end, forward))
}

// nodes makes what matches a sequence. Left and right say whether the sequence
// begins and ends at a place that a word may not go over.
func nodes(seq []part, left, right bool) []node {
	var list []node
	for i, p := range seq {
		left := left && i == 0 || loose(previous(seq, i))
		right := right && i == len(seq)-1 || loose(next(seq, i))
		switch p := p.(type) {
		case literal:
			list = append(list, newWord(string(p), left, right))
		case choice:
			var options [][]node
			for _, option := range p.options {
				options = append(options, nodes(option, left, right))
			}
			list = append(list, newBranch(options, p.optional))
		case gap:
			list = append(list, p)
		case class:
			list = append(list, classNode(string(p)))
		}
	}
	return list
}
