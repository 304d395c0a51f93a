package theme

import (
	"cmp"
	"reflect"
	"slices"
)

// step is one thing that a program does.
type step interface {
	run(m *machine, dot reflect.Value) signal
}

// signal says how a loop goes on after a step.
type signal int

const (
	onward signal = iota
	breaks
	continues
)

// leave is {{break}} or {{continue}}.
type leave signal

func (s leave) run(*machine, reflect.Value) signal { return signal(s) }

// text is what stands between actions.
type text string

func (s text) run(m *machine, _ reflect.Value) signal {
	m.out.WriteString(string(s))
	return onward
}

// show writes a value through an escaper.
type show struct {
	value  expr
	escape escaper
}

func (s *show) run(m *machine, dot reflect.Value) signal {
	words, kind := stringOf(settle(s.value.eval(m, dot)))
	s.escape(m.out, words, kind)
	return onward
}

// say writes a message through an escaper without making a value of it.
type say struct {
	words  saying
	escape escaper
}

func (s *say) run(m *machine, dot reflect.Value) signal {
	s.escape(m.out, s.words.say(m, dot), plain)
	return onward
}

// keep is {{once "partial" value}}.
type keep struct {
	partial string
	value   expr
}

func (s *keep) run(m *machine, dot reflect.Value) signal {
	r, value := m.renderer, unwrap(s.value.eval(m, dot))
	key := identify(s.partial, value)
	if html, ok := r.recall(key); ok {
		m.out.Write(html)
		return onward
	}
	p := r.program(s.partial)
	if p.unfit {
		html, err := r.once(s.partial, interfaceOf(value))
		if err != nil {
			panic(giveUp{})
		}
		m.out.WriteString(string(html))
		return onward
	}
	from := m.out.Len()
	m.enter(p, value)
	r.remember(key, value, m.out.Bytes()[from:])
	return onward
}

// assign gives a variable its value.
type assign struct {
	slot  int
	value expr
}

func (s assign) run(m *machine, dot reflect.Value) signal {
	m.vars[m.base+s.slot] = settle(s.value.eval(m, dot))
	return onward
}

// branch is {{if}}, or {{with}}, which gives its value to the first list as dot.
type branch struct {
	value           expr
	slots           []int
	with            bool
	then, otherwise []step
}

func (s *branch) run(m *machine, dot reflect.Value) signal {
	value := settle(s.value.eval(m, dot))
	for _, slot := range s.slots {
		m.vars[m.base+slot] = value
	}
	if !truth(value) {
		return m.run(s.otherwise, dot)
	}
	if s.with {
		dot = value
	}
	return m.run(s.then, dot)
}

// loop is {{range}} over a list, or over a map by its sorted keys.
type loop struct {
	value           expr
	slots           []int // of the element, or of index and element
	body, otherwise []step
}

func (s *loop) run(m *machine, dot reflect.Value) signal {
	value := settle(s.value.eval(m, dot))
	for _, slot := range s.slots {
		m.vars[m.base+slot] = value
	}
	n := 0
	switch value = indirect(value); value.Kind() {
	case reflect.Slice, reflect.Array:
		n = value.Len()
		for i := range n {
			if len(s.slots) == 2 {
				m.vars[m.base+s.slots[0]] = reflect.ValueOf(i)
			}
			if s.once(m, value.Index(i)) == breaks {
				break
			}
		}
	case reflect.Map:
		keys := value.MapKeys()
		if value.Type().Key().Kind() != reflect.String {
			panic(giveUp{})
		}
		n = len(keys)
		slices.SortFunc(keys, func(a, b reflect.Value) int { return cmp.Compare(a.String(), b.String()) })
		for _, key := range keys {
			if len(s.slots) == 2 {
				m.vars[m.base+s.slots[0]] = key
			}
			if s.once(m, value.MapIndex(key)) == breaks {
				break
			}
		}
	case reflect.Invalid:
	default:
		panic(giveUp{})
	}
	if n == 0 {
		return m.run(s.otherwise, dot)
	}
	return onward
}

// once runs the body for one element.
func (s *loop) once(m *machine, element reflect.Value) signal {
	if n := len(s.slots); n > 0 {
		m.vars[m.base+s.slots[n-1]] = element
	}
	return m.run(s.body, element)
}

// call is {{template "name" value}}.
type call struct {
	program *program
	value   expr // nil for none
}

func (s *call) run(m *machine, dot reflect.Value) signal {
	var value reflect.Value
	if s.value != nil {
		value = settle(s.value.eval(m, dot))
	}
	m.enter(s.program, value)
	return onward
}
