package translation

import (
	"iter"
	"slices"

	"candor/generator/input/content"
)

// Place is where a block is in a document.
type Place struct {
	Section int // -1 for the lead
	Block   int // in the section's body; -1 for its heading
	None    bool
}

// Fragment returns the text of the place's section.
func (p Place) Fragment(doc *content.Document) *content.Fragment {
	if p.Section < 0 {
		return &doc.Lead
	}
	return &doc.Sections[p.Section].Body
}

// align yields the places of an original beside those of a translation: sections
// of one id together, else in their order; in them blocks of one kind, in their
// order. Every block of both is in exactly one pair.
func align(original, translation *content.Document, yield func(a, b Place)) {
	body := func(s pair, a, b []content.Block) {
		for _, p := range blocks(a, b) {
			yield(place(s.original, p.original, p.original), place(s.translation, p.translation, p.translation))
		}
	}
	body(pair{-1, -1}, original.Lead.Blocks, translation.Lead.Blocks)
	for _, s := range sections(original, translation) {
		yield(place(s.original, -1, s.original), place(s.translation, -1, s.translation))
		var a, b []content.Block
		if s.original >= 0 {
			a = original.Sections[s.original].Body.Blocks
		}
		if s.translation >= 0 {
			b = translation.Sections[s.translation].Body.Blocks
		}
		body(s, a, b)
	}
}

// place returns the place of a block; index is -1 if there is none.
func place(section, block, index int) Place {
	if index < 0 {
		return Place{None: true}
	}
	return Place{Section: section, Block: block}
}

// Sections yields the sections of an original with those that translate them, in
// the order of the original; one of the two is nil if its side has no such section.
func Sections(original, translation *content.Document) iter.Seq2[*content.Section, *content.Section] {
	return func(yield func(a, b *content.Section) bool) {
		for _, p := range sections(original, translation) {
			var a, b *content.Section
			if p.original >= 0 {
				a = &original.Sections[p.original]
			}
			if p.translation >= 0 {
				b = &translation.Sections[p.translation]
			}
			if !yield(a, b) {
				return
			}
		}
	}
}

// AlignAll puts several translations beside their original. A row has a place in
// the original and one in each translation, also in those that are nil. What only a
// translation has is in a row of its own.
func AlignAll(original *content.Document, translations []*content.Document) [][]Place {
	row := func(column int, p Place) []Place {
		places := slices.Repeat([]Place{{None: true}}, 1+len(translations))
		places[column] = p
		return places
	}
	var rows [][]Place
	align(original, original, func(a, _ Place) { rows = append(rows, row(0, a)) })
	for i, translation := range translations {
		if translation == nil {
			continue
		}
		all := make([][]Place, 0, len(rows))
		n := 0 // the row of the original's next place
		align(original, translation, func(a, b Place) {
			for n < len(rows) && rows[n][0].None { // what only an earlier translation has
				all = append(all, rows[n])
				n++
			}
			if a.None {
				all = append(all, row(i+1, b))
				return
			}
			rows[n][i+1] = b
			all = append(all, rows[n])
			n++
		})
		rows = append(all, rows[n:]...)
	}
	return rows
}

// pair holds indices in the original and the translation; -1 if one has none.
type pair struct{ original, translation int }

// sections pairs the sections of two documents, in the order of the original;
// what only the translation has comes after what it follows there.
func sections(original, translation *content.Document) []pair {
	a, b := original.Sections, translation.Sections
	list := make([]pair, len(a))
	var restA, restB []int
	taken := make([]bool, len(b))
	byID := map[string][]int{} // of b, those that are not taken
	for j := range b {
		byID[b[j].ID] = append(byID[b[j].ID], j)
	}
	for i := range a {
		list[i] = pair{i, -1}
		if same := byID[a[i].ID]; len(same) > 0 {
			list[i].translation, taken[same[0]] = same[0], true
			byID[a[i].ID] = same[1:]
		} else {
			restA = append(restA, i)
		}
	}
	for j := range b {
		if !taken[j] {
			restB = append(restB, j)
		}
	}
	alike := func(i, j int) int { return sectionLikeness(a[restA[i]], b[restB[j]]) }
	for _, p := range match(len(restA), len(restB), alike) {
		if p.original >= 0 && p.translation >= 0 {
			list[restA[p.original]].translation, taken[restB[p.translation]] = restB[p.translation], true
		}
	}
	all := make([]pair, 0, len(a)+len(b))
	follow := func(j int) { // adds what only the translation has from j on
		for ; j < len(b) && !taken[j]; j++ {
			all = append(all, pair{-1, j})
		}
	}
	follow(0)
	for _, p := range list {
		all = append(all, p)
		if p.translation >= 0 {
			follow(p.translation + 1)
		}
	}
	return all
}

func sectionLikeness(a, b content.Section) int {
	if a.Explicit && b.Explicit {
		return 0 // somebody says that they are different
	}
	score := 4
	if len(a.Body.Blocks) == len(b.Body.Blocks) {
		score += 4
	}
	for i := range min(len(a.Body.Blocks), len(b.Body.Blocks)) {
		score += likeness(a.Body.Blocks[i], b.Body.Blocks[i]) / 8
	}
	return score
}

// blocks pairs the blocks of two sections.
func blocks(a, b []content.Block) []pair {
	return match(len(a), len(b), func(i, j int) int { return likeness(a[i], b[j]) })
}

// likeness says how well two blocks go together; not at all below 1.
func likeness(a, b content.Block) int {
	if a.Kind != b.Kind {
		return 0
	}
	score := 8
	for _, same := range [...]bool{a.Items == b.Items, a.Tasks == b.Tasks, a.Links == b.Links, a.Images == b.Images} {
		if same {
			score += 2
		}
	}
	// Chinese takes about half the letters of English and three bytes for each, so
	// the bytes are comparable.
	if x, y := a.End-a.Start, b.End-b.Start; x < 2*y && y < 2*x {
		score++
	}
	return score
}

// largest is how many comparisons a pair of sections is worth: beyond it, blocks
// are taken in their order.
const largest = 1 << 18

// match pairs two sequences in their order so that the likeness of the pairs is
// as great as can be. Elements whose likeness is below 1 are never paired.
func match(n, m int, likeness func(i, j int) int) []pair {
	list := make([]pair, 0, n+m)
	alike := n == m
	for i := 0; alike && i < n; i++ {
		alike = likeness(i, i) > 0
	}
	if alike || n*m > largest { // in their order
		for i := range max(n, m) {
			p := pair{i, i}
			if i >= n {
				p.original = -1
			}
			if i >= m {
				p.translation = -1
			}
			list = append(list, p)
		}
		return list
	}
	best := make([]int, (n+1)*(m+1)) // of the elements from i and j on
	at := func(i, j int) *int { return &best[i*(m+1)+j] }
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			*at(i, j) = max(*at(i+1, j), *at(i, j+1))
			if l := likeness(i, j); l > 0 {
				*at(i, j) = max(*at(i, j), l+*at(i+1, j+1))
			}
		}
	}
	for i, j := 0, 0; i < n || j < m; {
		switch {
		case i < n && j < m && likeness(i, j) > 0 && *at(i, j) == likeness(i, j)+*at(i+1, j+1):
			list = append(list, pair{i, j})
			i, j = i+1, j+1
		case j == m || i < n && *at(i, j) == *at(i+1, j):
			list = append(list, pair{i, -1})
			i++
		default:
			list = append(list, pair{-1, j})
			j++
		}
	}
	return list
}
