package incident

import (
	"math"
	"slices"
	"strings"
	"time"

	"candor/generator/diag"
	"candor/generator/domain"
	"candor/generator/fileset"
	"candor/generator/input/content"
	"candor/generator/input/figures"
	"candor/generator/site/config"
)

// Table is one of the CSV files as read, whatever the instant. Callers that build
// again keep it with the file, like a document.
type Table struct {
	Found diag.List

	File     fileset.File
	metrics  *figures.Metrics
	timeline *figures.Timeline
	ledger   *figures.Ledger
}

// ReadTable reads metrics.csv, timeline.csv or cases.csv.
func ReadTable(site *config.Site, file fileset.File) *Table {
	t := &Table{File: file}
	switch file.Path[strings.LastIndexByte(file.Path, '/')+1:] {
	case domain.FileMetrics:
		t.metrics, t.Found = figures.ReadMetrics(file, site.Zone)
	case domain.FileTimeline:
		t.timeline, t.Found = figures.ReadTimeline(file, site.Zone, site.AllTags()...)
	case domain.FileCases:
		t.ledger, t.Found = figures.ReadCases(file, site.Zone)
	}
	return t
}

// Data is the tables of an incident; nil if it has no such file.
type Data struct{ Metrics, Timeline, Cases *Table }

// Add puts a table into its place.
func (d *Data) Add(t *Table) {
	switch {
	case t.metrics != nil:
		d.Metrics = t
	case t.timeline != nil:
		d.Timeline = t
	case t.ledger != nil:
		d.Cases = t
	}
}

// Figures are what the tables say at an instant. A table without a file, or with no
// rows by then, is nil.
type Figures struct {
	Metrics  *figures.Metrics
	Timeline *figures.Timeline
	Totals   *figures.Totals // the only thing here about the cases

	// For a final report.
	Recovery, Failure []figures.Indicator
	Changes           []figures.Change

	Sums []fileset.Sum // of the files with these words and numbers; never of the cases
	AsOf time.Time     // since when all of it has been so; zero if it depends on no time
}

// Shows reports whether the progress page of an incident shows a figure.
func (i *Incident) Shows(what string) bool { return slices.Contains(i.show, what) }

// figures derives the figures, if a page shows any. They have a clock of their
// own: a page that shows none does not change at the time of a row.
func (a *assembly) figures(inc *Incident, src Source) {
	inc.Data = src.Data
	inc.show = a.site.Show
	if inc.Front.ShowSet {
		inc.show = inc.Front.Show
		a.shown(inc)
	}
	if !inc.Visible || inc.Report == nil && len(inc.show) == 0 {
		return
	}
	clock := a.clock.Apart()
	f := inc.Data.at(clock)
	if f == nil {
		return
	}
	if inc.Report != nil {
		inc.assess(f, a.site, clock.Passed)
	}
	f.AsOf = clock.last
	inc.Figures = f
}

// shown reports figures that are to be shown and have no file.
func (a *assembly) shown(inc *Incident) {
	check := func(what, file string, table *Table) {
		if table == nil && inc.Shows(what) {
			a.report(inc.Index.Doc.AtKey("show", "missing-file",
				diag.Textf("the page should show \"%s\", but there is no %s", what, file),
				diag.Textf("create it with: candor new data %s", inc.Slug)))
		}
	}
	check(content.ShowSentiment, domain.FileMetrics, inc.Data.Metrics)
	check(content.ShowCases, domain.FileCases, inc.Data.Cases)
}

// textSum is the digest of a text file, whatever its line ends.
func textSum(file fileset.File) fileset.Sum { return fileset.SumOf(content.Normalise(file.Data)) }

// at returns the figures at the clock's instant; nil if there are none.
func (d *Data) at(clock *Clock) *Figures {
	f := &Figures{}
	if t := d.Metrics; t != nil {
		if now := t.metrics.AsOf(clock.Passed); now.Rows() > 0 {
			f.Metrics, f.Sums = now, append(f.Sums, textSum(t.File))
		}
	}
	if t := d.Timeline; t != nil {
		if now := t.timeline.AsOf(clock.Passed); len(now.Events) > 0 {
			f.Timeline, f.Sums = now, append(f.Sums, textSum(t.File))
		}
	}
	if t := d.Cases; t != nil {
		now := t.ledger.AsOf(clock.Passed)
		f.Totals = &now
	}
	if f.Metrics == nil && f.Timeline == nil && f.Totals == nil {
		return nil
	}
	return f
}

// assess derives the signs of recovery and failure, gains and losses (playbook §4 and §5).
func (i *Incident) assess(f *Figures, site *config.Site, passed figures.Passed) {
	e, th := i.evidence(f, passed), thresholds(site)
	f.Recovery, f.Failure = figures.Recovery(e, th), figures.Failure(e, th)
	for _, column := range [...]string{figures.Followers, figures.Sales} {
		if c, ok := figures.ChangeOf(e.Metrics, column, i.Known); ok {
			f.Changes = append(f.Changes, c)
		}
	}
}

func (i *Incident) evidence(f *Figures, passed figures.Passed) figures.Evidence {
	e := figures.Evidence{Known: i.Known, Metrics: f.Metrics, Timeline: f.Timeline, Totals: f.Totals, Passed: passed}
	if e.Metrics == nil {
		e.Metrics = &figures.Metrics{}
	}
	return e
}

// Signals returns what the figures say for a higher or a lower level at the clock's instant.
func (i *Incident) Signals(site *config.Site, clock *Clock) []figures.Signal {
	if i.Data.Metrics == nil {
		return nil
	}
	metrics := Data{Metrics: i.Data.Metrics}
	now := metrics.at(clock)
	if now == nil {
		return nil
	}
	return figures.Signals(i.evidence(now, clock.Passed), thresholds(site))
}

// thresholds returns the thresholds of a site.
func thresholds(site *config.Site) figures.Thresholds {
	const day = 24 * time.Hour
	t := site.Thresholds
	th := figures.Thresholds{
		Alarm: float64(t.Negative), Satisfied: float64(t.Satisfied), Reads: float64(site.Clocks.Loud),
		Easing: time.Duration(t.Calm) * day, Lasting: time.Duration(t.Long) * day,
	}
	if th.Reads == 0 {
		th.Reads = math.Inf(1)
	}
	return th
}
