package page

import (
	"html/template"
	"slices"
	"strconv"
	"strings"
	"time"

	"candor/generator/input/figures"
	"candor/generator/output/chart"
)

// drawing is a chart to be: some series that have an axis in common.
type drawing struct {
	id     string
	title  string
	series []line
	limit  *chart.Limit
	zero   bool
}

// line is a series with its name on the page.
type line struct {
	figures.Series
	column TableColumn
}

// charts draws all figures of an incident. What is said of one of the marks stands
// in the timeline, whose numbers they have.
func (w *work) charts(marks []chart.Mark) []Chart {
	f := w.inc.Figures
	if f == nil || f.Metrics == nil {
		return nil
	}
	var list []Chart
	for _, d := range w.drawings() {
		if c, ok := w.draw(d, marks); ok {
			c.Table = w.table(d)
			list = append(list, c)
		}
	}
	return list
}

// drawings are the charts of a report, in order.
func (w *work) drawings() []drawing {
	list := []drawing{w.sentiment(figures.Negative, figures.Neutral, figures.Positive)}
	volumes := w.volumes(figures.Mentions, figures.Comments, figures.Likes, figures.Reposts, figures.Complaints)
	list = append(list, volumes...)
	for _, column := range [...]string{figures.Reads, figures.Followers, figures.Sales} {
		d := w.column(column)
		d.zero = column != figures.Followers
		for _, c := range w.inc.Figures.Changes {
			if c.Column == column {
				d.limit = &chart.Limit{Value: c.Before.Value, Label: w.words.Must("charts.before", w.words.Decimal(c.Before.Value, 0))}
			}
		}
		list = append(list, d)
	}
	satisfaction := w.column(figures.Satisfaction)
	satisfied := float64(w.settings.Thresholds.Satisfied)
	satisfaction.zero = true
	satisfaction.limit = &chart.Limit{Value: satisfied, Label: w.words.Must("charts.goal", w.words.Percent(satisfied, 0))}
	list = append(list, satisfaction)
	for _, c := range w.inc.Figures.Metrics.Columns() {
		if c.Own && len(list) < mostCharts {
			list = append(list, w.column(c.Name))
		}
	}
	return list
}

// mostCharts is up to how many charts a report has.
const mostCharts = 16

// sentiment draws shares of comments with the line at which they are an alarm.
func (w *work) sentiment(shares ...string) drawing {
	alarm := float64(w.settings.Thresholds.Negative)
	d := drawing{id: "sentiment", title: w.words.Must("charts.sentiment"), zero: true}
	d.limit = &chart.Limit{Value: alarm, Label: w.words.Must("charts.alarm", w.words.Percent(alarm, 0))}
	for _, share := range shares {
		d.add(w.inc.Figures.Metrics.Share(share), TableColumn{Name: w.words.Must("columns." + share)})
	}
	return d
}

// column draws one column.
func (w *work) column(name string) drawing {
	d := drawing{id: name}
	s := w.inc.Figures.Metrics.Series(name)
	if word, err := w.words.Say("columns." + name); err == nil && slices.Contains(known[:], name) {
		d.title = word
		d.add(s, TableColumn{Name: word})
		return d
	}
	d.title = name
	d.add(s, TableColumn{Name: name, Lang: w.original()})
	for i, c := range w.inc.Figures.Metrics.Columns() { // a name can hold what an id cannot
		if c.Name == name {
			d.id = "own-" + strconv.Itoa(i+1)
		}
	}
	return d
}

// known are the columns of metrics.csv that have words.
var known = [...]string{figures.Mentions, figures.Comments, figures.Likes, figures.Reposts, figures.Complaints, figures.Reads, figures.Followers, figures.Sales, figures.Satisfaction}

// volumes draws columns that count what people did. Those whose highest figure is
// under a tenth of the largest would lie flat beside it: they get charts of their own.
func (w *work) volumes(columns ...string) []drawing {
	var list []drawing
	highest := func(s figures.Series) float64 { p, _ := s.Highest(); return p.Value }
	var rest []line
	for _, column := range columns {
		if d := w.column(column); len(d.series) > 0 {
			rest = append(rest, d.series[0])
		}
	}
	for len(rest) > 0 {
		top := 0.0
		for _, l := range rest {
			top = max(top, highest(l.Series))
		}
		d := drawing{zero: true}
		var later []line
		for _, l := range rest {
			if highest(l.Series)*10 < top {
				later = append(later, l)
				continue
			}
			d.series = append(d.series, l)
		}
		var names []string
		for _, l := range d.series {
			names = append(names, l.column.Name)
		}
		d.id, d.title = d.series[0].Name, strings.Join(names, w.words.Must("page.dot"))
		list, rest = append(list, d), later
	}
	return list
}

