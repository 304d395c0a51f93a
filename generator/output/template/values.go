package template

import (
	"reflect"
	"strconv"
	"text/template"
	"text/template/parse"
)

// expr has a value for each dot. As in text/template, the invalid value is nil. A value of a program
// is never an interface: it is what that holds.
type expr func(r *Renderer, dot reflect.Value) reflect.Value

func literal(value any) expr {
	v := reflect.ValueOf(value)
	return func(*Renderer, reflect.Value) reflect.Value { return v }
}

func theDot(_ *Renderer, dot reflect.Value) reflect.Value { return dot }

// pipe compiles a pipeline. Each command after the first is a function whose last argument is the
// value before it.
func (c *compiler) pipe(cmds []*parse.CommandNode) expr {
	var value expr
	for _, cmd := range cmds {
		function, ok := cmd.Args[0].(*parse.IdentifierNode)
		switch {
		case ok:
			var args []expr
			for _, arg := range cmd.Args[1:] {
				args = append(args, c.operand(arg))
			}
			if value != nil {
				args = append(args, value)
			}
			value = c.function(function.Ident, args)
		case len(cmd.Args) == 1 && value == nil && cmd.Args[0].Type() != parse.NodeNil:
			value = c.operand(cmd.Args[0])
		default:
			beyond() // a method with arguments, or an error
		}
	}
	return value
}

// operand compiles a node that has one value.
func (c *compiler) operand(node parse.Node) expr {
	switch node := node.(type) {
	case *parse.DotNode:
		return theDot
	case *parse.NilNode:
		return literal(nil)
	case *parse.BoolNode:
		return literal(node.True)
	case *parse.StringNode:
		return literal(node.Text)
	case *parse.NumberNode:
		// Only what is written as Go writes it: other numbers have rules of their own.
		if n := int(node.Int64); node.IsInt && strconv.Itoa(n) == node.Text {
			return literal(n)
		}
	case *parse.FieldNode:
		return path(theDot, node.Ident)
	case *parse.VariableNode:
		slot := c.slot(node.Ident[0])
		variable := func(r *Renderer, _ reflect.Value) reflect.Value { return r.vars[r.base+slot] }
		return path(variable, node.Ident[1:])
	case *parse.ChainNode:
		return path(c.operand(node.Node), node.Field)
	case *parse.PipeNode:
		if len(node.Decl) == 0 {
			return c.pipe(node.Cmds)
		}
	case *parse.IdentifierNode:
		return c.function(node.Ident, nil)
	}
	beyond()
	return nil
}

// path compiles .A.B of a value.
func path(from expr, names []string) expr {
	for _, name := range names {
		value, f := from, &field{name: name}
		from = func(r *Renderer, dot reflect.Value) reflect.Value { return f.of(value(r, dot)) }
	}
	return from
}

// field is one name of a path. It remembers where structs have it: a list, since a path meets one
// type or two, and a map took a seventh of the time of a page.
type field struct {
	name  string
	known []position
}

// position is where a struct has a field.
type position struct {
	of    reflect.Type
	index []int
}

func (f *field) of(v reflect.Value) reflect.Value {
	v = indirect(v)
	switch v.Kind() {
	case reflect.Struct:
		found, err := v.FieldByIndexErr(f.find(v.Type()))
		if err == nil {
			return held(found)
		}
	case reflect.Map:
		if entries, ok := v.Interface().(map[string]any); ok {
			if value, ok := entries[f.name]; ok {
				return reflect.ValueOf(value)
			}
		}
	}
	beyond()
	return v
}

// find returns where a struct has the field. A method of that name would go before it.
func (f *field) find(t reflect.Type) []int {
	for _, p := range f.known {
		if p.of == t {
			return p.index
		}
	}
	found, ok := t.FieldByName(f.name)
	if _, method := reflect.PointerTo(t).MethodByName(f.name); !ok || method || !found.IsExported() {
		beyond()
	}
	f.known = append(f.known, position{t, found.Index})
	return found.Index
}

// held returns what an interface holds, and other values as they are.
func held(v reflect.Value) reflect.Value {
	if v.Kind() == reflect.Interface {
		return v.Elem()
	}
	return v
}

// indirect follows pointers. At nil there is an error, which html/template words.
func indirect(v reflect.Value) reflect.Value {
	for v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface {
		if v.IsNil() {
			beyond()
		}
		v = v.Elem()
	}
	return v
}

// truth reports whether a value counts as true in {{if}}.
func truth(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.String, reflect.Slice, reflect.Map:
		return v.Len() > 0
	case reflect.Bool:
		return v.Bool()
	case reflect.Pointer:
		return !v.IsNil()
	case reflect.Struct:
		return true
	case reflect.Invalid:
		return false
	}
	is, ok := template.IsTrue(v.Interface())
	if !ok {
		beyond()
	}
	return is
}
