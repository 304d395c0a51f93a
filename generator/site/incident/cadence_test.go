package incident

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"candor/generator/domain"
	"candor/generator/site/config"
)

func zoned(t *testing.T, zone, wall string) time.Time {
	t.Helper()
	loc, err := time.LoadLocation(zone)
	require.NoError(t, err)
	at, err := time.ParseInLocation("2006-01-02T15:04", wall, loc)
	require.NoError(t, err)
	return at
}

// TestCadence holds the phases of playbook §3.
func TestCadence(t *testing.T) {
	c := config.Default().Cadence
	known := zoned(t, "Asia/Shanghai", "2026-11-02T22:00")
	for _, want := range []struct {
		level domain.Level
		after time.Duration
		hours int
	}{
		{1, 0, 8}, {1, 23*time.Hour + 59*time.Minute, 8}, {1, 24 * time.Hour, 24},
		{2, 0, 24}, {3, 5 * time.Hour, 24},
		{2, 49 * time.Hour, 24}, {2, 50 * time.Hour, 72}, // day 3 ends at midnight, 50 h after 22:00
		{1, 312 * time.Hour, 72}, {1, 314 * time.Hour, 168}, // day 14 ends
	} {
		got := NewRhythm(c, want.level, known).Allowed(known.Add(want.after))
		assert.Equal(t, time.Duration(want.hours)*time.Hour, got, "level %d after %v", want.level, want.after)
	}
}

// TestSilence: silence may last for as long as the phase allows in which it ends.
func TestSilence(t *testing.T) {
	c := config.Default().Cadence
	for _, want := range []struct {
		zone, known, since string
		level              domain.Level
		until              string
		hours              int
	}{
		{"Asia/Shanghai", "2026-11-02T08:00", "2026-11-02T10:00", 1, "2026-11-02T18:00", 8},
		{"Asia/Shanghai", "2026-11-02T08:00", "2026-11-03T01:00", 1, "2026-11-04T01:00", 24}, // 8 h later the acute phase is over
		{"Asia/Shanghai", "2026-11-02T08:00", "2026-11-02T10:00", 2, "2026-11-03T10:00", 24},
		{"Asia/Shanghai", "2026-11-02T08:00", "2026-11-04T12:00", 2, "2026-11-07T12:00", 72}, // day 3 ends before 24 h are over
		{"Asia/Shanghai", "2026-11-02T08:00", "2026-11-14T12:00", 2, "2026-11-21T12:00", 168},
		{"Europe/London", "2026-10-24T09:00", "2026-10-24T20:00", 2, "2026-10-25T19:00", 24}, // the night has an hour more
	} {
		s := NewRhythm(c, want.level, zoned(t, want.zone, want.known)).Silence(zoned(t, want.zone, want.since))
		assert.Equal(t, want.until, s.Until.Format("2006-01-02T15:04"), want.since)
		assert.Equal(t, time.Duration(want.hours)*time.Hour, s.Allowed, want.since)
	}
	odd := config.Cadence{Acute: 20 * time.Hour, Early: time.Hour, Middle: time.Hour, Late: time.Hour}
	known := zoned(t, "UTC", "2026-11-02T08:00")
	s := NewRhythm(odd, 1, known).Silence(known.Add(10 * time.Hour))
	assert.Equal(t, "2026-11-03T08:00", s.Until.Format("2006-01-02T15:04"), "too long already when the stricter phase begins")
}
