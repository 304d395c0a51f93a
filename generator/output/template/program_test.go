package template_test

import (
	"bytes"
	"errors"
	"fmt"
	html "html/template"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"candor/generator/output/template"
)

// functions are what the templates of these tests can call.
var functions = template.Functions{
	"t": func(args ...any) (any, error) {
		if len(args) == 0 || args[0] != "a.b" {
			return nil, errors.New("no message")
		}
		return "<&> \"'+ " + fmt.Sprint(args[1:]...), nil
	},
	"dict": func(pairs ...any) (any, error) {
		m := map[string]any{}
		for i := 0; i+1 < len(pairs); i += 2 {
			key, ok := pairs[i].(string)
			if !ok {
				return nil, fmt.Errorf("%v is not a text", pairs[i])
			}
			m[key] = pairs[i+1]
		}
		if len(pairs)%2 != 0 {
			return nil, errors.New("a value is missing")
		}
		return m, nil
	},
	"list": func(values ...any) (any, error) { return values, nil },
	"none": func(...any) (any, error) { return nil, nil },
}

// newEngines returns a set of templates, and html/template's own set of the same.
func newEngines(t testing.TB, templates map[string]string, functions template.Functions) (*template.Set, *html.Template) {
	t.Helper()
	set, oracle := template.New(functions), html.New("").Option("missingkey=error")
	for name, function := range functions {
		oracle.Funcs(html.FuncMap{name: function})
	}
	oracle.Funcs(html.FuncMap{"once": func(partial string, value any) (html.HTML, error) {
		var w bytes.Buffer
		err := oracle.ExecuteTemplate(&w, partial, value)
		return html.HTML(w.String()), err
	}})
	for name, text := range templates {
		require.NoError(t, set.Parse(name, text))
		_, err := oracle.New(name).Parse(text)
		require.NoError(t, err, text)
	}
	return set, oracle
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
	HTML              html.HTML
	URL               html.URL
	JS                html.JS
	CSS               html.CSS
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
	NilStringer       fmt.Stringer
	Three             int
	hidden            string
}

const hostile = "<a href=\"x\">&'+\x00`=\xff é 信 \ufdd0\ufffe</a>"

