package template_test

import (
	"bytes"
	"fmt"
	html "html/template"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// author writes random templates of what programs can do, and now and then of what they cannot.
type author struct {
	*rand.Rand
	loops int      // around the place where it writes
	vars  []string // in scope
}

func (a *author) one(of ...string) string { return of[a.IntN(len(of))] }

// template writes some nodes.
func (a *author) template(depth int) string {
	var b strings.Builder
	defer func(n int) { a.vars = a.vars[:n] }(len(a.vars))
	for range 1 + a.IntN(4) {
		b.WriteString(a.node(depth))
	}
	return b.String()
}

func (a *author) node(depth int) string {
	kind := a.IntN(12)
	if depth == 0 {
		kind %= 5
	}
	switch kind {
	case 0:
		return a.one("text ", "<b>", "</b>", "<br>\n", "é 信", "{{/* a comment */}}", " {{- /* trimmed */ -}} ")
	case 1, 2:
		place := a.one("%s", "<p>%s</p>", "<title>%s</title>", `<a title="%s">`, `<a href="%s">`, `<a href="/x/%s">`, `<a href="#%s">`,
			`<img src='%s'>`, `<a href="?a=%s&amp;b=%[1]s">`, "<textarea>%s</textarea>")
		if a.IntN(20) == 0 {
			place = a.one("<a title=%s>", "<style>%s</style>", "<script>%s</script>", "<!-- %s -->", `<a style="color:%s">`, "{{%[1]s}}")
		}
		return fmt.Sprintf(place, "{{"+a.pipe(2)+"}}")
	case 3:
		if len(a.vars) > 0 && a.IntN(2) == 0 {
			return "{{" + a.one(a.vars...) + " = " + a.pipe(2) + "}}"
		}
		a.vars = append(a.vars, a.one("$x", "$y", "$z"))
		return "{{" + a.vars[len(a.vars)-1] + " := " + a.pipe(2) + "}}"
	case 4:
		if a.loops > 0 && a.IntN(3) == 0 {
			return "{{if " + a.value(1) + "}}" + a.one("{{break}}", "{{continue}}") + "{{end}}"
		}
		return a.one(`{{template "static"}}`, `{{template "vars" `+a.value(1)+`}}`, `{{once "vars" `+a.value(1)+`}}`,
			`{{template "words" dict "Text" `+a.value(1)+` "Lang" `+a.value(1)+`}}`, `{{template "deep" $.Inner}}`, `{{once "inner" $.Ptr}}`)
	case 5, 6:
		return "{{if " + a.pipe(2) + "}}" + a.template(depth-1) + a.otherwise(depth) + "{{end}}"
	case 7, 8:
		return "{{with " + a.declared(1) + a.pipe(2) + "}}" + a.template(depth-1) + a.otherwise(depth) + "{{end}}"
	}
	head := a.declared(2)
	over := a.one("$.List", "$.None", "$.Anys", "$.Map", "$.Other", "$.Three", "3", "$.NilAny", "(list 1 $.Text nil)", a.value(1))
	a.loops++
	body := a.template(depth - 1)
	a.loops--
	return "{{range " + head + over + "}}" + body + a.otherwise(depth) + "{{end}}"
}

// declared begins a pipeline with up to n variables. They stay in scope longer than in the template,
// now and then, which does not parse.
func (a *author) declared(n int) string {
	switch a.IntN(3) {
	case 0:
		a.vars = append(a.vars, "$v")
		return "$v := "
	case 1:
		if n == 2 {
			a.vars = append(a.vars, "$i", "$v")
			return "$i, $v := "
		}
	}
	return ""
}

func (a *author) otherwise(depth int) string {
	if a.IntN(2) == 0 {
		return ""
	}
	return "{{else}}" + a.template(depth-1)
}

func (a *author) pipe(depth int) string {
	if a.IntN(6) == 0 {
		return a.value(depth) + " | " + a.one("list", "not", `t "a.b"`, "or "+a.value(0), "eq "+a.value(0))
	}
	if depth > 0 && a.IntN(3) == 0 {
		switch a.IntN(8) {
		case 0:
			return "and " + a.value(depth-1) + " " + a.value(depth-1)
		case 1:
			return "or " + a.value(depth-1) + " " + a.value(depth-1)
		case 2:
			return "not " + a.value(depth-1)
		case 3:
			return a.one("eq", "ne") + " " + a.value(depth-1) + " " + a.value(depth-1)
		case 4, 5:
			return `t "a.b" ` + a.value(depth-1)
		case 6:
			return "dict " + a.one(`"a"`, `"b"`) + " " + a.value(depth-1)
		}
		return "none"
	}
	return a.value(depth)
}

func (a *author) value(depth int) string {
	if depth > 0 && a.IntN(4) == 0 {
		return "(" + a.pipe(depth-1) + ")"
	}
	if len(a.vars) > 0 && a.IntN(3) == 0 {
		return a.one(a.vars...)
	}
	return a.one(".", "$.Text", "$.Text", "$.Link", "$.HTML", "$.URL", "$.Empty", "$.Named", "$.Worded", "$.N", "$.Zero", "$.U", "$.F", "$.Yes", "$.No",
		"$.Ptr", "$.Nil", "$.Ptr.Name", "$.Deep.Name", "$.List", "$.Any", "$.NilAny", "$.Map", "$.Map.b", "$.Map.map.c", "$.Stringer", "$.NilStringer",
		"$.TextPtr", "$.Took", `"<a>"`, `"x"`, "1", "-7", "true", "$.CSS")
}

// compare renders a random template with a random text in both engines, and reports whether a program
// did it.
func compare(t testing.TB, seed uint64, text string) (direct bool) {
	t.Helper()
	a := &author{Rand: rand.New(rand.NewPCG(seed, 0))}
	templates := partials(a.template(3))
	view := samples()
	view.Text, view.Link, view.HTML, view.URL, view.Named = text, text, html.HTML(text), html.URL(text), named(text)
	view.List, view.Any, view.CSS = append(view.List, text), text, html.CSS(text)
	view.Took, view.N = 3, 4 // so that a loop through them ends
	if _, err := html.New("").Funcs(html.FuncMap{
		"t": fmt.Sprint, "dict": fmt.Sprint, "list": fmt.Sprint, "none": fmt.Sprint, "once": fmt.Sprint,
	}).Parse(templates["layout"]); err != nil {
		return false
	}
	set, oracle := newEngines(t, templates, functions)
	r := set.Renderer(set, nil)
	var got, want bytes.Buffer
	failed := oracle.ExecuteTemplate(&want, "layout", view)
	err := r.Render(&got, "layout", view)
	require.Equal(t, failed == nil, err == nil, "%s: %v, %v", templates["layout"], failed, err)
	if failed == nil {
		require.Equal(t, want.String(), got.String(), "%s", templates["layout"])
	}
	return r.Run(new(bytes.Buffer), "layout", view) == nil
}

// TestRandomTemplates: both engines render any template of the subset alike.
func TestRandomTemplates(t *testing.T) {
	direct := 0
	for seed := range uint64(1500) {
		if compare(t, seed, texts[seed%uint64(len(texts))]) {
			direct++
		}
	}
	require.Greater(t, direct, 250, "the others are errors, or beyond programs")
}

func FuzzTemplates(f *testing.F) {
	for seed := range uint64(100) {
		f.Add(seed, texts[seed%uint64(len(texts))])
	}
	f.Fuzz(func(t *testing.T, seed uint64, text string) { compare(t, seed, text) })
}
