package template_test

import (
	"bytes"
	"fmt"
	html "html/template"
	"runtime"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"candor/generator/output/template"
)

// places has a template for every context that html/template tells apart, and whether programs do it.
var places = []struct {
	layout  string
	program bool
}{
	{`{{.}}`, true}, {`<p>a{{.}}b</p>`, true}, {`<title>{{.}}</title>`, true}, {`<textarea>{{.}}</textarea>`, true},
	{`<a title="{{.}}">`, true}, {`<a title='{{.}}'>`, true}, {`<a title="a{{.}}b{{.}}">`, true}, {`<a title={{.}}>`, false},
	{`<a href="{{.}}">`, true}, {`<a href='{{.}}'>`, true}, {`<a href={{.}}>`, false}, {`<img src="{{.}}">`, true},
	{`<a href="/x/{{.}}">`, true}, {`<a href="https://x.example/{{.}}">`, true}, {`<a href=/x/{{.}}>`, false},
	{`<a href="/?{{.}}">`, true}, {`<a href="#{{.}}">`, true}, {`<a href='/?a=b&amp;c={{.}}'>`, true}, {`<a href=/?{{.}}>`, false},
	{`<img srcset="{{.}}">`, false}, {`<img srcset="{{.}} 2x, /a.png">`, false}, {`<a {{.}}="x">`, false}, {`<!-- {{.}} -->`, false},
	{`<style>a{color:{{.}}}</style>`, false}, {`<style>a{content:"{{.}}"}</style>`, false}, {`<style>a{background:url({{.}})}</style>`, false},
	{`<a style="color:{{.}}">`, false}, {`<a style="background:url('{{.}}')">`, true}, {`<style>/* {{.}} */</style>`, false},
	{`<script>x({{.}})</script>`, false}, {`<script>x("{{.}}")</script>`, false}, {`<script>x('{{.}}')</script>`, false},
	{"<script>x(`{{.}}`)</script>", false}, {`<script>x(/{{.}}/)</script>`, false}, {`<script>// {{.}}` + "\n</script>", false},
	{`<a onclick="x({{.}})">`, false}, {`<a onclick="x('{{.}}')">`, false}, {`<meta content="{{.}}">`, true},
	{`<meta http-equiv="refresh" content="0;url={{.}}">`, false}, {`<script type="application/json">{{.}}</script>`, false},
}

// types are what a theme, or the generator, may say about a text.
var types = []func(string) any{
	func(s string) any { return s },
	func(s string) any { return named(s) },
	func(s string) any { return html.HTML(s) },
	func(s string) any { return html.URL(s) },
	func(s string) any { return html.HTMLAttr(s) },
	func(s string) any { return html.CSS(s) },
	func(s string) any { return html.JS(s) },
	func(s string) any { return html.JSStr(s) },
	func(s string) any { return html.Srcset(s) },
	func(s string) any { return []string{s} },
	func(s string) any { return &s },
	func(s string) any { return fmt.Errorf("%s", s) },
}

// place is one context in both engines.
type place struct {
	layout string
	engine *template.Renderer
	oracle *html.Template
}

func newPlace(t testing.TB, layout string) place {
	set, oracle := newEngines(t, map[string]string{"layout": layout}, nil)
	return place{layout, set.Renderer(set, nil), oracle}
}

// same requires that a value is written as html/template writes it, or not at all if html/template
// does not write it.
func (p place) same(t testing.TB, value any) {
	t.Helper()
	var got, want bytes.Buffer
	failed := p.oracle.ExecuteTemplate(&want, "layout", value)
	err := p.engine.Render(&got, "layout", value)
	if failed != nil {
		require.Error(t, err)
		return
	}
	require.NoError(t, err)
	if got.String() != want.String() {
		t.Fatalf("%.60q (%T) in %s: html/template of %s writes %.200q, a program %.200q: escapers.go no longer holds for this version of Go",
			fmt.Sprint(value), value, p.layout, runtime.Version(), want.String(), got.String())
	}
}

// TestEscapers holds programs against html/template of the Go in use: in every context, for every type
// of text, with every byte alone, every two bytes, and every character of the basic plane.
func TestEscapers(t *testing.T) {
	var pairs, runes strings.Builder
	for i := range 1 << 16 {
		pairs.Write([]byte{byte(i >> 8), byte(i)})
	}
	for r := range rune(1 << 16) {
		runes.WriteRune(r) // a surrogate as U+FFFD
	}
	for r := rune(1 << 16); r <= utf8.MaxRune; r += 0xfff { // some of each plane, the last one among them
		runes.WriteRune(r)
	}
	for _, c := range places {
		p := newPlace(t, c.layout)
		require.Equal(t, c.program, p.engine.Run(new(bytes.Buffer), "layout", "x") == nil, "by a program: %s", c.layout)
		for _, typed := range types {
			for b := range 256 {
				p.same(t, typed(string([]byte{byte(b)})))
			}
			for _, s := range texts {
				p.same(t, typed(s))
			}
		}
		for _, value := range []any{nil, true, 1, -12, int8(-1), uint(7), 1.5, worded(2), []int{1}, map[string]int{"a": 1}, struct{ A string }{"<"}} {
			p.same(t, value)
		}
		if c.program { // the others are html/template on both sides
			p.same(t, pairs.String())
			p.same(t, html.URL(pairs.String()))
			p.same(t, runes.String())
			p.same(t, html.URL(runes.String()))
		}
	}
}

// texts are longer than a byte and not any text to some context.
var texts = []string{
	"", hostile, "javascript:alert(1)", "JAVASCRIPT:x", " javascript:x", "java\nscript:x", "/a:b", "a/b:c", "a:b/c", ":x", "x:", "#a:b", "?a:b",
	"mailto:x@y?a=b&c", "HTTPS://x", "httpſ://x", "https:x", "http:", "//x.example", "%", "%2", "%2f%zz", "%%41", "100%", "ftp:x", "tel:+1", "é信",
	"\u2028\u2029", "\ufeff", "\xc3\x28", "\xff\xfe", "\uffff\ufdd0", "a b\tc\r\n\v\f", "</title>", "</script>", "<!--", "-->", "]]>", "&amp;&#39;&", "ZgotmplZ",
	"expression(alert(1))", "url(x)", "\\", "/*", "*/", "${x}", "{{.}}", "a.png 2x, b.png", "onclick", "style", "0",
}

// FuzzEscapers is TestEscapers with any text.
func FuzzEscapers(f *testing.F) {
	for _, s := range texts {
		f.Add(s)
	}
	var all []place
	for _, c := range places {
		all = append(all, newPlace(f, c.layout))
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, p := range all {
			for _, typed := range types {
				p.same(t, typed(s))
			}
		}
	})
}
