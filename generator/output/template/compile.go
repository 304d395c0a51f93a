package template

import (
	"cmp"
	"reflect"
	"slices"
	"text/template/parse"
)

// step does one thing of a program with dot.
type step func(r *Renderer, dot reflect.Value) signal

// signal says how a loop goes on after a step.
type signal int

const (
	onward signal = iota
	breaks
	continues
)

// compiler makes the program of one template.
type compiler struct {
	renderer *Renderer
	vars     []string // the variables in scope, by slot
	slots    int
}

// compile makes the program of a template that html/template has escaped, and of those that it calls.
func (r *Renderer) compile(name string) *program {
	p := &program{}
	r.programs[name] = p // before its body, which may call it
	var err error
	func() {
		defer caught(&err)
		t := r.html.Lookup(name) // nil for one that was derived for another context
		if t == nil || t.Tree == nil || t.Tree.Root == nil {
			beyond()
		}
		c := &compiler{renderer: r}
		c.declare("$")
		p.steps = c.list(t.Tree.Root)
		p.slots = c.slots
	}()
	p.unfit = err != nil
	return p
}

// declare puts a variable into scope and returns its slot.
func (c *compiler) declare(name string) int {
	c.vars = append(c.vars, name)
	c.slots = max(c.slots, len(c.vars))
	return len(c.vars) - 1
}

// slot returns the slot of the innermost variable of that name. There may be none: the parser takes
// {{$x := $x}} for a declaration that is in scope already.
func (c *compiler) slot(name string) int {
	for i := len(c.vars) - 1; i >= 0; i-- {
		if c.vars[i] == name {
			return i
		}
	}
	beyond()
	return 0
}

// scope returns a function that ends the scope of the variables that are declared from now on.
func (c *compiler) scope() (end func()) {
	n := len(c.vars)
	return func() { c.vars = c.vars[:n] }
}

// block compiles a list that is a scope of its own.
func (c *compiler) block(list *parse.ListNode) []step {
	defer c.scope()()
	return c.list(list)
}

func (c *compiler) list(list *parse.ListNode) []step {
	if list == nil {
		return nil
	}
	var steps []step
	for _, node := range list.Nodes {
		if node.Type() != parse.NodeComment {
			steps = append(steps, c.node(node))
		}
	}
	return steps
}

func (c *compiler) node(node parse.Node) step {
	switch node := node.(type) {
	case *parse.TextNode:
		return write(node.Text)
	case *parse.ActionNode:
		return c.action(node)
	case *parse.IfNode:
		return c.branch(&node.BranchNode, false)
	case *parse.WithNode:
		return c.branch(&node.BranchNode, true)
	case *parse.RangeNode:
		return c.loop(node)
	case *parse.TemplateNode:
		return c.template(node)
	case *parse.BreakNode:
		return func(*Renderer, reflect.Value) signal { return breaks }
	case *parse.ContinueNode:
		return func(*Renderer, reflect.Value) signal { return continues }
	}
	beyond()
	return nil
}

func write(text []byte) step {
	return func(r *Renderer, _ reflect.Value) signal {
		r.out.Write(text)
		return onward
	}
}

func (c *compiler) action(node *parse.ActionNode) step {
	if len(node.Pipe.Decl) > 0 {
		return c.variable(node.Pipe)
	}
	cmds, functions := split(node.Pipe)
	e := escapers()[functions]
	if e == nil {
		beyond()
	}
	value := c.pipe(cmds)
	return func(r *Renderer, dot reflect.Value) signal {
		e.write(r.out, value(r, dot))
		return onward
	}
}

