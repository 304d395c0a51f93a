package figures

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"candor/generator/diag"
	"candor/generator/fileset"
)

// The columns of metrics.csv that have a meaning.
const (
	Negative     = "negative" // comments, with Neutral and Positive
	Neutral      = "neutral"
	Positive     = "positive"
	Mentions     = "mentions"
	Reads        = "reads" // so far
	Likes        = "likes"
	Comments     = "comments"
	Reposts      = "reposts"
	Complaints   = "complaints"
	Followers    = "followers"    // at that time
	Sales        = "sales"        // since the row before; below zero where more was returned
	Satisfaction = "satisfaction" // of affected users, in percent
)

// metricsColumns are the columns of metrics.csv with what they are called in Chinese.
func metricsColumns() []column {
	return []column{
		{"time", true, []string{"时间"}},
		{Negative, false, []string{"负面"}},
		{Neutral, false, []string{"中性"}},
		{Positive, false, []string{"正面"}},
		{Mentions, false, []string{"提及", "提及量"}},
		{Reads, false, []string{"阅读", "阅读量"}},
		{Likes, false, []string{"点赞", "点赞数"}},
		{Comments, false, []string{"评论", "评论数"}},
		{Reposts, false, []string{"转发", "转发数"}},
		{Complaints, false, []string{"投诉", "投诉量"}},
		{Followers, false, []string{"粉丝", "粉丝数"}},
		{Sales, false, []string{"销售", "销量", "销售额"}},
		{Satisfaction, false, []string{"满意度"}},
	}
}

// opinions are the three columns whose shares are computed.
var opinions = [...]string{Negative, Neutral, Positive}

// Metrics are the figures of metrics.csv, oldest first. It is not changed once made.
type Metrics struct {
	times   []time.Time
	columns []values
	shares  [len(opinions)]values // in percent
}

// values are those of a column, by row; NaN where there is none.
type values struct {
	name string
	own  bool
	unit Unit
	at   []float64
}

// Column is what a column is called, and what it counts in.
type Column struct {
	Name string // one of the constants, or as the editor wrote it
	Own  bool   // the editor's own
	Unit Unit
}

// ReadMetrics reads metrics.csv. Rows with findings are left out.
func ReadMetrics(file fileset.File, zone *time.Location) (*Metrics, diag.List) {
	s, ok := open(file, metricsColumns(), true, false)
	m := &Metrics{}
	if !ok {
		return m, s.findings()
	}
	r := metricsReader{sheet: s, zone: zone, m: m, column: make([]int, len(s.names))}
	r.prepare()
	for {
		cells, ok := s.row()
		if !ok {
			break
		}
		r.read(cells)
	}
	r.sort()
	return m, s.findings()
}

// metricsReader fills a Metrics row by row.
type metricsReader struct {
	*sheet
	zone    *time.Location
	m       *Metrics
	column  []int // by position: which of the columns; -1 for the time or a column without a name
	opinion [len(opinions)]int
	places  []place // of the rows' times in the file
	row     []float64
	numbers []number // of the row
}

type place struct{ start, end int }

func (r *metricsReader) prepare() {
	for i, name := range r.names {
		r.column[i] = -1
		if name == "" || name == "time" {
			continue
		}
		r.column[i] = len(r.m.columns)
		v := values{name: name, own: r.own[i]}
		if name == Satisfaction {
			v.unit = Percent
		}
		r.m.columns = append(r.m.columns, v)
	}
	for i, name := range opinions {
		r.opinion[i] = slices.Index(r.names, name)
		r.m.shares[i] = values{name: name, unit: Percent}
	}
	lines := min(rowLimit, strings.Count(r.data, "\n"))
	r.m.times, r.places = make([]time.Time, 0, lines), make([]place, 0, lines)
	for j := range r.m.columns {
		r.m.columns[j].at = make([]float64, 0, lines)
	}
	for i := range r.m.shares {
		r.m.shares[i].at = make([]float64, 0, lines)
	}
	r.row = make([]float64, len(r.m.columns))
	r.numbers = make([]number, len(r.names))
}

