package template

import (
	"bytes"
	"errors"
	"html/template"
	"maps"
	"reflect"
)

// Renderer renders pages. It is for one goroutine at a time.
type Renderer struct {
	counts
	html      *template.Template // renders what is beyond programs
	written   *Set
	functions Functions
	programs  map[string]*program
	vars      []reflect.Value // of all templates that are running; the innermost from base on
	base      int
}

// Renderer makes a Renderer of the set, with functions bound to names that the set knows. The set
// written has the same templates as people wrote them: errors name places in it.
func (s *Set) Renderer(written *Set, functions Functions) *Renderer {
	r := &Renderer{written: written, functions: maps.Clone(s.functions), programs: map[string]*program{}}
	maps.Copy(r.functions, functions)
	for name, function := range r.functions {
		r.functions[name] = r.bounded(function)
	}
	r.html = r.bind(s)
	return r
}

// bind returns a copy of a set that html/template can execute with the functions of r.
func (r *Renderer) bind(s *Set) *template.Template {
	own := template.FuncMap{countName: r.count}
	for name, function := range builtins {
		own[name] = r.bounded(function)
	}
	return s.clone().Funcs(r.functions.html()).Funcs(own)
}

// Render writes the template name with data to the end of w. After an error, nothing is written. The
// error is a *BoundError, or html/template's own.
func (r *Renderer) Render(w *bytes.Buffer, name string, data any) error {
	start := w.Len()
	err := r.run(w, name, data)
	if errors.Is(err, errBeyond) {
		w.Truncate(start)
		r.begin(w)
		err = r.html.ExecuteTemplate(&limited{&r.counts}, name, data)
	}
	if err != nil {
		w.Truncate(start)
		return r.place(err, name, data)
	}
	return nil
}

// limited writes a page as far as its bounds go.
type limited struct{ counts *counts }

func (l *limited) Write(p []byte) (int, error) {
	if err := l.counts.check(); err != nil {
		return 0, err
	}
	return l.counts.out.Write(p)
}

// place returns an error with its place in the template as written.
func (r *Renderer) place(err error, name string, data any) error {
	if over := (*BoundError)(nil); errors.As(err, &over) {
		tree := r.written.html.Lookup(over.template).Tree.Copy()
		over.Place, _ = tree.ErrorContext(prepare(tree)[over.number])
		return over
	}
	var out bytes.Buffer
	r.begin(&out)
	if written := r.bind(r.written).ExecuteTemplate(&limited{&r.counts}, name, data); written != nil {
		return written
	}
	return err
}

// program is one escaped template, compiled.
type program struct {
	steps []step
	slots int  // how many variables it has, $ among them
	unfit bool // it is beyond what programs can do
}

// errBeyond is returned for a page that html/template must render.
var errBeyond = errors.New("beyond what programs can do")

// giveUp is what compiling and running panic with.
type giveUp struct{ err error }

// beyond leaves it to html/template to render the page.
func beyond() { panic(giveUp{errBeyond}) }

// caught puts what a function gave up with into err. Any other panic goes on.
func caught(err *error) {
	switch e := recover().(type) {
	case nil:
	case giveUp:
		*err = e.err
	default:
		panic(e)
	}
}

// run renders a template by its program.
func (r *Renderer) run(w *bytes.Buffer, name string, data any) (err error) {
	p := r.programs[name]
	if p == nil {
		if r.escape(name) != nil {
			return errBeyond
		}
		p = r.compile(name)
	}
	defer caught(&err)
	r.begin(w)
	r.vars, r.base = r.vars[:0], 0
	r.enter(p, reflect.ValueOf(data))
	return nil
}

// enter runs a program with variables of its own.
func (r *Renderer) enter(p *program, dot reflect.Value) {
	if p.unfit {
		beyond()
	}
	base := r.base
	r.base = len(r.vars)
	for range p.slots {
		r.vars = append(r.vars, reflect.Value{})
	}
	r.vars[r.base] = dot
	r.steps(p.steps, dot)
	r.vars = r.vars[:r.base]
	r.base = base
}

func (r *Renderer) steps(steps []step, dot reflect.Value) signal {
	for _, s := range steps {
		if err := r.check(); err != nil {
			panic(giveUp{err})
		}
		if sig := s(r, dot); sig != onward {
			return sig
		}
	}
	return onward
}
