package policy_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"candor/generator/check/lexicon"
	"candor/generator/check/policy"
	"candor/generator/domain"
	"candor/generator/fileset"
	"candor/generator/site/config"
	"candor/generator/site/incident"
	"candor/generator/zone"
)

// TestExpiry: who may have forgotten to renew security.txt is told in time, and nobody else is.
func TestExpiry(t *testing.T) {
	for _, c := range []struct{ at, said, turns string }{
		{"2026-11-04T00:00:00Z", "", "2027-04-01T00:00:00Z"},
		{"2027-04-01T00:00:00Z", "security.txt expires within 30 days", "2027-05-01T00:00:00Z"},
		{"2027-05-01T00:00:00Z", "security.txt has expired: nobody who finds a weakness goes by it", "0001-01-01T00:00:00Z"},
	} {
		site, found := config.Read(fileset.NewFile(domain.FileSite, []byte("title = \"T\"\n[security]\n"+
			"contact = [\"a@status.example\"]\nexpires = 2027-05-01T00:00\n")), zone.Load)
		require.Empty(t, found)
		at, err := time.Parse(time.RFC3339, c.at)
		require.NoError(t, err)
		clock := incident.NewClock(at)
		said := ""
		for _, d := range policy.New(site, lexicon.Default()).Expiry(clock) {
			assert.Equal(t, [2]any{"contact", 4}, [2]any{d.Rule, d.Line})
			said += d.Message.String()
		}
		assert.Equal(t, c.said, said, c.at)
		assert.Equal(t, c.turns, clock.Next().Format(time.RFC3339), c.at)
	}
}
