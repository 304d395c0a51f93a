package template

import (
	"bytes"
	"text/template"
)

// ExecuteText executes a template of text/template within the bounds of a page. It must not be used again.
func ExecuteText(t *template.Template, out *bytes.Buffer, data any) error {
	c := &counts{}
	c.begin(out)
	own := template.FuncMap{countName: c.count}
	for name, function := range builtins {
		own[name] = c.bounded(function)
	}
	t.Funcs(own)
	for _, each := range t.Templates() {
		if each.Tree != nil {
			prepare(each.Tree)
		}
	}
	return t.Execute(&limited{c}, data)
}
