package write_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/BurntSushi/toml"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"candor/generator/domain"
	"candor/generator/input/write"
)

func decoded(t *testing.T, text []byte) map[string]any {
	t.Helper()
	values := map[string]any{}
	_, err := toml.Decode(string(text), &values)
	require.NoError(t, err, "%s", text)
	return values
}

func bytesOf(t *testing.T, d *write.TOML) string {
	t.Helper()
	text, err := d.Bytes()
	require.NoError(t, err)
	return string(text)
}

// TestNewText: what is set on an empty text is laid out as an editor would.
func TestNewText(t *testing.T) {
	d := write.Edit(nil)
	d.Comment("first\nsecond")
	d.Set("title", write.String(`a "b" \c`))
	d.Set("kind", write.String(domain.KindProgress))
	d.Set("level", write.Int(domain.Level2))
	d.Set("draft", write.Bool(true))
	d.Set("known", write.Time(time.Date(2026, 11, 4, 10, 0, 0, 0, time.UTC)))
	d.Set("show", write.Strings([]string{"cases", "sentiment"}))
	d.Set("services", write.Inline(map[string]write.Value{"checkout": write.String("down"), "a b": write.Int(1)}))
	contact := d.Add("contact")
	contact.Set("label", write.String("Care"))
	d.In("files").Set("lab report.pdf", write.String("one\ntwo"))
	d.Add("contact").Set("label", write.String("Press"))
	contact.Set("hours", write.String("9–17"))
	d.Set("type", write.String("attack"))
	assert.Equal(t, `# first
# second
title = "a \"b\" \\c"
kind = "progress"
level = 2
draft = true
known = 2026-11-04T10:00
show = ["cases", "sentiment"]
services = { "a b" = 1, checkout = "down" }
type = "attack"

[[contact]]
label = "Care"
hours = "9–17"

[files]
"lab report.pdf" = """
one
two"""

[[contact]]
label = "Press"
`, bytesOf(t, d))
}

const edited = `# keep this
title = "Old"   # and this
level = 3
params.accent = 1

# approved_by = "lin"
services = { checkout = "down", app = "degraded" }
show = [
  "cases", # one
]

# the line
[[contact]] # of care
label = "Care" # label
value = "1"

[files]
"a.pdf" = "A"
`

// TestInPlace: a change touches what it is about and nothing else.
func TestInPlace(t *testing.T) {
	for name, c := range map[string]struct {
		change   func(d *write.TOML)
		old, now string
	}{
		"set":           {func(d *write.TOML) { d.Set("title", write.String("New")) }, `"Old"   # and`, `"New"   # and`},
		"list":          {func(d *write.TOML) { d.Set("show", write.Strings([]string{"x"})) }, "[\n  \"cases\", # one\n]", `["x"]`},
		"add":           {func(d *write.TOML) { d.Set("draft", write.Bool(true)) }, "# one\n]\n", "# one\n]\ndraft = true\n"},
		"remove":        {func(d *write.TOML) { d.Remove("level") }, "level = 3\n", ""},
		"remove list":   {func(d *write.TOML) { d.Remove("show") }, "show = [\n  \"cases\", # one\n]\n", ""},
		"inline set":    {func(d *write.TOML) { d.In("services").Set("app", write.String("down")) }, `"degraded"`, `"down"`},
		"inline add":    {func(d *write.TOML) { d.In("services").Set("pay", write.Int(1)) }, `"degraded" }`, `"degraded", pay = 1 }`},
		"inline remove": {func(d *write.TOML) { d.In("services").Remove("checkout") }, `checkout = "down", `, ``},
		"inline last":   {func(d *write.TOML) { d.In("services").Remove("app") }, `, app = "degraded"`, ``},
		"table set":     {func(d *write.TOML) { d.In("files").Set("a.pdf", write.String("B")) }, `"A"`, `"B"`},
		"table add":     {func(d *write.TOML) { d.In("files").Set("b.pdf", write.String("B")) }, "\"A\"\n", "\"A\"\n\"b.pdf\" = \"B\"\n"},
		"element add":   {func(d *write.TOML) { d.In("contact").In("0").Set("hours", write.String("9")) }, "value = \"1\"\n", "value = \"1\"\nhours = \"9\"\n"},
		"new table":     {func(d *write.TOML) { d.In("more").Set("accent", write.String("red")) }, "\"A\"\n", "\"A\"\n\n[more]\naccent = \"red\"\n"},
		"dotted":        {func(d *write.TOML) { d.In("params").Set("size", write.Int(2)) }, "params.accent = 1\n", "params.accent = 1\nparams.size = 2\n"},
		"nothing":       {func(d *write.TOML) { d.Remove("stance") }, "", ""},
	} {
		for _, newline := range []string{"\n", "\r\n"} {
			lines := func(s string) string { return strings.ReplaceAll(s, "\n", newline) }
			d := write.Edit([]byte(lines(edited)))
			c.change(d)
			want := edited
			if c.old != c.now {
				require.Equal(t, 1, strings.Count(edited, c.old), name)
				want = strings.Replace(edited, c.old, c.now, 1)
			}
			assert.Equal(t, lines(want), bytesOf(t, d), name)
		}
	}
}

