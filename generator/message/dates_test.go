package message

import (
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestDates(t *testing.T) {
	en, zh := Reader("en"), Reader("zh-Hans")
	for zone, want := range map[string][2]string{
		"UTC":              {"18:05 on 4 November 2026 (UTC)", "2026年11月4日 18:05（协调世界时）"},
		"Asia/Shanghai":    {"02:05 on 5 November 2026 (Beijing time)", "2026年11月5日 02:05（北京时间）"},
		"America/Chicago":  {"12:05 on 4 November 2026 (Chicago time)", "2026年11月4日 12:05（芝加哥时间）"},
		"Asia/Katmandu":    {"23:50 on 4 November 2026 (UTC+5:45)", "2026年11月4日 23:50（UTC+5:45）"},
		"America/St_Johns": {"14:35 on 4 November 2026 (UTC−3:30)", "2026年11月4日 14:35（UTC−3:30）"},
		"Pacific/Apia":     {"07:05 on 5 November 2026 (UTC+13)", "2026年11月5日 07:05（UTC+13）"},
	} {
		location, err := time.LoadLocation(zone)
		require.NoError(t, err)
		at := time.Date(2026, 11, 4, 18, 5, 59, 0, time.UTC).In(location)
		assert.Equal(t, want, [2]string{en.Full(at), zh.Full(at)}, zone)
	}
	at := time.Date(2026, 1, 31, 0, 0, 0, 0, time.UTC)
	assert.Equal(t, []string{"31 January, 00:00", "31 January 2026", "31 January", "00:00"},
		[]string{en.Short(at), en.Date(at), en.Day(at), en.Clock(at)})
	assert.Equal(t, []string{"1月31日 00:00", "2026年1月31日", "1月31日", "00:00"},
		[]string{zh.Short(at), zh.Date(at), zh.Day(at), zh.Clock(at)})
}

func TestDurations(t *testing.T) {
	en, zh := Reader("en"), Reader("zh-Hans")
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

// TestPatterns: a date of the editor's own making is complete, or refused.
func TestPatterns(t *testing.T) {
	for key, faults := range map[string]map[string]string{
		"dates.clock": {
			"{hh}:{mm}": "", "{hh} h {mm}": "", "{clock} h": "dates.clock cannot have {clock}",
		},
		"dates.full": {
			"{day} {month} {year}, {clock}, {zone}": "", "": "", "{day": "", "{Day}": "dates.full cannot have {Day}",
		},
		"page.dot": {"{clock}": ""},
	} {
		for pattern, want := range faults {
			_, fault, _ := Parse(key, pattern)
			assert.Equal(t, want, fault.String(), pattern)
		}
	}
	endless := English().With(map[string]Forms{"dates.clock": Plain("{clock} h")})
	at := time.Date(2026, 11, 4, 18, 5, 0, 0, time.UTC)
	assert.Equal(t, "4 November, {clock} h", endless.Short(at))
	names := make([]any, 12)
	for i := range names {
		names[i] = strconv.Itoa(i + 1)
	}
	for _, months := range []any{names[:11], append(names[:11:11], 12), []any{}, "January"} {
		_, fault, _ := Parse("dates.months", months)
		assert.Equal(t, "dates.months must name twelve months", fault.String())
	}
	forms, fault, _ := Parse("dates.months", names)
	assert.Empty(t, fault)
	own := English().With(map[string]Forms{"dates.months": forms})
	assert.Equal(t, "4 11 2026", own.Date(at))
}

// TestLength: a Text words a length of time in the language that it is said in.
func TestLength(t *testing.T) {
	text := Textf("due in %s", Length(8*time.Hour))
	assert.Equal(t, "due in 8 hours", text.String())
	assert.Equal(t, "due in 8小时", text.In(Reader("zh-Hans")))
	assert.Equal(t, "due in 8 小时", text.In(In("zh-Hans")), "a terminal has a space beside figures")
}
