package lexicon

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// anchors returns texts of which one stands in everything that the sequence
// matches, as long as may be; none where there are no such texts. Inner says that
// one of them may begin within a word; bounded, that the sequence does not.
func anchors(seq []part, bounded bool) (best []string, inner bool) {
	consider := func(texts []string, within bool) {
		// Of equals the fewest, and the last: patterns begin with who, and end with what.
		if d := weight(texts) - weight(best); len(texts) > 0 && (d > 0 || d == 0 && (len(best) == 0 || len(texts) <= len(best))) {
			best, inner = texts, within
		}
	}
	run, from := []string{""}, 0 // what may stand in the parts without a gap up to here
	finish := func() {
		consider(run, !follows(seq[:from], bounded) && slices.ContainsFunc(run, func(text string) bool { return text != "" && isWord(text[0]) }))
		run = []string{""}
	}
	for i, p := range seq {
		texts, whole := wordings(p)
		if !whole {
			finish()
			from = i + 1
			if c, ok := p.(choice); ok && !c.optional {
				consider(ofEach(c))
			}
			continue
		}
		if len(run)*len(texts) > anchorsLimit {
			finish()
			from = i
		}
		run = joined(run, texts)
	}
	finish()
	for i, text := range best {
		best[i] = short(strings.TrimSpace(text))
	}
	slices.Sort(best)
	return slices.Compact(best), inner
}

// follows says whether what stands behind a sequence does not begin within a word;
// bounded, whether nothing adjoins the sequence before it.
func follows(seq []part, bounded bool) bool {
	if len(seq) == 0 {
		return bounded
	}
	switch p := seq[len(seq)-1].(type) {
	case literal:
		return p != "" && !isWord(p[len(p)-1])
	case choice:
		for _, option := range p.options {
			if !follows(option, false) {
				return false
			}
		}
		return !p.optional || follows(seq[:len(seq)-1], bounded)
	case class:
		return p == "start"
	}
	return true // a gap
}

// anchorsLimit is how many texts the anchors of a pattern may be, anchorLength
// how many bytes of each are looked for: more make the automaton larger than they
// make it faster.
const (
	anchorsLimit = 64
	anchorLength = 12
)

func short(text string) string {
	if len(text) <= anchorLength {
		return text
	}
	n := anchorLength
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	return strings.TrimSpace(text[:n])
}

func joined(before, after []string) []string {
	var list []string
	for _, a := range before {
		for _, b := range after {
			list = append(list, a+b)
		}
	}
	return list
}

// wordings returns all texts that a part can stand for, if it has no gaps.
func wordings(p part) (texts []string, whole bool) {
	switch p := p.(type) {
	case literal:
		return []string{string(p)}, true
	case choice:
		for _, option := range p.options {
			list := []string{""}
			for _, q := range option {
				of, ok := wordings(q)
				if !ok || len(list)*len(of) > anchorsLimit {
					return nil, false
				}
				list = joined(list, of)
			}
			texts = append(texts, list...)
		}
		return texts, !p.optional && len(texts) <= anchorsLimit
	}
	return nil, false
}

// ofEach returns the anchors of all options, or none where one has none.
func ofEach(c choice) (all []string, inner bool) {
	for _, option := range c.options {
		of, within := anchors(option, false)
		if len(of) == 0 || weight(of) == 0 {
			return nil, false
		}
		all, inner = append(all, of...), inner || within
	}
	return all, inner
}

// anchorLeast is what an anchor has to weigh: three letters, or two ideographs.
const anchorLeast = 3

// weight is how rarely the commonest of the texts may be expected.
func weight(texts []string) int {
	if len(texts) == 0 {
		return 0
	}
	least := 1 << 20
	for _, text := range texts {
		n := 0
		for _, r := range strings.TrimSpace(text) {
			n++
			if r >= utf8.RuneSelf {
				n++
			}
		}
		least = min(least, n)
	}
	return least
}
