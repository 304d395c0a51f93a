package tomldoc

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"candor/generator/diag"
)

func parse(text string) (*Doc, *Table) {
	return Parse(diag.Source{Path: "x.toml", Data: []byte(text)}, 0, len(text))
}

// lines writes findings as line:column: message.
func lines(list diag.List) []string {
	var found []string
	for _, d := range list {
		found = append(found, fmt.Sprintf("%d:%d: %s", d.Line, d.Column, d.Message))
	}
	return found
}

const everyShape = `# a comment with = and [brackets]
title = "A \" = title"   # another
literal = 'C:\path'
long = """
first = "no key"
[no table]
"""
long-literal = '''
x = 1'''
quotes = """a""""
a.b . c = 1
"a key with. dots" = 2
'single' = 3
inline = { x = 1, y = { z = [1, 2, { deep = true }] }, "q" = 2 }
list = [
  1, # one
  [2, 3],
  "four",
]
when = 2026-11-04 18:00:00

[table]
key = 1
[table.sub]
key = 2
[[item]]
name = "one"
[[item.part]]
n = 1
[[item]]
name = "two"
[[item.part]]
n = 2
[[item.part]]
n = 3
[item.end]
last = true
[implied.table]
key = 1
`

func TestLocate(t *testing.T) {
	_, table := parse(everyShape)
	require.NotNil(t, table)
	for path, want := range map[string]string{
		"title":                "\"A \\\" = title\"",
		"literal":              `'C:\path'`,
		"long":                 "\"\"\"\nfirst = \"no key\"\n[no table]\n\"\"\"",
		"long-literal":         "'''\nx = 1'''",
		"quotes":               `"""a""""`,
		"a.b.c":                "1",
		"a key with. dots":     "2",
		"single":               "3",
		"inline.x":             "1",
		"inline.y.z.1":         "2",
		"inline.y.z.2.deep":    "true",
		"inline.q":             "2",
		"list.0":               "1",
		"list.1":               "[2, 3]",
		"list.1.1":             "3",
		"list.2":               `"four"`,
		"when":                 "2026-11-04 18:00:00",
		"table":                "[table]",
		"table.key":            "1",
		"table.sub.key":        "2",
		"item.0.name":          `"one"`,
		"item.0.part.0.n":      "1",
		"item.1.name":          `"two"`,
		"item.1.part.0.n":      "2",
		"item.1.part.1.n":      "3",
		"item.1.end.last":      "true",
		"item.1":               "[[item]]",
		"implied":              "[implied.table]", // where it is first spoken of
		"a":                    "a.b . c",
		"a.b":                  "a.b . c",
		"table.sub.not-there":  "[table.sub]", // the nearest above
		"item.0.nothing.there": "[[item]]",
		"nothing":              "",
	} {
		from, to := Locate([]byte(everyShape), 0, len(everyShape), path)
		assert.Equal(t, want, everyShape[from:to], path)
	}
}

// TestItems: keys and headers come in the order of the text, with their values.
func TestItems(t *testing.T) {
	const text = "a.b = { c = [1, # {\n2], 'd' = \"}\" } # x\n [[t . u]]\ne=\"\"\"\n[no]\n\"\"\"\n[[t.u]]\n[v]"
	var got [][3]string
	for _, i := range Items([]byte(text)) {
		got = append(got, [3]string{i.Path, text[i.Start:i.End], text[i.Value:i.ValueEnd]})
		assert.Equal(t, text[i.Start] == '[', i.Header, i.Path)
	}
	assert.Equal(t, [][3]string{
		{"a.b", "a.b", "{ c = [1, # {\n2], 'd' = \"}\" }"}, {"a.b.c", "c", "[1, # {\n2]"}, {"a.b.d", "'d'", "\"}\""},
		{"t.u.0", "[[t . u]]", ""}, {"t.u.0.e", "e", "\"\"\"\n[no]\n\"\"\""}, {"t.u.1", "[[t.u]]", ""}, {"v", "[v]", ""},
	}, got)
}

