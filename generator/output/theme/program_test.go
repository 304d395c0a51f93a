package theme

import (
	"bytes"
	"fmt"
	"html/template"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"candor/generator/message"
)

// renderers returns two Renderers of the same templates, the second of which is
// html/template alone.
func renderers(t testing.TB, templates map[string]string) (fast, slow *Renderer) {
	t.Helper()
	words := message.Reader("en").With(map[string]message.Forms{"a.b": message.Plain("<&> {0} and {1}")})
	set := template.New("").Option("missingkey=error").Funcs(functions())
	for name, text := range templates {
		_, err := set.New(name).Parse(text)
		require.NoError(t, err, text)
	}
	th := &Theme{templates: map[string]*template.Template{"en": set.Funcs(template.FuncMap{"t": words.Say})}, catalogues: map[string]*Catalogue{"en": words}}
	return th.Renderer("en"), th.Renderer("en").Slowly()
}

type Inner struct {
	Name string
	Deep *Inner
}

func (Inner) Method() string { return "called" }

type named string

type worded int

func (worded) String() string { return "<worded>" }

type sample struct {
	Inner
	Text, Empty, Link string
	HTML              template.HTML
	URL               template.URL
	JS                template.JS
	Named             named
	Worded            worded
	N, Zero           int
	U                 uint8
	F                 float64
	Yes, No           bool
	Ptr, Nil          *Inner
	TextPtr           *string
	List, None        []string
	Anys              []any
	Any, NilAny       any
	Map               map[string]any
	Other             map[string]int
	Numbers           map[int]string
	Took              time.Duration
	Stringer          fmt.Stringer
	hidden            string
}

const hostile = "<a href=\"x\">&'+\x00`=\xff é 信 \ufdd0\ufffe</a>"

func samples() sample {
	text := "pointed <at>"
	return sample{
		Inner: Inner{Name: "inner <>", Deep: &Inner{Name: "deep", Deep: &Inner{Name: "deeper"}}},
		Text:  hostile, Link: "https://x.example/?a=b&c='d'%20%zz#+é", HTML: "<b>bold &amp; \"</b>", URL: "tel:+44 1&2", JS: "alert('x')", Named: "<named>", Worded: 3,
		N: -1234567, U: 7, F: 1.5, Yes: true, Ptr: &Inner{Name: "ptr"}, TextPtr: &text,
		List: []string{"a", "<b>", ""}, Anys: []any{"x", nil, 3, template.HTML("<i>")}, Any: "any <", Map: map[string]any{"b": "B<", "a": 1, "nil": nil, "map": map[string]any{"c": true}},
		Other: map[string]int{"z": 26, "a": 1}, Numbers: map[int]string{2: "two", 1: "one"}, Took: time.Minute, Stringer: worded(1), hidden: "h",
	}
}

// partials can be called by all small templates.
func partials(layout string) map[string]string {
	return map[string]string{
		"layout": layout, "inner": `<i title="{{.Name}}">{{.Name}}</i>`, "static": `<hr>`, "vars": `{{$x := .}}{{$}}{{$x}}`,
		"printed": `{{printf "%q" .}}`, "deep": `{{.Name}}{{with .Deep}}{{template "deep" .}}{{end}}`,
		"endless": `{{template "endless" .}}`, "fails": `x{{.Nothing}}`, "attribute": `{{.}}`,
		"words":  `{{if .Lang}}<span lang="{{.Lang}}">{{.Text}}</span>{{else}}{{.Text}}{{end}}`,
		"mutual": `{{with .Deep}}{{template "later" .}}{{end}}{{printf "%s" .Name}}`, "later": `{{template "mutual" .}}`,
	}
}

