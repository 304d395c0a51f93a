package page

import (
	"bytes"
	"html/template"
	"math"
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

// charts draws all figures of an incident. The marks have the numbers of the timeline.
func (pl *incidentPlan) charts(marks []chart.Mark) []Chart {
	f := pl.inc.Figures
	if f == nil || f.Metrics == nil {
		return nil
	}
	var list []Chart
	for _, d := range pl.drawings() {
		if c, ok := pl.draw(d, marks); ok {
			c.Table = pl.table(d)
			list = append(list, c)
		}
	}
	return list
}

// drawings are the charts of a report, in order.
func (pl *incidentPlan) drawings() []drawing {
	list := []drawing{pl.sentiment(figures.Negative, figures.Neutral, figures.Positive)}
	volumes := pl.volumes(figures.Mentions, figures.Comments, figures.Likes, figures.Reposts, figures.Complaints)
	list = append(list, volumes...)
	for _, column := range [...]string{figures.Reads, figures.Followers, figures.Sales} {
		d := pl.column(column)
		d.zero = column != figures.Followers
		for _, c := range pl.inc.Figures.Changes {
			if c.Column == column {
				before := pl.words.Decimal(c.Before.Value, 0)
				d.limit = &chart.Limit{Value: c.Before.Value, Label: pl.words.Must("charts.before", before)}
			}
		}
		list = append(list, d)
	}
	satisfaction := pl.column(figures.Satisfaction)
	satisfied := float64(pl.settings.Thresholds.Satisfied)
	satisfaction.zero = true
	goal := pl.words.Must("charts.goal", pl.words.Percent(satisfied, 0))
	satisfaction.limit = &chart.Limit{Value: satisfied, Label: goal}
	list = append(list, satisfaction)
	for i, c := range pl.inc.Figures.Metrics.Columns() {
		if c.Own && len(list) < mostCharts {
			d := drawing{id: "own-" + strconv.Itoa(i+1), title: c.Name} // a name can have what an id cannot
			d.add(pl.inc.Figures.Metrics.Series(c.Name), TableColumn{Name: c.Name, Lang: pl.original()})
			list = append(list, d)
		}
	}
	return list
}

// mostCharts is how many charts a report has at most.
const mostCharts = 16

// sentiment draws shares of comments with the alert line.
func (pl *incidentPlan) sentiment(shares ...string) drawing {
	alarm := float64(pl.settings.Thresholds.Negative)
	d := drawing{id: "sentiment", title: pl.words.Must("charts.sentiment"), zero: true}
	d.limit = &chart.Limit{Value: alarm, Label: pl.words.Must("charts.alarm", pl.words.Percent(alarm, 0))}
	for _, share := range shares {
		d.add(pl.inc.Figures.Metrics.Share(share), TableColumn{Name: pl.words.Must("columns." + share)})
	}
	return d
}

// column draws one of the columns that have words.
func (pl *incidentPlan) column(name string) drawing {
	d := drawing{id: name, title: pl.words.Must("columns." + name)}
	d.add(pl.inc.Figures.Metrics.Series(name), TableColumn{Name: d.title})
	return d
}

// volumes draws columns that count what people did. Those whose highest figure is
// under a tenth of the largest would look flat beside it: they get charts of their own.
func (pl *incidentPlan) volumes(columns ...string) []drawing {
	highest := func(l line) float64 { p, _ := l.Highest(); return p.Value }
	var list []drawing
	var rest []line
	for _, column := range columns {
		if d := pl.column(column); len(d.series) > 0 {
			rest = append(rest, d.series[0])
		}
	}
	for len(rest) > 0 {
		top := 0.0
		for _, l := range rest {
			top = max(top, highest(l))
		}
		d := drawing{zero: true}
		var names []string
		var later []line
		for _, l := range rest {
			if highest(l)*10 < top {
				later = append(later, l)
			} else {
				d.series, names = append(d.series, l), append(names, l.column.Name)
			}
		}
		d.id, d.title = d.series[0].Name, strings.Join(names, pl.words.Must("page.dot"))
		list, rest = append(list, d), later
	}
	return list
}

func (d *drawing) add(s figures.Series, name TableColumn) {
	if len(s.Points) > 0 {
		d.series = append(d.series, line{s, name})
	}
}

// draw draws a drawing; false if there is nothing to draw.
func (pl *incidentPlan) draw(d drawing, marks []chart.Mark) (Chart, bool) {
	if len(d.series) == 0 {
		return Chart{}, false
	}
	unit := d.series[0].Unit
	c := chart.Chart{
		ID: "chart-" + d.id, Title: d.title, Desc: pl.describe(d), Limit: d.limit,
		Marks: marks, Zone: pl.settings.Zone, Zero: d.zero, Bare: len(marks) == 0,
		Date: pl.words.Day, Hour: pl.words.Clock, Month: pl.month, Number: pl.words.Compact, RTL: pl.lang.Dir == "rtl",
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
		end := pl.words.Compact(last.Value)
		if unit == figures.Percent {
			end = pl.words.Percent(last.Value, 1)
		}
		c.Series = append(c.Series, chart.Series{Name: l.column.Name + " " + end, Points: points})
	}
	svg, ok := chart.Draw(c)
	svg = bytes.Replace(svg, []byte(` xmlns="http://www.w3.org/2000/svg"`), nil, 1) // which HTML knows
	// package chart writes only its own elements and attributes, and escapes all text
	return Chart{ID: "figure-" + d.id, Title: d.title, SVG: template.HTML(svg)}, ok
}

// month words a month, with its year if that is not the incident's.
func (pl *incidentPlan) month(t time.Time) string {
	if t.Year() == pl.inc.Known.Year() {
		return pl.words.MonthAlone(t)
	}
	return pl.words.Month(t)
}

// describe returns what a chart shows, for people who cannot see it.
func (pl *incidentPlan) describe(d drawing) string {
	var text []string
	for _, l := range d.series {
		first, last := l.Points[0], l.Points[len(l.Points)-1]
		low, _ := l.Lowest()
		high, _ := l.Highest()
		say := func(p figures.Point) string {
			return pl.words.Must("charts.point", pl.amount(p.Value, l.Unit), pl.short(p.Time))
		}
		if len(l.Points) == 1 {
			text = append(text, pl.words.Must("charts.single", l.column.Name, say(first)))
			continue
		}
		text = append(text, pl.words.Must("charts.series", l.column.Name, say(first), say(high), say(low), say(last)))
	}
	if d.limit != nil {
		text = append(text, pl.words.Must("charts.limit", d.limit.Label))
	}
	return strings.Join(text, " ")
}

// amount writes a figure with its unit.
func (pl *incidentPlan) amount(v float64, unit figures.Unit) string {
	switch unit {
	case figures.Percent:
		return pl.words.Percent(v, 1)
	case figures.Days:
		return pl.words.Duration(time.Duration(math.Round(v*24)) * time.Hour) // days have two decimals
	}
	return pl.words.Decimal(v, 2)
}

// tableRows is up to how many rows the table of a chart has.
const tableRows = 10

// table lists the figures of a chart. Of many rows, it has the first and the last,
// those with the highest and the lowest figures, and others evenly in between.
func (pl *incidentPlan) table(d drawing) Table {
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
		row := TableRow{Time: pl.when(times[i])}
		for _, l := range d.series {
			cell := ""
			if p, ok := l.Until(times[i]).Last(); ok && p.Time.Equal(times[i]) {
				cell = pl.amount(p.Value, l.Unit)
			}
			row.Cells = append(row.Cells, cell)
		}
		t.Rows = append(t.Rows, row)
	}
	if len(chosen) < len(times) {
		t.Note = pl.words.Must("charts.thinned", len(chosen), len(times))
	}
	return t
}
