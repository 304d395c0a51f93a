package message

import (
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/feature/plural"
)

// TestReader: the generator's words are there in any language, and others go before them.
func TestReader(t *testing.T) {
	for tag, want := range map[string]string{
		"en": "Resolved", "en-GB": "Resolved", "zh-Hans": "已解决", "zh-CN": "已解决", "zh-TW": "已解決", "ar-EG": "انتهى",
		"fr": "Resolved", "de-AT": "Resolved",
	} {
		words := Reader(tag)
		assert.Equal(t, tag, words.Tag())
		assert.Equal(t, want, words.Must("status.resolved"), tag)
	}
	french := Reader("fr")
	_, err := french.Say("status.resolved")
	assert.Error(t, err, "a template must not get English unseen")
	assert.Equal(t, "0 updates", french.Must("counts.updates", 0), "English words have English forms")
	assert.Equal(t, "1234,5", strings.Map(dropSpace, french.Decimal(1234.5, 1)))
	french = french.With(map[string]Forms{"counts.updates": {plural.One: "{0} point", plural.Other: "{0} points"}})
	assert.Equal(t, "0 point", french.Must("counts.updates", 0), "French has one for nothing")
	assert.Equal(t, "Resolved", french.With(map[string]Forms{"status.none": Plain("Rien")}).Must("status.resolved"))
	assert.Panics(t, func() { french.Must("status.resovled") })
}

func dropSpace(r rune) rune {
	if unicode.IsSpace(r) {
		return -1
	}
	return r
}

// TestPlurals: six forms in Arabic, one in Chinese, for Texts as for the words of pages.
func TestPlurals(t *testing.T) {
	arabic := Reader("ar")
	for n, want := range map[int]string{
		0: "لا تحديثات", 1: "تحديث واحد", 2: "تحديثان", 3: "3 تحديثات", 11: "11 تحديثًا", 100: "100 تحديث",
		103: "103 تحديثات", 1000: "1,000 تحديث",
	} {
		assert.Equal(t, want, arabic.Must("counts.updates", n))
	}
	assert.Equal(t, "1条进展", Reader("zh-Hans").Must("counts.updates", 1))

	w := arabic.With(texts(`test = [["%d files", { two = "ملفان", few = "%d ملفات", other = "%d ملف" }]]`))
	for n, want := range map[int]string{1: "1 ملف", 2: "ملفان", 5: "5 ملفات", 100: "100 ملف"} {
		assert.Equal(t, want, Plural(n, "%d file", "%d files").In(w))
	}
}

// TestQuotationMarks: Chinese has its own, and nothing in between gets out of them.
func TestQuotationMarks(t *testing.T) {
	w := In("zh-Hans")
	for value, want := range map[string]string{
		"rash": "没有事件“rash”", "皮疹": "没有事件“皮疹”", "a\"b": "没有事件“a\"b”", "a\x1b[1m": `没有事件“a\x1b[1m”`,
	} {
		assert.Equal(t, want, Textf("there is no incident %q", value).In(w))
	}
	assert.Equal(t, `there is no incident "rash"`, Textf("there is no incident %q", "rash").String())
}

func TestParse(t *testing.T) {
	for _, c := range []struct {
		value any
		want  Forms
	}{
		{"x", Plain("x")},
		{"", Plain("")},
		{map[string]any{"one": "x", "other": "y"}, Forms{plural.One: "x", plural.Other: "y"}},
	} {
		forms, fault, _ := Parse("a.b", c.value)
		require.Empty(t, fault.Format)
		assert.Equal(t, c.want, forms)
	}
	for _, value := range []any{
		nil, 3, true, []any{"x"}, map[string]any{}, map[string]any{"one": "x"},
		map[string]any{"other": 3}, map[string]any{"other": "x", "some": "y"},
	} {
		_, fault, _ := Parse("a.b", value)
		assert.NotEmpty(t, fault.Format, value)
	}
}

// FuzzInsert: what is inserted stands there as it is, and nothing is inserted
// into what was inserted.
func FuzzInsert(f *testing.F) {
	for _, seed := range []string{
		"", "{", "{0", "{0}", "a {0} b {1}", "{2}", "{{0}}", "{}", "{00}", "{0}{0}", "{-}", "{/}", "中{0}文",
		"\xff{0}\xfe",
	} {
		f.Add(seed, "{1}", "x")
	}
	c := English()
	f.Fuzz(func(t *testing.T, text, first, second string) {
		got := c.insert(text, []any{first, second})
		want := strings.NewReplacer("{0}", first, "{1}", second).Replace(text)
		if got != want {
			t.Fatalf("%q with %q and %q is %q, not %q", text, first, second, got, want)
		}
	})
}

func TestList(t *testing.T) {
	text := Textf("one of: %s", List{"a", "b", "c"})
	assert.Equal(t, "one of: a, b, c", text.String())
	assert.Equal(t, "one of: a、b、c", text.In(Reader("zh-Hans")))
	assert.Equal(t, "one of: ", Textf("one of: %s", List{}).In(Reader("zh-Hans")))
}
