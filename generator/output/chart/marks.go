package chart

import "slices"

// lane is a row of signs over the plot: those of the marks of a kind.
type lane struct {
	kind  Kind
	signs []sign
}

// sign is one or more marks on the time axis.
type sign struct{ x, number int }

// signWidth is how much room a sign takes.
const signWidth = 17

// usedLanes are the lanes of the marks that are drawn.
func (p *plot) usedLanes() []lane {
	var lanes []lane
	for _, kind := range [...]Kind{Outside, Own} {
		if slices.ContainsFunc(p.Marks, func(m Mark) bool { return m.Kind == kind }) {
			lanes = append(lanes, lane{kind: kind})
		}
	}
	return lanes
}

// placeMarks puts a sign for each mark into its lane, and one for those that crowd.
func (p *plot) placeMarks() {
	for i := range p.lanes {
		l := &p.lanes[i]
		for _, m := range p.Marks {
			x := min(p.x(m.Time.Unix()), width-signWidth/2)
			if n := len(l.signs); m.Kind == l.kind && (n == 0 || x-l.signs[n-1].x >= signWidth) {
				l.signs = append(l.signs, sign{x, m.Number})
			}
		}
	}
}
