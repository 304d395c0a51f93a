package lexicon

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestSentences(t *testing.T) {
	for _, text := range []string{
		"一句。|两句！|三句？|四句；|五句",
		"他问：“行吗？”|不行。",
		"真的吗？！|是的。",
		"We know.|You know!|Do you?|Yes; |no",
		"It costs 168.50 yuan.|See example.org for more.",
		"Dr. Ode wrote to Mr. Reed, e.g. about Nov. 5, i.e. Thursday.|Then nothing.",
		"It was 4 p.m. when it broke.|It was 4 p.m.|We came.",
		"I. Lund, Ph.D., led it.|K. Reed helped.",
		"Paid by Acme Inc. in May.|Paid by Acme Inc.|We know.",
		"\"We know.\"|He left.",
		"(See below.)|Then go.",
		"The answer is no.|We know that.|It is No. 5. |It was on 5.|See p. 6.",
		"No. 5 is alive.|Version 4.2 is not.",
		"用户名是a.b。|完",
		"已处理.|再说",
		"v1.2版",
		"",
	} {
		want := strings.Split(text, "|")
		if text == "" {
			want = nil
		}
		for i := range want {
			want[i] = strings.TrimSpace(want[i])
		}
		folded := fold(strings.ReplaceAll(text, "|", " "))
		var got []string
		for _, s := range sentences([]byte(folded), nil) {
			got = append(got, folded[s.start:s.end])
		}
		for i := range want {
			want[i] = fold(want[i])
		}
		assert.Equal(t, want, got, text)
	}
}

// TestLongSentence: what never ends is divided, and nothing of it is lost.
func TestLongSentence(t *testing.T) {
	for _, unit := range []string{"abc ", "很长", "a,", "é", ",", "很，"} {
		text := []byte(fold(strings.Repeat(unit, 3000)))
		at := 0
		for _, s := range sentences(text, nil) {
			assert.GreaterOrEqual(t, s.start, at)
			assert.Empty(t, strings.TrimSpace(string(text[at:s.start])))
			assert.LessOrEqual(t, s.end-s.start, sentenceLimit+8)
			assert.Positive(t, s.end-s.start)
			at = s.end
		}
		assert.Equal(t, len(text), at)
	}
}

func TestFold(t *testing.T) {
	for text, want := range map[string]string{
		"ＡＢＣ１２３％！，。（）":          "ABC123%!,。()",
		"产品 100 % 安全":           "产品100%安全",
		"a  b\n c":              "a b c",
		"很\n好":                  "很好",
		"it’s a ‑ b":            "it's a - b",
		"zero\u200bwidth\ufeff": "zerowidth",
		"100 percent":           "100 percent",
		"價格":                    "價格",
		"a\u3000b":              "a b",
		"hello ＷＯＲＬＤ":           "hello WORLD",
		"说 “好” 了":               "说“好”了",
		"":                      "",
	} {
		assert.Equal(t, want, strings.TrimSpace(fold(text)), text)
	}
}

func TestQuotes(t *testing.T) {
	for text, want := range map[string][]string{
		"他说“这是好的”。":                  {"这是好的"},
		"他说“好的”。":                    nil,
		"“外面「里面的话」外面”":               {"里面的话", "外面「里面的话」外面"},
		"“没有关上":                      nil,
		"“没有关上“但是这里关上了”":             {"但是这里关上了"},
		"《食品安全法》":                    {"食品安全法"},
		`he said "it is fine" and "`: {"it is fine"},
		"‘don't do it’ he said":      {"don't do it"},
		"users' and readers' words":  nil,
	} {
		text := []byte(fold(text))
		var got []string
		for _, s := range quotes(text) {
			got = append(got, string(text[s.start:s.end]))
		}
		assert.ElementsMatch(t, want, got, string(text))
	}
}
