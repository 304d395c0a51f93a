package diag

import (
	"bytes"
	"encoding/json"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzPrinters holds that no finding in any file makes a printer fail, print
// what is not of its format, or say something that a terminal or a CI system
// obeys.
func FuzzPrinters(f *testing.F) {
	f.Add("a\nb公c\n", "x", 2, 5)
	f.Add(strings.Repeat("公\t", 300), "a:b,c%0A\r\n::error::", 500, 700)
	f.Add("\ufeff\xff\r\n", "##[error]x", 0, 9)
	f.Add("\u0301::stop-commands::x](y){0}", "\u200d](", 0, 1)
	f.Add("", "/a//b?c#d%\\", 0, 0)
	f.Fuzz(func(t *testing.T, text, said string, start, end int) {
		checkPrinters(t, text, said, start, end, false) // the schema takes too long here
	})
}

// TestHostile is for what FuzzPrinters does not do: logs are held to the schema.
func TestHostile(t *testing.T) {
	pieces := [...]string{"a", "公", "\t", "\r", "\n", "\r\n", "\ufeff", "\xff", "\x00", "\x1b[2J", "\u202e", "\u2028", "\u0301", "\u200d", "👩",
		"::", "::error::", "##[error]", "%0A", "%", ",", ":", "=", " ", "/", "..", "\\", "\"", "<", "]", "[", "](", "{0}", "}", "?", "#", strings.Repeat("长", 300)}
	random := rand.New(rand.NewPCG(4, 4))
	text := func() string {
		var b strings.Builder
		for range random.IntN(8) {
			b.WriteString(pieces[random.IntN(len(pieces))])
		}
		return b.String()
	}
	for range 150 {
		body := text()
		start := random.IntN(len(body)+2) - 1
		checkPrinters(t, body, text(), start, start+random.IntN(20), true)
	}
}

func checkPrinters(t *testing.T, text, said string, start, end int, valid bool) {
	t.Helper()
	d := Source{said, []byte(text)}.At(start, end, "wording", Textf("%s", said), Textf("%s", text))
	whole := Source{text, nil}.Whole(said, Textf("%s", text), Text{})
	list := List{d, whole, d}
	if len(text)%2 == 1 {
		list[0].Suppressed = &Suppression{Reason: said, Line: 1, Column: len(said)}
	}
	checkSpan(t, d, text)
	for _, suppressed := range []bool{false, true} {
		checkText(t, list, suppressed)
		checkJSON(t, list, suppressed)
		checkGitHub(t, list, suppressed)
		checkSARIF(t, list, SARIFOptions{Version: said, Suppressed: suppressed}, valid)
	}
}

// print returns what a printer prints, and holds that it prints the same again
// and that all of it is text.
func print(t *testing.T, write func(io.Writer) error) string {
	t.Helper()
	var first, second bytes.Buffer
	if err := write(&first); err != nil {
		t.Fatal(err)
	}
	if err := write(&second); err != nil || first.String() != second.String() {
		t.Fatal("printed otherwise the second time", err)
	}
	if !utf8.Valid(first.Bytes()) {
		t.Fatalf("not UTF-8: %q", first.String())
	}
	for _, r := range first.String() {
		if hidden(r) && r != '\n' && r != '\t' {
			t.Fatalf("%U in %q", r, first.String())
		}
	}
	return first.String()
}

// checkSpan holds that what is marked is a part of one line of the file.
func checkSpan(t *testing.T, d Diagnostic, text string) {
	t.Helper()
	if d.Line == 0 {
		return
	}
	line := strings.TrimSuffix(strings.Split(text, "\n")[d.Line-1], "\r")
	if d.Line == 1 {
		line = strings.TrimPrefix(line, "\ufeff")
	}
	n := utf8.RuneCountInString(line)
	last, column := d.end()
	if d.Column < 1 || d.Column > n+1 || last != d.Line || column < d.Column || column > n+1 {
		t.Fatalf("%d:%d to %d:%d in %q", d.Line, d.Column, last, column, line)
	}
	if column == d.Column && d.Column <= n {
		t.Fatalf("nothing is marked at %d:%d in %q", d.Line, d.Column, line)
	}
}

func checkText(t *testing.T, list List, suppressed bool) {
	t.Helper()
	out := print(t, func(w io.Writer) error { return WriteText(w, list, TextOptions{Suppressed: suppressed}) })
	if lines := strings.Count(out, "\n"); lines > 5*len(list) {
		t.Fatalf("%d lines: %q", lines, out)
	}
}

func checkJSON(t *testing.T, list List, suppressed bool) {
	t.Helper()
	out := print(t, func(w io.Writer) error { return WriteJSON(w, list, JSONOptions{Suppressed: suppressed}) })
	var back []map[string]any
	if err := json.Unmarshal([]byte(out), &back); err != nil || len(back) != len(list.printed(suppressed)) {
		t.Fatal(err, out)
	}
}
