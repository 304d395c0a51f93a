package config

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"candor/generator/diag"
	"candor/generator/domain"
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
			assert.Equal(t, time.Duration(h*float64(time.Hour)), site.Clock(domain.Level(i+1), typ, 0), "level %d, %s", i+1, typ)
		}
	}
	assert.Equal(t, 4*time.Hour, Default().Clock(2, "product-quality", 0))
	assert.Equal(t, 8*time.Hour, Default().Clock(2, "remarks", 0))
	assert.Equal(t, 12*time.Hour, Default().Clock(3, "remarks", 0))
}

func TestDirection(t *testing.T) {
	for tag, want := range map[string]string{"en": "ltr", "zh-Hans": "ltr", "ar": "rtl", "he": "rtl", "fa": "rtl", "ur": "rtl", "az-Arab": "rtl", "az": "ltr", "dv": "rtl"} {
		assert.Equal(t, want, Direction(tag), tag)
	}
}

// TestProfiles: a profile sets what a house is used to; what site.toml says
// besides goes before it.
func TestProfiles(t *testing.T) {
	read := func(text string) (*Site, string) {
		site, found := Read(fileset.NewFile("site.toml", []byte("title = \"S\"\n"+text)), time.LoadLocation)
		var said string
		for _, d := range found {
			said += d.Message.String() + "\n"
		}
		return site, said
	}
	const loud = 5_000_000
	for text, want := range map[string][3]time.Duration{ // level 3, quiet and loud; the remedy of a loud one
		"":                         {24 * time.Hour, 24 * time.Hour, 24 * time.Hour},
		"profile = \"standard\"\n": {24 * time.Hour, 24 * time.Hour, 24 * time.Hour},
		"profile = \"strict\"\n":   {2 * time.Hour, time.Hour, 4 * time.Hour},
		"profile = \"strict\"\n[clocks]\nfirst_response = \"3h\"\n":                                                {3 * time.Hour, time.Hour, 4 * time.Hour},
		"profile = \"ours\"\n[profiles.ours.clocks]\nlevel_3 = \"10h\"\n":                                          {10 * time.Hour, 10 * time.Hour, 24 * time.Hour},
		"profile = \"ours\"\n[clocks]\nlevel_3 = \"9h\"\n[profiles.ours.clocks]\nlevel_3 = \"10h\"\n":              {9 * time.Hour, 9 * time.Hour, 24 * time.Hour},
		"profile = \"ours\"\n[profiles.ours]\nbased_on = \"strict\"\n[profiles.ours.clocks]\nloud_plan = \"5h\"\n": {2 * time.Hour, time.Hour, 5 * time.Hour},
		"profile = \"strict\"\n[clocks]\nloud = 0\n":                                                               {2 * time.Hour, 2 * time.Hour, 24 * time.Hour},   // nothing is loud
		"[profiles.ours.clocks]\nlevel_3 = \"10h\"\n":                                                              {24 * time.Hour, 24 * time.Hour, 24 * time.Hour}, // not named
	} {
		site, said := read(text)
		require.Empty(t, said, text)
		assert.Equal(t, want[0], site.Clock(3, "experience", loud-1), text)
		assert.Equal(t, want[1], site.Clock(3, "experience", loud), text)
		assert.Equal(t, want[2], site.RemedyClock(loud), text)
		assert.Equal(t, 24*time.Hour, site.RemedyClock(loud-1), text)
	}
	for text, want := range map[string]string{
		"profile = \"strikt\"\n":                                            "there is no profile \"strikt\"\n",
		"[profiles.strict.clocks]\nlevel_1 = \"1h\"\n":                      "the profile \"strict\" is built in\n",
		"[profiles.ours]\nbased_on = \"yours\"\n":                           "a profile cannot be based on \"yours\"\n",
		"[profiles.ours.clocks]\nlevel_1 = \"soon\"\nlevel_4 = \"1h\"\n":    "level_1 cannot be \"soon\"\nthere is no key \"level_4\" here\n",
		"[clocks]\nloud = -1\n[thresholds]\nnegative = 101\n":               "loud must be a whole number from 0 to 1000000000, not -1\nnegative must be a whole number from 1 to 100, not 101\n",
		"profile = \"ours\"\n[profiles.ours.rules]\nbad-date = \"warning\"": "the rule \"bad-date\" always stops publication\n",
	} {
		site, said := read(text)
		assert.Equal(t, want, said, text)
		assert.Positive(t, site.Clock(1, "", 0), text)
	}
	site, said := read("profile = \"ours\"\n[profiles.ours.rules]\ncadence = \"error\"\n[profiles.ours.cadence]\nearly = \"12h\"\n[rules]\ncadence = \"off\"\n")
	assert.Empty(t, said)
	assert.Equal(t, diag.Off, site.Rules["cadence"])
	assert.Equal(t, 12*time.Hour, site.Cadence.Early)
}

func TestBaseURL(t *testing.T) {
	for address, want := range map[string]string{
		"https://a.example": "https://a.example/", "http://a.example:8080/b": "http://a.example:8080/b/",
		"https://a.example:65535/": "https://a.example:65535/", "https://[::1]:1/": "https://[::1]:1/",
		"https://a.example:99999": "", "https://a.example:65536/": "", "https://a.example:0/": "", "https://a.example:/": "",
		"https://a.example:-1/": "", "https://a.example:8o/": "", "https://": "", "a.example": "", "https://a.example/?b": "",
	} {
		got, ok := BaseURL(address)
		assert.Equal(t, want, got, address)
		assert.Equal(t, want != "", ok, address)
	}
}
