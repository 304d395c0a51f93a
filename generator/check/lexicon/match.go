package lexicon

import (
	"slices"
	"unicode/utf8"
)

// direction is the way in which a sentence is read from a place on: what stands
// before a hit is read backwards, so that it costs no more than its length.
type direction int

const (
	forward  direction = 1
	backward direction = -1
)

// node matches a part of a pattern. It adds to ends the places that a match can
// reach from at; at most one for each byte of the sentence.
type node interface {
	step(s *scratch, at int, d direction, ends places) places
}

// places are offsets in a sentence, ascending, each once.
type places []int

func (p places) with(at int) places {
	if len(p) == 0 || p[len(p)-1] < at { // as mostly
		return append(p, at)
	}
	if i, found := slices.BinarySearch(p, at); !found {
		return slices.Insert(p, i, at)
	}
	return p
}

// scratch is the sentence that is being read, and room for what is found out about
// it, to be used again.
type scratch struct {
	text []byte
	free []places
}

func (s *scratch) take() places {
	last := len(s.free) - 1
	if last < 0 {
		return make(places, 0, 32)
	}
	p := s.free[last]
	s.free = s.free[:last]
	return p[:0]
}

func (s *scratch) give(p places) { s.free = append(s.free, p) }

// walk adds to ends the places that a match of the nodes can reach from at.
// Keeping all of them, not one after another, bounds the time by the length of the
// sentence times that of the pattern.
func (s *scratch) walk(list []node, at int, d direction, ends places) places {
	i, last := 0, len(list)-1
	if d == backward {
		i, last = last, 0
	}
	if i == last {
		return list[i].step(s, at, d, ends)
	}
	now := list[i].step(s, at, d, s.take())
	for i += int(d); i != last && len(now) > 0; i += int(d) {
		then := s.take()
		for _, at := range now {
			then = list[i].step(s, at, d, then)
		}
		s.give(now)
		now = then
	}
	for _, at := range now {
		ends = list[last].step(s, at, d, ends)
	}
	s.give(now)
	return ends
}

// reaches says whether a match of the nodes can reach any place from at.
func (s *scratch) reaches(list []node, at int, d direction) bool {
	ends := s.walk(list, at, d, s.take())
	s.give(ends)
	return len(ends) > 0
}

// find returns the first and longest match of the pattern from offset from on.
func (p *pattern) find(s *scratch, from int) (span, bool) {
	for i := from; i < len(s.text); i++ {
		if !p.first.at(s.text, i, forward) {
			continue
		}
		ends := s.walk(p.nodes, i, forward, s.take())
		end := 0
		if len(ends) > 0 {
			end = ends[len(ends)-1]
		}
		s.give(ends)
		if end > i {
			return span{i, end}, true
		}
	}
	return span{}, false
}

// word is a literal text, in lower case. Where an end is open, the text there is
// a word's end: "sure" is not found in "measure".
type word struct {
	text              string
	openLeft, openEnd bool
}

func newWord(s string, left, right bool) word {
	text := make([]byte, len(s))
	for i := range len(s) {
		text[i] = lower(s[i])
	}
	return word{string(text), left && isWord(s[0]), right && isWord(s[len(s)-1])}
}

func (w word) step(s *scratch, at int, d direction, ends places) places {
	text := s.text
	from, to := at, at+len(w.text)
	if d == backward {
		from, to = at-len(w.text), at
	}
	if from < 0 || to > len(text) {
		return ends
	}
	if !startsLower(text[from:], w.text) {
		return ends
	}
	if w.openLeft && from > 0 && isWord(text[from-1]) || w.openEnd && to < len(text) && isWord(text[to]) {
		return ends
	}
	if d == backward {
		return ends.with(from)
	}
	return ends.with(to)
}

// branch is one of several sequences, or nothing if it is optional.
type branch struct {
	options  [][]node
	optional bool
	opening  [2]*opening // what the options can begin with, and end with
}

func newBranch(options [][]node, optional bool) branch {
	b := branch{options: options, optional: optional}
	for i, d := range [...]direction{forward, backward} {
		b.opening[i] = &opening{}
		for _, option := range options {
			b.opening[i].add(option, d)
		}
	}
	return b
}

func (b branch) step(s *scratch, at int, d direction, ends places) places {
	if b.optional {
		ends = ends.with(at)
	}
	may := b.opening[0]
	if d == backward {
		may = b.opening[1]
	}
	if !may.at(s.text, at, d) {
		return ends
	}
	for _, option := range b.options {
		ends = s.walk(option, at, d, ends)
	}
	return ends
}

// step goes over up to g.most characters, or words with a space on either side.
func (g gap) step(s *scratch, at int, d direction, ends places) places {
	text := s.text
	if g.words {
		return g.overWords(text, at, d, ends)
	}
	for n := 0; ; n++ {
		ends = ends.with(at)
		r, size := decode(text, at, d)
		if n == g.most || size == 0 || g.stops(r) {
			return ends
		}
		at += int(d) * size
	}
}

// overWords goes over words. To a gap that is wide, commas and the like belong
// to the words before them.
func (g gap) overWords(text []byte, at int, d direction, ends places) places {
	if g.wide && d == forward && divides(text, at, d) {
		at++
	}
	for n := 0; ; n++ {
		if r, size := decode(text, at, d); size == 0 || r != ' ' {
			return ends
		}
		at += int(d)
		ends = ends.with(at)
		if g.wide && d == backward && divides(text, at, d) {
			ends = ends.with(at - 1)
		}
		start := at
		for n < g.most {
			r, size := decode(text, at, d)
			if size == 0 || r == ' ' || g.stops(r) {
				break
			}
			at += int(d) * size
		}
		if at == start {
			return ends
		}
	}
}

func divides(text []byte, at int, d direction) bool {
	r, _ := decode(text, at, d)
	return r == ',' || r == ':' || r == ')'
}

// stops says whether a gap ends at a character: one that is not wide at what
// divides a sentence, any at what is no text.
func (g gap) stops(r rune) bool {
	switch r {
	case '\ufffc':
		return true
	case ',', ';', ':', '(', ')', '"', '“', '”', '「', '」', '。', '!', '?':
		return !g.wide
	}
	return false
}

// decode returns the character that follows at in a direction.
func decode(text []byte, at int, d direction) (rune, int) {
	if d == forward {
		return utf8.DecodeRune(text[at:])
	}
	return utf8.DecodeLastRune(text[:at])
}
