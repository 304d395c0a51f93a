package config

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"candor/generator/fileset"
)

// TestClock: the shorter of what the level and the type want.
func TestClock(t *testing.T) {
	site, found := Read(fileset.NewFile("site.toml", []byte("title = \"S\"\n[types.slow]\nlabel = \"Slow\"\nfirst_response = \"3d\"\n[types.fast]\nlabel = \"Fast\"\nfirst_response = \"30m\"\n[types.remarks]\nfirst_response = \"2h\"\n")), time.LoadLocation)
	require.Empty(t, found)
	for typ, hours := range map[string][3]float64{
		"product-quality":   {4, 4, 4},
		"false-advertising": {4, 8, 8},
		"remarks":           {2, 2, 2}, // overridden; 12 h by itself
		"attack":            {4, 8, 24},
		"experience":        {4, 8, 24},
		"slow":              {4, 8, 24},
		"fast":              {0.5, 0.5, 0.5},
		"unknown":           {4, 8, 24},
		"":                  {4, 8, 24},
	} {
		for i, h := range hours {
			assert.Equal(t, time.Duration(h*float64(time.Hour)), site.Clock(i+1, typ, 0), "level %d, %s", i+1, typ)
		}
	}
	assert.Equal(t, 4*time.Hour, Default().Clock(2, "product-quality", 0))
	assert.Equal(t, 8*time.Hour, Default().Clock(2, "remarks", 0))
	assert.Equal(t, 12*time.Hour, Default().Clock(3, "remarks", 0))
}

func TestDirection(t *testing.T) {
	for tag, want := range map[string]string{"en": "ltr", "zh-Hans": "ltr", "ar": "rtl", "he": "rtl", "fa": "rtl", "ur": "rtl", "az-Arab": "rtl", "az": "ltr", "dv": "rtl"} {
		assert.Equal(t, want, direction(tag), tag)
	}
}
