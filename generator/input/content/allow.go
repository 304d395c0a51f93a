package content

import (
	"bytes"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"

	"candor/generator/diag"
)

// Allowance is a comment by which an author lets something stand that a rule
// finds, with a reason:
//
//	<!-- candor: allow wording, because the sentence is quoted from the ruling -->
//
// In a body it holds for the paragraph, list, table or heading that it stands in
// or above. In front matter, as # candor: …, it holds for the front matter and for
// what is found about the file as a whole.
type Allowance struct {
	Rules      []string
	Reason     string // empty where the author gave none
	Start, End int    // of the comment in the source
	From, To   int    // lines that it covers, counted from 1, both included
	Whole      bool   // it covers what has no line, too
}

var allowSign = []byte("candor:")

// allowances notes the comments for Candor in a node that is or holds comments.
func (d *Document) allowances(n ast.Node) {
	var from, to int
	switch n := n.(type) {
	case *ast.HTMLBlock:
		if n.Lines().Len() == 0 {
			return
		}
		from, to = n.Lines().At(0).Start, n.Lines().At(n.Lines().Len()-1).Stop
		if n.HasClosure() {
			to = max(to, n.ClosureLine.Stop)
		}
	case *ast.RawHTML:
		from, to = n.Segments.At(0).Start, n.Segments.At(n.Segments.Len()-1).Stop
	}
	data := d.Source.Data
	for at := from; at < to; {
		open := bytes.Index(data[at:to], []byte("<!--"))
		if open < 0 {
			return
		}
		open += at
		inner := open + len("<!--")
		length := bytes.Index(data[inner:to], []byte("-->"))
		if length < 0 {
			return
		}
		at = inner + length + len("-->")
		if a, ok := readAllowance(string(data[inner : inner+length])); ok {
			a.Start, a.End = open, at
			a.From, a.To = d.covered(open, at)
			d.Allowed = append(d.Allowed, a)
		}
	}
}

// readAllowance reads what stands in a comment. Ok is false where it is not for
// Candor.
func readAllowance(comment string) (a Allowance, ok bool) {
	text, ok := strings.CutPrefix(strings.TrimSpace(comment), "candor:")
	if !ok {
		return a, false
	}
	text, _ = strings.CutPrefix(strings.TrimSpace(text), "allow")
	rest := strings.TrimSpace(text)
	for rest != "" {
		end := strings.IndexAny(rest, ",， \t\n：:;；")
		word := rest
		if end >= 0 {
			word = rest[:end]
		}
		if word != "" {
			if reason, found := cutReason(rest); found {
				a.Reason = strings.TrimSpace(reason)
				return a, true
			}
			a.Rules = append(a.Rules, word)
		}
		if end < 0 {
			break
		}
		rest = strings.TrimLeft(rest[end:], ",， \t\n：:;；")
	}
	return a, true
}

// cutReason returns what follows the word that gives a reason.
func cutReason(text string) (string, bool) {
	for _, word := range [...]string{"because", "因为", "因為"} {
		if reason, ok := strings.CutPrefix(text, word); ok {
			return strings.TrimLeft(reason, ",，:： \t\n"), true
		}
	}
	return "", false
}

// coverage is what covered knows of a text, made when the first comment comes.
type coverage struct {
	lines       []string
	starts      []int // of the lines
	first, last int   // lines of the paragraph that was looked at last, from 0
	to          int   // the last line that comments in it cover
}

// line returns the number of the line that a byte is in, from 0.
func (c *coverage) line(at int) int {
	i, found := slices.BinarySearch(c.starts, at)
	if !found {
		i--
	}
	return i
}

// covered returns the lines that a comment at data[start:end] covers: those up to
// the next empty line on both sides, and if nothing but comments is there, those of
// the next paragraph as well.
func (d *Document) covered(start, end int) (from, to int) {
	c := d.coverage
	if c == nil {
		c = &coverage{lines: strings.Split(d.Text, "\n"), last: -1}
		at := 0
		for _, line := range c.lines {
			c.starts = append(c.starts, at)
			at += len(line) + 1
		}
		d.coverage = c
	}
	from, to = c.line(start), c.line(end)
	if from < c.first || to > c.last { // else it is in the same paragraph as the one before
		c.look(from, to)
	}
	return c.first + 1, c.to + 1
}

// look finds what comments cover that are in a paragraph with some lines.
func (c *coverage) look(from, to int) {
	for from > 0 && !blank(c.lines[from-1]) {
		from--
	}
	to = paragraphEnd(c.lines, to)
	c.first, c.last, c.to = from, to, to
	for _, part := range strings.SplitAfter(strings.Join(c.lines[from:to+1], "\n"), "-->") {
		if text, _, _ := strings.Cut(part, "<!--"); !blank(text) {
			return
		}
	}
	next := to + 1
	for next < len(c.lines) && blank(c.lines[next]) {
		next++
	}
	if next < len(c.lines) {
		c.to = paragraphEnd(c.lines, next)
	}
}

// paragraphEnd returns the last line before an empty one, from line at on.
func paragraphEnd(lines []string, at int) int {
	for at+1 < len(lines) && !blank(lines[at+1]) {
		at++
	}
	return at
}

func blank(line string) bool { return strings.TrimSpace(line) == "" }

// frontAllowances notes the comments for Candor in front matter.
func (d *Document) frontAllowances() {
	data := d.Source.Data
	if !bytes.Contains(data[d.frontFrom:d.frontTo], allowSign) {
		return
	}
	last := 1 + bytes.Count(data[:d.frontTo], []byte("\n"))
	for at := d.frontFrom; at < d.frontTo; at += lineLen(data[at:]) + 1 {
		line := data[at : at+lineLen(data[at:])]
		comment, ok := bytes.CutPrefix(bytes.TrimLeft(line, " \t"), []byte("#"))
		if !ok {
			continue
		}
		if a, ok := readAllowance(string(comment)); ok {
			a.Start, a.End = at, at+len(line)
			a.From, a.To, a.Whole = 1, last, true
			d.Allowed = append(d.Allowed, a)
		}
	}
}

// At makes a finding at the comment.
func (a Allowance) At(doc *Document, message, hint diag.Text) diag.Diagnostic {
	return doc.Source.At(a.Start, a.End, "suppression", message, hint)
}
