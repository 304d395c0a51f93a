package figures

import (
	"math"
	"time"
)

// Change is what became of a column after an incident (playbook §5: how large was the
// loss).
type Change struct {
	Column          string
	Before          Figure // the level before the crisis
	Rows            int    // that Before is the mean of
	Lowest, Highest Figure // since Known
	Newest          Figure
	Lost            float64   // from Before to Lowest; zero where it never fell below
	Recovered       time.Time // from when on no row is below Before; zero where the newest is, or none ever was
}

// baseline is how long before Known the rows count that a flow is compared with.
const baseline = 7 * 24 * time.Hour

// ChangeOf compares a column with its level before the crisis. It returns false where
// there is no row from before, or none from after.
//
// The level of what is counted in all at a time, such as followers and reads, is that
// of the last row at or before Known. Sales go up and down with the day: theirs is the
// mean of the rows of the 7 days up to Known.
func ChangeOf(m *Metrics, name string, known time.Time) (Change, bool) {
	s := m.Series(name)
	earlier, later := s.Until(known), s.Since(known.Add(time.Second)) // times have a precision of a second
	if name == Sales {
		earlier = earlier.Since(known.Add(-baseline))
	} else if n := len(earlier.Points); n > 0 {
		earlier.Points = earlier.Points[n-1:]
	}
	last, ok := later.Last()
	if !ok || len(earlier.Points) == 0 {
		return Change{}, false
	}
	level := Point{Time: earlier.Points[len(earlier.Points)-1].Time, Value: mean(earlier.Points)}
	low, _ := later.Lowest()
	high, _ := later.Highest()
	c := Change{
		Column: name, Before: figure("before", s, level), Rows: len(earlier.Points),
		Lowest: figure("lowest", s, low), Highest: figure("highest", s, high), Newest: figure("count", s, last),
		Lost: max(0, math.Round((level.Value-low.Value)*1e9)/1e9),
	}
	from, ok := later.lastRun(func(v float64) bool { return v >= level.Value })
	if ok && from != later.Points[0] {
		c.Recovered = from.Time
	}
	return c, true
}

// mean is the mean of some points, to a billionth of a unit.
func mean(points []Point) float64 {
	sum := 0.0
	for _, p := range points {
		sum += p.Value
	}
	return math.Round(sum/float64(len(points))*1e9) / 1e9
}

// Share is a number as a part of the level before, in percent; NaN where that is not
// above zero.
func (c Change) Share(number float64) float64 {
	if c.Before.Value <= 0 {
		return math.NaN()
	}
	return math.Round(number/c.Before.Value*1e11) / 1e9
}
