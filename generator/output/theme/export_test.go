package theme

import "bytes"

// Fast renders by a program, and reports whether one could.
func (r *Renderer) Fast(w *bytes.Buffer, name string, view any) bool { return r.fast(w, name, view) }

// Slowly makes html/template execute everything.
func (r *Renderer) Slowly() *Renderer {
	for _, t := range r.set.Templates() {
		r.programs[t.Name()] = &program{unfit: true}
	}
	return r
}
