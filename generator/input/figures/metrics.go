package figures

import (
	"math"
	"slices"
	"strconv"
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
	columns []Column
	rows    []metricsRow
}

// metricsRow is what a row says; NaN where it says nothing.
type metricsRow struct {
	time   time.Time
	place  cell                   // of the time
	values []float64              // by column
	shares [len(opinions)]float64 // in percent
}

// Column is what a column is called, and what it counts in.
type Column struct {
	Name string // one of the constants, or as the editor wrote it
	Own  bool   // the editor's own
	Unit Unit
}

// ReadMetrics reads metrics.csv. Rows with findings are left out.
func ReadMetrics(file fileset.File, zone *time.Location) (*Metrics, diag.List) {
	s, ok := open(file, zone, metricsColumns(), true, false)
	m := &Metrics{}
	if !ok {
		return m, s.found.Sort()
	}
	r := metricsReader{sheet: s, m: m}
	for i, name := range s.names {
		c := Column{Name: name, Own: s.own[i]}
		if name == Satisfaction {
			c.Unit = Percent
		}
		m.columns = append(m.columns, c)
	}
	for i, name := range opinions {
		r.opinion[i] = slices.Index(s.names, name)
	}
	for cells := range s.each {
		if row := r.read(cells); !s.faulty {
			m.rows = append(m.rows, row)
		}
	}
	slices.SortStableFunc(m.rows, func(a, b metricsRow) int { return a.time.Compare(b.time) })
	kept := m.rows[:0]
	for _, row := range m.rows {
		if n := len(kept); n > 0 && kept[n-1].time.Equal(row.time) {
			s.fault(row.place.start, row.place.end, "duplicate-id",
				diag.Textf("another row has this time"), diag.Textf("keep one row for each time"))
			continue
		}
		kept = append(kept, row)
	}
	m.rows = kept
	return m, s.found.Sort()
}

// metricsReader fills a Metrics row by row.
type metricsReader struct {
	*sheet
	m       *Metrics
	opinion [len(opinions)]int // where the columns are; -1 if there is none
	numbers []number           // of the row
}

// read reads a row, or reports what is wrong with it.
func (r *metricsReader) read(cells []cell) metricsRow {
	row := metricsRow{values: make([]float64, len(cells))}
	r.numbers = make([]number, len(cells))
	row.place = r.get("time")
	row.time = r.time(row.place)
	row.place.text = ""
	for i, c := range cells {
		row.values[i] = math.NaN()
		if name := r.names[i]; name == "" || name == "time" || trim(c.text) == "" {
			continue
		}
		if n, ok := r.number(c); ok {
			r.check(c, n, &r.m.columns[i], i)
			r.numbers[i], row.values[i] = n, n.value
		}
	}
	if !r.faulty {
		row.shares = r.share(cells)
	}
	return row
}

// check reports a number that its column does not want.
func (r *metricsReader) check(c cell, n number, column *Column, position int) {
	name, text := column.Name, clip(trim(c.text))
	opinion := slices.Contains(opinions[:], name)
	switch {
	case column.Own:
		unit := Unit("")
		if n.percent {
			unit = Percent
		}
		if !r.m.has(position) {
			column.Unit = unit // of the column's first
		}
		if column.Unit != unit {
			r.bad(c, diag.Textf("percentages and numbers are mixed in the column %s", clip(name)),
				diag.Textf("write all of them with a percent sign, or none"))
		}
	case n.percent && !opinion && name != Satisfaction:
		r.bad(c, diag.Textf("\"%s\" is a share; %s is a number", text, r.called(name)),
			diag.Textf("write how many there were"))
	case n.value < 0 && name != Sales:
		r.bad(c, diag.Textf("\"%s\" is negative", text), diag.Textf("write what was counted"))
	case n.value > 100 && (n.percent || name == Satisfaction):
		r.bad(c, diag.Textf("\"%s\" is a share of more than 100%%", text), diag.Textf("a share is 0 to 100%"))
	case name == Satisfaction && !n.percent && n.value > 0 && n.value < 1:
		r.bad(c, diag.Textf("\"%s\" can be read as a part of 1 and as a percentage", text),
			diag.Textf("write a percentage: 84, or 84%"))
	case !n.whole && !n.percent && !opinion && name != Sales && name != Satisfaction:
		r.bad(c, diag.Textf("\"%s\" is not a whole number", text),
			diag.Textf("a point begins decimals: write a thousand as 1000"))
	}
}

