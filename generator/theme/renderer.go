package theme

import (
	"bytes"
	"html/template"
	"io"
	"reflect"

	"candor/generator/diag"
)

// Renderer renders pages of one language. It is for one goroutine at a time.
type Renderer struct {
	theme *Theme
	tag   string
	set   *template.Template
	seen  map[onceKey]template.HTML
}

// onceKey is a partial and the identity of the value that it gets.
type onceKey struct {
	partial string
	pointer uintptr
	length  int
}

// Renderer makes a Renderer for a language of the site.
func (t *Theme) Renderer(tag string) *Renderer {
	r := &Renderer{theme: t, tag: tag, set: clone(t.templates[tag]), seen: map[onceKey]template.HTML{}}
	r.set.Funcs(template.FuncMap{"once": r.once})
	return r
}

// Render writes the template at name with a view. An error is the theme's fault
// and is returned as a finding with the position in the template as written.
func (r *Renderer) Render(w *bytes.Buffer, name string, view any) *diag.Diagnostic {
	err := r.set.ExecuteTemplate(w, name, view)
	if err == nil {
		return nil
	}
	sources := clone(r.theme.sources).Funcs(template.FuncMap{"t": r.theme.catalogues[r.tag].Say, "once": r.once})
	if e := sources.ExecuteTemplate(io.Discard, name, view); e != nil {
		err = e
	}
	d := r.theme.finding(err)
	return &d
}

// Forget drops what once has kept: the values of one incident are no use to the
// next.
func (r *Renderer) Forget() { clear(r.seen) }

// once renders a partial for a value one time and returns the same text wherever
// the same value comes again: an update stands on several pages.
func (r *Renderer) once(partial string, value any) (template.HTML, error) {
	key := onceKey{partial: partial}
	switch v := reflect.ValueOf(value); v.Kind() {
	case reflect.Pointer:
		key.pointer = v.Pointer()
	case reflect.Slice:
		key.pointer, key.length = v.Pointer(), v.Len()
	}
	if html, ok := r.seen[key]; ok && key.pointer != 0 {
		return html, nil
	}
	var w bytes.Buffer
	if err := r.set.ExecuteTemplate(&w, partial, value); err != nil {
		return "", err
	}
	html := template.HTML(w.String())
	r.seen[key] = html
	return html, nil
}

// clone copies templates that have not been executed, which cannot fail.
func clone(set *template.Template) *template.Template {
	c, err := set.Clone()
	if err != nil {
		panic("theme: cloning templates: " + err.Error())
	}
	return c
}
