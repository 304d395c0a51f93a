package sealed

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"candor/generator/input/content"
	"candor/generator/input/figures"
	"candor/generator/site"
)

// inFigures is in the names of figures, after the incident's.
const inFigures = "/figures/"

// IsFigures reports whether a unit has figures.
func IsFigures(name string) bool { return strings.Contains(name, inFigures) }

// IsTimeline reports whether a unit is the timeline of a report.
func IsTimeline(name string) bool { return strings.Contains(name, inFigures+"timeline") }

// GoesOn reports whether a unit has figures that only have more lines than they had.
func GoesOn(name, was, now string) bool {
	if !IsFigures(name) {
		return false
	}
	there := map[string]bool{}
	for line := range strings.Lines(now) {
		there[line] = true
	}
	for line := range strings.Lines(was) {
		if !there[line] {
			return false
		}
	}
	return true
}

// Replaced returns the first line of figures that is not there any more, and the new line that is most like
// it; empty if no new one has its instant.
func Replaced(was, now string) (before, after string) {
	old, there := map[string]bool{}, map[string]bool{}
	for line := range strings.Lines(was) {
		old[line] = true
	}
	for line := range strings.Lines(now) {
		there[line] = true
	}
	for line := range strings.Lines(was) {
		if !there[line] {
			before = line
			break
		}
	}
	most := strings.IndexByte(before, ' ')
	for line := range strings.Lines(now) {
		same := 0
		for same < min(len(line), len(before)) && line[same] == before[same] {
			same++
		}
		if !old[line] && same > most {
			after, most = line, same
		}
	}
	return strings.TrimSpace(before), strings.TrimSpace(after)
}

// figures adds what the pages show of the CSV files: those of the progress page, and of a report all.
func (c *collector) figures(inc *site.Incident, tags []string) {
	f := inc.Figures
	if f == nil {
		return
	}
	var lines []string
	add := func(s figures.Series, what string) {
		for _, p := range s.Points {
			lines = append(lines, instant(p.Time)+" "+what+" "+strconv.FormatFloat(p.Value, 'f', -1, 64)+string(s.Unit))
		}
	}
	switch {
	case f.Metrics == nil:
	case inc.Report != nil:
		for _, share := range []string{figures.Negative, figures.Neutral, figures.Positive} {
			add(f.Metrics.Share(share), share+" share")
		}
		for _, column := range f.Metrics.Columns() {
			add(f.Metrics.Series(column.Name), column.Name)
		}
	case inc.Shows(content.ShowSentiment):
		add(f.Metrics.Share(figures.Negative), figures.Negative+" share")
	}
	c.lines(inc, "metrics", lines, func() string { return inc.Data.Metrics.File.Path })
	if f.Timeline == nil || inc.Report == nil {
		return
	}
	for _, tag := range append([]string{""}, tags...) {
		lines = lines[:0:0]
		for _, e := range f.Timeline.Events {
			text, source := e.Text, e.Source
			if tag != "" {
				text, source = e.In(tag)
			}
			if source != "" {
				source = " (" + source + ")"
			}
			if text != "" {
				lines = append(lines, instant(e.Time)+" "+string(e.Kind)+" "+text+source)
			}
		}
		name := "timeline"
		if tag != "" {
			name += "@" + tag
		}
		c.lines(inc, name, lines, func() string { return inc.Data.Timeline.File.Path })
	}
}

func instant(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// lines adds a unit of figures, if there are any.
func (c *collector) lines(inc *site.Incident, name string, lines []string, file func() string) {
	if len(lines) == 0 {
		return
	}
	slices.Sort(lines)
	c.add(Unit{Name: inc.Slug + inFigures + name, File: file(), figures: Normalise(strings.Join(lines, "\n") + "\n")})
}
