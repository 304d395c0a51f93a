package theme

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"candor/generator/fileset"
)

// catalogueOf reads a catalogue of the theme "plain".
func catalogueOf(t testing.TB, name, tag string) *Catalogue {
	t.Helper()
	data, err := os.ReadFile("../../../themes/plain/i18n/" + name + ".toml")
	require.NoError(t, err)
	th := &Theme{root: "themes/plain", files: fileset.Must([]fileset.File{fileset.NewFile("i18n/"+name+".toml", data)})}
	c, found := th.readCatalogue("i18n/"+name+".toml", tag)
	require.Empty(t, found)
	return c
}

func TestDates(t *testing.T) {
	en, zh := catalogueOf(t, "en", "en"), catalogueOf(t, "zh-Hans", "zh-Hans")
	for zone, want := range map[string][2]string{
		"UTC":              {"4 November 2026, 18:05, UTC", "2026年11月4日 18:05（协调世界时）"},
		"Asia/Shanghai":    {"5 November 2026, 02:05, Beijing time", "2026年11月5日 02:05（北京时间）"},
		"Asia/Kathmandu":   {"4 November 2026, 23:50, UTC+5:45", "2026年11月4日 23:50（UTC+5:45）"},
		"America/St_Johns": {"4 November 2026, 14:35, UTC−3:30", "2026年11月4日 14:35（UTC−3:30）"},
		"Pacific/Apia":     {"5 November 2026, 07:05, UTC+13", "2026年11月5日 07:05（UTC+13）"},
	} {
		location, err := time.LoadLocation(zone)
		require.NoError(t, err)
		at := time.Date(2026, 11, 4, 18, 5, 59, 0, time.UTC).In(location)
		assert.Equal(t, want, [2]string{en.Full(at), zh.Full(at)}, zone)
	}
	at := time.Date(2026, 1, 31, 0, 0, 0, 0, time.UTC)
	assert.Equal(t, []string{"31 January, 00:00", "31 January 2026", "31 January", "00:00"}, []string{en.Short(at), en.Date(at), en.Day(at), en.Clock(at)})
	assert.Equal(t, []string{"1月31日 00:00", "2026年1月31日", "1月31日", "00:00"}, []string{zh.Short(at), zh.Date(at), zh.Day(at), zh.Clock(at)})
}

func TestDurations(t *testing.T) {
	en, zh := catalogueOf(t, "en", "en"), catalogueOf(t, "zh-Hans", "zh-Hans")
	for d, want := range map[time.Duration][2]string{
		0:                            {"0 minutes", "0分钟"},
		59 * time.Second:             {"0 minutes", "0分钟"},
		time.Minute:                  {"1 minute", "1分钟"},
		59 * time.Minute:             {"59 minutes", "59分钟"},
		time.Hour:                    {"1 hour", "1小时"},
		100 * time.Minute:            {"1 hour 40 minutes", "1小时40分钟"},
		24*time.Hour - time.Second:   {"23 hours 59 minutes", "23小时59分钟"},
		24 * time.Hour:               {"1 day", "1天"},
		25 * time.Hour:               {"1 day 1 hour", "1天1小时"},
		7*24*time.Hour - time.Minute: {"6 days 23 hours", "6天23小时"},
		7 * 24 * time.Hour:           {"7 days", "7天"},
		400 * 24 * time.Hour:         {"400 days", "400天"},
		4000 * 24 * time.Hour:        {"4,000 days", "4,000天"},
	} {
		assert.Equal(t, want, [2]string{en.Duration(d), zh.Duration(d)}, d.String())
	}
}

func TestMissingMessages(t *testing.T) {
	data, err := os.ReadFile("../../../themes/plain/i18n/en.toml")
	require.NoError(t, err)
	text := string(data)
	from := strings.Index(text, "\nresolved-after")
	require.Positive(t, from)
	text = text[:from+1] + text[from+1+strings.IndexByte(text[from+1:], '\n'):]
	th := &Theme{root: "themes/plain", files: fileset.Must([]fileset.File{fileset.NewFile("i18n/en.toml", []byte(text))})}
	_, found := th.readCatalogue("i18n/en.toml", "en")
	require.Len(t, found, 1)
	assert.Equal(t, "messages are missing: incident.resolved-after", found[0].Message.String())
}

// FuzzInsert: what is inserted stands there as it is, and nothing is inserted
// into what was inserted.
func FuzzInsert(f *testing.F) {
	for _, seed := range []string{"", "{", "{0", "{0}", "a {0} b {1}", "{2}", "{{0}}", "{}", "{00}", "{0}{0}", "{-}", "{/}", "中{0}文", "\xff{0}\xfe"} {
		f.Add(seed, "{1}", "x")
	}
	c := &Catalogue{Tag: "en"}
	f.Fuzz(func(t *testing.T, text, first, second string) {
		got := c.insert(text, []any{first, second})
		want := strings.NewReplacer("{0}", first, "{1}", second).Replace(text)
		if got != want {
			t.Fatalf("%q with %q and %q is %q, not %q", text, first, second, got, want)
		}
	})
}
