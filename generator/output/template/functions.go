package template

import "reflect"

// function compiles a call. Of html/template's own functions, programs have and, or, not, eq and ne.
func (c *compiler) function(name string, args []expr) expr {
	if f, ok := c.renderer.functions[name]; ok {
		return func(r *Renderer, dot reflect.Value) reflect.Value {
			values := make([]any, len(args))
			for i, arg := range args {
				if v := arg(r, dot); v.IsValid() {
					values[i] = v.Interface()
				}
			}
			result, err := f(values...)
			if err != nil {
				beyond()
			}
			return reflect.ValueOf(result)
		}
	}
	switch {
	case name == "and" && len(args) > 0:
		return first(args, false)
	case name == "or" && len(args) > 0:
		return first(args, true)
	case name == "not" && len(args) == 1:
		return test(func(r *Renderer, dot reflect.Value) bool { return !truth(args[0](r, dot)) })
	case name == "eq" && len(args) > 1:
		return test(func(r *Renderer, dot reflect.Value) bool { return equal(r, dot, args) })
	case name == "ne" && len(args) == 2:
		return test(func(r *Renderer, dot reflect.Value) bool { return !equal(r, dot, args) })
	}
	beyond()
	return nil
}

func test(is func(r *Renderer, dot reflect.Value) bool) expr {
	return func(r *Renderer, dot reflect.Value) reflect.Value { return reflect.ValueOf(is(r, dot)) }
}

// first is the first value whose truth is decisive, or else the last one.
func first(args []expr, decisive bool) expr {
	return func(r *Renderer, dot reflect.Value) (v reflect.Value) {
		for _, arg := range args {
			if v = arg(r, dot); truth(v) == decisive {
				break
			}
		}
		return v
	}
}

// equal reports whether the first argument equals one of the others. It compares texts, whole numbers
// and truths with their like.
func equal(r *Renderer, dot reflect.Value, args []expr) bool {
	values := make([]reflect.Value, 0, 4)
	for _, arg := range args {
		values = append(values, arg(r, dot))
	}
	a := values[0]
	for _, b := range values[1:] {
		same := false
		switch {
		case a.Kind() == reflect.String && b.Kind() == reflect.String:
			same = a.String() == b.String()
		case a.Kind() == reflect.Bool && b.Kind() == reflect.Bool:
			same = a.Bool() == b.Bool()
		case a.CanInt() && b.CanInt():
			same = a.Int() == b.Int()
		default:
			beyond()
		}
		if same {
			return true
		}
	}
	return false
}
