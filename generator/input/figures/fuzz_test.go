package figures

import (
	"bytes"
	"slices"
	"testing"
	"time"

	"candor/generator/diag"
	"candor/generator/fileset"
)

// FuzzMetrics: nothing panics, findings lie in the file, and what is read is in order
// and holds what its columns may hold.
func FuzzMetrics(f *testing.F) {
	for _, seed := range []string{
		"time,negative,neutral,positive,satisfaction,own\n2026-11-04T18:00,1,2,3,80,-1\n2026-11-03T18:00,20%,30%,50%,0.5%,\n",
		"\ufeff时间,负面\r\n\"2026-11-04T18:00\",\"1\"\r\n,\r\n", "time;reads\n", "time,reads\n2026-11-04T18:00,\"1,2", "\xff\xfet\x00",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		m, found := ReadMetrics(fileset.NewFile("metrics.csv", data), time.UTC)
		checkFindings(t, data, found)
		for i := 1; i < len(m.rows); i++ {
			if !m.rows[i].time.After(m.rows[i-1].time) {
				t.Fatalf("%v is not after %v", m.rows[i].time, m.rows[i-1].time)
			}
		}
		for _, name := range opinions {
			for _, p := range m.Share(name).Points {
				if p.Value < 0 || p.Value > 100 {
					t.Fatalf("%s is %v %%", name, p.Value)
				}
			}
		}
		for _, c := range m.Columns() {
			if s := m.Series(c.Name); len(s.Points) == 0 || len(s.Points) > m.Rows() {
				t.Fatalf("%d points of %q in %d rows", len(s.Points), c.Name, m.Rows())
			}
		}
		e := Evidence{Known: at("2026-11-04T18:00"), Metrics: m, Passed: by(at("2026-12-24T18:00"))}
		Recovery(e, playbook())
		Failure(e, playbook())
		Signals(e, playbook())
		ChangeOf(m, Followers, e.Known)
	})
}

// FuzzTimeline: nothing panics, findings lie in the file, and no entry leads to
// another scheme than http and https.
func FuzzTimeline(f *testing.F) {
	for _, seed := range []string{
		"time,kind,text,source\n2026-11-04T18:00,media,x,https://example.org/\n", "time,kind,text,source\n2026-11-04T18:00,媒体,\"x\"\"\n\",java\tscript:a\n",
		"time,kind,text\n2026-11-04T18:00,spread,\"=1+1\"\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		timeline, found := ReadTimeline(fileset.NewFile("timeline.csv", data), time.UTC)
		checkFindings(t, data, found)
		for _, e := range timeline.Events {
			if e.Text == "" || e.Time.IsZero() || e.Link != "" && scheme(e.Link) != "http" && scheme(e.Link) != "https" {
				t.Fatalf("%+v", e)
			}
		}
		if !slices.IsSortedFunc(timeline.Events, func(a, b Event) int { return a.Time.Compare(b.Time) }) {
			t.Fatal("not in order")
		}
	})
}

// FuzzCases: nothing panics, findings lie in the file and quote nothing of it, and no
// total is a number of one to four.
func FuzzCases(f *testing.F) {
	header := "id,channel,priority,opened,reached,solved,satisfied\n"
	for _, seed := range []string{header + "a,,high,2026-11-04T18:00,,,yes\nb,,低,2026-11-04T18:00Z,2026-11-04T18:00Z,2026-11-05T18:00Z,no\n", header + "SECRET,SECRET,SECRET,SECRET,SECRET,SECRET,SECRET\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		l, found := ReadCases(fileset.NewFile("cases.csv", data), time.UTC)
		checkFindings(t, data, found)
		for _, d := range found {
			if d.Line > 1 && bytes.Contains([]byte(d.Message.String()+d.Hint.String()+d.Excerpt), []byte("SECRET")) {
				t.Fatalf("%v quotes a cell", d)
			}
		}
		totals := l.AsOf(by(at("2026-12-24T18:00")))
		if n, ok := totals.Total.Number(); ok && n > 0 && n < Least {
			t.Fatal(summary(totals))
		}
	})
}

// FuzzRecords: the reader splits what encoding/csv can read as that does.
func FuzzRecords(f *testing.F) {
	for _, seed := range []string{"a,b\nc,d", "\"a\"\"\n\",b\r\n\r\n,", "a\"b", "\"a\"b,\n\"", "\r", "\"\r\r\n\""} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) { checkRecords(t, text) })
}

// checkFindings holds that findings are few and lie in the file.
func checkFindings(t *testing.T, data []byte, found diag.List) {
	t.Helper()
	if len(found) > findingsLimit+1 {
		t.Fatalf("%d findings", len(found))
	}
	for _, d := range found {
		if lines := 1 + bytes.Count(data, []byte("\n")); d.Line > lines || d.Line > 0 && d.Column < 1 {
			t.Fatalf("%v lies outside of %q", d, data)
		}
	}
}
