package theme

import (
	"reflect"
	"strconv"
	"text/template/parse"
)

// commands compiles a pipeline. Each command after the first is a function that
// gets the value before it as its last argument.
func (c *compiler) commands(cmds []*parse.CommandNode) expr {
	var value expr
	for _, cmd := range cmds {
		value = c.command(cmd, value)
	}
	if value == nil {
		panic(giveUp{})
	}
	return value
}

func (c *compiler) command(cmd *parse.CommandNode, before expr) expr {
	if id, ok := cmd.Args[0].(*parse.IdentifierNode); ok {
		var args []expr
		for _, arg := range cmd.Args[1:] {
			args = append(args, c.operand(arg))
		}
		if before != nil {
			args = append(args, settled{before})
		}
		return c.function(id.Ident, args)
	}
	if len(cmd.Args) != 1 || before != nil {
		panic(giveUp{}) // a method, or an error
	}
	if _, ok := cmd.Args[0].(*parse.NilNode); ok {
		panic(giveUp{})
	}
	return c.operand(cmd.Args[0])
}

// operand compiles what stands for one value.
func (c *compiler) operand(node parse.Node) expr {
	switch node := node.(type) {
	case *parse.DotNode:
		return dot{}
	case *parse.NilNode:
		return literal{}
	case *parse.BoolNode:
		return literal{reflect.ValueOf(node.True)}
	case *parse.StringNode:
		return literal{reflect.ValueOf(node.Text)}
	case *parse.NumberNode:
		// Only what is written as Go writes it; other numbers have rules of their own.
		if n := int(node.Int64); node.IsInt && strconv.Itoa(n) == node.Text {
			return literal{reflect.ValueOf(n)}
		}
	case *parse.FieldNode:
		return fields(nil, node.Ident)
	case *parse.VariableNode:
		v := variable(c.slot(node.Ident[0]))
		if len(node.Ident) == 1 {
			return v
		}
		return fields(v, node.Ident[1:])
	case *parse.ChainNode:
		if pipe, ok := node.Node.(*parse.PipeNode); ok {
			return fields(c.pipe(pipe), node.Field)
		}
	case *parse.PipeNode:
		return c.pipe(node)
	case *parse.IdentifierNode:
		return c.function(node.Ident, nil)
	}
	panic(giveUp{})
}

// pipe compiles a pipeline in parentheses.
func (c *compiler) pipe(pipe *parse.PipeNode) expr {
	if len(pipe.Decl) > 0 {
		panic(giveUp{})
	}
	return settled{c.commands(pipe.Cmds)}
}

// function compiles the call of a function.
func (c *compiler) function(name string, args []expr) expr {
	switch name {
	case "t":
		if len(args) == 0 {
			panic(giveUp{})
		}
		return saying{c.renderer.theme.catalogues[c.renderer.tag], args}
	case "and", "or":
		if len(args) == 0 {
			panic(giveUp{})
		}
		return first{args, name == "or"}
	}
	f, ok := natives[name]
	if !ok || len(args) < f.least || f.most >= 0 && len(args) > f.most {
		panic(giveUp{})
	}
	return &native{f.call, args}
}
