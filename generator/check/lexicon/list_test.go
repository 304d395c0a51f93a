package lexicon

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"candor/generator/diag"
)

func mustParse(t testing.TB, text string) *Lexicon {
	t.Helper()
	l, found := Parse(diag.Source{Path: "wording.toml", Data: []byte(text)}, nil)
	require.Empty(t, lines(found))
	return l
}

func lines(list diag.List) []string {
	var out []string
	for _, d := range list {
		out = append(out, fmt.Sprintf("%d:%d: %s (%s) [%s]", d.Line, d.Column, d.Message, d.Hint, d.Rule))
	}
	return out
}

// TestDefault: the lists are without fault, and every entry is whole.
func TestDefault(t *testing.T) {
	l := Default()
	for _, language := range []string{"zh-Hans", "en"} {
		has := map[Category]bool{}
		for _, e := range l.Entries(language) {
			has[e.Category] = true
			assert.NotEmpty(t, e.Instead, e.ID)
			assert.NotEmpty(t, e.InsteadEN, e.ID)
			assert.Equal(t, language, e.Language, e.ID)
			if language == "zh-Hans" {
				assert.NotEqual(t, e.Instead, e.InsteadEN, e.ID)
			}
		}
		for _, c := range Categories() {
			assert.True(t, has[c], "%s has no %s", language, c)
			assert.NotEmpty(t, c.About("x").String())
			assert.Contains(t, diag.Rules(), c.Rule())
		}
	}
	assert.Nil(t, l.Entries("de"))
}

func TestExtend(t *testing.T) {
	text := `language = "zh-Hans"
[[category]]
id = "officialese"
except = ["试用{}"]
[[entry]]
id = "attach-importance"
match = "关怀备至"
except = ["客户{}"]
instead = "写事实。"
stances = "full"
[[entry]]
id = "at-once"
off = true
[[entry]]
id = "house"
category = "officialese"
match = ["匠心"]
instead = "写工艺。"
instead_en = "Write how it is made."
[[entry]]
id = "excited"
language = "en"
category = "officialese"
match = ["(excited|thrilled) to"]
instead = "Say what it is."
`
	base := Default()
	l, found := Parse(diag.Source{Path: "wording.toml", Data: []byte(text)}, base)
	require.Empty(t, lines(found))
	words := func(l *Lexicon, language, stance, text string) (ids []string) {
		for _, h := range l.Find(language, stance, Plain(text, 0)) {
			ids = append(ids, h.Entry.ID)
		}
		return ids
	}
	assert.Equal(t, []string{"attach-importance"}, words(l, "zh", "", "我们高度重视。"), "its own patterns stay")
	assert.Equal(t, []string{"attach-importance"}, words(l, "zh", "", "我们关怀备至。"))
	assert.Empty(t, words(l, "zh", "", "我们对客户关怀备至。"), "an exception that was added")
	assert.Empty(t, words(l, "zh", "partial", "我们关怀备至。"))
	assert.Empty(t, words(l, "zh", "", "第一时间处理。"), "it is off")
	assert.Equal(t, []string{"house"}, words(l, "zh", "", "匠心制造"))
	assert.Empty(t, words(l, "zh", "", "试用匠心制造"))
	assert.Equal(t, []string{"excited"}, words(l, "en", "", "We are thrilled to announce"))
	assert.Equal(t, []string{"at-once"}, words(base, "zh", "", "第一时间处理。"), "the base stays as it was")
	assert.Empty(t, words(base, "zh", "", "匠心制造"))
	h := l.Find("zh", "", Plain("高度重视", 0))[0]
	assert.Equal(t, "写事实。", h.Entry.InsteadEN, "one advice where one is given")
	assert.Equal(t, "Say what it is.", l.Find("en", "", Plain("excited to", 0))[0].Entry.InsteadEN)
}

func TestListFaults(t *testing.T) {
	text := `laguage = "en"
[[category]]
id = "absolut"
language = "en"
[[category]]
language = "en"
[[entry]]
id = "no-language"
category = "blame"
match = ["some words"]
instead = "x"
[[entry]]
language = "english"
id = "bad-language"
[[entry]]
language = "en"
match = ["no id"]
[[entry]]
language = "en"
id = "sorry-iff"
off = true
[[entry]]
language = "en"
id = "new"
mach = ["words"]
[[entry]]
language = "en"
id = "no-category"
match = ["some words"]
instead = "x"
[[entry]]
language = "en"
id = "no-advice"
category = "blame"
match = ["some words"]
[[entry]]
language = "en"
id = "sorry-if"
category = "blame"
stances = ["ful", "x"]
[[entry]]
language = "en"
id = "sorry-if"
off = true
[[entry]]
language = "en"
id = "patterns"
category = "blame"
instead = "x"
match = ["fine words", "a (b", "to"]
except = ["{}", "not {}"]
[[entry]]
id = 7
`
	l, list := Parse(diag.Source{Path: "wording.toml", Data: []byte(text)}, Default())
	assert.Equal(t, []string{
		`3:6: id cannot be "absolut" (did you mean "absolute"?) [bad-value]`,
		`5:1: a category has no id (write id = "absolute") [bad-value]`,
		`8:6: this does not say of which language it is (write language = "en" here, or at the top of the file for all) [bad-value]`,
		`13:12: "english" is not the tag of a language (write it as "en" or "zh-Hans") [bad-value]`,
		`14:6: this does not say of which language it is (write language = "en" here, or at the top of the file for all) [bad-value]`,
		`15:1: an entry has no id (write id = "stock-phrase-3") [bad-value]`,
		`20:6: there is no entry "sorry-iff" to change, and this has no match (did you mean "sorry-if"?) [bad-value]`,
		`24:6: there is no entry "new" to change, and this has no match (give it category, match and instead) [bad-value]`,
		`25:1: there is no key "mach" here (did you mean "match"?) [unknown-key]`,
		`28:6: the entry "no-category" has no category (write category = "officialese") [bad-value]`,
		`33:6: the entry "no-advice" does not say what to write instead (write instead = "…") [bad-value]`,
		`40:12: there is no stance "ful" (did you mean "full"?) [bad-value]`,
		`40:19: there is no stance "x" (there are full, partial and unfounded) [bad-value]`,
		`39:12: the entry "sorry-if" is of category non-apology already (delete this line, or give the entry another id) [bad-value]`,
		`43:6: there are two entries "sorry-if" (put the patterns of both into one) [duplicate-id]`,
		`50:24: a pattern has a ( that is not closed (write alternatives as (one|another)) [bad-value]`,
		`50:32: a pattern needs a word of three letters, or two characters of Chinese, that it never goes without (add the words around it) [bad-value]`,
		`51:11: an exception of only {} excepts everything (write what is around the hit, or off = true) [bad-value]`,
		`53:6: id must be a text, not 7 (put it in quotation marks: id = "7") [bad-value]`,
		`53:6: an entry has no id (write id = "stock-phrase-11") [bad-value]`,
		`1:1: there is no key "laguage" here (did you mean "language"?) [unknown-key]`,
	}, lines(list))
	assert.Len(t, l.Find("en", "", Plain("fine words", 0)), 1, "what is not at fault counts")
	same, list := Parse(diag.Source{Path: "wording.toml", Data: []byte("x = ")}, l)
	assert.Len(t, list, 1)
	assert.Same(t, l, same)
}
