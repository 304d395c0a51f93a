package template

import (
	"bytes"
	"errors"
	"html/template"
	"maps"
)

// Functions are what templates can call besides html/template's own functions, by name. All must be
// pure: where a program gives up, html/template calls them again.
type Functions map[string]func(args ...any) (any, error)

// Set is a set of templates that call each other. Parse all of them first; from then on, a Set is
// safe for concurrent use.
type Set struct {
	html      *template.Template
	functions Functions
}

// New makes an empty Set whose templates can call functions. A Renderer can bind others to these names.
func New(functions Functions) *Set {
	all := Functions{"once": func(...any) (any, error) {
		return nil, errors.New("once needs the name of a partial and an action of its own")
	}}
	maps.Copy(all, functions)
	return &Set{template.New("").Option("missingkey=error").Funcs(all.html()), all}
}

func (f Functions) html() template.FuncMap {
	m := template.FuncMap{}
	for name, function := range f {
		m[name] = function
	}
	return m
}

// Parse adds the template name, and those that text defines.
func (s *Set) Parse(name, text string) error {
	_, err := s.html.New(name).Parse(text)
	return err
}

// Check makes html/template escape templates, with all that they call, and returns an error for each
// that it cannot make safe.
func (s *Set) Check(names []string) []error {
	var faults []error
	renderer := s.Renderer(s, nil)
	for _, name := range names {
		if err := renderer.escape(name); err != nil {
			faults = append(faults, err)
		}
	}
	return faults
}

// escape makes html/template escape the template name with all that it calls. html/template does that
// before it executes a template; the execution ends where the first pass is counted.
func (r *Renderer) escape(name string) error {
	var out bytes.Buffer
	r.begin(&out)
	r.passes = MaxPasses
	err := r.html.ExecuteTemplate(&out, name, nil)
	if unsafe := (*template.Error)(nil); errors.As(err, &unsafe) {
		return err
	}
	return nil
}

// clone returns a copy that can be executed, and whose passes are counted.
func (s *Set) clone() *template.Template {
	c, err := s.html.Clone()
	if err != nil {
		panic("template: " + err.Error()) // only if s itself had been executed
	}
	for _, t := range c.Templates() {
		if t.Tree != nil {
			prepare(t.Tree)
		}
	}
	return c
}
