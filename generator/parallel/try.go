package parallel

import (
	"fmt"
	"path"
	"runtime"
	"strings"
)

// Panic is what a call has panicked with, and where.
type Panic struct {
	Value any
	Trace []string // the functions that were being called, the innermost first: "pkg.Func (file.go:12)"
}

// Error returns the value and the trace, a line each.
func (p *Panic) Error() string {
	return strings.Join(append([]string{fmt.Sprint(p.Value)}, p.Trace...), "\n")
}

// Try calls f and returns what it panicked with; nil if it did not.
func Try(f func()) (p *Panic) {
	defer func() {
		value := recover()
		if value == nil {
			return
		}
		if inner, ok := value.(*Panic); ok { // of a Do within f
			p = inner
			return
		}
		p = &Panic{value, trace()}
	}()
	f()
	return nil
}

// traceLimit is how many calls a trace has: those that led to them say little.
const traceLimit = 12

// trace returns the calls that were under way when the function that calls it recovered. It has
// neither addresses nor folders of the machine, so it is the same everywhere.
func trace() []string {
	pc := make([]uintptr, 256)
	frames := runtime.CallersFrames(pc[:runtime.Callers(2, pc)])
	var calls []string
	for more := true; more; {
		var frame runtime.Frame
		frame, more = frames.Next()
		switch name := frame.Function; {
		case name == "runtime.gopanic":
			calls = nil // what is above has only recovered, or panicked again
		case strings.HasSuffix(name, "parallel.Try"):
			more = false
		case !strings.HasPrefix(name, "runtime."):
			calls = append(calls, fmt.Sprintf("%s (%s:%d)", name, path.Base(frame.File), frame.Line))
		}
	}
	return calls[:min(len(calls), traceLimit)]
}
