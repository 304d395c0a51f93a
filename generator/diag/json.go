package diag

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
)

// JSONOptions says how WriteJSON prints.
type JSONOptions struct {
	Rename     func(path string) string // what a path is called where the reader stands; nil keeps it
	Suppressed bool                     // print suppressed findings too
}

// WriteJSON prints the list for a program: an array of objects with rule,
// severity, path, line, column, message, hint, endLine and endColumn, in that
// order, one object a line. Lines and columns count from 1, columns in code
// points; 0 says that the whole file or line is meant. The end is after the last
// character that is marked. A suppressed finding, which is printed only if asked
// for, has suppressed, too, its reason. What a terminal would obey is escaped, for
// people look at JSON too. Of the options, the first counts; they can be left out.
// The error is that of w.
func WriteJSON(w io.Writer, list List, opt ...JSONOptions) error {
	var o JSONOptions
	if len(opt) > 0 {
		o = opt[0]
	}
	type finding struct {
		Rule       string  `json:"rule"`
		Severity   string  `json:"severity"`
		Path       string  `json:"path"`
		Line       int     `json:"line"`
		Column     int     `json:"column"`
		Message    string  `json:"message"`
		Hint       string  `json:"hint"`
		EndLine    int     `json:"endLine"`
		EndColumn  int     `json:"endColumn"`
		Suppressed *string `json:"suppressed,omitempty"`
	}
	list = list.printed(o.Suppressed)
	var out bytes.Buffer
	out.WriteByte('[')
	for i, d := range list {
		if i > 0 {
			out.WriteByte(',')
		}
		out.WriteByte('\n')
		var one bytes.Buffer
		e := json.NewEncoder(&one)
		e.SetEscapeHTML(false)
		f := finding{Rule: d.Rule, Severity: d.Severity.String(), Path: renamed(d.Path, o.Rename), Line: d.Line, Column: d.Column,
			Message: d.Message.String(), Hint: d.Hint.String()}
		f.EndLine, f.EndColumn = d.end()
		if d.Suppressed != nil {
			f.Suppressed = &d.Suppressed.Reason
		}
		if err := e.Encode(f); err != nil {
			return fmt.Errorf("encode diagnostics: %w", err)
		}
		escape(&out, bytes.TrimSuffix(one.Bytes(), []byte("\n")))
	}
	if len(list) > 0 {
		out.WriteByte('\n')
	}
	out.WriteString("]\n")
	_, err := w.Write(out.Bytes())
	return err
}

// escape copies JSON and writes hidden code points, which can only stand inside
// strings, as \u escapes.
func escape(out *bytes.Buffer, encoded []byte) {
	if !bytes.ContainsFunc(encoded, hidden) {
		out.Write(encoded)
		return
	}
	for _, r := range string(encoded) {
		switch {
		case !hidden(r):
			out.WriteRune(r)
		case r > 0xffff:
			r -= 0x10000
			fmt.Fprintf(out, `\u%04x\u%04x`, 0xd800+r>>10, 0xdc00+r&0x3ff)
		default:
			fmt.Fprintf(out, `\u%04x`, r)
		}
	}
}