// inPrograms are what programs do; a theme finds all of it here.
var inPrograms = []string{
	``, `text <b>only</b>`, `a{{/* comment */}}b`, `{{.Text}}`, `{{.Empty}}|{{.N}}|{{.U}}|{{.Yes}}|{{.Named}}|{{.JS}}|{{.HTML}}|{{.URL}}`,
	`<a title="{{.Text}}{{.Named}}{{.URL}}{{.N}}">`, `<a title='{{.Text}}'>`, `<a title={{.Text}}>`, `<a title={{.Empty}}>`, `<a title={{.URL}}>`,
	`<title>{{.Text}}{{.HTML}}</title>`, `<textarea>{{.HTML}}</textarea>`, `<!-- {{.Text}} -->x`,
	`<a href="{{.Text}}">`, `<a href="{{.Link}}">`, `<a href="{{.URL}}">`, `<a href="{{.HTML}}">`, `<a href="{{.N}}">`, `<a href="/x/{{.Text}}/{{.Link}}">`, `<a href="/?q={{.Text}}&amp;r={{.URL}}#{{.Link}}">`,
	`<a href={{.Text}}>`, `<a href={{.URL}}>`, `<a href=/x/{{.Link}}>`, `<a href=/?{{.Link}}>`, `<a href='{{.Link}}'>`, `<img src="{{.Link}}">`,
	`<a {{if .Yes}}title="{{.Text}}"{{end}}>`,
	`{{.Name}}{{.Inner.Name}}{{.Deep.Name}}{{.Ptr.Name}}{{(.Deep).Name}}{{.Deep.Deep.Name}}`,
	`{{.Any}}{{.NilAny}}{{.Map.a}}{{.Map.b}}{{.Map.nil}}{{.Map.map.c}}`,
	`{{if .Yes}}a{{else}}b{{end}}{{if .No}}a{{else if .Zero}}b{{else if .N}}c{{else}}d{{end}}`,
	`{{if .Empty}}a{{end}}{{if .None}}a{{end}}{{if .Nil}}a{{end}}{{if .NilAny}}a{{end}}{{if .Ptr}}p{{end}}{{if .Inner}}s{{end}}{{if .F}}f{{end}}{{if .Map}}m{{end}}{{if .U}}u{{end}}`,
	`{{with .Ptr}}{{.Name}}{{$.N}}{{else}}none{{end}}{{with .Nil}}{{.Name}}{{else}}none {{.N}}{{end}}{{with $x := .Any}}{{$x}}{{.}}{{end}}`,
	`{{with .Empty}}a{{else with .Link}}{{.}}{{end}}`,
	`{{range .List}}[{{.}}]{{else}}none{{end}}{{range .None}}x{{else}}none{{end}}{{range .Anys}}({{.}}){{end}}`,
	`{{range $i, $e := .List}}{{$i}}={{$e}}{{.}} {{end}}{{range $e := .Anys}}{{$e}}{{end}}{{range $i, $e := .None}}{{else}}{{if $e}}x{{end}}{{if $i}}y{{end}}{{end}}`,
	`{{range $k, $v := .Map}}{{$k}}:{{if eq $k "map"}}{{$v.c}}{{else}}{{$v}}{{end}} {{end}}{{range .Other}}{{.}}{{end}}{{range .NilAny}}x{{else}}nil{{end}}`,
	`{{range .List}}{{if eq . "<b>"}}{{break}}{{end}}{{.}}{{end}}{{range $k, $v := .Other}}{{if eq $v 1}}{{continue}}{{end}}{{$k}}{{end}}`,
	`{{$x := .Text}}{{if .Yes}}{{$x := .N}}{{$x}}{{end}}{{$x}}{{$x = "new"}}{{$x}}{{range .List}}{{$x = .}}{{end}}[{{$x}}]`,
	`{{$x := 1}}{{$x}}{{$x := 2}}{{$x}}{{$y := $x}}{{$y}}{{$.Ptr.Name}}`,
	`{{template "static"}}{{template "inner" .}}{{template "inner" .Ptr}}{{template "vars" .Text}}{{template "deep" .Inner}}`,
	`{{template "words" dict "Text" .Text "Lang" .Empty}}{{template "words" dict "Text" .Any "Lang" "en"}}`,
	`{{or .Empty .Nil .Text}}{{or .Zero .No}}{{and .Yes .Text}}{{and .Zero .Nothing}}{{or .Yes .Nothing}}{{or .Empty .NilAny}}`,
	`{{if and .Yes .N}}a{{end}}{{if or .No .Nil}}b{{end}}{{if not .No}}c{{end}}{{not .Text}}{{if not (and .Yes .No)}}d{{end}}`,
	`{{eq .N -1234567}}{{eq .Text "x" "y"}}{{eq .Named "<named>"}}{{ne .N .Zero}}{{eq .Yes true}}{{eq .Any "any <"}}{{ne .Text .Link}}{{eq 1 1}}{{eq .Map.a 1}}`,
	`{{len .List}}{{len .Text}}{{len .Map}}{{index .List 1}}{{index .Map "b"}}{{index .Map "none"}}{{index .Other "none"}}{{index .Anys 1}}{{index .Anys 3}}`,
	`{{slice .Link 8}}{{slice .Link 0 5}}{{range slice .List 1}}{{.}}{{end}}{{range slice .List 0 1}}{{.}}{{end}}{{slice .List | len}}`,
	`{{print .N}}{{print "a" 1 2 "b" .Text nil .HTML}}{{.Text | print "x"}}{{print .F .Took .Worded}}`, `{{join ", " .List}}{{.List | join "<"}}`,
	`{{range list 1 "two" .Text nil}}{{.}},{{end}}{{len (list)}}{{(dict "a" .Ptr).a.Name}}`,
	`{{t "a.b" .N .Text}}<a title="{{t "a.b" "\"" .Any}}">{{with t "a.b" .N .Ptr.Name}}{{.}}{{end}}{{t "a.b" nil .NilAny}}{{t (print "a" ".b") 1 2}}`,
	`{{once "inner" .Ptr}}{{once "inner" .Ptr}}{{once "inner" .Inner}}{{once "inner" .Deep}}{{once "vars" .N}}`,
	`{{"const"}}{{1}}{{true}}{{"a" | print}}{{(1)}}{{("x" | print "y" | len)}}`,
	`{{once "printed" .Text}}`, `{{define "own"}}{{.N}}{{end}}{{template "own" .}}{{block "more" .Text}}{{.}}{{end}}`,
}

