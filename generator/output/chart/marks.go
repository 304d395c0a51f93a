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

// visible says whether a mark lies within the chart's time.
func (p *plot) visible(m Mark) bool { return m.Time.Unix() >= p.from && m.Time.Unix() <= p.to }

// usedLanes are the lanes of the marks that are drawn.
func (p *plot) usedLanes() []lane {
	var lanes []lane
	for _, kind := range [...]Kind{Outside, Own} {
		if slices.ContainsFunc(p.Marks, func(m Mark) bool { return m.Kind == kind && p.visible(m) }) {
			lanes = append(lanes, lane{kind: kind})
		}
	}
	return lanes
}

// placeMarks puts a sign for each mark into its lane, and one for those that crowd.
func (p *plot) placeMarks() {
	marks := slices.Clone(p.Marks)
	slices.SortStableFunc(marks, func(a, b Mark) int { return a.Time.Compare(b.Time) })
	for i := range p.lanes {
		l := &p.lanes[i]
		for _, m := range marks {
			if m.Kind != l.kind || !p.visible(m) {
				continue
			}
			x := min(p.x(m.Time.Unix()), width-signWidth/2)
			if n := len(l.signs); n == 0 || x-l.signs[n-1].x >= signWidth {
				l.signs = append(l.signs, sign{x, m.Number})
			}
		}
	}
}