// variable compiles {{$x := …}} and {{$x = …}}, and the counts of passes.
func (c *compiler) variable(pipe *parse.PipeNode) step {
	args := pipe.Cmds[0].Args
	if function, ok := args[0].(*parse.IdentifierNode); ok && function.Ident == countName {
		template := args[1].(*parse.StringNode).Text
		number, depth := int(args[2].(*parse.NumberNode).Int64), int(args[3].(*parse.NumberNode).Int64)
		return func(r *Renderer, _ reflect.Value) signal {
			if _, err := r.count(template, number, depth); err != nil {
				panic(giveUp{err})
			}
			return onward
		}
	}
	value := c.pipe(pipe.Cmds)
	slot := -1
	if name := pipe.Decl[0].Ident[0]; pipe.IsAssign {
		slot = c.slot(name)
	} else {
		slot = c.declare(name)
	}
	return func(r *Renderer, dot reflect.Value) signal {
		r.vars[r.base+slot] = value(r, dot)
		return onward
	}
}

// head compiles the pipeline of a control structure and declares its variables, which have its value
// at first.
func (c *compiler) head(pipe *parse.PipeNode) (value expr, slots []int) {
	if pipe.IsAssign {
		beyond()
	}
	evaluate := c.pipe(pipe.Cmds)
	for _, v := range pipe.Decl {
		slots = append(slots, c.declare(v.Ident[0]))
	}
	return func(r *Renderer, dot reflect.Value) reflect.Value {
		v := evaluate(r, dot)
		for _, slot := range slots {
			r.vars[r.base+slot] = v
		}
		return v
	}, slots
}

// branch compiles {{if}} and {{with}}.
func (c *compiler) branch(node *parse.BranchNode, with bool) step {
	defer c.scope()()
	value, _ := c.head(node.Pipe)
	then, otherwise := c.block(node.List), c.block(node.ElseList)
	return func(r *Renderer, dot reflect.Value) signal {
		v := value(r, dot)
		if !truth(v) {
			return r.steps(otherwise, dot)
		}
		if with {
			dot = v
		}
		return r.steps(then, dot)
	}
}

// loop compiles {{range}}.
func (c *compiler) loop(node *parse.RangeNode) step {
	defer c.scope()()
	value, slots := c.head(node.Pipe)
	body, otherwise := c.block(node.List), c.block(node.ElseList)
	return func(r *Renderer, dot reflect.Value) signal {
		empty := true
		each(value(r, dot), len(slots) == 2, func(index, element reflect.Value) bool {
			empty = false
			if n := len(slots); n > 0 {
				r.vars[r.base+slots[0]] = index
				r.vars[r.base+slots[n-1]] = element
			}
			return r.steps(body, element) != breaks
		})
		if empty {
			return r.steps(otherwise, dot)
		}
		return onward
	}
}

// each calls pass for the elements of a list, a map by its sorted keys, or a whole number, until it
// returns false.
func each(v reflect.Value, indexed bool, pass func(index, element reflect.Value) bool) {
	if !v.IsValid() {
		return
	}
	v = indirect(v)
	switch {
	case v.Kind() == reflect.Slice:
		for i := range v.Len() {
			var index reflect.Value
			if indexed {
				index = reflect.ValueOf(i)
			}
			if !pass(index, held(v.Index(i))) {
				return
			}
		}
	case v.Kind() == reflect.Map && v.Type().Key().Kind() == reflect.String:
		keys := v.MapKeys()
		slices.SortFunc(keys, func(a, b reflect.Value) int { return cmp.Compare(a.String(), b.String()) })
		for _, key := range keys {
			if !pass(key, held(v.MapIndex(key))) {
				return
			}
		}
	case v.CanInt() && !indexed:
		for i := range v.Seq() {
			if !pass(reflect.Value{}, i) {
				return
			}
		}
	default:
		beyond()
	}
}

// template compiles {{template "name" value}}.
func (c *compiler) template(node *parse.TemplateNode) step {
	value := literal(nil)
	if node.Pipe != nil {
		value = c.operand(node.Pipe)
	}
	p := c.renderer.programs[node.Name]
	if p == nil {
		p = c.renderer.compile(node.Name)
	}
	if p.unfit {
		beyond()
	}
	return func(r *Renderer, dot reflect.Value) signal {
		r.enter(p, value(r, dot))
		return onward
	}
}
