package lexicon

import (
	"bytes"
	"cmp"
	"slices"

	"candor/generator/input/prose"
	"candor/generator/message"
)

// Find returns the hits in a text, by place. Of hits of one category that overlap the longest
// counts. Language is a tag such as "zh-Hans" or "en-GB"; nothing is found without a list for it.
// Stance is that of the incident; if it is "", entries that depend on it count.
func (l *Lexicon) Find(language, stance string, text prose.Text) []Hit {
	list := l.lists[message.Primary(language)]
	if list == nil {
		return nil
	}
	s := list.search()
	s.stance = stance
	for _, block := range text {
		s.inBlock(block)
	}
	found := s.found
	s.matches, s.found, s.block = 0, nil, prose.Block{}
	list.searches.Put(s)
	slices.SortStableFunc(found, compare)
	return found
}

func compare(a, b Hit) int {
	return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End),
		cmp.Compare(a.Category, b.Category), cmp.Compare(a.ID, b.ID))
}

// matchesLimit is how many places of one text are looked at closely. No text needs as many; one
// that is made of nothing else would take seconds.
const matchesLimit = 2000

// search is one call of Find, with room that the next one uses again.
type search struct {
	list    *list
	stance  string
	matches int
	found   []Hit

	block     prose.Block // the block at hand
	folder    folder
	sentences []span
	voices    []span // its quotations
	blanks    []span // its texts in square brackets
	looked    bool   // for these

	candidates []*anchor // in the sentence at hand
}

func (l *list) search() *search {
	l.once.Do(func() { l.index = newIndex(l.entries) })
	if s, ok := l.searches.Get().(*search); ok {
		return s
	}
	return &search{list: l}
}

func (s *search) inBlock(b prose.Block) {
	s.block, s.looked = b, false
	s.folder.block(b)
	s.sentences = sentences(s.folder.out, s.sentences[:0])
	small(s.folder.out)
	for _, sentence := range s.sentences {
		for _, m := range longest(s.inSentence(sentence)) {
			at := s.folder.places[m.start:m.end]
			s.found = append(s.found, Hit{m.entry, at[0].start, at[len(at)-1].end})
		}
	}
}

// match is a hit within its block.
type match struct {
	span
	entry *Entry
}

// inSentence tries the patterns of which there is an anchor.
func (s *search) inSentence(at span) []match {
	sentence := s.folder.out[at.start:at.end]
	s.candidates = s.list.index.scan(sentence, s.candidates[:0])
	var hits []match
	for _, c := range s.candidates {
		if s.matches == matchesLimit || !s.mayBe(c.entry, sentence) {
			continue
		}
		found := c.pattern.expression().FindAllIndex(sentence, matchesLimit-s.matches)
		s.matches += len(found)
		for _, m := range s.unexcepted(c.entry, sentence, found) {
			whole := span{at.start + m[0], at.start + m[1]}
			if !s.excused(c.entry.Category, whole) {
				hits = append(hits, match{whole, c.entry})
			}
		}
	}
	return hits
}

// mayBe reports whether an entry can be a fault in a sentence, as far as stance, block and the mark
// at the end of the sentence say.
func (s *search) mayBe(e *Entry, sentence []byte) bool {
	return (s.stance == "" || len(e.Stances) == 0 || slices.Contains(e.Stances, s.stance)) &&
		(e.Category.dated() || !s.block.Dated) && (e.Category.asked() || !bytes.Contains(sentence, []byte("?")))
}

// unexcepted returns those of the places of a sentence for which no exception of the entry or its
// category holds.
func (s *search) unexcepted(e *Entry, sentence []byte, found [][]int) [][]int {
	for _, exceptions := range [...][]*exception{e.exceptions, s.list.exceptions[e.Category]} {
		for _, x := range exceptions {
			switch {
			case len(found) == 0:
			case x.anywhere == nil:
				found = slices.DeleteFunc(found, func(at []int) bool { return x.holds(sentence, at[0], at[1]) })
			case x.anywhere().Match(sentence):
				found = nil
			}
		}
	}
	return found
}

// excused reports whether a place of the block is somebody else's voice or still to be filled in.
func (s *search) excused(c Category, at span) bool {
	if !s.looked {
		s.looked, s.voices, s.blanks = true, quotes(s.folder.out), nil
		for _, b := range blanks.FindAllIndex(s.folder.out, -1) {
			s.blanks = append(s.blanks, span{b[0], b[1]})
		}
	}
	holds := func(s span) bool { return s.holds(at) }
	return slices.ContainsFunc(s.blanks, holds) ||
		!c.quoted() && (s.block.Quoted || slices.ContainsFunc(s.voices, holds))
}

// longest drops, of matches of one category that overlap, all but the longest.
func longest(all []match) []match {
	slices.SortStableFunc(all, func(a, b match) int {
		return cmp.Or((b.end-b.start)-(a.end-a.start), a.start-b.start, cmp.Compare(a.entry.ID, b.entry.ID))
	})
	var kept []match
	for _, m := range all {
		if !slices.ContainsFunc(kept, func(k match) bool {
			return k.entry.Category == m.entry.Category && k.start < m.end && m.start < k.end
		}) {
			kept = append(kept, m)
		}
	}
	return kept
}
