// Package figures reads the figures of an incident's final report (playbook §4
// and §5) and says what follows from them.
//
// Three files can stand in an incident's folder. Each begins with a line that
// names its columns, in any order, in English or Chinese.
//
//   - metrics.csv: time; negative, neutral, positive (comments); mentions, reads,
//     likes, comments, reposts, complaints, followers, sales, satisfaction; and any
//     column of the editor's own. An empty cell is no figure, never a zero.
//   - timeline.csv: time, kind, text, source: what happened outside; text.en and
//     source.en say it in another language of the site.
//   - cases.csv: id, channel, priority, opened, reached, solved, satisfied: the
//     private ledger. Only a Totals ever leaves it, in which no group of one to
//     four people has a number, and none can be worked out.
//
// They are CSV (RFC 4180) in UTF-8; a byte order mark, CRLF, blank lines and empty
// cells after the last column are accepted. What reads differently from country to
// country is refused: other separators than the comma, numbers with separators
// between their digits, dates that are not ISO 8601. A time without an offset is in
// the zone that the caller gives. Rows can stand in any order.
//
// What is read is a function of the file's bytes and the zone. Faults are findings
// with their place, at most 20 a file and one that says that there are more. Those of
// cases.csv quote no cell, and mask the line that they show.
//
// Negative, neutral and positive are counts or shares, row by row: with percent
// signs they are shares as written; without, a share is the cell's part of the
// row's sum, so 63, 22, 15 and 0.63, 0.22, 0.15 and 126, 44, 30 say the same. A row
// that lacks one of the three has no shares, unless it is written with percent
// signs. Shares are in percent, rounded to a billionth, so that 0.2 beside 0.7 and
// 0.1 is 20 exactly.
//
// Nothing sees the instant of the build. What depends on it asks a function whether
// a time has passed, which incident.Clock has; asking in order to find the newest
// row also asks for the one after it, so the clock knows when the answer changes.
// A day is 24 hours.
package figures

import (
	"cmp"
	"slices"
	"sort"
	"time"
)

// Unit is what a figure counts in.
type Unit string

// The units. A figure without one is a number of things.
const (
	Percent Unit = "%"
	Days    Unit = "days"
)

// Passed says whether a time is at or before the instant of the build.
type Passed func(time.Time) bool

// Point is a figure at a time.
type Point struct {
	Time  time.Time
	Value float64
}

// Series is what one column says, oldest first; no two points have the same time.
type Series struct {
	Name   string
	Unit   Unit
	Points []Point
}

// Since returns the part at or after a time.
func (s Series) Since(t time.Time) Series {
	i := sort.Search(len(s.Points), func(i int) bool { return !s.Points[i].Time.Before(t) })
	s.Points = s.Points[i:]
	return s
}

// Until returns the part at or before a time.
func (s Series) Until(t time.Time) Series {
	i := sort.Search(len(s.Points), func(i int) bool { return s.Points[i].Time.After(t) })
	s.Points = s.Points[:i]
	return s
}

// Last returns the newest point, and whether there is one.
func (s Series) Last() (Point, bool) {
	if len(s.Points) == 0 {
		return Point{}, false
	}
	return s.Points[len(s.Points)-1], true
}

// lastRun returns the first of the points up to the newest that all hold, and whether
// the newest does.
func (s Series) lastRun(holds func(float64) bool) (first Point, ok bool) {
	for i := len(s.Points) - 1; i >= 0 && holds(s.Points[i].Value); i-- {
		first, ok = s.Points[i], true
	}
	return first, ok
}

// Lowest returns the first of the lowest points, and whether there is one.
func (s Series) Lowest() (Point, bool) {
	if len(s.Points) == 0 {
		return Point{}, false
	}
	return slices.MinFunc(s.Points, byValue), true
}

// Highest returns the first of the highest points, and whether there is one.
func (s Series) Highest() (Point, bool) {
	if len(s.Points) == 0 {
		return Point{}, false
	}
	return slices.MaxFunc(s.Points, byValue), true
}

func byValue(a, b Point) int { return cmp.Compare(a.Value, b.Value) }

// seen returns how many of n times, oldest first, have passed. It asks for the last
// that has and the first that has not, whatever else it asks for.
func seen(n int, at func(int) time.Time, passed Passed) int {
	return sort.Search(n, func(i int) bool { return !passed(at(i)) })
}
