package theme

import (
	"strings"
	"text/template/parse"
)

// compiler makes one program.
type compiler struct {
	renderer *Renderer
	program  *program
	vars     []string // the variables in scope, by slot
}

// compile makes the program of an escaped template. Templates that it calls are
// compiled with it: html/template has escaped them too.
func (r *Renderer) compile(name string) (p *program) {
	p = &program{}
	r.programs[name] = p // before its body, which may call it
	defer func() {
		if e := recover(); e != nil {
			if _, ok := e.(giveUp); !ok {
				panic(e)
			}
			*p = program{unfit: true}
		}
	}()
	t := r.set.Lookup(name) // nil for one that was derived for another context
	if t == nil || t.Tree == nil || t.Tree.Root == nil {
		panic(giveUp{})
	}
	c := &compiler{renderer: r, program: p}
	c.declare("$")
	p.steps = c.list(t.Tree.Root)
	return p
}

// declare puts a variable into scope and returns its slot.
func (c *compiler) declare(name string) int {
	c.vars = append(c.vars, name)
	c.program.slots = max(c.program.slots, len(c.vars))
	return len(c.vars) - 1
}

// slot returns where the innermost variable of that name is.
func (c *compiler) slot(name string) int {
	for i := len(c.vars) - 1; i >= 0; i-- {
		if c.vars[i] == name {
			return i
		}
	}
	panic(giveUp{})
}

// block compiles a list whose variables end with it.
func (c *compiler) block(list *parse.ListNode) []step {
	defer func(n int) { c.vars = c.vars[:n] }(len(c.vars))
	return c.list(list)
}

func (c *compiler) list(list *parse.ListNode) []step {
	if list == nil {
		return nil
	}
	var steps []step
	for _, node := range list.Nodes {
		s := c.node(node)
		if s == nil {
			continue
		}
		if more, ok := s.(text); ok && len(steps) > 0 {
			if before, ok := steps[len(steps)-1].(text); ok {
				steps[len(steps)-1] = before + more
				continue
			}
		}
		steps = append(steps, s)
	}
	return steps
}

// node compiles one node; nil where there is nothing to do.
func (c *compiler) node(node parse.Node) step {
	switch node := node.(type) {
	case *parse.TextNode:
		return text(node.Text)
	case *parse.CommentNode:
		return nil
	case *parse.ActionNode:
		if len(node.Pipe.Decl) > 0 {
			return c.variable(node.Pipe)
		}
		return c.action(node.Pipe)
	case *parse.IfNode:
		return c.branch(&node.BranchNode, false)
	case *parse.WithNode:
		return c.branch(&node.BranchNode, true)
	case *parse.RangeNode:
		return c.loop(node)
	case *parse.TemplateNode:
		return c.call(node)
	case *parse.BreakNode:
		return leave(breaks)
	case *parse.ContinueNode:
		return leave(continues)
	}
	panic(giveUp{})
}

// variable compiles {{$x := …}} and {{$x = …}}.
func (c *compiler) variable(pipe *parse.PipeNode) step {
	value := c.commands(pipe.Cmds)
	if len(pipe.Decl) != 1 {
		panic(giveUp{})
	}
	name := pipe.Decl[0].Ident[0]
	if pipe.IsAssign {
		return assign{c.slot(name), value}
	}
	return assign{c.declare(name), value}
}

// action compiles {{…}} with the escapers that html/template has put at its end.
// Without them it has not been escaped and is not compiled.
func (c *compiler) action(pipe *parse.PipeNode) step {
	n := len(pipe.Cmds)
	for n > 0 && escaperName(pipe.Cmds[n-1]) != "" {
		n--
	}
	var chain []string
	for _, cmd := range pipe.Cmds[n:] {
		chain = append(chain, escaperName(cmd))
	}
	escape, ok := escapers[strings.Join(chain, " ")]
	if !ok || n == 0 {
		panic(giveUp{})
	}
	if s := c.once(pipe.Cmds[:n], chain); s != nil {
		return s
	}
	value := c.commands(pipe.Cmds[:n])
	if words, ok := value.(saying); ok {
		return &say{words, escape}
	}
	return &show{value, escape}
}

const escaperPrefix = "_html_template_"

// escaperName returns what the escaper is called after its prefix; nothing if
// the command is not one.
func escaperName(cmd *parse.CommandNode) string {
	if id, ok := cmd.Args[0].(*parse.IdentifierNode); ok && len(cmd.Args) == 1 {
		if name, ok := strings.CutPrefix(id.Ident, escaperPrefix); ok {
			return name
		}
	}
	return ""
}

// once compiles {{once "partial" value}} between tags.
func (c *compiler) once(cmds []*parse.CommandNode, chain []string) step {
	id, ok := cmds[0].Args[0].(*parse.IdentifierNode)
	if !ok || id.Ident != "once" || len(cmds) != 1 || len(cmds[0].Args) != 3 || len(chain) != 1 || chain[0] != "htmlescaper" {
		return nil
	}
	partial, ok := cmds[0].Args[1].(*parse.StringNode)
	if !ok {
		return nil
	}
	return &keep{partial.Text, c.operand(cmds[0].Args[2])}
}

// declared compiles the pipeline of a control structure, with at most n variables.
func (c *compiler) declared(pipe *parse.PipeNode, n int) (expr, []int) {
	value := c.commands(pipe.Cmds)
	if pipe.IsAssign || len(pipe.Decl) > n {
		panic(giveUp{})
	}
	var slots []int
	for _, v := range pipe.Decl {
		slots = append(slots, c.declare(v.Ident[0]))
	}
	return value, slots
}

func (c *compiler) branch(node *parse.BranchNode, with bool) step {
	defer func(n int) { c.vars = c.vars[:n] }(len(c.vars))
	value, slots := c.declared(node.Pipe, 1)
	b := &branch{value: value, slots: slots, with: with}
	b.then = c.block(node.List)
	b.otherwise = c.block(node.ElseList)
	return b
}

func (c *compiler) loop(node *parse.RangeNode) step {
	defer func(n int) { c.vars = c.vars[:n] }(len(c.vars))
	value, slots := c.declared(node.Pipe, 2)
	l := &loop{value: value, slots: slots}
	l.body = c.block(node.List)
	l.otherwise = c.block(node.ElseList)
	return l
}

func (c *compiler) call(node *parse.TemplateNode) step {
	s := &call{}
	if node.Pipe != nil {
		if len(node.Pipe.Decl) > 0 {
			panic(giveUp{})
		}
		s.value = c.commands(node.Pipe.Cmds)
	}
	p, ok := c.renderer.programs[node.Name]
	if !ok {
		p = c.renderer.compile(node.Name)
	}
	if p.unfit {
		panic(giveUp{})
	}
	s.program = p
	return s
}
