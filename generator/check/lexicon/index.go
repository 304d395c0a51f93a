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

// index finds the patterns that may match, by their anchors, in one pass over a text: it looks each
// three bytes up in a table, and those with which an anchor may begin in a map.
//
// This is the one machine of its own that the package keeps. One regular expression of all 1,800
// anchors of a language reads 0.1 MB a second, one for each is no faster; this reads 70 MB a
// second. An automaton (Aho–Corasick) of a library would save 20 of these lines.
type index struct {
	first [1 << 15]bool       // by key, whether an anchor may begin so
	heads map[string][]anchor // by their first three bytes
}

type anchor struct {
	text    []byte
	entry   *Entry
	pattern *pattern
}

func newIndex(entries []*Entry) *index {
	x := &index{heads: map[string][]anchor{}}
	for _, e := range entries {
		for _, p := range e.patterns {
			for _, text := range p.anchors {
				x.first[key([]byte(text))] = true
				x.heads[text[:3]] = append(x.heads[text[:3]], anchor{[]byte(text), e, p})
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
		if !x.first[key(text[i:])] || !utf8.RuneStart(text[i]) {
			continue
		}
		of := x.heads[string(text[i:i+3])]
		for j := range of {
			a := &of[j]
			known := func(b *anchor) bool { return a.pattern == b.pattern }
			if bytes.HasPrefix(text[i:], a.text) && !slices.ContainsFunc(found, known) {
				found = append(found, a)
			}
		}
	}
	return found
}