// TestImpossible: a change that the text cannot take is an error, and leaves it as it was.
func TestImpossible(t *testing.T) {
	for text, change := range map[string]func(d *write.TOML){
		"a = \n":                func(d *write.TOML) { d.Set("b", write.Int(1)) },
		"a = 1\n":               func(d *write.TOML) { d.In("a").Set("b", write.Int(1)) },
		"a = { b.c = 1 }\n":     func(d *write.TOML) { d.In("a").In("b").Set("d", write.Int(1)) },
		"[a]\nb = 1\n":          func(d *write.TOML) { d.Set("a", write.Int(1)) },
		"a = [{ b = 1 }]\n":     func(d *write.TOML) { d.Add("a").Set("b", write.Int(2)) },
		"[[a]]\nb = 1\n":        func(d *write.TOML) { d.In("a").Set("b", write.Int(2)) },
		"# an empty value\n":    func(d *write.TOML) { d.Set("a", "") },
		"# two values\nb = 1\n": func(d *write.TOML) { d.Set("a", "1\nb = 2") },
	} {
		d := write.Edit([]byte(text))
		change(d)
		d.Set("later", write.Int(1))
		after, err := d.Bytes()
		assert.Error(t, err, text)
		assert.Equal(t, text, string(after))
	}
}

// value returns a random value and what it is decoded as.
func value(rng *rand.Rand, depth int) (write.Value, any) {
	switch n := rng.IntN(8); {
	case n == 0:
		i := rng.IntN(2000) - 1000
		return write.Int(i), int64(i)
	case n == 1:
		b := rng.IntN(2) == 0
		return write.Bool(b), b
	case n == 2 && depth > 0:
		var list []write.Value
		all := []any{}
		for range rng.IntN(4) {
			v, d := value(rng, 0)
			list, all = append(list, v), append(all, d)
		}
		return write.List(list...), all
	case n == 3 && depth > 0:
		pairs, all := map[string]write.Value{}, map[string]any{}
		for range rng.IntN(4) {
			name := words(rng)
			pairs[name], all[name] = value(rng, depth-1)
		}
		return write.Inline(pairs), all
	}
	text := words(rng)
	return write.String(text), text
}

