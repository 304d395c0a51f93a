package translation

import (
	"iter"
	"slices"

	"candor/generator/input/content"
)

// Row is what stands side by side: two blocks, two headings of sections, or one
// of them where the other side has none.
type Row struct {
	Original, Translation Place
}

// Place is where a block stands in a document.
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

// Align puts the blocks of a translation beside those of its original: sections
// of one id together, else in their order; in them blocks of one kind, in their
// order. Every block of both stands in exactly one row.
func Align(original, translation *content.Document) []Row {
	rows := bodies(nil, original, translation, pair{-1, -1})
	for _, s := range sections(original, translation) {
		rows = append(rows, Row{heading(s.original), heading(s.translation)})
		rows = bodies(rows, original, translation, s)
	}
	return rows
}

func heading(section int) Place {
	if section < 0 {
		return Place{None: true}
	}
	return Place{Section: section, Block: -1}
}

// bodies adds the rows of two sections. Of the lead both numbers are -1, else -1
// is a side that has no such section.
func bodies(rows []Row, original, translation *content.Document, s pair) []Row {
	var a, b []content.Block
	lead := s == pair{-1, -1}
	if lead || s.original >= 0 {
		a = Place{Section: s.original}.Fragment(original).Blocks
	}
	if lead || s.translation >= 0 {
		b = Place{Section: s.translation}.Fragment(translation).Blocks
	}
	place := func(section, block int) Place {
		if block < 0 {
			return Place{None: true}
		}
		return Place{Section: section, Block: block}
	}
	for _, p := range match(len(a), len(b), func(i, j int) int { return likeness(a[i], b[j]) }) {
		rows = append(rows, Row{place(s.original, p.original), place(s.translation, p.translation)})
	}
	return rows
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

// pair holds indices in the original and the translation; -1 where one has none.
type pair struct{ original, translation int }

// sections pairs the sections of two documents, in the order of the original;
// what only the translation has stands behind what it follows there.
func sections(original, translation *content.Document) []pair {
	a, b := original.Sections, translation.Sections
	partner := make([]int, len(a))
	taken := make([]bool, len(b))
	for i := range a {
		partner[i] = -1
		for j := range b {
			if !taken[j] && a[i].ID == b[j].ID {
				partner[i], taken[j] = j, true
				break
			}
		}
	}
	var restA, restB []int
	for i := range a {
		if partner[i] < 0 {
			restA = append(restA, i)
		}
	}
	for j := range b {
		if !taken[j] {
			restB = append(restB, j)
		}
	}
	for _, p := range match(len(restA), len(restB), func(i, j int) int { return sectionLikeness(a[restA[i]], b[restB[j]]) }) {
		if p.original >= 0 && p.translation >= 0 {
			partner[restA[p.original]], taken[restB[p.translation]] = restB[p.translation], true
		}
	}
	list := make([]pair, 0, len(a))
	for i := range a {
		list = append(list, pair{i, partner[i]})
	}
	for j := range b {
		if taken[j] {
			continue
		}
		at := slices.IndexFunc(list, func(p pair) bool { return j > 0 && p.translation == j-1 })
		list = slices.Insert(list, at+1, pair{-1, j})
	}
	return list
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

// largest is how many comparisons a pair of sections is worth: beyond it, blocks
// are taken in their order.
const largest = 1 << 18

// match pairs two sequences in their order so that the likeness of the pairs is
// as great as can be. Elements whose likeness is below 1 are never paired.
func match(n, m int, likeness func(i, j int) int) []pair {
	if n == m && all(n, func(i int) bool { return likeness(i, i) > 0 }) || n*m > largest {
		return inOrder(n, m)
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
	list := make([]pair, 0, n+m)
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

func all(n int, f func(i int) bool) bool {
	for i := range n {
		if !f(i) {
			return false
		}
	}
	return true
}

func inOrder(n, m int) []pair {
	list := make([]pair, 0, max(n, m))
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

// Sections yields the sections of an original with those that translate them, in
// the order of the original; nil stands for one that a side lacks.
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

// AlignAll puts several translations beside their original, as Align does with
// each: a row has a place in the original and one in each translation, nil ones
// among them. What a translation alone has stands in a row of its own.
func AlignAll(original *content.Document, translations []*content.Document) [][]Place {
	empty := func() []Place {
		row := make([]Place, 1+len(translations))
		for i := range row {
			row[i].None = true
		}
		return row
	}
	var rows [][]Place
	index := map[Place]int{}
	for _, row := range Align(original, original) {
		index[row.Original] = len(rows)
		rows = append(rows, empty())
		rows[len(rows)-1][0] = row.Original
	}
	after := make(map[int][][]Place) // rows of translations alone, by the row before them
	for i, translation := range translations {
		if translation == nil {
			continue
		}
		at := -1
		for _, row := range Align(original, translation) {
			if row.Original.None {
				own := empty()
				own[i+1] = row.Translation
				after[at] = append(after[at], own)
				continue
			}
			at = index[row.Original]
			rows[at][i+1] = row.Translation
		}
	}
	all := slices.Clone(after[-1])
	for at, row := range rows {
		all = append(append(all, row), after[at]...)
	}
	return all
}
