package template

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"regexp"
)

// The bounds of a page. The largest page of a real site is far below each of them.
const (
	MaxPasses = 1_000_000 // through loops and templates
	MaxDepth  = 1_000     // templates inside templates
	MaxSize   = 64 << 20  // bytes of output, and likewise of what functions make
)

// BoundError is returned for a page that exceeds a bound.
type BoundError struct {
	Place string // name:line:column of the template or loop, as written

	template string
	number   int // of the count in the template
}

func (e *BoundError) Error() string {
	return fmt.Sprintf("template: %s: the page exceeds %d passes, a depth of %d templates, or %d bytes",
		e.Place, MaxPasses, MaxDepth, MaxSize)
}

// counts are of the page that is rendered.
type counts struct {
	out           *bytes.Buffer
	start         int // where the page begins in out
	passes, depth int
	weight        int        // of all that functions were given and have returned
	last          BoundError // the template or loop that was counted last
}

// begin starts a page at the end of out.
func (c *counts) begin(out *bytes.Buffer) { *c = counts{out: out, start: out.Len()} }

// countName is the function that templates call at each pass through a loop, and where they begin and
// end: prepare has put it there, for both engines.
const countName = "template_count"

// count counts a pass. Depth is 1 where a template begins, -1 where it ends, and else 0.
func (c *counts) count(template string, number, depth int) (int, error) {
	c.passes++
	c.depth += depth
	c.last = BoundError{template: template, number: number}
	return 0, c.check()
}

// check returns an error if the page exceeds a bound.
func (c *counts) check() error {
	if c.passes > MaxPasses || c.depth > MaxDepth || c.out.Len()-c.start > MaxSize || c.weight > MaxSize {
		over := c.last
		return &over
	}
	return nil
}

// bounded returns a function that weighs what it is given and what it returns: doubling a text or a
// list again and again would take all memory without a pass or a byte of output.
func (c *counts) bounded(f func(args ...any) (any, error)) func(args ...any) (any, error) {
	return func(args ...any) (any, error) {
		c.weigh(args)
		if err := c.check(); err != nil {
			return nil, err
		}
		result, err := f(args...)
		if err != nil {
			return nil, err
		}
		c.weigh(result)
		return result, c.check()
	}
}

// weigh adds the bytes and the elements of a value, as far as there is room.
func (c *counts) weigh(value any) {
	if c.weight > MaxSize {
		return
	}
	c.weight++
	switch v := value.(type) {
	case string:
		c.weight += len(v)
	case template.HTML:
		c.weight += len(v)
	case []any:
		for _, e := range v {
			c.weigh(e)
		}
	case map[string]any:
		for _, e := range v {
			c.weigh(e)
		}
	}
}

// wide is a width or a precision of printf that no page needs.
var wide = regexp.MustCompile(`%[^a-zA-Z%]*(\*|\d{4})`)

// builtins are the functions of html/template that make texts.
var builtins = Functions{
	"print":    func(args ...any) (any, error) { return fmt.Sprint(args...), nil },
	"println":  func(args ...any) (any, error) { return fmt.Sprintln(args...), nil },
	"html":     func(args ...any) (any, error) { return template.HTMLEscaper(args...), nil },
	"js":       func(args ...any) (any, error) { return template.JSEscaper(args...), nil },
	"urlquery": func(args ...any) (any, error) { return template.URLQueryEscaper(args...), nil },
	"printf": func(args ...any) (any, error) {
		if len(args) == 0 {
			return nil, errors.New("printf needs a format")
		}
		format, ok := args[0].(string)
		if !ok || wide.MatchString(format) {
			return nil, errors.New("printf needs a format with widths of three digits at the most")
		}
		return fmt.Sprintf(format, args[1:]...), nil
	},
}
