package lexicon

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"
)

// anchorsLimit is how many anchors a pattern may have, anchorLeast what each must weigh: three
// letters, or two characters of Chinese.
const (
	anchorsLimit = 64
	anchorLeast  = 3
)

// anchors returns all texts that a sequence can be, if these are few and it has no gap; and texts
// of which one is in everything that it matches, as rare as may be.
func anchors(seq []part) (all, best []string) {
	consider := func(texts []string) {
		// Of equals the fewest, and the last: patterns begin with who, and end with what.
		more := weight(texts) - weight(best)
		if more > 0 || more == 0 && len(texts) <= len(best) {
			best = texts
		}
	}
	whole, run := true, []string{""} // what the parts without a gap up to here can be
	for _, p := range seq {
		var texts, within []string
		switch p := p.(type) {
		case literal:
			texts = []string{string(p)}
		case choice:
			texts, within = ofOptions(p)
		}
		longer := joined(run, texts)
		if longer == nil {
			consider(run)
			consider(within)
			whole, longer = false, texts
		}
		if longer == nil {
			longer = []string{""}
		}
		run = longer
	}
	if consider(run); whole {
		all = run
	}
	return all, best
}

// ofOptions returns the same of a choice; nothing if it may be missing.
func ofOptions(c choice) (all, best []string) {
	whole, anchored := !c.optional, !c.optional
	for _, option := range c.options {
		texts, within := anchors(option)
		whole, anchored = whole && texts != nil, anchored && weight(within) > 0
		all, best = append(all, texts...), append(best, within...)
	}
	if !whole || len(all) > anchorsLimit {
		all = nil
	}
	if !anchored {
		best = nil
	}
	return all, best
}

// joined returns every text of the one list with every text of the other behind it; none if they
// are too many.
func joined(before, after []string) (list []string) {
	if len(before)*len(after) > anchorsLimit {
		return nil
	}
	for _, a := range before {
		for _, b := range after {
			list = append(list, a+b)
		}
	}
	return list
}

// weight is how rarely the commonest of the texts may be expected.
func weight(texts []string) int {
	least := 0
	for i, text := range texts {
		n := 0
		for _, r := range strings.TrimSpace(text) {
			n++
			if r >= 0x80 {
				n++
			}
		}
		if i == 0 || n < least {
			least = n
		}
	}
	return least
}

// index finds the patterns that may match, by their anchors, in one pass over a text: a table says, by
// three bytes of the text, which anchors may begin there.
//
// This is the one machine of its own that the package keeps. One regular expression of all 1,800
// anchors of a language reads 0.1 MB a second, one for each is no faster; this reads 70 MB a
// second. An automaton (Aho–Corasick) of a library would save 20 of these lines.
type index struct {
	first   [1 << 15]uint16 // by key, which of the buckets has the anchors that may begin so
	buckets [][]anchor      // the first has none
}

type anchor struct {
	text    []byte
	last    byte // of the text: most anchors can be told from what they are compared with by it
	entry   *Entry
	pattern *pattern
}

func newIndex(entries []*Entry) *index {
	x := &index{buckets: make([][]anchor, 1)}
	for _, e := range entries {
		for _, p := range e.patterns {
			for _, text := range p.anchors {
				at := &x.first[key([]byte(text))]
				if *at == 0 {
					*at = uint16(len(x.buckets))
					x.buckets = append(x.buckets, nil)
				}
				x.buckets[*at] = append(x.buckets[*at], anchor{[]byte(text), text[len(text)-1], e, p})
			}
		}
	}
	return x
}

// key makes a number below 32,768 of the first three bytes of a text. A few beginnings share one.
func key(text []byte) int { return (int(text[0])<<10 ^ int(text[1])<<5 ^ int(text[2])) & (1<<15 - 1) }

// scan adds to found the anchors in a text, one for each pattern.
func (x *index) scan(text []byte, found []*anchor) []*anchor {
	for i := 0; i+3 <= len(text); i++ {
		bucket := x.buckets[x.first[key(text[i:])]]
		if len(bucket) == 0 || !utf8.RuneStart(text[i]) {
			continue
		}
		for j := range bucket {
			a := &bucket[j]
			end := i + len(a.text)
			if end > len(text) || text[end-1] != a.last || !bytes.Equal(text[i:end], a.text) {
				continue
			}
			if !slices.ContainsFunc(found, func(b *anchor) bool { return a.pattern == b.pattern }) {
				found = append(found, a)
			}
		}
	}
	return found
}
