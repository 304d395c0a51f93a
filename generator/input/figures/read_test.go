package figures

import (
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"candor/generator/diag"
	"candor/generator/fileset"
)

func TestMetrics(t *testing.T) {
	for _, test := range []struct {
		name, text string
		column     string
		want       string
	}{
		{"unsorted, with a mark, CRLF, blank lines, empty rows and cells", "\ufeffreads,time,\r\n\r\n2,2026-11-04T18:00,\r\n1,2026-11-03 18:00,,,\r\n,,\r\n,2026-11-02T18:00,", Reads, "03T18:00 1, 04T18:00 2"},
		{"Chinese, in quotation marks", "\"时间\",\" 阅读量 \"\n\"2026-11-04T18:00\",\" 12 \"\n", Reads, "04T18:00 12"},
		{"upper case", "TIME,Reads\n2026-11-04T18:00,12\n", Reads, "04T18:00 12"},
		{"offset", "time,reads\n2026-11-04T18:00-03:30,12\n", Reads, "04T21:30 12"},
		{"sales below zero, and decimals", "time,sales\n2026-11-04T18:00,-12.50\n", Sales, "04T18:00 -12.5"},
		{"satisfaction", "time,satisfaction\n2026-11-04T18:00,61.5\n2026-11-05T18:00,62 %\n2026-11-06T18:00,0\n2026-11-07T18:00,1\n", Satisfaction, "04T18:00 61.5%, 05T18:00 62%, 06T18:00 0%, 07T18:00 1%"},
		{"own column", "time,客服 等待\n2026-11-04T18:00,-1.5\n", "客服 等待", "04T18:00 -1.5"},
		{"own column of shares", "time,refunds\n2026-11-04T18:00,\n2026-11-05T18:00,150%\n", "refunds", "05T18:00 150%"},
		{"no such column", "time,reads\n2026-11-04T18:00,1\n", Likes, ""},
		{"columns alone", "time,reads\n", Reads, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			m, found := ReadMetrics(fileset.NewFile("metrics.csv", []byte(test.text)), time.UTC)
			require.Empty(t, said(found))
			assert.Equal(t, test.want, written(m.Series(test.column)))
		})
	}
}

func TestShares(t *testing.T) {
	for row, want := range map[string]string{
		"63,22,15":        "63 22 15",
		"0.63,0.22,0.15":  "63 22 15",
		"126,44,30":       "63 22 15",
		"63%,22%,15%":     "63 22 15",
		"0.2,0.7,0.1":     "20 70 10",
		"1,3,1":           "20 60 20",
		"33%,33%,33%":     "33 33 33",
		"34%,34%,33%":     "34 34 33", // a share is what is written
		"33.3,33.3,33.3":  "33.333333333 33.333333333 33.333333333",
		"12.5%,,":         "12.5 - -",
		"12,,3":           "- - -",
		"0,0,0":           "- - -",
		"0,0,7":           "0 0 100",
		"100%,0%,0%":      "100 0 0",
		",,":              "- - -",
		"999999999,1,0":   "99.9999999 0.0000001 0",
		"\"63\",22 , 15 ": "63 22 15",
	} {
		m := metrics(t, "time,negative,neutral,positive", "2026-11-04T18:00,"+row)
		got := make([]string, len(opinions))
		for i, name := range opinions {
			got[i] = "-"
			if p, ok := m.Share(name).Last(); ok {
				got[i] = strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%.9f", p.Value), "0"), ".")
			}
		}
		assert.Equal(t, want, strings.Join(got, " "), row)
	}
	m := metrics(t, "time,negative", "2026-11-04T18:00,5")
	assert.Empty(t, m.Share(Negative).Points, "a count alone is no share")
	assert.Equal(t, []Column{{Name: Negative}}, m.Columns())
}

func TestTimeline(t *testing.T) {
	text := "来源,时间,类型,内容\n" +
		"https://example.org/a?b=c,2026-11-04T18:00,媒体,\"=HYPERLINK(\"\"http://evil.example\"\",\"\"x\"\")\"\n" +
		"@SUM(A1),2026-11-04T18:00,Spread,-1+1\n" +
		",2026-11-03T09:00,authority,\"two\r\nlines, one text\"\n" +
		"Minutes: page 3,2026-11-02T09:00,action,x\n" +
		"微博:某某,2026-11-01T09:00,feeling,y\n"
	timeline, found := ReadTimeline(fileset.NewFile("timeline.csv", []byte(text)), zone(t, "Asia/Shanghai"))
	require.Empty(t, said(found))
	var got []string
	for _, e := range timeline.Events {
		got = append(got, fmt.Sprintf("%s %s [%s] [%s] [%s]", e.Time.Format(time.RFC3339), e.Kind, e.Text, e.Source, e.Link))
	}
	assert.Equal(t, []string{
		"2026-11-01T09:00:00+08:00 feeling [y] [微博:某某] []",
		"2026-11-02T09:00:00+08:00 action [x] [Minutes: page 3] []",
		"2026-11-03T09:00:00+08:00 authority [two lines, one text] [] []",
		`2026-11-04T18:00:00+08:00 media [=HYPERLINK("http://evil.example","x")] [https://example.org/a?b=c] [https://example.org/a?b=c]`,
		"2026-11-04T18:00:00+08:00 spread [-1+1] [@SUM(A1)] []",
	}, got)
	passed, next := asked(at("2026-11-03T01:00"))
	assert.Len(t, timeline.AsOf(passed).Events, 3)
	assert.True(t, next.Equal(at("2026-11-04T10:00")))
	passed, next = asked(at("2030-01-01T00:00"))
	assert.Len(t, timeline.AsOf(passed).Events, 5)
	assert.True(t, next.IsZero())
}