// words returns a random text of what TOML, Markdown and front matter give a meaning to.
func words(rng *rand.Rand) string {
	parts := []string{"a", "B", "7", " ", "  ", "\n", "\t", "\r", `"`, `"""`, `'`, `'''`, `\`, `\n`, "=", "#", ".", ",", "[", "]]", "{", "}", "+++", "+++\n", "-", "_",
		"\x00", "\x1f", "\x7f", "\u0085", "\u2028", "é", "进展", "😀", "2026-11-04T18:00", "true", "\ufeff"}
	var b strings.Builder
	for range rng.IntN(8) {
		b.WriteString(parts[rng.IntN(len(parts))])
	}
	return b.String()
}

// TestRoundTrip: whatever is written is decoded as it was given, and another key changes nothing.
func TestRoundTrip(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		d, want := write.Edit(nil), map[string]any{}
		set := func(table write.Table, into map[string]any) {
			name := words(rng)
			v, plain := value(rng, 2)
			if table.Set(name, v); rng.IntN(6) == 0 {
				table.Remove(name)
				delete(into, name)
				return
			}
			into[name] = plain
		}
		for range rng.IntN(4) {
			set(d.In("root"), into(want, "root"))
		}
		for n := range rng.IntN(3) {
			element := d.Add("list")
			list, _ := want["list"].([]map[string]any)
			want["list"] = append(list, map[string]any{})
			set(element, want["list"].([]map[string]any)[n])
		}
		for range rng.IntN(3) {
			d.Comment(words(rng))
		}
		for range rng.IntN(4) {
			set(d.In("root"), into(want, "root"))
		}
		d.Set("last", "1")
		want["last"] = int64(1)
		text := bytesOf(t, d)
		got := decoded(t, []byte(text))
		if root, _ := want["root"].(map[string]any); len(root) == 0 {
			delete(want, "root") // whether its header is there is all the same
			delete(got, "root")
		}
		require.Equal(t, want, got, "%s", text)
		for _, line := range strings.Split(text, "\n") {
			require.NotEqual(t, "+++", strings.TrimRight(line, " \t"), "front matter would end here")
		}
	}
}

func into(values map[string]any, name string) map[string]any {
	if values[name] == nil {
		values[name] = map[string]any{}
	}
	return values[name].(map[string]any)
}

// FuzzSet: on any text that is TOML, a key is set, and removed again, without any other change, or
// nothing is changed.
func FuzzSet(f *testing.F) {
	f.Add(edited, "title", "x")
	f.Add("a = 1", "b", "c\nd")
	f.Add("[a]\n[b.c]\nd=1", "b", "x")
	f.Add("\"a.b\" = {c={d=1,},}\na.b=2", "a", "x")
	f.Add("x = \"\"\"\n[a]\n\"\"\" # y\r\n'a'=''", "a", "+++\n")
	f.Add("a = [[1,\n2],[\n3]]\n[[b]]\n[[b]]\n[b.c]\n", "c", "")
	f.Fuzz(func(t *testing.T, text, name, v string) {
		before := map[string]any{}
		if _, err := toml.Decode(text, &before); err != nil || len(text) > 4096 {
			return
		}
		d := write.Edit([]byte(text))
		d.Set(name, write.String(v))
		changed, err := d.Bytes()
		if err != nil {
			require.Equal(t, text, string(changed))
			return
		}
		before[name] = string([]rune(v))
		assertSplice(t, text, string(changed))
		got := decoded(t, changed)
		if !reflect.DeepEqual(got, before) && fmt.Sprint(got) != fmt.Sprint(before) {
			t.Fatalf("%q became %q", text, changed)
		}
		d.Remove(name)
		removed, err := d.Bytes()
		if err != nil {
			require.Equal(t, changed, removed)
			return
		}
		delete(before, name)
		assertSplice(t, string(changed), string(removed))
		if got := decoded(t, removed); fmt.Sprint(got) != fmt.Sprint(before) {
			t.Fatalf("%q became %q", changed, removed)
		}
	})
}

// assertSplice: one run of bytes was replaced by another that begins and ends with lines or is one
// value.
func assertSplice(t *testing.T, before, after string) {
	t.Helper()
	from := 0
	for from < len(before) && from < len(after) && before[from] == after[from] {
		from++
	}
	to := 0
	for to < len(before)-from && to < len(after)-from && before[len(before)-1-to] == after[len(after)-1-to] {
		to++
	}
	gone := before[from : len(before)-to]
	if strings.Count(gone, "\n") > 1 && len(after) > len(before) {
		t.Fatalf("%q went out of %q, which became %q", gone, before, after)
	}
}
