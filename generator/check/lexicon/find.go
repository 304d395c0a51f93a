package lexicon

import (
	"bytes"
	"cmp"
	"slices"

	"candor/generator/message"
)

// Find returns the hits in a text, by place. Of hits of one category that overlap
// the longest counts. Language is a tag such as "zh-Hans" or "en-GB"; without a
// list for it nothing is found. Stance is that of the incident; where it is "",
// entries that depend on it count.
func (l *Lexicon) Find(language, stance string, text Text) []Hit {
	list := l.lists[message.Primary(language)]
	if list == nil {
		return nil
	}
	s := list.searches.Get().(*search)
	defer list.searches.Put(s)
	s.stance, s.matches, s.found = stance, 0, nil
	for _, block := range text {
		s.inBlock(block)
	}
	found := s.found
	s.block, s.found = Block{}, nil // they are the caller's
	slices.SortStableFunc(found, compare)
	return found
}

func compare(a, b Hit) int {
	return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End), cmp.Compare(a.Category, b.Category), cmp.Compare(a.Entry.ID, b.Entry.ID))
}

// matchesLimit is how many places of one text are looked at closely. No text
// needs as many; one that is made of nothing else would cost their square.
const matchesLimit = 2000

// search is one call of Find, and room that the next one uses again.
type search struct {
	list    *list
	index   *index
	stance  string
	matches int
	found   []Hit

	block     Block // the block at hand
	folder    folder
	seen      []sighting
	sentences []span
	voices    []span // its quotations
	blanks    []span // its texts in square brackets
	looked    bool   // for these

	scratch scratch  // the sentence at hand
	tried   []uint32 // by number of pattern, the sentence in which it was last tried
	turn    uint32   // the number of the sentence
}

func (s *search) inBlock(b Block) {
	s.block, s.looked = b, false
	s.folder.block(b, false)
	s.seen = s.index.sieve.scan(s.folder.out, s.seen[:0])
	if len(s.seen) == 0 { // as in most blocks
		return
	}
	var hits []match
	at := 0
	s.sentences = sentences(s.folder.out, s.sentences[:0])
	for _, sentence := range s.sentences {
		from := at
		for at < len(s.seen) && s.seen[at].start < sentence.end {
			at++
		}
		if at > from {
			hits = append(hits, longest(s.inSentence(sentence, s.seen[from:at]))...)
		}
	}
	if len(hits) == 0 {
		return
	}
	s.folder.block(b, true) // again, now with the places in the source
	for _, m := range hits {
		s.found = append(s.found, Hit{
			Entry: m.entry, Category: m.entry.Category, Instead: m.entry.Instead,
			Start: s.folder.from[m.start], End: s.folder.to[m.end-1],
		})
	}
}

// match is a hit within its block.
type match struct {
	span
	entry *Entry
}

// inSentence tries the patterns of which an anchor was seen.
func (s *search) inSentence(at span, seen []sighting) []match {
	s.scratch.text = s.folder.out[at.start:at.end]
	asked := bytes.IndexByte(s.scratch.text, '?') >= 0 // it ends the sentence, or would have ended it before
	s.turn++
	var hits []match
	for _, sighting := range seen {
		for _, candidate := range s.index.of[sighting.anchor] {
			e, p := candidate.entry, candidate.pattern
			if s.tried[candidate.number] == s.turn || !e.speaks(s.stance) || asked && !e.Category.asked() || s.block.Dated && !e.Category.dated() {
				continue
			}
			s.tried[candidate.number] = s.turn
			for m, found := p.find(&s.scratch, 0); found && s.matches < matchesLimit; m, found = p.find(&s.scratch, m.end) {
				s.matches++
				whole := span{at.start + m.start, at.start + m.end}
				if !s.excepted(e, m) && !s.excused(e.Category, whole) {
					hits = append(hits, match{whole, e})
				}
			}
		}
	}
	return hits
}

func (e *Entry) speaks(stance string) bool {
	return stance == "" || len(e.Stances) == 0 || slices.Contains(e.Stances, stance)
}

// excepted says whether an exception of the entry or its category holds.
func (s *search) excepted(e *Entry, at span) bool {
	holds := func(x *exception) bool { return x.holds(&s.scratch, at) }
	return slices.ContainsFunc(e.exceptions, holds) || slices.ContainsFunc(s.list.exceptions[e.Category], holds)
}

// excused says whether a place of the block is somebody else's voice or still to
// be filled in.
func (s *search) excused(c Category, at span) bool {
	if !s.looked {
		s.looked = true
		s.voices, s.blanks = quotes(s.folder.out), blanks(s.folder.out)
	}
	holds := func(s span) bool { return s.holds(at) }
	return slices.ContainsFunc(s.blanks, holds) || !c.quoted() && (s.block.Quoted || slices.ContainsFunc(s.voices, holds))
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
