package template

import "bytes"

// Run renders by a program, and returns an error if that is beyond it.
func (r *Renderer) Run(w *bytes.Buffer, name string, data any) error { return r.run(w, name, data) }

// Slowly makes html/template execute everything.
func (r *Renderer) Slowly() {
	for _, t := range r.html.Templates() {
		r.programs[t.Name()] = &program{unfit: true}
	}
}