// read takes in a row, or reports what is wrong with it.
func (r *metricsReader) read(cells []cell) {
	at := slices.Index(r.names, "time")
	t, ok := r.time(cells[at], r.zone)
	for i, c := range cells {
		j := r.column[i]
		if j < 0 {
			continue
		}
		r.row[j] = math.NaN()
		r.numbers[i] = number{}
		if trim(c.text) == "" {
			continue
		}
		n, fine := r.figure(c, j)
		ok = ok && fine
		r.row[j], r.numbers[i] = n.value, n
	}
	if !ok {
		return
	}
	shares, ok := r.share(cells)
	if !ok {
		return
	}
	r.m.times = append(r.m.times, t)
	r.places = append(r.places, place{cells[at].start, cells[at].end})
	for j, v := range r.row {
		r.m.columns[j].at = append(r.m.columns[j].at, v)
	}
	for i, v := range shares {
		r.m.shares[i].at = append(r.m.shares[i].at, v)
	}
}

// figure reads a cell as its column wants it.
func (r *metricsReader) figure(c cell, column int) (number, bool) {
	n, ok := r.number(c)
	if !ok {
		return n, false
	}
	v := &r.m.columns[column]
	text := trim(c.text)
	opinion := slices.Contains(opinions[:], v.name)
	share := n.percent || v.name == Satisfaction
	switch {
	case n.percent && !v.own && !opinion && v.name != Satisfaction:
		r.fault(c.start, c.end, "bad-value", diag.Textf("\"%s\" is a share; %s is a number", clip(text), v.name), diag.Textf("write how many there were"))
	case n.value < 0 && !v.own && v.name != Sales:
		r.fault(c.start, c.end, "bad-value", diag.Textf("\"%s\" is less than nothing", clip(text)), diag.Textf("write what was counted"))
	case n.value > 100 && share && !v.own:
		r.fault(c.start, c.end, "bad-value", diag.Textf("\"%s\" is a share of more than 100 %%", clip(text)), diag.Textf("a share is 0 to 100 %"))
	case v.name == Satisfaction && !n.percent && n.value > 0 && n.value < 1:
		r.fault(c.start, c.end, "bad-value", diag.Textf("\"%s\" can be read as a part of 1 and as a percentage", clip(text)), diag.Textf("write a percentage: 84, or 84%"))
	case !n.whole && !n.percent && !v.own && !opinion && v.name != Sales && v.name != Satisfaction:
		r.fault(c.start, c.end, "bad-value", diag.Textf("\"%s\" is not a whole number", clip(text)), diag.Textf("a point begins decimals: write a thousand as 1000"))
	case v.own && !r.sameUnit(v, n):
		r.fault(c.start, c.end, "bad-value", diag.Textf("percentages and numbers are mixed in the column %s", clip(v.name)), diag.Textf("write all of them with a percent sign, or none"))
	default:
		return n, true
	}
	return n, false
}

// sameUnit says whether a number is in the unit of a column of the editor's own,
// which is that of its first.
func (r *metricsReader) sameUnit(v *values, n number) bool {
	unit := Unit("")
	if n.percent {
		unit = Percent
	}
	if first := slices.ContainsFunc(v.at, func(x float64) bool { return x == x }); !first {
		v.unit = unit
	}
	return v.unit == unit
}

// share works out the row's shares of negative, neutral and positive comments, NaN
// where it has none, and reports figures that fit neither counts nor shares.
func (r *metricsReader) share(cells []cell) (shares [len(opinions)]float64, ok bool) {
	given, percents, sum, fraction := 0, 0, 0.0, -1
	for i, position := range r.opinion {
		shares[i] = math.NaN()
		if position < 0 || trim(cells[position].text) == "" {
			continue
		}
		n := r.numbers[position]
		given++
		sum += n.value
		if n.percent {
			percents++
			shares[i] = n.value
		} else if !n.whole && fraction < 0 {
			fraction = position
		}
	}
	all := given == len(opinions)
	first, last := r.opinionCells(cells)
	switch {
	case percents > 0 && percents < given:
		r.fault(first.start, last.end, "bad-value", diag.Textf("shares and counts are mixed in this row"), diag.Textf("write negative, neutral and positive with percent signs, or none of them"))
	case percents > 0 && (sum > 101 || all && sum < 99):
		r.fault(first.start, last.end, "bad-value", diag.Textf("the shares of this row add up to %s %%", strconv.FormatFloat(math.Round(sum*100)/100, 'f', -1, 64)), diag.Textf("negative, neutral and positive together are 100 %"))
	case percents == 0 && fraction >= 0 && !(all && (near(sum, 1) || near(sum, 100))):
		c := cells[fraction]
		r.fault(c.start, c.end, "bad-value", diag.Textf("\"%s\" is neither a number of comments nor a share", clip(trim(c.text))), diag.Textf("write whole numbers of comments, or shares that add up to 1 or 100"))
	default:
		if percents == 0 && all && sum > 0 {
			for i, position := range r.opinion {
				shares[i] = math.Round(r.numbers[position].value/sum*1e11) / 1e9
			}
		}
		return shares, true
	}
	return shares, false
}

