package tomldoc

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestNearTime(t *testing.T) {
	for written, want := range map[string]string{
		"2026-12-05T18:00": "2026-12-05T18:00", "2026/12/05 18:00": "2026-12-05T18:00",
		"2026.12.5 8:05":  "2026-12-05T08:05",
		"2026年12月5日18：00": "2026-12-05T18:00", "2026年12月5日 18时": "2026-12-05T18:00", "2026年12月5号下午6点半": "2026-12-05T18:30",
		"2026年12月5日上午9点05分": "2026-12-05T09:05", "２０２６／１２／０５　１８：００": "2026-12-05T18:00",
		"2026-12-05，18:00": "2026-12-05T18:00",
		"2026–12–05 18:00": "2026-12-05T18:00", "2026/12/05 18:00:30": "2026-12-05T18:00:30",
		"2026/12/05 18:00+0800": "2026-12-05T18:00+08:00",
		"2026/12/05 10:00Z":     "2026-12-05T10:00Z", " 2026 年 12 月 5 日 18 点 ": "2026-12-05T18:00",
		"2026年12月5日18点整": "2026-12-05T18:00",
		// what is none, or could be another
		"": "", "2026/12/05": "", "05/12/2026 18:00": "", "12/5 18:00": "", "2026/13/05 18:00": "",
		"2026/02/30 18:00": "", "2026/12/05 24:00": "",
		"2026/12/05 18": "", "2026/12/0518:00": "", "2026/12/05 18:5": "", "2026-12-05 下午12:00": "",
		"2026-12-05 下午18:00": "", "1026/12/05 18:00": "",
		"2026/12/05 18:00 or so": "", "2026/12/05 18:00+25:00": "", "明天18:00": "", "2026年12月5日晚上8点": "",
	} {
		near, ok := NearTime(written)
		assert.Equal(t, want != "", ok, written)
		if ok {
			assert.Equal(t, want, near, written)
		}
	}
}

func TestMend(t *testing.T) {
	for line, want := range map[string]string{
		"title = “a”": `title = "a"`, "title = ”a”": `title = "a"`, "title＝「a」": `title = "a"`,
		"title = ‘a’ # b": `title = "a" # b`,
		"title　=　“a”":     `title = "a"`, `title = “a "b" c”`: `title = "a \"b\" c"`,
		"title = “他说“好”。”": `title = "他说“好”。"`, `title: "a"`: `title = "a"`,
		`"a b" ： "c"`: `"a b" = "c"`, "level = ２": "level = 2", "draft = True": "draft = true",
		"draft：ｔｒｕｅ": "draft = true", "  a.b = “c”  ": `  a.b = "c"  `,
		"time = 2026/11/4 18：00 # late": "time = 2026-11-04T18:00 # late",
		"time = 2026-11-04T18：00":       "time = 2026-11-04T18:00",
		"by = [“a”，“b”]":                `by = ["a", "b"]`,
		"by = ［\"a\"、\"b\"］":            `by = ["a", "b"]`, "［［contact］］": "[[contact]]",
		"【files】": "[files]", "＃ note": "# note", "title = “a”，": `title = "a"`, "title = \"a\";": `title = "a"`,
		"ｔｉｔｌｅ = \"a\"": `title = "a"`,
		// what is right, or could be another
		`title = "a"`: "", "# a": "", "": "", "title = a": "", "title = “a”，“b”": "", "title = “a": "",
		`title = "他说“好”`: "", "title =": "", "= “a”": "", "time = 2026/11/04": "",
		`title = “a\b”`: "", "［［contact］": "", "a = “b” c": "", "by = [a, b]": "", "just a text": "",
		"https://e.example/ = 1": "",
		`by = ["a" "b"]`:         "",
	} {
		mended, ok := mend(line)
		assert.Equal(t, want != "", ok, line)
		if ok {
			assert.Equal(t, want, mended, line)
		}
	}
}

// TestMended: a line that can only mean one thing is reported and read so, and the rest is checked.
func TestMended(t *testing.T) {
	doc, table := parse("title = “a”\nlevel：2\nwrong = 1\ntime = 2026/11/4 18：00\n" +
		"when = \"2026-11-04 18:00\"\nlong: \"x\"\n")
	assert.NotNil(t, table)
	assert.Equal(t, "a", table.String("title"))
	assert.Equal(t, 2, table.Int("level", 1, 3))
	assert.False(t, table.Time("time").IsZero())
	assert.False(t, table.Time("when").IsZero())
	assert.True(t, table.Has("long"))
	table.Done(nil)
	var said []string
	for _, d := range doc.Findings() {
		said = append(said, d.Rule)
		if d.Rule != "unknown-key" {
			assert.NotNil(t, d.Fix)
		}
	}
	assert.Equal(t, []string{
		"bad-value", "bad-value", "bad-date", "bad-value", "bad-date", "unknown-key", "unknown-key",
	}, said)
}
