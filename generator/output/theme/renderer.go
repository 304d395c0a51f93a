package theme

import (
	"bytes"
	"errors"

	"candor/generator/diag"
	"candor/generator/output/template"
)

// Renderer renders pages of one language. It is for one goroutine at a time.
type Renderer struct {
	theme     *Theme
	templates *template.Renderer
}

// Renderer makes a Renderer for a language of the site.
func (t *Theme) Renderer(tag string) *Renderer {
	return &Renderer{t, t.minified.Renderer(t.sources, template.Functions{"t": say(t.catalogues[tag])})}
}

// Render writes the template at name with a view. An error is the theme's fault
// and is returned as a finding with the position in the template as written.
func (r *Renderer) Render(w *bytes.Buffer, name string, view any) *diag.Diagnostic {
	err := r.templates.Render(w, name, view)
	if err == nil {
		return nil
	}
	d := r.theme.finding(err)
	if over := (*template.BoundError)(nil); errors.As(err, &over) {
		d.Message = diag.Textf("a page that is made with this template does not end")
		d.Hint = diag.Textf("a page has at most %d passes through loops, %d templates inside each other and %d MiB",
			template.MaxPasses, template.MaxDepth, template.MaxSize>>20)
	}
	return &d
}
