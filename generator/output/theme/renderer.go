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
	seen  memory // what once has rendered
	older memory // before Forget was called last

	programs map[string]*program
	machine  machine
}

// onceKey is a partial and the identity of the value that it gets.
type onceKey struct {
	partial string
	pointer uintptr
	length  int
}

// memory is what once has rendered.
type memory struct {
	texts map[onceKey]rendered
	kept  []byte // behind what texts has
}

// rendered is a text and the value that it was made of: as long as that is held,
// nothing else can be mistaken for it.
type rendered struct {
	html  []byte
	value reflect.Value
}

// Renderer makes a Renderer for a language of the site.
func (t *Theme) Renderer(tag string) *Renderer {
	r := &Renderer{theme: t, tag: tag, set: clone(t.templates[tag]), seen: newMemory(), older: newMemory(), programs: map[string]*program{}}
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

// Forget is to be called between one incident and the next, whose values are
// others. What was rendered since the call before is remembered until the next
// one: the same incident may come again at once, and bring some of its values.
func (r *Renderer) Forget() {
	r.seen, r.older = r.older, r.seen
	clear(r.seen.texts)
	if r.seen.kept = r.seen.kept[:0]; cap(r.seen.kept) > largestMemory {
		r.seen = newMemory()
	}
}

// largestMemory is how much a Renderer keeps room for, in bytes.
const largestMemory = 1 << 20

func newMemory() memory { return memory{texts: map[onceKey]rendered{}} }

// once renders a partial for a value one time and returns the same text wherever
// the same value comes again: an update stands on several pages. Programs have it
// as a step of theirs.
func (r *Renderer) once(partial string, value any) (template.HTML, error) {
	key := identify(partial, reflect.ValueOf(value))
	if html, ok := r.recall(key); ok {
		return template.HTML(html), nil
	}
	var w bytes.Buffer
	if !r.fast(&w, partial, value) {
		if err := r.set.ExecuteTemplate(&w, partial, value); err != nil {
			return "", err
		}
	}
	r.remember(key, reflect.ValueOf(value), w.Bytes())
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
func (r *Renderer) remember(key onceKey, value reflect.Value, html []byte) {
	if key.pointer == 0 {
		return
	}
	from := len(r.seen.kept)
	r.seen.kept = append(r.seen.kept, html...)
	r.seen.texts[key] = rendered{r.seen.kept[from:len(r.seen.kept):len(r.seen.kept)], value}
}

// recall returns what remember has kept.
func (r *Renderer) recall(key onceKey) ([]byte, bool) {
	if known, ok := r.seen.texts[key]; ok {
		return known.html, true
	}
	known, ok := r.older.texts[key]
	if ok {
		r.remember(key, known.value, known.html)
	}
	return known.html, ok
}

// clone copies templates that have not been executed, which cannot fail.
func clone(set *template.Template) *template.Template {
	c, err := set.Clone()
	if err != nil {
		panic("theme: cloning templates: " + err.Error())
	}
	return c
}