func (d *drawing) add(s figures.Series, name TableColumn) {
	if len(s.Points) > 0 {
		d.series = append(d.series, line{s, name})
	}
}

// draw draws a drawing; false where there is nothing to draw.
func (w *work) draw(d drawing, marks []chart.Mark) (Chart, bool) {
	if len(d.series) == 0 {
		return Chart{}, false
	}
	unit := d.series[0].Unit
	c := chart.Chart{
		ID: "chart-" + d.id, Title: d.title, Desc: w.describe(d), Limit: d.limit, Marks: marks, Zone: w.settings.Zone, Zero: d.zero, Bare: len(marks) == 0,
		Date: w.words.Day, Hour: w.words.Clock, Month: w.month, Number: w.words.Compact, RTL: w.lang.Dir == "rtl",
	}
	if unit == figures.Percent {
		c.Unit = "%"
	}
	for _, l := range d.series {
		points := make([]chart.Point, len(l.Points))
		for i, p := range l.Points {
			points[i] = chart.Point{Time: p.Time, Value: p.Value}
		}
		last, _ := l.Last()
		c.Series = append(c.Series, chart.Series{Name: l.column.Name + " " + w.amountShort(last.Value, unit), Points: points})
	}
	drawn, ok := chart.Draw(c)
	return Chart{ID: "figure-" + d.id, Title: d.title, SVG: picture(drawn)}, ok
}

// month words a month, with its year where that is not the incident's.
func (w *work) month(t time.Time) string {
	if t.Year() == w.inc.Known.Year() {
		return w.words.MonthAlone(t)
	}
	return w.words.Month(t)
}

// picture makes a drawing a piece of a page. It is markup made by the build: package
// chart writes elements and attributes of its own alone, and escapes every text that
// it is given.
func picture(d chart.Drawing) template.HTML { return template.HTML(d.SVG) }

// describe says what a chart shows, for those who do not see it.
func (w *work) describe(d drawing) string {
	var text []string
	for _, l := range d.series {
		first, last := l.Points[0], l.Points[len(l.Points)-1]
		low, _ := l.Lowest()
		high, _ := l.Highest()
		say := func(p figures.Point) string {
			return w.words.Must("charts.point", w.amount(p.Value, l.Unit), w.short(p.Time))
		}
		if len(l.Points) == 1 {
			text = append(text, w.words.Must("charts.single", l.column.Name, say(first)))
			continue
		}
		text = append(text, w.words.Must("charts.series", l.column.Name, say(first), say(high), say(low), say(last)))
	}
	if d.limit != nil {
		text = append(text, w.words.Must("charts.limit", d.limit.Label))
	}
	return strings.Join(text, " ")
}

// amount writes a figure with its unit.
func (w *work) amount(v float64, unit figures.Unit) string {
	switch unit {
	case figures.Percent:
		return w.words.Percent(v, 1)
	case figures.Days:
		return w.words.Must("numbers.days", w.words.Decimal(v, 2))
	}
	return w.words.Decimal(v, 2)
}

// amountShort is amount with words for large numbers.
func (w *work) amountShort(v float64, unit figures.Unit) string {
	if unit == figures.Percent {
		return w.words.Percent(v, 1)
	}
	return w.words.Compact(v)
}

// tableRows is up to how many rows the table of a chart has.
const tableRows = 14

// table lists the figures of a chart. Of many rows, it has the first and the last,
// those with the highest and the lowest figures, and others evenly in between.
func (w *work) table(d drawing) Table {
	var times []time.Time
	for _, l := range d.series {
		for _, p := range l.Points {
			times = append(times, p.Time)
		}
	}
	slices.SortFunc(times, time.Time.Compare)
	times = slices.CompactFunc(times, time.Time.Equal)
	place := func(t time.Time) int {
		i, _ := slices.BinarySearchFunc(times, t, time.Time.Compare)
		return i
	}
	var t Table
	must := []int{0, len(times) - 1}
	for _, l := range d.series {
		t.Columns = append(t.Columns, l.column)
		low, _ := l.Lowest()
		high, _ := l.Highest()
		must = append(must, place(low.Time), place(high.Time))
	}
	chosen := spread(len(times), tableRows, must)
	for _, i := range chosen {
		row := TableRow{Time: w.when(w.inc, times[i])}
		for _, l := range d.series {
			cell := ""
			if p, ok := l.Until(times[i]).Last(); ok && p.Time.Equal(times[i]) {
				cell = w.amount(p.Value, l.Unit)
			}
			row.Cells = append(row.Cells, cell)
		}
		t.Rows = append(t.Rows, row)
	}
	if len(chosen) < len(times) {
		t.Note = w.words.Must("charts.thinned", len(chosen), len(times))
	}
	return t
}