// TestLocateWithin: positions are those of the file, not of its front matter.
func TestLocateWithin(t *testing.T) {
	text := "+++\nlevel = 7\n+++\n"
	src := diag.Source{Path: "x.md", Data: []byte(text)}
	doc, table := Parse(src, 4, 14)
	require.NotNil(t, table)
	table.Int("level", 1, 3)
	assert.Equal(t, []string{"2:9: level must be a whole number from 1 to 3, not 7"}, lines(doc.Findings()))
}

func TestGetters(t *testing.T) {
	doc, table := parse(`text = 1
number = "1"
big = 9
float = 1.0
bool = 1
texts = [1, "x", true]
length = "3 weeks"
time = "soon"
table = 1
tables = [1]
mixed = [{x = 1}, 2]
word = "bleu"
extra = 1
[sub]
extar = 1
`)
	table.String("text")
	table.Int("number", 1, 3)
	table.Int("big", 1, 3)
	table.Int("float", 1, 3)
	table.Bool("bool")
	assert.Equal(t, []string{"x"}, table.Strings("texts"))
	table.Duration("length")
	table.Time("time")
	assert.Nil(t, table.Table("table"))
	assert.Nil(t, table.Tables("tables"))
	assert.Nil(t, table.Tables("mixed"))
	table.OneOf("word", "blue", "red")
	sub := table.Table("sub")
	sub.Int("extra", 0, 1)
	sub.Done(nil)
	table.Done(map[string]diag.Text{"extra": diag.Textf("write it elsewhere")})
	assert.Equal(t, []string{
		"1:8: text must be a text, not 1",
		`2:10: number must be a whole number from 1 to 3, not "1"`,
		"3:7: big must be a whole number from 1 to 3, not 9",
		"4:9: float must be a whole number from 1 to 3, not 1",
		"5:8: bool must be true or false, not 1",
		"6:10: texts must be a list of texts; this is 1",
		"6:18: texts must be a list of texts; this is true",
		`7:10: length cannot be "3 weeks"`,
		`8:8: time must be a date and time, not "soon"`,
		"9:9: table must be a table, not 1",
		"10:10: tables must be a list of tables, not a list",
		"11:9: mixed must be a list of tables, not a list",
		`12:8: word cannot be "bleu"`,
		`15:1: there is no key "extar" here`,
		`13:1: there is no key "extra" here`,
	}, lines(doc.Findings()))
	hints := doc.Findings()
	assert.Equal(t, `did you mean "blue"?`, hints[12].Hint.String())
	assert.Equal(t, `did you mean "extra"?`, hints[13].Hint.String())
	assert.Equal(t, "write it elsewhere", hints[14].Hint.String())
}

func TestImpossibleDates(t *testing.T) {
	doc, table := parse("a = 2026-02-30\nb = \"x\"\nc = 2026-11-31T10:00\nd = 2026-11-04T10:00+99:00\n")
	require.NotNil(t, table, "the rest is read")
	assert.Equal(t, "x", table.String("b"))
	assert.True(t, table.Time("a").IsZero())
	assert.True(t, table.Time("c").IsZero())
	assert.Equal(t, "", table.String("c"), "what has been reported is not reported again")
	assert.Len(t, doc.Findings(), 3)
}

func TestNearest(t *testing.T) {
	known := []string{"title", "time", "level", "approved_by", "next_update"}
	for word, want := range map[string]string{
		"tilte": "title", "Title": "title", "titel": "title", "tme": "time", "levle": "level", "nextupdate": "next_update", "next-update": "next_update",
		"approvedby": "approved_by", "approved": "", "x": "", "": "", "colour": "", "标题": "", "titles": "title", strings.Repeat("a", 1000): "",
	} {
		assert.Equal(t, want, Nearest(word, known), word)
	}
	assert.Equal(t, "", Nearest("x", nil))
	assert.Equal(t, "进展更新", Nearest("进展更心", []string{"进展更新"}))
}

func TestDuration(t *testing.T) {
	for text, want := range map[string]time.Duration{"90m": 90 * time.Minute, "4h": 4 * time.Hour, "2d": 48 * time.Hour, "1h30m": 90 * time.Minute, "3650d": 3650 * 24 * time.Hour} {
		d, ok := ParseDuration(text)
		assert.True(t, ok, text)
		assert.Equal(t, want, d, text)
	}
	for _, text := range []string{"", "0", "0h", "-1h", "-1d", "0d", "1", "1w", "d", "4 h", "4H", "1.5d", "99999999d", "１h", "+d"} {
		_, ok := ParseDuration(text)
		assert.False(t, ok, text)
	}
}

