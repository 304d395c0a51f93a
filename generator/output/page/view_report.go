package page

import "html/template"

// What a report, and in part a progress page, shows of an incident's figures.

// MomentDay is one day of a report's timeline.
type MomentDay struct {
	Date    string // "4 November"
	ISO     string // "2026-11-04"
	Moments []Moment
}

// Moment is an entry of a report's timeline: an update, or something that happened outside.
type Moment struct {
	ID         string // of its element: "moment-7"
	Number     int    // from 1, oldest first; the signs on the charts have it too
	Own        bool   // an update
	Time       Time
	KindWord   string
	Title      string
	Lang       string
	URL        string // of an update
	Clock      string // of an update: whether it came on time; may be empty
	Late       bool
	Source     string // of an event: where to check it, in words or as the name of a server
	SourceURL  string // the address of the source, if it is one
	SourceLang string // language of Source if it is not the page's

	Corrections []Entry // the updates that correct it
}

// Chart is a drawing of figures over time, and the figures.
type Chart struct {
	ID    string // of its element: "chart-sentiment"
	Title string
	SVG   template.HTML
	Table Table
}

// Table is the figures of a chart.
type Table struct {
	Columns []TableColumn
	Rows    []TableRow
	Note    string // which of the figures it has, if not all
}

// TableColumn is the head of a column of figures.
type TableColumn struct {
	Name string
	Lang string // of Name if it is not the page's
}

// TableRow is a row of figures; a cell is empty if there is none.
type TableRow struct {
	Time  Time
	Cells []string
}

// Change is what became of a quantity: gains and losses.
type Change struct {
	Name   string
	Before string // the level before the crisis
	Note   string // how Before was made, if it is not a figure of one time
	Lowest Measured
	Lost   string // from Before to Lowest, with its share; empty if nothing was lost
	Newest Measured
	Gain   string // from Before to Newest, with its sign and its share
	State  string // "back above it since 4 November", "not back yet"; empty if nothing was lost
}

// Measured is a figure at a time.
type Measured struct {
	Value string
	Time  Time
}

// Indicator is a sign of recovery or failure.
type Indicator struct {
	ID        string
	Name      string
	State     string // met, not-met, not-yet or no-data
	StateWord string
	Figures   []string // "newest: 10.8 % (17 August, 23:00)"
	Source    string   // the file and its column: "metrics.csv, negative"; empty without figures
}

// Step is a follow-up to the report: a published one, or the next one.
type Step struct {
	Name  string // "Follow-up", "Full review"
	Entry *Entry // nil if it is due
	State string // if it is due: "by 4 November 2026", "overdue since …"
	Late  bool
}

// Figures is what a progress page shows.
type Figures struct {
	Chart  *Chart // the share of negative comments; without a table
	Totals []Fact
	Note   string // of Totals, if some numbers are left out
	AsOf   *Time
}
