package template

import (
	"bytes"
	"fmt"
)

// The bounds of a page. The largest page of a real site is far below each of them.
const (
	MaxPasses = 1_000_000 // through loops and templates
	MaxDepth  = 1_000     // templates inside templates
	MaxSize   = 64 << 20  // bytes of output
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
	if c.passes > MaxPasses || c.depth > MaxDepth || c.out.Len()-c.start > MaxSize {
		return 0, &BoundError{template: template, number: number}
	}
	return 0, nil
}