// near says whether a sum of shares is one, or a hundred, but for their rounding.
func near(sum, whole float64) bool { return sum >= 0.98*whole && sum <= 1.02*whole }

// opinionCells returns the first and the last of the row's cells about opinion.
func (r *metricsReader) opinionCells(cells []cell) (first, last cell) {
	for _, position := range r.opinion {
		if position < 0 {
			continue
		}
		if c := cells[position]; first.end == 0 || c.start < first.start {
			first = c
		}
		if c := cells[position]; c.end > last.end {
			last = c
		}
	}
	return first, last
}

// sort brings the rows in the order of their times, and reports and drops those
// whose time another row has.
func (r *metricsReader) sort() {
	m := r.m
	order := make([]int, len(m.times))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return m.times[a].Compare(m.times[b]) })
	kept := order[:0]
	for _, i := range order {
		if n := len(kept); n > 0 && m.times[kept[n-1]].Equal(m.times[i]) {
			r.fault(r.places[i].start, r.places[i].end, "duplicate-id", diag.Textf("another row has this time"), diag.Textf("keep one row for each time"))
			continue
		}
		kept = append(kept, i)
	}
	if slices.IsSorted(kept) && len(kept) == len(m.times) {
		return
	}
	m.times = pick(m.times, kept)
	for j := range m.columns {
		m.columns[j].at = pick(m.columns[j].at, kept)
	}
	for j := range m.shares {
		m.shares[j].at = pick(m.shares[j].at, kept)
	}
}

func pick[T any](all []T, order []int) []T {
	picked := make([]T, len(order))
	for i, from := range order {
		picked[i] = all[from]
	}
	return picked
}

// AsOf returns the figures whose time has passed, and the time of the next row; zero
// where there is none.
func (m *Metrics) AsOf(passed Passed) (now *Metrics, next time.Time) {
	n, next := seen(len(m.times), func(i int) time.Time { return m.times[i] }, passed)
	now = &Metrics{times: m.times[:n], columns: slices.Clone(m.columns), shares: m.shares}
	for j := range now.columns {
		now.columns[j].at = now.columns[j].at[:n]
	}
	for j := range now.shares {
		now.shares[j].at = now.shares[j].at[:n]
	}
	return now, next
}

// Rows returns how many rows there are.
func (m *Metrics) Rows() int { return len(m.times) }

// Columns returns the columns that have a figure, in the order of the file.
func (m *Metrics) Columns() []Column {
	var list []Column
	for _, c := range m.columns {
		if slices.ContainsFunc(c.at, func(x float64) bool { return x == x }) {
			list = append(list, Column{c.name, c.own, c.unit})
		}
	}
	return list
}

// Series returns what a column says, as it is written; no points where there is no
// such column.
func (m *Metrics) Series(name string) Series {
	i := slices.IndexFunc(m.columns, func(v values) bool { return v.name == name })
	if i < 0 {
		return Series{Name: name}
	}
	return m.series(m.columns[i])
}

// Share returns the share of the negative, neutral or positive comments in percent,
// of the rows that have it.
func (m *Metrics) Share(name string) Series {
	i := slices.Index(opinions[:], name)
	if i < 0 {
		return Series{Name: name, Unit: Percent}
	}
	return m.series(m.shares[i])
}

func (m *Metrics) series(v values) Series {
	s := Series{Name: v.name, Unit: v.unit}
	for i, x := range v.at {
		if x == x { // not NaN
			s.Points = append(s.Points, Point{m.times[i], x})
		}
	}
	return s
}
