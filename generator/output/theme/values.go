package theme

import (
	"reflect"
)

// expr is something that has a value. As in text/template, a value is a
// reflect.Value, and the invalid one is nil.
type expr interface {
	eval(m *machine, dot reflect.Value) reflect.Value
}

type dot struct{}

func (dot) eval(_ *machine, dot reflect.Value) reflect.Value { return dot }

type literal struct{ value reflect.Value }

func (e literal) eval(*machine, reflect.Value) reflect.Value { return e.value }

// variable is a slot.
type variable int

func (e variable) eval(m *machine, _ reflect.Value) reflect.Value { return m.vars[m.base+int(e)] }

// settled is the value of a pipeline: what an interface holds.
type settled struct{ value expr }

func (e settled) eval(m *machine, dot reflect.Value) reflect.Value {
	return settle(e.value.eval(m, dot))
}

// first is {{and}} or {{or}}: it evaluates until one value decides.
type first struct {
	args []expr
	or   bool
}

func (e first) eval(m *machine, dot reflect.Value) (v reflect.Value) {
	for _, arg := range e.args {
		if v = arg.eval(m, dot); truth(v) == e.or {
			return v
		}
	}
	return v
}

// path is .A.B of dot or of another value.
type path struct {
	from  expr // nil for dot
	names []field
}

func fields(from expr, names []string) expr {
	p := &path{from: from}
	for _, name := range names {
		p.names = append(p.names, field{name: name})
	}
	return p
}

func (e *path) eval(m *machine, dot reflect.Value) reflect.Value {
	v := dot
	if e.from != nil {
		v = e.from.eval(m, dot)
	}
	for i := range e.names {
		v = e.names[i].of(m, v)
	}
	return v
}

// field is one name of a path. It remembers where the last struct had it: most
// places in a template see one type only.
type field struct {
	name  string
	typ   reflect.Type
	index []int
}

type fieldKey struct {
	typ  reflect.Type
	name string
}

func (f *field) of(m *machine, v reflect.Value) reflect.Value {
	v = indirect(v)
	switch v.Kind() {
	case reflect.Struct:
		if t := v.Type(); t != f.typ {
			f.typ, f.index = nil, m.find(t, f.name)
			f.typ = t
		}
		v = v.Field(f.index[0])
		for _, i := range f.index[1:] {
			v = indirect(v).Field(i) // of an embedded struct
		}
		return v
	case reflect.Map:
		return f.entry(v)
	}
	panic(giveUp{})
}

// entry returns a map's value; a key that is missing is an error.
func (f *field) entry(v reflect.Value) reflect.Value {
	if v.Type() != reflect.TypeFor[map[string]any]() {
		panic(giveUp{})
	}
	value, ok := v.Interface().(map[string]any)[f.name]
	if !ok {
		panic(giveUp{})
	}
	return reflect.ValueOf(value)
}

// find returns the way to a field. A method of that name would go before it.
func (m *machine) find(t reflect.Type, name string) []int {
	key := fieldKey{t, name}
	if index, ok := m.known[key]; ok {
		return index
	}
	f, ok := t.FieldByName(name)
	_, method := reflect.PointerTo(t).MethodByName(name)
	if !ok || method || !f.IsExported() {
		panic(giveUp{})
	}
	m.known[key] = f.Index
	return f.Index
}

// settle returns what an interface holds; nothing for nil.
func settle(v reflect.Value) reflect.Value {
	if v.Kind() == reflect.Interface && v.NumMethod() == 0 {
		return v.Elem()
	}
	return v
}

// unwrap is settle for any interface.
func unwrap(v reflect.Value) reflect.Value {
	if v.Kind() == reflect.Interface {
		return v.Elem()
	}
	return v
}

// indirect follows pointers and interfaces. It gives up at nil, as there an error
// is to be told.
func indirect(v reflect.Value) reflect.Value {
	for v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface {
		if v.IsNil() {
			panic(giveUp{})
		}
		v = v.Elem()
	}
	return v
}

// interfaceOf returns a value as a function gets it.
func interfaceOf(v reflect.Value) any {
	if !v.IsValid() {
		return nil
	}
	return v.Interface()
}

// truth says whether a value is not the empty one of its type; structs are true.
func truth(v reflect.Value) bool {
	v = unwrap(v)
	switch v.Kind() {
	case reflect.Invalid:
		return false
	case reflect.String, reflect.Slice, reflect.Map, reflect.Array:
		return v.Len() > 0
	case reflect.Bool:
		return v.Bool()
	case reflect.Pointer:
		return !v.IsNil()
	case reflect.Struct:
		return true
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return v.Int() != 0
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return v.Uint() != 0
	case reflect.Float32, reflect.Float64:
		return v.Float() != 0
	}
	panic(giveUp{})
}
