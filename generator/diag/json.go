package diag

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"unicode/utf16"
)

// JSONOptions says how WriteJSON prints.
type JSONOptions struct {
	Rename     func(path string) string // what a path is called where the reader stands; nil keeps it
	Suppressed bool                     // print suppressed findings too
	Fixed      List                     // what was corrected and is not in the list any more
}

// WriteJSON prints the list for a program: an array of objects with rule,
// severity, path, line, column, message, hint, endLine and endColumn, in that
// order, one object a line. Lines and columns count from 1, columns in code
// points; 0 says that the whole file or line is meant. The end is after the last
// character that is marked. A suppressed finding, which is printed only if asked
// for, has suppressed, too, its reason; a fault of Candor has its trace, too. Findings
// that were corrected come first, and have fixed. What a terminal would obey is
// escaped, for people look at JSON too. The error is that of w.
func WriteJSON(w io.Writer, list List, opt JSONOptions) error {
	type finding struct {
		Rule       string   `json:"rule"`
		Severity   string   `json:"severity"`
		Path       string   `json:"path"`
		Line       int      `json:"line"`
		Column     int      `json:"column"`
		Message    string   `json:"message"`
		Hint       string   `json:"hint"`
		EndLine    int      `json:"endLine"`
		EndColumn  int      `json:"endColumn"`
		Suppressed *string  `json:"suppressed,omitempty"`
		Trace      []string `json:"trace,omitempty"`
		Fixed      bool     `json:"fixed,omitempty"`
	}
	out := bufio.NewWriter(w)
	printed := slices.Concat(opt.Fixed, list.printed(opt.Suppressed))
	out.WriteString("[")
	for i, d := range printed {
		f := finding{Rule: d.Rule, Severity: d.Severity.String(), Path: renamed(d.Path, opt.Rename), Line: d.Line,
			Column: d.Column, Message: d.Message.String(), Hint: d.Hint.String(), Trace: d.Trace, Fixed: i < len(opt.Fixed)}
		f.EndLine, f.EndColumn = d.end()
		if d.Suppressed != nil {
			f.Suppressed = &d.Suppressed.Reason
		}
		if i > 0 {
			out.WriteString(",")
		}
		out.WriteString("\n")
		encode(out, f, "")
	}
	if len(printed) > 0 {
		out.WriteString("\n")
	}
	out.WriteString("]\n")
	return out.Flush()
}

// encode writes a value as JSON, without a line's end. Hidden code points, which can
// only be inside strings, become \u escapes.
func encode(out *bufio.Writer, value any, indent string) {
	var encoded bytes.Buffer
	e := json.NewEncoder(&encoded)
	e.SetEscapeHTML(false)
	e.SetIndent("", indent)
	_ = e.Encode(value) // strings and numbers can be encoded
	text := bytes.TrimSuffix(encoded.Bytes(), []byte("\n"))
	for _, r := range string(text) {
		switch {
		case r == '\n' || !hidden(r): // an end of line is between strings
			out.WriteRune(r)
		case r > 0xffff:
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(out, `\u%04x\u%04x`, high, low)
		default:
			fmt.Fprintf(out, `\u%04x`, r)
		}
	}
}
