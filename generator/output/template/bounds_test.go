package template_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"candor/generator/output/template"
)

// TestBounds: a page that would never end, or hardly, is an error with its place, by programs and by
// html/template, and nothing of it is left.
func TestBounds(t *testing.T) {
	data := map[string]any{"Many": make([]int, 1500), "Large": strings.Repeat("x", template.MaxSize/1000)}
	render := func(layout, partial string) string {
		set, _ := newEngines(t, map[string]string{"layout": layout, "partial": partial, "fine": "x"}, functions)
		r := set.Renderer(set, nil)
		var w bytes.Buffer
		w.WriteString("before")
		var over *template.BoundError
		require.ErrorAs(t, r.Render(&w, "layout", data), &over, layout)
		assert.Equal(t, "before", w.String())
		require.NoError(t, r.Render(&w, "fine", nil), "bounds are those of one page")
		return over.Place
	}
	const million = "{{range 1000}}\n{{range 7000}}{{end}}{{end}}"
	assert.Equal(t, "partial:1:0", render(`a{{template "partial" .}}`, `{{template "partial" .}}`))
	assert.Equal(t, "partial:1:0", render(`a{{once "partial" .}}`, "b\n{{once \"partial\" .}}"))
	assert.Equal(t, "partial:1:0", render(`a{{once "partial" .}}`, "b\n{{once \"partial\" .}}{{printf `c`}}"))
	assert.Equal(t, "layout:2:9", render("a\n {{range 2000000000}}{{end}}", ""))
	assert.Equal(t, "layout:2:9", render("a\n {{range 2000000000}}{{end}}{{printf `c`}}", ""))
	assert.Equal(t, "layout:2:8", render(million, ""))
	assert.Equal(t, "partial:2:8", render(`{{template "partial"}}`, million))
	assert.Equal(t, "partial:2:8", render(`<a title="{{template "partial"}}">`, million), "a template that is not between tags")
	for what, text := range map[string]string{
		"texts": `{{$x := "ab"}}{{range 60}}{{$x = print $x $x}}{{end}}{{$x}}`,
		"many":  `{{$x := "ab"}}{{range 25}}{{$x = print $x $x}}{{end}}{{range 25}}{{$x = print $x $x $x $x $x $x $x $x $x}}{{end}}`,
		"lists": `{{$x := list 1}}{{range 60}}{{$x = list $x $x}}{{end}}{{print $x}}`,
		"html":  `{{$x := "<"}}{{range 60}}{{$x = html $x $x}}{{end}}{{$x}}`,
		"width": `{{range 1000000}}{{$x := printf "%999d" 1}}{{end}}`,
	} {
		assert.Regexp(t, "^layout:1:", render(text, ""), what)
	}
	assert.Equal(t, "layout:1:0", render(strings.Repeat("{{.Large}}", 1001), ""))
	assert.Equal(t, "layout:1:0", render(strings.Repeat("{{.Large}}", 1001)+"{{printf `c`}}", ""))
	assert.Equal(t, "layout:1:8", render("{{range .Many}}\n{{$.Large}}{{end}}", ""))
	assert.Equal(t, "layout:1:22", render("{{printf `c`}}{{range .Many}}\n{{$.Large}}{{end}}", ""))
}

// TestBoundsNamePlacesAsWritten: the place is that of the template before it was minified.
func TestBoundsNamePlacesAsWritten(t *testing.T) {
	written, _ := newEngines(t, map[string]string{"layout": "{{range 2}} {{end}}\n\n {{range 2000000000}}x{{end}}"}, nil)
	minified, _ := newEngines(t, map[string]string{"layout": "{{range 2}}{{end}} {{range 2000000000}}x{{end}}"}, nil)
	err := minified.Renderer(written, nil).Render(new(bytes.Buffer), "layout", nil)
	assert.ErrorContains(t, err, "template: layout:3:9: the page exceeds ")
}
