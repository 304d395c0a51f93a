package lexicon

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestPattern(t *testing.T) {
	for _, c := range []struct{ pattern, text, want string }{
		{"sorry if (you|anyone) * (felt|feel)", "We are Sorry if anyone here has felt bad", "Sorry if anyone here has felt"},
		{"sorry if (you|anyone) * (felt|feel)", "sorry if you felt", "sorry if you felt"},
		{"sorry if (you|anyone) * (felt|feel)", "sorry if you one two three four felt", "sorry if you one two three four felt"},
		{"sorry if (you|anyone) * (felt|feel)", "sorry if you one two three four five felt", ""},
		{"sorry if (you|anyone) * (felt|feel)", "sorry if you, dear reader, felt", ""},
		{"sorry if (you|anyone) ** (felt|feel)", "sorry if you, dear reader, felt", "sorry if you, dear reader, felt"},
		{"sorry if (you|anyone) ** (felt|feel)", "sorry if you (all) felt", "sorry if you (all) felt"},
		{"sorry *1 felt", "sorry one two felt", ""},
		{"sorry *2 felt", "sorry one two felt", "sorry one two felt"},
		{"sorry (very )?much", "sorry much, sorry very much", "sorry much"},
		{"so (very|really)? sorry", "so sorry", "so sorry"},
		{"so (very|really)? sorry", "so really sorry", "so really sorry"},
		{"so (very|really)? sorry", "so  sorry", "so sorry"},
		{"sure thing", "for sure thing", "sure thing"},
		{"sure", "measured", ""},
		{"sure", "measure", ""},
		{"sure", "surely", ""},
		{"sure", "很sure吗", "sure"},
		{"(100%|百分百)有效", "2100%有效", ""},
		{"(100%|百分百)有效", "它100％有效", "100%有效"},
		{"给*带来不便", "给各位用户带来不便", "给各位用户带来不便"},
		{"给*带来不便", "给所有的各位用户们带来不便", ""},
		{"给*带来不便", "给你,带来不便", ""},
		{"给**带来不便", "给你,带来不便", "给你,带来不便"},
		{"(a|ab)(c|bc)d", "abcd", "abcd"},
		{"safe(st place|)?x", "", "!"},
		{"on <number> days", "on 1,200 days", "on 1,200 days"},
		{"on <number> days", "on the days", ""},
		{"<start>never mind", "never mind", "never mind"},
		{"<start>never mind", "oh never mind", ""},
		{"until <time>", "until Friday", "until Friday"},
		{"until <time>", "until [day and time]", "until [day and time]"},
		{"until <time>", "until then", ""},
		{"the (very (best|finest))? thing", "the very finest thing", "the very finest thing"},
		{"the very *2 thing", "the very " + Object + " thing", ""},
	} {
		p, f := newPattern(c.pattern)
		if c.want == "!" {
			require.NotNil(t, f, c.pattern)
			continue
		}
		require.Nil(t, f, c.pattern)
		words := p.expression().Find(small([]byte(fold(c.text))))
		assert.Equal(t, strings.ToLower(c.want), string(words), "%s in %s", c.pattern, c.text)
	}
}

func TestException(t *testing.T) {
	for _, c := range []struct {
		exception, text string // the hit in text stands between < and >
		want            bool
	}{
		{"not {}", "it is not <safe>", true},
		{"not {}", "it is knot <safe>", false},
		{"not {}", "it is not, <safe>", false},
		{"not * {}", "it is not at all that <safe>", true},
		{"not * {}", "it is not, I say, <safe>", false},
		{"not ** {}", "it is not, I say, <safe>", true},
		{"not ** {}", "it is not, <safe>", true},
		{"{} (enough|as)", "<safe> enough", true},
		{"{} (enough|as)", "<safe> enoughness", false},
		{"{} * than", "<safe> much less than", true},
		{"(more|less) {} than", "more <safe> than", true},
		{"(more|less) {} than", "more <safe>, than", false},
		{"不*{}", "不能说<安全>", true},
		{"不*{}", "不过,<安全>", false},
		{"不**{}", "不过,<安全>", true},
		{"{}的", "<安全>的", true},
		{"<time>", "<safe> by 6 p.m. at the latest", true},
		{"<time>", "<safe> by then", false},
		{"<start>if ** {}", "if it is <safe>", true},
		{"<start>if ** {}", "but if it is <safe>", false},
		{"<number> {}", "it is 3.5 <safe>", true},
		{"<time>前*{}", "18时前<安全>", true},
		{"[{}", "[<安全>", true},
	} {
		e, f := newException(c.exception)
		require.Nil(t, f, c.exception)
		var text []byte
		at := span{}
		for _, b := range []byte(c.text) {
			switch b {
			case '<':
				at.start = len(text)
			case '>':
				at.end = len(text)
			default:
				text = append(text, b)
			}
		}
		assert.Equal(t, c.want, e.holds(text, at.start, at.end), "%s: %s", c.exception, c.text)
	}
}