// beyondPrograms are right too: html/template executes them.
var beyondPrograms = []string{
	`{{printf "%05d" .N}}`, `{{template "printed" .Text}}`, `{{println .Text}}`, `{{html .Text}}`, `{{.Text | urlquery}}`, `{{lt 1 2}}`,
	`<script>var x = {{.Text}}</script>`, `<a onclick="f({{.Text}})">`, `<style>a { color: {{.Text}} }</style>`, `<a style="color: {{.Text}}">`, `<a {{.Link}}="x">`, `<img srcset="{{.Link}}">`,
	`<a title="{{template "attribute" .Text}}">`, `<a title="{{.HTML}}">`, `<a title={{.HTML}}>`,
	`{{.F}}`, `{{.Took}}`, `{{.Worded}}`, `{{.Stringer}}`, `{{.Method}}`, `{{.Ptr.Method}}`, `{{.TextPtr}}`, `{{.Nil}}`, `{{.List}}`, `{{.Map}}`,
	`{{range .Numbers}}{{.}}{{end}}`, `{{range $i := 3}}{{$i}}{{end}}`, `{{index .Numbers 2}}`, `{{index .Other "a" | print | len | printf "%d"}}`,
	`{{1.5}}{{'a'}}{{0x10}}`, `{{eq .U 7}}`, `{{eq .Nil nil}}`, `{{template "mutual" .Inner}}`, `{{range $i, $e := .List}}{{$i = 1}}{{end}}{{printf ""}}`,
	`{{with $x := 1}}{{if $y := 2}}{{$y}}{{$x}}{{end}}{{printf "z"}}{{end}}`, `<a title="{{once "inner" .Ptr}}">`,
}

// failing are errors, which html/template words.
var failing = []string{
	`a{{.Nothing}}`, `{{.Nil.Name}}`, `{{.Map.nothing}}`, `{{.Map.nil.x}}`, `{{.hidden}}`, `{{.Text.Name}}`, `{{t "no.key"}}`, `{{t .N}}`, `{{dict "a"}}`, `{{dict 1 2}}`,
	`{{join 1 .List}}`, `{{join "x" .Anys}}`, `{{len .N}}`, `{{len .Nil}}`, `{{index .List 9}}`, `{{index .List -1}}`, `{{index .Nil "x"}}`, `{{slice .Text 2 1}}`, `{{slice .Text 9999}}`,
	`{{eq .Text 1}}`, `{{eq .Map .Map}}`, `{{eq .Text}}`, `{{ne .N}}`, `{{not}}`, `{{range .U}}{{.Nothing}}{{end}}`, `{{range .Text}}{{end}}`, `{{range .Nil}}{{end}}`,
	`{{template "inner"}}`, `{{template "inner" .N}}`, `{{once "inner" .Nil}}`, `{{once "fails" .Ptr}}`, `{{once "none" .}}`, `{{template "none" .}}`, `{{.Text 1}}`, `{{.Any.X}}`, `{{1 | .Text}}`,
	`x{{template "fails" .}}`, `{{and}}`, `{{nil}}`,
}

// both renders a layout by a program, with the fallback, and by html/template.
func both(t *testing.T, layout string, view any) (direct bool, fast, slow string, fastErr, slowErr bool) {
	t.Helper()
	r, s := renderers(t, partials(layout))
	var program, rendered, expected bytes.Buffer
	rendered.WriteString("before ")
	expected.WriteString("before ")
	direct = r.Fast(&program, "layout", view)
	if !direct {
		require.Empty(t, program.String(), "what a program gave up on")
	}
	r.Forget()
	fastErr = !r.Fast(&rendered, "layout", view) && r.set.ExecuteTemplate(&rendered, "layout", view) != nil
	slowErr = s.set.ExecuteTemplate(&expected, "layout", view) != nil
	return direct, rendered.String(), expected.String(), fastErr, slowErr
}

