package scaffold_test

import (
	"fmt"
	"testing"
	"time"

	"candor/generator/author/scaffold"
	"candor/generator/domain"
)

func instant(t *testing.T, zone, reading string) time.Time {
	t.Helper()
	where, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	at, err := time.ParseInLocation("2006-01-02T15:04", reading, where)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// TestFirstResponse holds the deadline for each type and level: the shorter of
// the two clocks, across midnight and across a change of the clocks.
func TestFirstResponse(t *testing.T) {
	hours := map[string][3]int{
		"product-quality":   {4, 4, 4},
		"false-advertising": {4, 8, 8},
		"remarks":           {4, 8, 12},
		"attack":            {4, 8, 24},
		"experience":        {4, 8, 24},
	}
	for typ, byLevel := range hours {
		for i, want := range byLevel {
			b := newBench(t, "title = \"T\"\ntime_zone = \"Asia/Shanghai\"\n")
			known := instant(t, "Asia/Shanghai", "2026-11-03T22:30")
			made := b.add(b.maker().Incident(scaffold.Incident{Slug: "rash", Type: typ, Level: domain.Level(i + 1), Stance: "full", Known: known}))
			if got := made.FirstResponse.Sub(known); got != time.Duration(want)*time.Hour {
				t.Errorf("%s, level %d: due after %v, not %d h", typ, i+1, got, want)
			}
		}
	}
	for _, c := range []struct{ zone, known, due string }{
		{"Asia/Shanghai", "2026-11-03T22:30", "2026-11-04T06:30"},
		{"Asia/Shanghai", "2026-12-31T20:00", "2027-01-01T04:00"},
		{"Europe/London", "2026-03-28T20:00", "2026-03-29T05:00"},    // one hour is skipped
		{"Europe/London", "2026-10-24T20:00", "2026-10-25T03:00"},    // one hour comes twice
		{"America/New_York", "2026-03-08T00:30", "2026-03-08T09:30"}, // skipped
		{"Asia/Kathmandu", "2026-11-03T22:30", "2026-11-04T06:30"},
	} {
		b := newBench(t, fmt.Sprintf("title = \"T\"\ntime_zone = %q\n", c.zone))
		b.at = instant(t, c.zone, c.known).Add(90 * time.Minute)
		made := b.add(b.maker().Incident(scaffold.Incident{Slug: "rash", Type: "experience", Level: 2, Stance: "full", Known: instant(t, c.zone, c.known)}))
		if got := made.FirstResponse.Format("2006-01-02T15:04"); got != c.due {
			t.Errorf("%s in %s: due %s, not %s", c.known, c.zone, got, c.due)
		}
		b.onlyPlaceholders()
	}
}

// TestPromise never promises more time than there is, and prefers waking hours.
func TestPromise(t *testing.T) {
	for _, c := range []struct {
		at   string
		d    time.Duration
		want string
	}{
		{"2026-11-04T10:17", 8 * time.Hour, "2026-11-04T18:00"},
		{"2026-11-04T22:40", 8 * time.Hour, "2026-11-05T06:00"},  // no waking hour between
		{"2026-11-04T03:12", 24 * time.Hour, "2026-11-04T21:00"}, // rather than at three in the morning
		{"2026-11-04T22:30", 24 * time.Hour, "2026-11-05T21:00"},
		{"2026-11-04T21:00", 24 * time.Hour, "2026-11-05T21:00"},
		{"2026-11-04T10:17", 2 * time.Hour, "2026-11-04T12:15"},
		{"2026-11-04T10:17", 20 * time.Minute, "2026-11-04T10:37"},
		{"2026-10-24T10:17", 72 * time.Hour, "2026-10-27T09:00"},
	} {
		at := instant(t, "Europe/London", c.at)
		got := scaffold.Promise(at, c.d)
		if got.Format("2006-01-02T15:04") != c.want {
			t.Errorf("%s + %v: %s, not %s", c.at, c.d, got.Format("2006-01-02T15:04"), c.want)
		}
	}
	at := instant(t, "America/St_Johns", "2026-03-07T00:00")
	for range 4 * 24 * 60 {
		at = at.Add(time.Minute)
		for _, d := range []time.Duration{30 * time.Minute, 3 * time.Hour, 8 * time.Hour, 24 * time.Hour, 72 * time.Hour} {
			if got := scaffold.Promise(at, d); !got.After(at.Add(d/2-time.Minute)) || got.After(at.Add(d)) {
				t.Fatalf("%v + %v: %v", at, d, got)
			}
		}
	}
}
