package content

import (
	"bytes"
	"slices"
	"sync"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"

	"candor/generator/prose"
)

// proseWriter collects the words of a document while its tree is walked.
type proseWriter struct {
	doc    *Document
	source string // the document's: runs are parts of it
	blocks []proseBlock

	runs    []prose.Run
	scratch *[]prose.Run // where runs come from
}

// proseBlock is a block whose runs begin at an index.
type proseBlock struct {
	from          int
	quoted, dated bool
}

// scratches are the runs of texts that have been taken: collecting those of one
// text in ever larger lists takes twice their memory.
var scratches = sync.Pool{New: func() any { return new([]prose.Run) }}

// newProseWriter makes a proseWriter for a document.
func newProseWriter(d *Document) *proseWriter {
	w := &proseWriter{doc: d, source: d.Text, scratch: scratches.Get().(*[]prose.Run)}
	w.runs = (*w.scratch)[:0]
	return w
}

// letGo gives the list of runs to the next.
func (w *proseWriter) letGo() {
	clear(w.runs)
	*w.scratch = w.runs[:0]
	scratches.Put(w.scratch)
	w.runs, w.scratch = nil, nil
}

// enter takes in a node before its children.
func (w *proseWriter) enter(n ast.Node) {
	switch n := n.(type) {
	case *ast.Paragraph, *ast.TextBlock, *extast.TableCell:
		w.open(quotes(n))
	case *ast.Heading:
		w.open(quotes(n) || w.doc.Place.Kind == FAQ)
	case *ast.CodeSpan, *ast.Image, *ast.AutoLink:
		w.add(prose.Object, n.Pos(), n.Pos())
	case *extast.TaskCheckBox:
		if tasks := w.doc.Tasks; len(tasks) > 0 && len(w.blocks) > 0 {
			w.blocks[len(w.blocks)-1].dated = !tasks[len(tasks)-1].Due.IsZero()
		}
	case *ast.Text:
		w.text(n)
	}
}

func (w *proseWriter) open(quoted bool) {
	w.blocks = append(w.blocks, proseBlock{from: len(w.runs), quoted: quoted})
}

func (w *proseWriter) add(text string, start, end int) {
	if len(w.blocks) > 0 {
		w.runs = append(w.runs, prose.Run{Text: text, Start: start, End: end})
	}
}

func (w *proseWriter) text(n *ast.Text) {
	if p := n.Parent(); p != nil && (p.Kind() == ast.KindCodeSpan || p.Kind() == ast.KindImage) {
		return
	}
	start, end := n.Segment.Start, n.Segment.Stop
	text := w.source[start:end]
	if written := w.doc.Source.Data[start:end]; bytes.ContainsAny(written, "\\&") {
		text = string(util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(written))))
	}
	w.add(text, start, end)
	if n.SoftLineBreak() || n.HardLineBreak() {
		w.add("\n", end, min(end+1, len(w.source)))
	}
}

// quotes says whether a block stands in a block quotation.
func quotes(n ast.Node) bool {
	for p := n.Parent(); p != nil; p = p.Parent() {
		if p.Kind() == ast.KindBlockquote {
			return true
		}
	}
	return false
}

// take returns the words, and ends the writer.
func (w *proseWriter) take() prose.Text {
	if len(w.blocks) == 0 {
		w.letGo()
		return nil
	}
	runs := slices.Clone(w.runs)
	w.letGo()
	text := make(prose.Text, 0, len(w.blocks))
	for i, b := range w.blocks {
		to := len(runs)
		if i+1 < len(w.blocks) {
			to = w.blocks[i+1].from
		}
		if b.from < to {
			text = append(text, prose.Block{Runs: runs[b.from:to:to], Quoted: b.quoted, Dated: b.dated})
		}
	}
	return text
}
