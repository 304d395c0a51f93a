package content

import (
	"bytes"
	"slices"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"

	"candor/generator/input/prose"
)

// proseWriter collects the words of a document while its tree is walked.
type proseWriter struct {
	doc    *Document
	source string // the document's: runs are parts of it
	runs   []prose.Run
	blocks []proseBlock
}

// proseBlock is a block whose runs begin at an index.
type proseBlock struct {
	from          int
	quoted, dated bool
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
		text = shown(written)
	}
	w.add(text, start, end)
	if n.HardLineBreak() || n.SoftLineBreak() && breaks(n, w.doc.Source.Data) {
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

// take returns the words.
func (w *proseWriter) take() prose.Text {
	if len(w.blocks) == 0 {
		return nil
	}
	runs := slices.Clone(w.runs)
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
