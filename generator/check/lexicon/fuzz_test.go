package lexicon

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"

	"candor/generator/diag"
)

// FuzzFind: nothing panics, hits are inside the text, in order, on whole
// characters, and the same the second time.
func FuzzFind(f *testing.F) {
	for _, s := range labelled(f) {
		f.Add(s.text, s.language == "en", len(s.text)/2)
	}
	for _, s := range []string{"“绝对安全", "[绝对安全]", "１００％ 安全", "sorry if ’ felt", "a.b. c", "\xff绝对\xe5安全", "...。。？", "\u00ad\u200b"} {
		f.Add(s, false, 1)
		f.Add(s, true, 2)
	}
	l := Default()
	f.Fuzz(func(t *testing.T, text string, english bool, cut int) {
		language := "zh-Hans"
		if english {
			language = "en"
		}
		const start = 7
		cut = min(max(cut, 0), len(text))
		for cut > 0 && cut < len(text) && !utf8.RuneStart(text[cut]) {
			cut--
		}
		split := Text{{Runs: []Run{{Text: text[:cut], Start: start, End: start + cut}, {Text: text[cut:], Start: start + cut, End: start + len(text)}}}}
		hits := l.Find(language, "", Plain(text, start))
		if utf8.ValidString(text) {
			assert.Equal(t, hits, l.Find(language, "", split), "a run that is divided is the same text")
		}
		last := map[Category]int{}
		for i, h := range hits {
			if h.Start < start || h.End <= h.Start || h.End > start+len(text) {
				t.Fatalf("%s at %d to %d of %d", h.Entry.ID, h.Start, h.End, len(text))
			}
			if utf8.ValidString(text) && !utf8.ValidString(text[h.Start-start:h.End-start]) {
				t.Fatalf("%s cuts a character: %q", h.Entry.ID, text[h.Start-start:h.End-start])
			}
			if i > 0 && compare(hits[i-1], h) > 0 {
				t.Fatal("not in order")
			}
			if h.Start < last[h.Category] {
				t.Fatalf("hits of %s overlap", h.Category)
			}
			last[h.Category] = h.End
		}
	})
}

// FuzzParse: any list can be read, and used for any text.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"(a|b)c", "绝对*安全", "x * y", "<time>", "{}", "not * {}", "({} x)", "a**3b", "((a|b)?c) d", "so (very )?sorry", "<start>x", "a (b)? c", "[x]", "%", "(绝对|完全)(安全|可靠)", "x(y|z)?abc", "(un|re)?sure", "<number>(more|less)"} {
		f.Add(s, s, "完全安全 so very sorry 18:00")
	}
	f.Fuzz(func(t *testing.T, match, except, text string) {
		quote := func(s string) string { return "'''\n" + s + "'''" }
		file := "language = 'zh'\n[[category]]\nid = 'blame'\nexcept = [" + quote(except) + "]\n[[entry]]\nid = 'x'\ncategory = 'blame'\ninstead = 'y'\nmatch = [" + quote(match) + "]\nexcept = [" + quote(except) + "]\n"
		src := diag.Source{Path: "wording.toml", Data: []byte(file)}
		l, found := Parse(src, nil)
		for _, d := range found {
			assert.NotEmpty(t, d.Message.String())
		}
		if len(text) > 2000 || l.lists["zh"] == nil || !utf8.ValidString(text) {
			return
		}
		l.Find("zh", "", Plain(text, 0))
		if p, fault := newPattern(match); fault == nil && len(l.lists["zh"].entries) > 0 && l.lists["zh"].entries[0].patterns[0].source == p.source {
			body := folder{}
			body.block(Plain(text, 0)[0])
			if words := p.expression().Find(small(body.out)); words != nil {
				assert.NotEmpty(t, newIndex(l.lists["zh"].entries).scan(body.out, nil), "%q is not seen in %q", match, body.out)
				within := func(anchor string) bool { return strings.Contains(string(words), anchor) }
				assert.True(t, slices.ContainsFunc(p.anchors, within), "%q has none of %q", words, p.anchors)
			}
		}
	})
}