func TestParseTime(t *testing.T) {
	shanghai, err := time.LoadLocation("Asia/Shanghai")
	require.NoError(t, err)
	for text, want := range map[string]string{
		"2026-11-04T18:00":          "2026-11-04T18:00:00+08:00",
		"2026-11-04T18:00:30":       "2026-11-04T18:00:30+08:00",
		"2026-11-04T18:00Z":         "2026-11-05T02:00:00+08:00",
		"2026-11-04T18:00+08:30":    "2026-11-04T17:30:00+08:00",
		"2026-11-04T18:00:30-03:30": "2026-11-05T05:30:30+08:00",
		"2026-11-04T18:00:30.9Z":    "2026-11-05T02:00:30+08:00",
	} {
		at, ok := ParseTime(text)
		assert.True(t, ok, text)
		assert.Equal(t, want, at.In(shanghai).Format(time.RFC3339Nano), text)
	}
	for _, text := range []string{"", "2026-11-04", "18:00", "2026-02-30T18:00", "2026-11-04T24:00", "2026-11-04T18:60", "2026-11-04 18:00", "2026-11-04T18:00+25:00", "2026-11-04T18:00+14:07",
		"2026-11-04T18:00-13:00", "1999-12-31T23:59", "2200-01-01T00:00", "20261104T1800", "2026-11-04T18:00 ", "2026-11-04T18:00+08", "２026-11-04T18:00"} {
		_, ok := ParseTime(text)
		assert.False(t, ok, text)
	}
}

func TestExists(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	for text, want := range map[string]bool{
		"2026-03-29T01:59:59": true, "2026-03-29T02:00": false, "2026-03-29T02:30": false, "2026-03-29T02:59:59": false, "2026-03-29T03:00": true,
		"2026-10-25T02:30": true, "2026-03-29T02:30+01:00": true,
	} {
		at, ok := ParseTime(text)
		require.True(t, ok)
		assert.Equal(t, want, at.Exists(berlin), text)
	}
	assert.True(t, Time{}.Exists(berlin))
}

// TestLocalZone: a time without an offset never takes the machine's zone.
func TestLocalZone(t *testing.T) {
	local := time.Local
	defer func() { time.Local = local }()
	for _, name := range []string{"America/New_York", "Pacific/Apia", "UTC"} {
		var err error
		time.Local, err = time.LoadLocation(name)
		require.NoError(t, err)
		_, table := parse("at = 2026-03-08T02:30:00\nthen = 2026-03-08T02:30:00-05:00\n")
		assert.Equal(t, "2026-03-08T02:30:00Z", table.Time("at").In(time.UTC).Format(time.RFC3339), name)
		assert.Equal(t, "2026-03-08T07:30:00Z", table.Time("then").In(time.UTC).Format(time.RFC3339), name)
	}
}

func TestTooDeep(t *testing.T) {
	for text, want := range map[string]bool{
		"x = " + strings.Repeat("[", 17):                      true,
		"x = " + strings.Repeat("[\n", 17):                    true,
		"x = " + strings.Repeat("{a=", 17):                    true,
		strings.Repeat("a.", 17) + "a = 1":                    true,
		"[" + strings.Repeat("a . ", 17) + "a]":               true,
		"x = " + strings.Repeat("[", 16):                      false,
		"x = " + strings.Repeat("[],", 100):                   false,
		"x = \"" + strings.Repeat("[.", 100) + "\"":           false,
		"x = '''\n" + strings.Repeat("[.", 100) + "'''":       false,
		"x = \"\"\"\n" + strings.Repeat("[.", 100) + "\"\"\"": false,
		"# " + strings.Repeat("[.", 100):                      false,
		"x = \"open " + strings.Repeat("[", 100) + "\ny = 1":  false,
		"x = \"\\\"" + strings.Repeat("[", 100) + "\"":        false,
		strings.Repeat("x.y = 1.5\n", 100):                    false,
	} {
		_, deep := tooDeep([]byte(text))
		assert.Equal(t, want, deep, text)
	}
}

