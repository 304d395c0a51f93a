package content

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

// hiding is a product, or the name of somebody.
var hiding = regexp.MustCompile(`(?:^|[^A-Za-z])[A-Za-z]{1,2}\*{1,3}[A-Za-z]{1,2}(?:[^A-Za-z]|$)`)

// FuzzEmphasis: beside nothing but Latin letters, spaces and punctuation, emphasis is CommonMark's,
// as goldmark reads it, but for products and names such as A*B and J**n; whatever the text is, its characters arrive.
func FuzzEmphasis(f *testing.F) {
	for _, seed := range []string{
		"*a **b** c*", "**a*b**c*", "_a_b_ __c__", "~~a~~ b~~c~~", "***a** b*", "*(*a*)*", "a*\"b\"*c", "\\**a*\\*",
		"这是**“强调”**后面", "138****0917、139****1234", "水晶*120、体力*2", "**안녕(hello)**하세요", "a︀*b*葛󠄀**(c)**", "王*明、李**",
		"https://a.example/*a* b@c.example", "网址：https://a.example，021-12345678转2", "*\n*a", "> *a\n> b*", "[a*](b) *c*",
	} {
		f.Add(seed)
	}
	plain, own := plainGoldmark(), ours()
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) || strings.ContainsAny(text, "\x00\r") || len(text) > 1000 {
			return
		}
		got := convert(t, own, text)
		latin := func(r rune) bool { return r < utf8.RuneSelf && (r < '0' || r > '9') }
		if strings.ContainsFunc(text, func(r rune) bool { return !latin(r) }) || strings.ContainsAny(text, "~@:./-") ||
			strings.Contains(text, "****") || hiding.MatchString(text) {
			return
		}
		if want := convert(t, plain, text); got != want {
			t.Fatalf("%q becomes %q instead of %q", text, got, want)
		}
	})
}
