package figures

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"candor/generator/diag"
	"candor/generator/fileset"
)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	require.NoError(t, err)
	return z
}

// at reads a time of the tests, in UTC.
func at(text string) time.Time {
	t, err := time.Parse("2006-01-02T15:04", text)
	if err != nil {
		panic(err)
	}
	return t
}

// by is the clock at an instant.
func by(instant time.Time) Passed { return func(t time.Time) bool { return !t.After(instant) } }

// asked is the clock at an instant, and the first time that it was asked for and that had not passed.
func asked(instant time.Time) (passed Passed, next *time.Time) {
	next = new(time.Time)
	return func(t time.Time) bool {
		if t.After(instant) && (next.IsZero() || t.Before(*next)) {
			*next = t
		}
		return !t.After(instant)
	}, next
}

// playbook returns the numbers of playbook §1 and §4.
func playbook() Thresholds {
	return Thresholds{Alarm: 20, Reads: 5_000_000, Satisfied: 80, Easing: 14 * 24 * time.Hour, Lasting: 30 * 24 * time.Hour}
}

// metrics reads a metrics.csv that has no faults.
func metrics(t testing.TB, lines ...string) *Metrics {
	t.Helper()
	m, found := ReadMetrics(fileset.NewFile("metrics.csv", []byte(strings.Join(lines, "\n"))), time.UTC)
	require.Empty(t, said(found))
	return m
}

// said writes findings as a terminal shows them, without the excerpt.
func said(list diag.List) string {
	var b strings.Builder
	for _, d := range list {
		fmt.Fprintf(&b, "%d:%d+%d %s %s: %s", d.Line, d.Column, d.Width, d.Severity, d.Rule, d.Message)
		if hint := d.Hint.String(); hint != "" {
			b.WriteString(" | " + hint)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// values writes a series as a person would.
func written(s Series) string {
	var parts []string
	for _, p := range s.Points {
		parts = append(parts, fmt.Sprintf("%s %v%s", p.Time.Format("02T15:04"), p.Value, s.Unit))
	}
	return strings.Join(parts, ", ")
}