func TestPatternFaults(t *testing.T) {
	for text, want := range map[string]string{
		"":                        "a pattern is empty",
		"  ":                      "a pattern is empty",
		"to":                      "a pattern needs a word of three letters, or two characters of Chinese, that it never goes without",
		"坑":                       "a pattern needs a word of three letters, or two characters of Chinese, that it never goes without",
		"(sorry|to)":              "a pattern needs a word of three letters, or two characters of Chinese, that it never goes without",
		"<number> <time>":         "a pattern needs a word of three letters, or two characters of Chinese, that it never goes without",
		"sorry)":                  `a pattern has ")" with no ( before it`,
		"sorry|apology":           `a pattern has "|" with no ( before it`,
		"(sorry":                  "a pattern has a ( that is not closed",
		"sorry?":                  `a pattern has "?" where it means nothing`,
		"sorry <noun>":            "patterns have no <noun>",
		"sorry <time":             "a pattern has a < that is not closed",
		"not {}":                  "{} means something only in exceptions",
		"sorry {":                 "a pattern has a { that is not {}",
		"sorry ({}) x":            "a pattern has a { that is not {}",
		"* sorry":                 "a pattern begins or ends with a gap",
		"sorry *":                 "a pattern begins or ends with a gap",
		"sorry (to *|for) x":      "a pattern begins or ends with a gap",
		"sorry *0 x":              "a gap cannot be 0 long",
		"sorry *21 x":             "a gap cannot be 21 long",
		"sorry *99999999999999 x": "a gap cannot be 99999999999999 long",
		"(so )?sorry":             "a pattern has a part that may be missing at its beginning, its end or beside a gap",
		"对不起(大家)?":                "a pattern has a part that may be missing at its beginning, its end or beside a gap",
		"对不起*(大家)?了":              "a pattern has a part that may be missing at its beginning, its end or beside a gap",
		"(sorry|) x":              "a pattern has an alternative that is empty",
		"sorry *a*b*c*d*e*f*g":    "a pattern has more than 6 gaps",
		"(((((sorry)))))":         "the groups of a pattern are nested more than 4 deep",
		string(make([]byte, 401)): "a pattern longer",
	} {
		_, f := newPattern(text)
		if assert.NotNil(t, f, text) && len(text) < 400 {
			assert.Equal(t, want, f.message.String(), text)
			assert.NotEmpty(t, f.hint.String(), text)
		}
	}
	for _, text := range []string{"{}", "{} or {}", "x ({})"} {
		_, f := newException(text)
		assert.NotNil(t, f, text)
	}
}

func TestTime(t *testing.T) {
	p := regexp.MustCompile(class("time").expression())
	for _, text := range []string{
		"18:00", "11月5日", "11 月 5 日", "5号", "18时", "24小时内", "三天内", "两个月内", "十点前", "三点半", "今天", "明天", "今晚", "当天", "当场", "本周", "下个月", "周五", "星期三", "月底", "年内", "每天", "3个工作日", "２４小时", "[日期和时间]",
		"2026-11-05", "5/11", "24 hours", "3 working days", "an hour", "twelve hours", "half an hour", "6 pm", "6pm", "6 p.m.", "5 November", "Nov. 5", "November", "5th of May", "2 Mar", "today", "by Friday", "this week", "next month", "by the end of the day", "tonight", "noon", "a 24-hour line", "[when]",
	} {
		assert.True(t, p.Match(small([]byte(fold(text)))), text)
	}
	for _, text := range []string{"几天", "过几天", "一点不适", "第一时间", "一时", "有一天没一天", "批号20261015", "18人", "some days", "for weeks", "may", "march on", "soon", "B7h2", "T7", "3 bottles", "168.50 yuan", "the second", "mondayish", "时间", "日前", "近日", ""} {
		assert.Empty(t, p.Find(small([]byte(fold(text)))), text)
	}
}
