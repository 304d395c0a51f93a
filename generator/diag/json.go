package diag

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
)

// WriteJSON prints the list for a program: an array of objects with rule,
// severity, path, line, column, message and hint, in that order, one object a
// line. Lines and columns count from 1; 0 says that the whole file or line is
// meant. What a terminal would obey is escaped, for people look at JSON too. The
// error is that of w.
func WriteJSON(w io.Writer, list List) error {
	type finding struct {
		Rule     string `json:"rule"`
		Severity string `json:"severity"`
		Path     string `json:"path"`
		Line     int    `json:"line"`
		Column   int    `json:"column"`
		Message  string `json:"message"`
		Hint     string `json:"hint"`
	}
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
		err := e.Encode(finding{d.Rule, d.Severity.String(), d.Path, d.Line, d.Column, d.Message.String(), d.Hint.String()})
		if err != nil {
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
