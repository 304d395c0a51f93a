package theme

import (
	"fmt"
	"reflect"
	"strings"

	"candor/generator/site/config"
)

// saying is {{t "key" …}}.
type saying struct {
	words *Catalogue
	args  []expr
}

func (e saying) eval(m *machine, dot reflect.Value) reflect.Value {
	return reflect.ValueOf(e.say(m, dot))
}

func (e saying) say(m *machine, dot reflect.Value) string {
	key := stringArg(e.args[0].eval(m, dot))
	var list [4]any
	args := list[:0]
	for _, arg := range e.args[1:] {
		args = append(args, interfaceOf(arg.eval(m, dot)))
	}
	said, err := e.words.Say(key, args...)
	if err != nil {
		panic(giveUp{})
	}
	return said
}

// native is a function that needs no reflection to be called.
type native struct {
	call func(args []reflect.Value) reflect.Value
	args []expr
}

func (e *native) eval(m *machine, dot reflect.Value) reflect.Value {
	from := len(m.args)
	for _, arg := range e.args {
		v := arg.eval(m, dot)
		m.args = append(m.args, v)
	}
	v := e.call(m.args[from:])
	m.args = m.args[:from]
	return v
}

// natives are the functions that programs can call, with how many arguments they
// take; a most below zero is no limit.
var natives = map[string]struct {
	call        func(args []reflect.Value) reflect.Value
	least, most int
}{
	"dict":  {callDict, 0, -1},
	"list":  {callList, 0, -1},
	"join":  {callJoin, 2, 2},
	"dir":   {callDir, 1, 1},
	"print": {callPrint, 0, -1},
	"not":   {callNot, 1, 1},
	"eq":    {callEq, 2, -1},
	"ne":    {callNe, 2, 2},
	"len":   {callLen, 1, 1},
	"index": {callIndex, 1, 2},
	"slice": {callSlice, 1, 3},
}

func interfaces(args []reflect.Value) []any {
	list := make([]any, len(args))
	for i, arg := range args {
		list[i] = interfaceOf(arg)
	}
	return list
}

// stringArg returns an argument for a parameter of type string.
func stringArg(v reflect.Value) string {
	v = unwrap(v)
	if !v.IsValid() || v.Type() != stringType {
		panic(giveUp{})
	}
	return v.String()
}

func callDict(args []reflect.Value) reflect.Value {
	if len(args)%2 != 0 {
		panic(giveUp{})
	}
	m := make(map[string]any, len(args)/2)
	for i := 0; i < len(args); i += 2 {
		m[stringArg(args[i])] = interfaceOf(args[i+1])
	}
	return reflect.ValueOf(m)
}

func callList(args []reflect.Value) reflect.Value { return reflect.ValueOf(interfaces(args)) }

func callPrint(args []reflect.Value) reflect.Value {
	return reflect.ValueOf(fmt.Sprint(interfaces(args)...))
}

func callJoin(args []reflect.Value) reflect.Value {
	values, ok := interfaceOf(args[1]).([]string)
	if !ok {
		panic(giveUp{})
	}
	return reflect.ValueOf(strings.Join(values, stringArg(args[0])))
}

func callDir(args []reflect.Value) reflect.Value {
	return reflect.ValueOf(config.Direction(stringArg(args[0])))
}

func callNot(args []reflect.Value) reflect.Value { return reflect.ValueOf(!truth(args[0])) }

func callEq(args []reflect.Value) reflect.Value {
	for _, arg := range args[1:] {
		if equal(unwrap(args[0]), unwrap(arg)) {
			return reflect.ValueOf(true)
		}
	}
	return reflect.ValueOf(false)
}

func callNe(args []reflect.Value) reflect.Value {
	return reflect.ValueOf(!equal(unwrap(args[0]), unwrap(args[1])))
}

// equal compares texts, whole numbers and truths with their like.
func equal(a, b reflect.Value) bool {
	switch {
	case a.Kind() == reflect.String && b.Kind() == reflect.String:
		return a.String() == b.String()
	case a.Kind() == reflect.Bool && b.Kind() == reflect.Bool:
		return a.Bool() == b.Bool()
	case a.CanInt() && b.CanInt():
		return a.Int() == b.Int()
	}
	panic(giveUp{})
}

func callLen(args []reflect.Value) reflect.Value {
	switch v := indirect(args[0]); v.Kind() {
	case reflect.String, reflect.Slice, reflect.Map, reflect.Array:
		return reflect.ValueOf(v.Len())
	}
	panic(giveUp{})
}

// intArg returns an argument that counts within 0 to n.
func intArg(v reflect.Value, n int) int {
	v = unwrap(v)
	if !v.CanInt() || v.Int() < 0 || v.Int() > int64(n) {
		panic(giveUp{})
	}
	return int(v.Int())
}

// callIndex takes one index; a list of lists is html/template's.
func callIndex(args []reflect.Value) reflect.Value {
	if len(args) == 1 {
		panic(giveUp{})
	}
	v := indirect(args[0])
	switch v.Kind() {
	case reflect.Slice:
		return v.Index(intArg(args[1], v.Len()-1))
	case reflect.Map:
		if v.Type().Key() != stringType {
			break
		}
		if found := v.MapIndex(reflect.ValueOf(stringArg(args[1]))); found.IsValid() {
			return found
		}
		return reflect.Zero(v.Type().Elem())
	}
	panic(giveUp{})
}

func callSlice(args []reflect.Value) reflect.Value {
	v := indirect(args[0])
	limit := 0
	switch v.Kind() {
	case reflect.String:
		limit = v.Len()
	case reflect.Slice:
		limit = v.Cap()
	default:
		panic(giveUp{})
	}
	from, to := 0, v.Len()
	if len(args) > 1 {
		from = intArg(args[1], limit)
	}
	if len(args) > 2 {
		to = intArg(args[2], limit)
	}
	if from > to {
		panic(giveUp{})
	}
	return v.Slice(from, to)
}
