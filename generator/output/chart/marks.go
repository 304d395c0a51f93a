package chart

import (
	"cmp"
	"slices"
)

// sign is one or more marks on the time axis.
type sign struct {
	x, lane int
	entry   Entry
}

// signWidth is how much room a sign takes.
const signWidth = 17

// visible says whether a mark lies within the chart's time.
func (p *plot) visible(m Mark) bool { return m.Time.Unix() >= p.from && m.Time.Unix() <= p.to }

// usedLanes are the kinds of the marks that are drawn; each has a lane of its own.
func (p *plot) usedLanes() []Kind {
	var lanes []Kind
	for _, kind := range [...]Kind{Outside, Own} {
		if slices.ContainsFunc(p.Marks, func(m Mark) bool { return m.Kind == kind && p.visible(m) }) {
			lanes = append(lanes, kind)
		}
	}
	return lanes
}

// placeMarks gathers the marks of a kind that crowd in one sign, and numbers the
// signs from left to right.
func (p *plot) placeMarks() []Entry {
	order := make([]int, 0, len(p.Marks))
	for i, m := range p.Marks {
		if p.visible(m) {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return p.Marks[a].Time.Compare(p.Marks[b].Time) })
	last := map[Kind]int{} // the newest sign of a kind, by its place in p.signs plus one
	for _, i := range order {
		m := p.Marks[i]
		x := min(p.x(m.Time.Unix()), width-signWidth/2)
		if n := last[m.Kind]; n > 0 && x-p.signs[n-1].x < signWidth {
			p.signs[n-1].entry.Marks = append(p.signs[n-1].entry.Marks, i)
			continue
		}
		entry := Entry{Kind: m.Kind, Marks: []int{i}}
		p.signs = append(p.signs, sign{x: x, lane: slices.Index(p.lanes, m.Kind), entry: entry})
		last[m.Kind] = len(p.signs)
	}
	slices.SortStableFunc(p.signs, func(a, b sign) int { return cmp.Compare(a.x, b.x) })
	var legend []Entry
	for i := range p.signs {
		p.signs[i].entry.Sign = i + 1
		legend = append(legend, p.signs[i].entry)
	}
	return legend
}
