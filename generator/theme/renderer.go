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
	seen  map[onceKey][]byte
	kept  []byte // behind what seen has

	programs map[string]*program
	machine  machine
}

// onceKey is a partial and the identity of the value that it gets.
type onceKey struct {
	partial string
	pointer uintptr
	length  int
}

// Renderer makes a Renderer for a language of the site.
func (t *Theme) Renderer(tag string) *Renderer {
	r := &Renderer{theme: t, tag: tag, set: clone(t.templates[tag]), seen: map[onceKey][]byte{}, programs: map[string]*program{}}
	r.machine = machine{renderer: r, known: map[fieldKey][]int{}}
	r.set.Funcs(template.FuncMap{"once": r.once})
	return r
}

// Render writes the template at name with a view. An error is the theme's fault
// and is returned as a finding with the position in the template as written.
func (r *Renderer) Render(w *bytes.Buffer, name string, view any) *diag.Diagnostic {
	if r.fast(w, name, view) {
		return nil
	}
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
func (r *Renderer) Forget() {
	clear(r.seen)
	r.kept = r.kept[:0]
}

// once renders a partial for a value one time and returns the same text wherever
// the same value comes again: an update stands on several pages. Programs have it
// as a step of theirs.
func (r *Renderer) once(partial string, value any) (template.HTML, error) {
	key := identify(partial, reflect.ValueOf(value))
	if html, ok := r.seen[key]; ok {
		return template.HTML(html), nil
	}
	var w bytes.Buffer
	if !r.fast(&w, partial, value) {
		if err := r.set.ExecuteTemplate(&w, partial, value); err != nil {
			return "", err
		}
	}
	r.remember(key, w.Bytes())
	return template.HTML(w.String()), nil
}

// identify returns what makes a value the same; its pointer is 0 where nothing does.
func identify(partial string, value reflect.Value) onceKey {
	key := onceKey{partial: partial}
	switch value.Kind() {
	case reflect.Pointer:
		key.pointer = value.Pointer()
	case reflect.Slice:
		key.pointer, key.length = value.Pointer(), value.Len()
	}
	return key
}

// remember keeps a copy of what a partial has made of a value.
func (r *Renderer) remember(key onceKey, html []byte) {
	if key.pointer == 0 {
		return
	}
	from := len(r.kept)
	r.kept = append(r.kept, html...)
	r.seen[key] = r.kept[from:len(r.kept):len(r.kept)]
}

// clone copies templates that have not been executed, which cannot fail.
func clone(set *template.Template) *template.Template {
	c, err := set.Clone()
	if err != nil {
		panic("theme: cloning templates: " + err.Error())
	}
	return c
}
