package incident

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func at(t testing.TB, s string) time.Time {
	t.Helper()
	v, err := time.Parse(time.RFC3339, s)
	require.NoError(t, err)
	return v
}

// TestPassed: an instant has passed when it is reached, and the clock remembers
// the nearest ones on both sides.
func TestPassed(t *testing.T) {
	c := NewClock(at(t, "2026-11-04T12:00:00Z"))
	assert.Zero(t, c.Last())
	assert.Zero(t, c.Next())
	assert.True(t, c.Passed(time.Time{}))
	assert.Zero(t, c.Last(), "no time is no event")
	assert.True(t, c.Passed(at(t, "2026-11-04T11:00:00Z")))
	assert.True(t, c.Passed(at(t, "2026-11-04T10:00:00Z")))
	assert.False(t, c.Passed(at(t, "2026-11-04T14:00:00Z")))
	assert.False(t, c.Passed(at(t, "2026-11-04T12:00:01Z")))
	assert.False(t, c.Passed(at(t, "2026-11-04T13:00:00Z")))
	assert.Equal(t, at(t, "2026-11-04T11:00:00Z"), c.Last())
	assert.Equal(t, at(t, "2026-11-04T12:00:01Z"), c.Next())
	assert.True(t, c.Passed(at(t, "2026-11-04T20:00:00+08:00")), "now")
	assert.True(t, at(t, "2026-11-04T12:00:00Z").Equal(c.Last()))
}

// TestDay counts calendar days where the incident is, and knows when the next begins.
func TestDay(t *testing.T) {
	for _, c := range []struct {
		zone, since, now string
		day              int
		next             string
	}{
		{"Asia/Shanghai", "2026-11-02T08:05:00+08:00", "2026-11-02T08:05:00+08:00", 1, "2026-11-03T00:00:00+08:00"},
		{"Asia/Shanghai", "2026-11-02T23:59:59+08:00", "2026-11-03T00:00:00+08:00", 2, "2026-11-04T00:00:00+08:00"},
		{"Asia/Shanghai", "2026-11-02T23:59:59+08:00", "2026-11-02T23:59:59Z", 2, "2026-11-04T00:00:00+08:00"},
		{"Europe/Berlin", "2026-03-28T12:00:00+01:00", "2026-03-29T23:59:59+02:00", 2, "2026-03-30T00:00:00+02:00"},
		{"Europe/Berlin", "2026-10-24T12:00:00+02:00", "2026-10-25T23:30:00+01:00", 2, "2026-10-26T00:00:00+01:00"},
		{"Asia/Beirut", "2026-03-28T02:00:00+02:00", "2026-03-28T23:30:00+02:00", 1, "2026-03-29T01:00:00+03:00"},
		{"Asia/Beirut", "2026-03-28T02:00:00+02:00", "2026-03-29T01:00:00+03:00", 2, "2026-03-30T00:00:00+03:00"},
		{"Pacific/Apia", "2011-12-29T12:00:00-10:00", "2011-12-29T23:00:00-10:00", 1, "2011-12-31T00:00:00+14:00"},
		{"Pacific/Apia", "2011-12-29T12:00:00-10:00", "2011-12-31T00:00:00+14:00", 3, "2012-01-01T00:00:00+14:00"},
		{"UTC", "2026-12-31T23:00:00Z", "2028-01-01T00:00:00Z", 367, "2028-01-02T00:00:00Z"},
	} {
		zone, err := time.LoadLocation(c.zone)
		require.NoError(t, err)
		clock := NewClock(at(t, c.now))
		assert.Equal(t, c.day, clock.Day(at(t, c.since).In(zone)), "%+v", c)
		assert.Equal(t, c.next, clock.Next().Format(time.RFC3339), "%+v", c)
	}
}