// FuzzParse: nothing panics, and every position is inside the file.
func FuzzParse(f *testing.F) {
	f.Add([]byte(everyShape), "item.0.name")
	for _, seed := range []string{"", "a", "a=", "a=1", "[", "[[", "[[a", "a.b=", "\"", "'''", "a=\"\"\"", "a=[", "a={", "a=[{b=", "a=2026-02-30", "a = 2026-11-04T18:00", "=", "\r", "a=\r", "a=1\rb=2",
		"[a]\n[a]", "a=“x”", "标题 = 1", "a=1_000", "a=0x", "a=nan", "\ufeffa=1", "a=\"\\u0041", "[[a]]\n[[a.b]]\nc=1", "a = 1 # x", "''=1", "a=7:30"} {
		f.Add([]byte(seed), "a")
	}
	f.Fuzz(func(t *testing.T, data []byte, key string) {
		src := diag.Source{Path: "x.toml", Data: data}
		doc, table := Parse(src, 0, len(data))
		from, to := Locate(data, 0, len(data), key)
		if from < 0 || to < from || to > len(data) {
			t.Fatalf("%q stands at %d to %d of %d bytes", key, from, to, len(data))
		}
		if table != nil {
			use(table, key, 0)
		}
		for _, d := range doc.Findings() {
			if d.Line > 1+strings.Count(string(data), "\n") || d.Line > 0 && d.Column < 1 {
				t.Fatalf("%v lies outside of %q", d, data)
			}
		}
	})
}

// use calls every getter on every key.
func use(t *Table, key string, depth int) {
	for _, k := range append(t.Keys(), key) {
		t.String(k)
		t.OneOf(k, "a", "b")
		t.Int(k, 1, 3)
		t.Bool(k)
		t.Strings(k)
		t.Duration(k)
		t.Time(k)
		t.Any(k)
		t.Has(k)
		if sub := t.Table(k); sub != nil && depth < 20 {
			use(sub, key, depth+1)
		}
		for _, sub := range t.Tables(k) {
			use(sub, key, depth+1)
			sub.Done(nil)
		}
	}
	t.Done(nil)
}

// TestFormatTime writes a reading that the clocks show twice with its offset.
func TestFormatTime(t *testing.T) {
	london, err := time.LoadLocation("Europe/London")
	require.NoError(t, err)
	first := time.Date(2026, 10, 25, 0, 30, 0, 0, time.UTC).In(london)
	a, b := FormatTime(first), FormatTime(first.Add(time.Hour))
	assert.NotEqual(t, a, b, "they cannot be told apart")
	assert.Equal(t, a[:16], b[:16])
	assert.Equal(t, "2026-10-25T02:30", FormatTime(first.Add(2*time.Hour)))
	assert.Equal(t, "2026-10-25T02:30:09", FormatTime(first.Add(2*time.Hour+9*time.Second)))
	for m := range 4 * 60 { // what is written is read as the same instant
		at := first.Add(time.Duration(m-60) * time.Minute)
		back, ok := ParseTime(FormatTime(at))
		if !ok || !back.In(london).Equal(at) {
			t.Fatalf("%v is written %s and read %v", at, FormatTime(at), back.In(london))
		}
	}
}

// TestQuestionMarks: a text of question marks is one, though they also fill the place of a bad date.
func TestQuestionMarks(t *testing.T) {
	for text, want := range map[string]string{"a = \"???\"\n": "???", "a = \"???\"\nb = 2026-02-30\n": ""} {
		src := diag.Source{Path: "x.toml", Data: []byte(text)}
		_, table := Parse(src, 0, len(text))
		assert.Equal(t, want, table.String("a"), text)
	}
}

// TestBackslash: the hint has the line as it should be.
func TestBackslash(t *testing.T) {
	text := `title = "\[Retroactive\] Refunds"`
	doc, _ := Parse(diag.Source{Path: "x.toml", Data: []byte(text)}, 0, len(text))
	assert.Equal(t, `between single quotation marks a backslash is one: title = '\[Retroactive\] Refunds'`,
		doc.Findings()[0].Hint.String())
}