func samples() sample {
	text := "pointed <at>"
	return sample{
		Inner: Inner{Name: "inner <>", Deep: &Inner{Name: "deep", Deep: &Inner{Name: "deeper"}}},
		Text:  hostile, Link: "https://x.example/?a=b&c='d'%20%zz#+é", HTML: "<b>bold &amp; \"</b>", URL: "tel:+44 1&2", JS: "alert('x')", Named: "<named>", Worded: 3,
		N: -1234567, U: 7, F: 1.5, Yes: true, Ptr: &Inner{Name: "ptr"}, TextPtr: &text,
		List: []string{"a", "<b>", ""}, Anys: []any{"x", nil, 3, html.HTML("<i>")}, Any: "any <", Map: map[string]any{"b": "B<", "a": 1, "nil": nil, "map": map[string]any{"c": true}},
		Other: map[string]int{"z": 26, "a": 1}, Numbers: map[int]string{2: "two", 1: "one"}, Took: time.Minute, Stringer: worded(1), Three: 3, hidden: "h",
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

// inPrograms are what programs do.
var inPrograms = []string{
	``, `text <b>only</b>`, `a{{/* comment */}}b`, `{{.Text}}`,
	`{{.Empty}}|{{.N}}|{{.U}}|{{.Yes}}|{{.Named}}|{{.JS}}|{{.HTML}}|{{.URL}}`,
	`{{.F}}|{{.Took}}|{{.Worded}}|{{.Stringer}}|{{.TextPtr}}|{{.Nil}}|{{.List}}|{{.Map}}|{{.Any}}|{{.NilAny}}|{{.Ptr}}`,
	`<a title="{{.Text}}{{.Named}}{{.URL}}{{.N}}{{.HTML}}{{.F}}{{.Worded}}">`, `<a title='{{.Text}}'>`,
	`<title>{{.Text}}{{.HTML}}{{.Worded}}</title>`, `<textarea>{{.HTML}}</textarea>`,
	`<a href="{{.Text}}">`, `<a href="{{.Link}}">`, `<a href="{{.URL}}">`, `<a href="{{.HTML}}">`, `<a href="{{.N}}">`,
	`<a href="/x/{{.Text}}/{{.Link}}">`, `<a href="/?q={{.Text}}&amp;r={{.URL}}#{{.Link}}">`, `<a href='{{.Link}}'>`,
	`<img src="{{.Link}}">`, `<a {{if .Yes}}title="{{.Text}}"{{end}}>`,
	`{{.Name}}{{.Inner.Name}}{{.Deep.Name}}{{.Ptr.Name}}{{(.Deep).Name}}{{.Deep.Deep.Name}}`,
	`{{.Map.a}}{{.Map.b}}{{.Map.nil}}{{.Map.map.c}}`,
	`{{if .Yes}}a{{else}}b{{end}}{{if .No}}a{{else if .Zero}}b{{else if .N}}c{{else}}d{{end}}`,
	`{{if .Empty}}a{{end}}{{if .None}}a{{end}}{{if .Nil}}a{{end}}{{if .NilAny}}a{{end}}{{if .Ptr}}p{{end}}{{if .Inner}}s{{end}}`,
	`{{if .F}}f{{end}}{{if .Map}}m{{end}}{{if .U}}u{{end}}{{if .Stringer}}s{{end}}{{if .NilStringer}}n{{end}}`,
	`{{with .Ptr}}{{.Name}}{{$.N}}{{else}}none{{end}}{{with .Nil}}{{.Name}}{{else}}none {{.N}}{{end}}`,
	`{{with $x := .Any}}{{$x}}{{.}}{{end}}{{with .Stringer}}{{.}}{{end}}{{with .Empty}}a{{else with .Link}}{{.}}{{end}}`,
	`{{range .List}}[{{.}}]{{else}}none{{end}}{{range .None}}x{{else}}none{{end}}{{range .Anys}}({{.}}){{end}}`,
	`{{range $i, $e := .List}}{{$i}}={{$e}}{{.}} {{end}}{{range $e := .Anys}}{{$e}}{{end}}`,
	`{{range $i, $e := .None}}{{else}}{{if $e}}x{{end}}{{if $i}}y{{end}}{{end}}`,
	`{{range $k, $v := .Map}}{{$k}}:{{if eq $k "map"}}{{$v.c}}{{else}}{{$v}}{{end}} {{end}}{{range .Other}}{{.}}{{end}}`,
	`{{range .NilAny}}x{{else}}nil{{end}}{{range 3}}{{.}}{{end}}{{range $i := .Three}}{{$i}}{{end}}{{range .Zero}}x{{else}}y{{end}}`,
	`{{range .List}}{{if eq . "<b>"}}{{break}}{{end}}{{.}}{{end}}{{range $k, $v := .Other}}{{if eq $v 1}}{{continue}}{{end}}{{$k}}{{end}}`,
	`{{$x := .Text}}{{if .Yes}}{{$x := .N}}{{$x}}{{end}}{{$x}}{{$x = "new"}}{{$x}}{{range .List}}{{$x = .}}{{end}}[{{$x}}]`,
	`{{$x := 1}}{{$x}}{{$x := 2}}{{$x}}{{$y := $x}}{{$y}}{{$.Ptr.Name}}`,
	`{{template "static"}}{{template "inner" .}}{{template "inner" .Ptr}}{{template "vars" .Text}}{{template "deep" .Inner}}`,
	`{{template "words" dict "Text" .Text "Lang" .Empty}}{{template "words" dict "Text" .Any "Lang" "en"}}`,
	`{{or .Empty .Nil .Text}}{{or .Zero .No}}{{and .Yes .Text}}{{and .Zero .Nothing}}{{or .Yes .Nothing}}{{or .Empty .NilAny}}`,
	`{{if and .Yes .N}}a{{end}}{{if or .No .Nil}}b{{end}}{{if not .No}}c{{end}}{{not .Text}}{{if not (and .Yes .No)}}d{{end}}`,
	`{{eq .N -1234567}}{{eq .Text "x" "y"}}{{eq .Named "<named>"}}{{ne .N .Zero}}{{eq .Yes true}}{{eq .Any "any <"}}`,
	`{{ne .Text .Link}}{{eq 1 1}}{{eq .Map.a 1}}{{eq .N .Took}}`,
	`{{none}}{{if none}}x{{end}}{{.List | list "<" | t "a.b"}}{{range list 1 "two" .Text nil .NilAny}}{{.}},{{end}}{{(dict "a" .Ptr).a.Name}}`,
	`{{t "a.b" .N .Text}}<a title="{{t "a.b" "\"" .Any}}">{{with t "a.b" .N .Ptr.Name}}{{.}}{{end}}{{t "a.b" nil .NilAny}}`,
	`{{t "a.b"}}<a title="{{t "a.b"}}" href="{{t "a.b"}}"></a><title>{{t "a.b" "<" 1}}</title><a href="?q={{t "a.b"}}"></a>`,
	`{{once "inner" .Ptr}}{{once "inner" .Ptr}}{{once "inner" .Inner}}{{once "inner" .Deep}}{{once "vars" .N}}{{once "static" nil}}`,
	`{{"const"}}{{1}}{{true}}{{"a" | t "a.b"}}{{(1)}}{{("x" | list "y" | not)}}`,
	`{{define "own"}}{{.N}}{{end}}{{template "own" .}}{{block "more" .Text}}{{.}}{{end}}`,
}

// beyondPrograms are right too: html/template executes them.
var beyondPrograms = []string{
	`{{printf "%05d" .N}}`, `{{template "printed" .Text}}`, `{{once "printed" .Text}}`, `{{println .Text}}`, `{{html .Text}}`,
	`{{.Text | urlquery}}`, `{{lt 1 2}}`, `{{print .N .F .Took .Worded nil}}`, `{{.Text | print "x"}}`,
	`{{len .List}}{{len .Text}}{{len .Map}}`, `{{index .List 1}}{{index .Map "b"}}{{index .Anys 1}}{{index .Numbers 2}}`,
	`{{slice .Link 8}}{{range slice .List 1}}{{.}}{{end}}{{slice .List | len}}`, `{{t (print "a" ".b") 1 2}}`,
	`<script>var x = {{.Text}}</script>`, `<a onclick="f({{.Text}})">`, `<style>a { color: {{.Text}} }</style>`,
	`<a style="color: {{.Text}}">`, `<a {{.Link}}="x">`, `<img srcset="{{.Link}}">`, `<!-- {{.Text}} -->x`,
	`<a title={{.Text}}>`, `<a title={{.Empty}}>`, `<a title={{.URL}}>`, `<a title={{.HTML}}>`, `<a title={{t "a.b"}}>`,
	`<a href={{.Text}}>`, `<a href={{.URL}}>`, `<a href=/x/{{.Link}}>`, `<a href=/?{{.Link}}>`,
	`<a style="color: {{t "a.b"}}">`, `<script>var x = {{t "a.b"}}; var y = "{{t "a.b"}}"</script>`,
	`<a title="{{template "attribute" .Text}}">`, `{{.Method}}`, `{{.Ptr.Method}}`, `{{range .Numbers}}{{.}}{{end}}`,
	`{{1.5}}{{'a'}}{{0x10}}`, `{{eq .U 7}}`, `{{eq .Nil nil}}`, `{{template "mutual" .Inner}}`,
	`{{range $i, $e := .List}}{{$i = 1}}{{end}}{{printf ""}}`, `{{with $x := 1}}{{if $y := 2}}{{$y}}{{$x}}{{end}}{{printf "z"}}{{end}}`,
}

// failing are errors, which html/template words.
var failing = []string{
	`a{{.Nothing}}`, `{{.Nil.Name}}`, `{{.Map.nothing}}`, `{{.Map.nil.x}}`, `{{.hidden}}`, `{{.Text.Name}}`, `{{t "no.key"}}`,
	`{{t .N}}`, `{{t}}`, `{{t nil}}`, `{{dict "a"}}`, `{{dict 1 2}}`, `{{none.X}}`,
	`{{len .N}}`, `{{len .Nil}}`, `{{index .List 9}}`, `{{index .Nil "x"}}`, `{{slice .Text 2 1}}`,
	`{{eq .Text 1}}`, `{{eq .Map .Map}}`, `{{eq .Text}}`, `{{eq .Text .Text .Nothing}}`, `{{ne .N}}`, `{{not}}`,
	`{{range .U}}{{.Nothing}}{{end}}`, `{{range .Text}}{{end}}`, `{{range .Nil}}{{end}}`, `{{range $i, $e := 3}}{{end}}`,
	`{{template "inner"}}`, `{{template "inner" .N}}`, `{{once "inner" .Nil}}`, `{{once "fails" .Ptr}}`, `{{once "none" .}}`,
	`{{template "none" .}}`, `{{.Text 1}}`, `{{.Any.X}}`, `{{1 | .Text}}`, `x{{template "fails" .}}`, `{{and}}`, `{{nil}}`,
}

// both renders a layout by a program, by a Renderer, and by html/template.
func both(t *testing.T, layout string, view any) (direct bool, got, want string, gotErr, wantErr error) {
	t.Helper()
	set, oracle := newEngines(t, partials(layout), functions)
	r := set.Renderer(set, nil)
	var program, rendered, expected bytes.Buffer
	rendered.WriteString("before ")
	expected.WriteString("before ")
	direct = r.Run(&program, "layout", view) == nil
	gotErr = r.Render(&rendered, "layout", view)
	wantErr = oracle.ExecuteTemplate(&expected, "layout", view)
	return direct, rendered.String(), expected.String(), gotErr, wantErr
}

func TestProgramsWriteWhatTemplatesDo(t *testing.T) {
	for _, layout := range inPrograms {
		for _, view := range []any{samples(), new(samples())} {
			direct, got, want, _, failed := both(t, layout, view)
			require.NoError(t, failed, layout)
			assert.True(t, direct, "by a program: %s", layout)
			assert.Equal(t, want, got, layout)
		}
	}
}

func TestTemplatesDoWhatProgramsCannot(t *testing.T) {
	for _, layout := range beyondPrograms {
		direct, got, want, _, failed := both(t, layout, samples())
		assert.NoError(t, failed, layout)
		assert.False(t, direct, "by a program: %s", layout)
		assert.Equal(t, want, got, layout)
	}
}

// TestTemplatesWordErrors: an error is html/template's own, and what was written before it is taken
// back.
func TestTemplatesWordErrors(t *testing.T) {
	for _, layout := range failing {
		direct, got, _, gotErr, wantErr := both(t, layout, samples())
		assert.Error(t, wantErr, layout)
		assert.False(t, direct, layout)
		assert.Equal(t, "before ", got, layout)
		if !strings.Contains(layout, "once") {
			assert.EqualError(t, gotErr, wantErr.Error(), layout)
		} else {
			assert.Error(t, gotErr, layout)
		}
	}
}

func TestErrorsNameThePlaceAsWritten(t *testing.T) {
	written, _ := newEngines(t, map[string]string{"layout": "<p>\n   {{.Nothing}}"}, functions)
	minified, _ := newEngines(t, map[string]string{"layout": "<p>{{.Nothing}}"}, functions)
	err := minified.Renderer(written, nil).Render(new(bytes.Buffer), "layout", samples())
	assert.ErrorContains(t, err, "template: layout:2:5: ")
}

func TestRenderersBindFunctions(t *testing.T) {
	set, _ := newEngines(t, map[string]string{"layout": `{{t "a.b"}}`, "slow": `{{t "a.b" | print}}`}, functions)
	own := set.Renderer(set, template.Functions{"t": func(args ...any) (any, error) { return fmt.Sprint("own ", args[0]), nil }})
	var w bytes.Buffer
	require.NoError(t, own.Render(&w, "layout", nil))
	require.NoError(t, own.Render(&w, "slow", nil))
	require.NoError(t, set.Renderer(set, nil).Render(&w, "layout", nil))
	assert.Equal(t, "own a.bown a.b&lt;&amp;&gt; &#34;&#39;&#43; ", w.String())
}

// TestBugsAreNotErrors: a panic that is not a program's own goes on.
func TestBugsAreNotErrors(t *testing.T) {
	set, _ := newEngines(t, map[string]string{"layout": `{{bug}}`}, template.Functions{"bug": func(...any) (any, error) { panic("a bug") }})
	assert.PanicsWithValue(t, "a bug", func() { _ = set.Renderer(set, nil).Render(new(bytes.Buffer), "layout", 1) })
}

func TestCheckFindsWhatIsUnsafe(t *testing.T) {
	set, _ := newEngines(t, map[string]string{
		"good": `{{once "fine" .}}`, "fine": `<p>{{.}}</p>`,
		"bad": `{{once "unsafe" .}}`, "unsafe": "<p>\n<a href=\"{{if .}}'{{end}}>{{.}}",
		"gone": `{{if .}}{{with .X}}{{once "nowhere" .}}{{end}}{{end}}`,
	}, functions)
	faults := set.Check([]string{"good", "bad", "gone"})
	require.Len(t, faults, 2)
	assert.ErrorContains(t, faults[0], "unsafe:")
	assert.ErrorContains(t, faults[1], `no such template "nowhere"`)
}

// TestOnceIsAnActionOfItsOwn: elsewhere it would be beyond what html/template can look at in advance.
func TestOnceIsAnActionOfItsOwn(t *testing.T) {
	for _, layout := range []string{`{{with once "inner" .Ptr}}{{.}}{{end}}`, `{{$x := once "inner" .Ptr}}`, `{{once .Name .Ptr}}`, `{{.Ptr | once "inner"}}`} {
		set, _ := newEngines(t, partials(layout), functions)
		err := set.Renderer(set, nil).Render(new(bytes.Buffer), "layout", samples())
		assert.ErrorContains(t, err, "template: layout:1:", layout)
		assert.ErrorContains(t, err, "once needs the name of a partial and an action of its own", layout)
	}
}
