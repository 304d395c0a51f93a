package chart

import (
	"math"
	"slices"
	"time"
)

// line is a series on its way to being drawn.
type line struct {
	series int
	points []Point
	runs   [][]spot // drawn parts
	name   []string // the lines of its name
	nameY  int      // of the first of them
	dense  bool     // there are more points than are drawn
}

// spot is a point of the drawing, in units.
type spot struct{ x, y int }

// thin turns the points into runs of spots: it breaks the line at gaps, and where
// there are many points keeps the lowest and the highest of each stretch.
func (l *line) thin(p *plot) {
	gap := l.gap()
	from := 0
	most := mostPoints / len(p.lines)
	l.runs, l.dense = nil, len(l.points) > most
	for i := 1; i <= len(l.points); i++ {
		if i < len(l.points) {
			a, b := l.points[i-1], l.points[i]
			if b.Time.Sub(a.Time) <= gap || p.x(b.Time.Unix())-p.x(a.Time.Unix()) < 3 {
				continue
			}
		}
		share := max(4, most*(i-from)/len(l.points))
		l.runs = append(l.runs, p.run(l.points[from:i], share))
		from = i
	}
}

// gap returns the longest step that a line is drawn across: eight times the median.
func (l *line) gap() time.Duration {
	if len(l.points) < 3 {
		return math.MaxInt64
	}
	steps := make([]time.Duration, len(l.points)-1)
	for i := range steps {
		steps[i] = l.points[i+1].Time.Sub(l.points[i].Time)
	}
	slices.Sort(steps)
	return 8 * steps[len(steps)/2]
}

// run returns the spots of points between which there is no gap, most of them at the
// most.
func (p *plot) run(points []Point, most int) []spot {
	var kept []spot
	add := func(at Point) {
		s := spot{p.x(at.Time.Unix()), p.y(at.Value)}
		if n := len(kept); n > 0 && kept[n-1] == s {
			return
		}
		kept = append(kept, s)
	}
	if len(points) <= most {
		for _, at := range points {
			add(at)
		}
		return kept
	}
	add(points[0])
	stretches := max(1, most/2-1)
	first, last := points[0].Time.Unix(), points[len(points)-1].Time.Unix()
	stretch := func(at Point) int64 { return (at.Time.Unix() - first) * int64(stretches) / (last - first + 1) }
	for from := 0; from < len(points); {
		low, high, to := from, from, from
		for ; to < len(points) && stretch(points[to]) == stretch(points[from]); to++ {
			if points[to].Value < points[low].Value {
				low = to
			}
			if points[to].Value > points[high].Value {
				high = to
			}
		}
		add(points[min(low, high)])
		add(points[max(low, high)])
		from = to
	}
	add(points[len(points)-1])
	return kept
}

// straighten returns the spots without those in the middle of a straight line.
func straighten(spots []spot) []spot {
	kept := make([]spot, 0, len(spots))
	for _, s := range spots {
		for n := len(kept); n >= 2; n = len(kept) {
			a, b := kept[n-2], kept[n-1]
			along := (b.x-a.x)*(s.x-b.x)+(b.y-a.y)*(s.y-b.y) >= 0
			if !along || (b.x-a.x)*(s.y-b.y) != (b.y-a.y)*(s.x-b.x) {
				break
			}
			kept = kept[:n-1]
		}
		kept = append(kept, s)
	}
	return kept
}

// end returns where the line ends.
func (l *line) end() spot {
	last := l.runs[len(l.runs)-1]
	return last[len(last)-1]
}

// signs returns where the line gets marks: at its points, if they are few, else at
// some, and always at points that are no line.
func (l *line) signs() []spot {
	const few, apart = 20, 40
	space, next := apart, l.runs[0][0].x+l.series*apart/3 // so that the marks of lines that run together do not
	if len(l.points) <= few {
		space, next = 8, 0
	}
	var list []spot
	for _, run := range l.runs {
		for i, s := range run {
			if s.x >= next || len(run) == 1 || i == len(run)-1 && s == l.end() {
				list = append(list, s)
				next = s.x + space
			}
		}
	}
	return list
}
