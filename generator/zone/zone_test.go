package zone

import (
	"io/fs"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestLoad(t *testing.T) {
	at := time.Date(2026, 11, 4, 12, 0, 0, 0, time.UTC)
	for name, want := range map[string]string{
		"UTC": "12:00Z", "Asia/Shanghai": "20:00+08:00", "Europe/London": "12:00Z", "America/New_York": "07:00-05:00",
		"Asia/Kolkata": "17:30+05:30", "Etc/GMT+5": "07:00-05:00",
	} {
		zone, err := Load(name)
		require.NoError(t, err, name)
		assert.Equal(t, want, at.In(zone).Format("15:04Z07:00"), name)
		assert.Equal(t, name, zone.String())
	}
}

// TestNoZone: what a machine's own folder of zones has besides, and what is no name at all.
func TestNoZone(t *testing.T) {
	for _, name := range []string{
		"", "Local", "Factory", "localtime", "posixrules", "right/UTC", "posix/UTC", "zone.tab", "tzdata.zi", "leapseconds",
		"Europe", "Europe/", "europe/london", "Europe/London/", "/Europe/London", "../zone.go", "Europe/../UTC", "./UTC",
		"Europe\\London", "Moon/Tycho",
	} {
		_, err := Load(name)
		assert.Error(t, err, name)
	}
}

// TestEveryZone: each file of the database is a zone.
func TestEveryZone(t *testing.T) {
	n := 0
	require.NoError(t, fs.WalkDir(archive(), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && name != "Factory" {
			n++
			_, err = Load(name)
		}
		return err
	}))
	assert.Greater(t, n, 400)
}