func TestProgramsWriteWhatTemplatesDo(t *testing.T) {
	for _, layout := range inPrograms {
		for _, view := range []any{samples(), new(samples())} {
			direct, fast, slow, _, failed := both(t, layout, view)
			require.False(t, failed, layout)
			assert.True(t, direct, "by a program: %s", layout)
			assert.Equal(t, slow, fast, layout)
		}
	}
}

func TestTemplatesDoWhatProgramsCannot(t *testing.T) {
	for _, layout := range beyondPrograms {
		direct, fast, slow, _, failed := both(t, layout, samples())
		assert.False(t, failed, layout)
		assert.False(t, direct, "by a program: %s", layout)
		assert.Equal(t, slow, fast, layout)
	}
}

func TestTemplatesWordErrors(t *testing.T) {
	for _, layout := range failing {
		direct, fast, slow, fastErr, failed := both(t, layout, samples())
		assert.True(t, failed, layout)
		assert.True(t, fastErr, layout)
		assert.False(t, direct, layout)
		assert.Equal(t, slow, fast, layout)
	}
}

func TestProgramsEndAtSomeDepth(t *testing.T) {
	r, _ := renderers(t, partials(`{{template "endless" .}}`))
	assert.False(t, r.Fast(new(bytes.Buffer), "layout", 1))
	chain := &Inner{Name: "end"}
	for range maxDepth + 10 {
		chain = &Inner{Name: "x", Deep: chain}
	}
	direct, fast, slow, _, failed := both(t, `{{template "deep" .}}`, chain)
	assert.False(t, direct || failed)
	assert.Equal(t, slow, fast)
}

func TestProgramsAreNotTriedForever(t *testing.T) {
	r, _ := renderers(t, partials(`{{.}}`))
	for range patience {
		assert.False(t, r.program("layout").unfit)
		assert.False(t, r.Fast(new(bytes.Buffer), "layout", 1.5))
	}
	assert.True(t, r.program("layout").unfit)
}

func TestUnescapedTemplatesAreNotCompiled(t *testing.T) {
	r, _ := renderers(t, partials(`{{.}}`))
	assert.True(t, r.compile("layout").unfit, "html/template has not seen it yet")
	r, _ = renderers(t, partials(`<a href="{{if .}}'{{end}}>{{.}}`))
	assert.True(t, r.program("layout").unfit, "html/template refuses it")
}

// FuzzEscapers holds the escapers against html/template's, in each context and
// for each type.
func FuzzEscapers(f *testing.F) {
	for _, s := range []string{"", hostile, "javascript:alert(1)", "JAVASCRIPT:x", "/a:b", "a/b:c", "mailto:x@y?a=b&c", "HTTPS://x", "%", "%2", "%2f%zz", "ftp:x", "tel:+1", "é信\u2028", "\xc3\x28", "\uffff\ufdd0", "a b\tc\r\n\v\f"} {
		f.Add(s)
	}
	layout := strings.Join([]string{`{{.}}`, `<a title="{{.}}">`, `<a title='{{.}}'>`, `<a title={{.}}>`, `<title>{{.}}</title>`, `<a href="{{.}}">`, `<a href='{{.}}'>`, `<a href={{.}}>`,
		`<a href="/x/{{.}}">`, `<a href="/?{{.}}">`, `<a href=/x/{{.}}>`, `<a href=/?{{.}}>`, `<a href="#{{.}}">`, `<!-- {{.}} -->`}, "\n")
	fast, slow := renderers(f, map[string]string{"layout": layout, "markup": `{{.}}<textarea>{{.}}</textarea><a href="{{.}}">`})
	f.Fuzz(func(t *testing.T, s string) {
		for _, c := range []struct {
			name string
			view any
		}{{"layout", s}, {"layout", template.URL(s)}, {"layout", named(s)}, {"layout", template.CSS(s)}, {"markup", template.HTML(s)}} {
			var got, want bytes.Buffer
			require.True(t, fast.Fast(&got, c.name, c.view))
			require.NoError(t, slow.set.ExecuteTemplate(&want, c.name, c.view))
			require.Equal(t, want.String(), got.String(), "%T", c.view)
		}
	})
}