// TestZones: a time without an offset is in the zone given, and of an hour that the
// clocks show twice, the first is meant.
func TestZones(t *testing.T) {
	file := fileset.NewFile("metrics.csv", []byte("time,reads\n2026-10-25T02:30,1\n2026-10-25T02:30+01:00,2\n"))
	m, found := ReadMetrics(file, zone(t, "Europe/Berlin"))
	require.Empty(t, said(found))
	points := m.Series(Reads).Points
	assert.True(t, points[0].Time.Equal(at("2026-10-25T00:30")))
	assert.True(t, points[1].Time.Equal(at("2026-10-25T01:30")))
	m, _ = ReadMetrics(file, zone(t, "Asia/Shanghai"))
	assert.True(t, m.Series(Reads).Points[0].Time.Equal(at("2026-10-24T18:30")))
}

// TestAsOf: what lies after the instant is not seen, and the caller's clock is asked
// for the rows on both sides of it.
func TestAsOf(t *testing.T) {
	m := metrics(t, "time,negative,neutral,positive,reads", "2026-11-03T18:00,1,2,3,1", "2026-11-01T18:00,1,2,3,3", "2026-11-02T18:00,1,2,3,2")
	for instant, want := range map[string]struct {
		rows int
		next string
	}{
		"2026-11-01T17:59": {0, "2026-11-01T18:00"}, "2026-11-01T18:00": {1, "2026-11-02T18:00"},
		"2026-11-03T17:59": {2, "2026-11-03T18:00"}, "2026-11-03T18:00": {3, ""},
	} {
		var last, first time.Time // the newest that had passed and the first that had not, of those asked for
		now := m.AsOf(func(when time.Time) bool {
			passed := !when.After(at(instant))
			if passed && when.After(last) {
				last = when
			}
			if !passed && (first.IsZero() || when.Before(first)) {
				first = when
			}
			return passed
		})
		assert.Equal(t, want.rows, now.Rows(), instant)
		assert.Len(t, now.Series(Reads).Points, want.rows)
		assert.Len(t, now.Share(Positive).Points, want.rows)
		if p, ok := now.Series(Reads).Last(); ok {
			assert.Equal(t, p.Time, last)
		}
		if want.next == "" {
			assert.True(t, first.IsZero())
		} else {
			assert.True(t, first.Equal(at(want.next)), instant)
		}
	}
	assert.Equal(t, 3, m.Rows(), "the figures themselves are not changed")
}

// TestRecords: a text without faults is split as encoding/csv splits it.
func TestRecords(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	pieces := [...]string{"a", "公", ",", ",", "\n", "\r\n", "\"", "\"\"", "\"a\"", "\"a,\nb\"", "\r", " ", "\"x\"\"y\""}
	faults := 0
	for range 20_000 {
		var b strings.Builder
		for range random.IntN(12) {
			b.WriteString(pieces[random.IntN(len(pieces))])
		}
		if checkRecords(t, b.String()) {
			faults++
		}
	}
	assert.Less(t, faults, 19_000, "too few texts without faults")
}

// checkRecords compares the two readers, and says whether there were faults.
func checkRecords(t *testing.T, text string) (faulty bool) {
	t.Helper()
	r := records{data: text}
	r.report = func(start, end int, _, _ diag.Text) {
		faulty = true
		require.True(t, start >= 0 && start < end && end <= len(text)+1, "%q", text)
	}
	var got [][]string
	for end := 0; r.next(); {
		var cells []string
		for _, c := range r.cells {
			require.True(t, end <= c.start && c.start <= c.end && c.end <= len(text), "%q", text)
			end = c.end
			cells = append(cells, strings.ReplaceAll(c.text, "\r\n", "\n"))
		}
		got = append(got, cells)
	}
	standard := csv.NewReader(strings.NewReader(text))
	standard.FieldsPerRecord = -1
	want, err := standard.ReadAll()
	require.Equal(t, err != nil, faulty, "%q: %v", text, err)
	if !faulty {
		require.Equal(t, want, got, "%q", text)
	}
	return faulty
}

// TestLarge: a hundred thousand rows are no trouble. It prints how long they take.
func TestLarge(t *testing.T) {
	start := at("2026-01-01T00:00")
	random := rand.New(rand.NewPCG(3, 4))
	var b, c, e strings.Builder
	b.WriteString("time,negative,neutral,positive,mentions,reads,likes,comments,reposts,complaints,followers,sales,satisfaction\n")
	c.WriteString("id,channel,priority,opened,reached,solved,satisfied\n")
	e.WriteString("time,kind,text,source\n")
	for i := range 100_000 {
		when := start.Add(time.Duration(random.IntN(365*24*60)*60+i%60) * time.Second).Format("2006-01-02T15:04:05")
		unique := start.Add(time.Duration(99_999-i) * time.Minute).Format("2006-01-02T15:04")
		fmt.Fprintf(&b, "%s,%d,%d,%d,1,2,3,4,5,6,%d,7,\n", unique, random.IntN(1000), random.IntN(1000), random.IntN(1000), 1_000_000+i)
		fmt.Fprintf(&c, "A%06d,phone,medium,%s,2027-01-01T00:00,2027-02-01T00:00,yes\n", i, when)
		fmt.Fprintf(&e, "%s,media,一件事情 %d,https://example.org/%d\n", when, i, i)
	}
	for name, text := range map[string]string{"metrics.csv": b.String(), "cases.csv": c.String(), "timeline.csv": e.String()} {
		began := time.Now()
		assert.Empty(t, said(read(name, []byte(text), zone(t, "Asia/Shanghai"))))
		t.Logf("%s: %d KB in %v", name, len(text)>>10, time.Since(began))
	}
}
