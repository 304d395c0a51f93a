// Package chart draws line charts over time as SVG, for the pages of a report.
//
// A chart is a picture for those who see it: role img, named by its title and its
// description, which together have to say what the lines show. The numbers belong in
// a table beside it, which is the caller's.
//
// It has no language, no colours and no measure of its own. All words come from the
// caller, numbers and dates through functions. It is 340 units wide, with text of 12
// units, so that it can be read on a narrow phone, and as high as it needs; a style
// sheet sets its width. Everything is drawn in currentColor, by presentation
// attributes, with no style, script, link or reference in it: a content security
// policy has nothing to allow. Text from the caller is escaped.
//
// Lines differ by their dashes, by the shape of the marks on them and by their names
// at their ends, so colour need not tell them apart. What a style sheet can set:
//
//	.chart          the svg element; font-family and colour are inherited
//	.chart .grid    lines behind the figures          .chart .tick   labels of the axes
//	.chart .limit   the marked line and its label     .chart .mark   marks on the time axis
//	.chart .own, .chart .outside                      the kinds of these marks
//	.chart .s1 … .chart .s6                           a line, the marks on it, its name
//
// A line is broken where nothing was measured for long: more than eight times the
// usual step. Of many points, those are drawn that matter: in each narrow stretch of
// time the lowest and the highest, so no peak is lost and a chart stays below 8 KB.
// Lines are made of whole units; the same Chart gives the same bytes on every machine.
// Marks that crowd share a sign, which has the number of the first.
package chart

import (
	"math"
	"slices"
	"time"
)

// Chart is what to draw.
type Chart struct {
	ID     string // begins the ids in the drawing: to be unique on its page
	Title  string
	Desc   string
	Unit   string   // stands above the values; empty where Number says it
	Series []Series // at most six, as many as can be told apart
	Limit  *Limit
	Marks  []Mark // those outside of the points' time are not drawn

	Zone   *time.Location         // of the midnights on the time axis
	Date   func(time.Time) string // a midnight, in Zone
	Hour   func(time.Time) string // a time of day, where the chart spans two days or less
	Month  func(time.Time) string // the first day of a month, where the chart spans many
	Number func(float64) string

	Bare bool // a single line has no marks: there is nothing to tell it from
	Zero bool // the values begin at zero
	RTL  bool // words run from right to left; time does not
}

// Series is a line. Its points can stand in any order.
type Series struct {
	Name   string // stands at its end; may hold its last value
	Points []Point
}

// Point is a value at a time.
type Point struct {
	Time  time.Time
	Value float64
}

// Limit is a value with a line across the chart, such as a threshold.
type Limit struct {
	Value float64
	Label string
}

// Kind is who did what a mark stands for.
type Kind int

// The kinds. A square stands for an own action, a circle for an outside event.
const (
	Own Kind = iota
	Outside
)

// Mark is something that happened.
type Mark struct {
	Time   time.Time
	Kind   Kind
	Number int // what its sign says, where it is the first of the sign's
}

// Sizes, in units of the drawing.
const (
	width      = 340
	plotHeight = 140
	lineHeight = 14
	laneHeight = 20
	mostPoints = 500 // drawn, of all series together
)

// Draw returns a chart as SVG. It returns false where there is no point to draw.
func Draw(c Chart) ([]byte, bool) {
	p := plot{Chart: c}
	if !p.gather() {
		return nil, false
	}
	p.layOut()
	p.placeMarks()
	return p.write(), true
}

// plot is a chart on its way to being drawn.
type plot struct {
	Chart
	lines    []line
	from, to int64   // seconds since 1970
	low      float64 // of the value axis
	high     float64
	values   []tick
	times    []tick
	left     int
	right    int
	top      int // of the plot
	bottom   int
	lanes    []lane
	keyed    bool // the marks of the lines stand before their names, which are not all where the lines end
}

// tick is a place on an axis.
type tick struct {
	at    int // units
	label string
	mid   int // where the middle of the label is, along the axis
	half  int // of the width of the label; 0 on the value axis
}

// gather takes points and marks by time, and the ranges that the points span.
func (p *plot) gather() bool {
	p.from, p.to, p.low, p.high = math.MaxInt64, math.MinInt64, math.Inf(1), math.Inf(-1)
	extend := func(v float64) { p.low, p.high = min(p.low, v), max(p.high, v) }
	for i, s := range p.Series {
		if len(s.Points) == 0 {
			continue
		}
		points := slices.Clone(s.Points)
		slices.SortStableFunc(points, func(a, b Point) int { return a.Time.Compare(b.Time) })
		for _, point := range points {
			p.from, p.to = min(p.from, point.Time.Unix()), max(p.to, point.Time.Unix())
			extend(point.Value)
		}
		p.lines = append(p.lines, line{series: i, points: points})
	}
	if len(p.lines) == 0 {
		return false
	}
	if p.Limit != nil {
		extend(p.Limit.Value)
	}
	if p.Zero {
		extend(0)
	}
	if p.from == p.to { // one time: half a day to either side
		p.from, p.to = p.from-12*3600, p.to+12*3600
	}
	outside := func(m Mark) bool { return m.Time.Unix() < p.from || m.Time.Unix() > p.to }
	p.Marks = slices.DeleteFunc(slices.Clone(p.Marks), outside)
	slices.SortStableFunc(p.Marks, func(a, b Mark) int { return a.Time.Compare(b.Time) })
	return true
}

// layOut decides where the parts of the chart are.
func (p *plot) layOut() {
	p.top = lineHeight / 2
	if p.Unit != "" {
		p.top += lineHeight
	}
	p.lanes = p.usedLanes()
	p.top += len(p.lanes) * laneHeight
	p.bottom = p.top + plotHeight
	p.scaleValues()
	p.left = 4
	for _, t := range p.values {
		p.left = max(p.left, measure(t.label)+6)
	}
	p.left = min(p.left, width/3)
	for _, keyed := range [...]bool{false, true} {
		p.right = p.nameLines(keyed)
		for i := range p.lines {
			p.lines[i].thin(p)
		}
		if !p.spreadNames() {
			break
		}
	}
	p.scaleTimes()
}

// x returns where a time is.
func (p *plot) x(seconds int64) int {
	span, room := p.to-p.from, int64(p.right-p.left)
	return p.left + int(((seconds-p.from)*room*2+span)/(span*2))
}

// y returns where a value is.
func (p *plot) y(value float64) int {
	part := float64((p.high - value) / (p.high - p.low)) // the conversion keeps machines from fusing
	part = max(0, min(1, part))                          // a line that is flat but for the error of floats
	return p.top + int(math.Round(float64(part*plotHeight)))
}
