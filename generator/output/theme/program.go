package theme

import (
	"bytes"
	"io"
	"reflect"
	texttemplate "text/template"
)

// html/template does two things: it escapes each template once, by context, and
// it executes the escaped tree for each page. The first is what makes pages safe
// and stays its work alone. The second looks every field up by name, boxes every
// value and calls every function through reflection; it was 45 % of the CPU time
// of a build. A program is an escaped tree made ready to run without that. In one
// run of BenchmarkRender, which renders the pages of the example both ways, it is
// 15 times as fast: 0.19 ms against 2.84 ms, with 562 allocations against 20,956;
// a build of 1,000 incidents takes 1.8 s of user time instead of 3.1 s.
//
// A program does a part of what html/template can, and that part with the same
// bytes. What is beyond it is found when the program is compiled, and html/template
// executes the template; or when it runs, and html/template renders the page
// again and has the last word, errors included. A theme of one's own can
// therefore use all of html/template.

// program is one escaped template, compiled.
type program struct {
	steps   []step
	slots   int  // how many variables it has, $ among them
	unfit   bool // html/template executes it
	strikes int  // how often it has given up on a page
}

// patience is how often a program may give up before it is not tried again.
const patience = 8

// maxDepth is how deep templates may call each other in a program.
const maxDepth = 1000

// giveUp is what compiling and running panic with where html/template must do it.
type giveUp struct{}

// machine runs the programs of one Renderer.
type machine struct {
	renderer *Renderer
	out      *bytes.Buffer
	vars     []reflect.Value // of all templates that are running; the innermost from base on
	base     int
	args     []reflect.Value // of all functions whose arguments are being evaluated
	depth    int
	known    map[fieldKey][]int
}

// execute runs p with data and reports whether it has come to its end. What it
// has written by then is for the caller to undo. It may be called while it runs:
// by html/template, which a program has called for a partial.
func (m *machine) execute(w *bytes.Buffer, p *program, data reflect.Value) (done bool) {
	out, vars, base, args, depth := m.out, len(m.vars), m.base, len(m.args), m.depth
	defer func() {
		// Whatever went wrong, html/template decides what it means.
		if e := recover(); e != nil {
			done = false
		}
		m.out, m.vars, m.base, m.args, m.depth = out, m.vars[:vars], base, m.args[:args], depth
	}()
	m.out = w
	m.enter(p, data)
	return true
}

// enter runs a program with its own variables.
func (m *machine) enter(p *program, dot reflect.Value) {
	if p.unfit || m.depth == maxDepth {
		panic(giveUp{})
	}
	base := m.base
	m.base = len(m.vars)
	for range p.slots {
		m.vars = append(m.vars, reflect.Value{})
	}
	m.vars[m.base] = dot
	m.depth++
	m.run(p.steps, dot)
	m.depth--
	m.vars = m.vars[:m.base]
	m.base = base
}

func (m *machine) run(steps []step, dot reflect.Value) signal {
	for _, s := range steps {
		if sig := s.run(m, dot); sig != onward {
			return sig
		}
	}
	return onward
}

// program returns the template at name, compiled.
func (r *Renderer) program(name string) *program {
	if p, ok := r.programs[name]; ok {
		return p
	}
	if !r.escaped(name) {
		p := &program{unfit: true}
		r.programs[name] = p
		return p
	}
	return r.compile(name)
}

// escaped makes html/template escape the template at name with all that it calls,
// and reports whether it could. html/template does that before it executes a
// template; with nothing to show, the execution fails at the first field.
func (r *Renderer) escaped(name string) bool {
	err := r.set.ExecuteTemplate(io.Discard, name, nil)
	_, executed := err.(texttemplate.ExecError) // and not html/template's own
	return err == nil || executed
}

// fast renders the template at name by its program, and reports whether it could.
func (r *Renderer) fast(w *bytes.Buffer, name string, view any) bool {
	p := r.program(name)
	if p.unfit {
		return false
	}
	mark := w.Len()
	if r.machine.execute(w, p, reflect.ValueOf(view)) {
		return true
	}
	w.Truncate(mark)
	p.strikes++
	p.unfit = p.strikes >= patience
	return false
}