// has reports whether a column has a figure.
func (m *Metrics) has(column int) bool {
	return slices.ContainsFunc(m.rows, func(r metricsRow) bool { return !math.IsNaN(r.values[column]) })
}

// share works out the row's shares of negative, neutral and positive comments, NaN
// where it has none, and reports figures that fit neither counts nor shares.
func (r *metricsReader) share(cells []cell) (shares [len(opinions)]float64) {
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
	switch {
	case percents > 0 && percents < given:
		r.bad(r.opinionCells(cells), diag.Textf("shares and counts are mixed in this row"),
			diag.Textf("write %s, %s and %s with percent signs, or none of them",
				r.called(Negative), r.called(Neutral), r.called(Positive)))
	case percents > 0 && (sum > 101 || all && sum < 99):
		total := strconv.FormatFloat(math.Round(sum*100)/100, 'f', -1, 64)
		r.bad(r.opinionCells(cells), diag.Textf("the shares of this row add up to %s%%", total),
			diag.Textf("%s, %s and %s together are 100%%", r.called(Negative), r.called(Neutral), r.called(Positive)))
	case percents == 0 && fraction >= 0 && !(all && (near(sum, 1) || near(sum, 100))):
		text := clip(trim(cells[fraction].text))
		r.bad(cells[fraction], diag.Textf("\"%s\" is neither a number of comments nor a share", text),
			diag.Textf("write whole numbers of comments, or shares that add up to 1 or 100"))
	case percents == 0 && all && sum > 0:
		for i, position := range r.opinion {
			shares[i] = math.Round(r.numbers[position].value/sum*1e11) / 1e9
		}
	}
	return shares
}

// near says whether a sum of shares is one, or a hundred, but for their rounding.
func near(sum, whole float64) bool { return sum >= 0.98*whole && sum <= 1.02*whole }

// opinionCells returns where the row's cells about opinion are, from the first to the last.
func (r *metricsReader) opinionCells(cells []cell) cell {
	positions := slices.DeleteFunc(slices.Clone(r.opinion[:]), func(position int) bool { return position < 0 })
	return cell{start: cells[slices.Min(positions)].start, end: cells[slices.Max(positions)].end}
}

// AsOf returns the figures whose time has passed.
func (m *Metrics) AsOf(passed Passed) *Metrics {
	n := seen(len(m.rows), func(i int) time.Time { return m.rows[i].time }, passed)
	return &Metrics{columns: m.columns, rows: m.rows[:n]}
}

// Rows returns how many rows there are.
func (m *Metrics) Rows() int { return len(m.rows) }

// Columns returns the columns that have a figure, in the order of the file.
func (m *Metrics) Columns() []Column {
	var list []Column
	for i, c := range m.columns {
		if m.has(i) {
			list = append(list, c)
		}
	}
	return list
}

// Series returns what a column says, as it is written; no points if there is no
// such column.
func (m *Metrics) Series(name string) Series {
	i := slices.IndexFunc(m.columns, func(c Column) bool { return c.Name == name })
	if i < 0 {
		return Series{Name: name}
	}
	return m.series(name, m.columns[i].Unit, func(r *metricsRow) float64 { return r.values[i] })
}

// Share returns the share of the negative, neutral or positive comments in percent,
// of the rows that have it.
func (m *Metrics) Share(name string) Series {
	i := slices.Index(opinions[:], name)
	if i < 0 {
		return Series{Name: name, Unit: Percent}
	}
	return m.series(name, Percent, func(r *metricsRow) float64 { return r.shares[i] })
}

func (m *Metrics) series(name string, unit Unit, value func(*metricsRow) float64) Series {
	s := Series{Name: name, Unit: unit}
	for i := range m.rows {
		if x := value(&m.rows[i]); !math.IsNaN(x) {
			s.Points = append(s.Points, Point{m.rows[i].time, x})
		}
	}
	return s
}
