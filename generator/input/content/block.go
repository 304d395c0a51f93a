package content

import (
	"bytes"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// BlockKind is what a block of text is.
type BlockKind uint8

// The kinds of block.
const (
	Paragraph BlockKind = iota
	List
	Table
	Quotation
	Code
	Subheading // a heading inside a section
	Rule

	unseen // it shows nothing
)

// Block is one block at the top of a Fragment: a paragraph, a whole list, a
// heading inside a section. It says what a translation has to have as well.
type Block struct {
	Kind       BlockKind
	Items      int // of a list, with those of the lists in it; rows of a table, its head among them
	Tasks      int
	Links      int // [written so](…), of all schemes; bare addresses are text
	Images     int
	Start, End int // in the source, without the empty lines behind it

	html, holes int // where it begins in the Fragment's HTML and among its Holes
}

// blocks counts what stands in the blocks at the top of a document while it is
// walked through.
type blocks struct {
	root    ast.Node
	list    []Block // of all children of root, in their order
	current *Block
}

// enter notes a node. Nodes come in the order of the text.
func (b *blocks) enter(n ast.Node) {
	if n.Parent() == b.root {
		b.list = append(b.list, Block{Kind: kindOf(n), Start: max(n.Pos(), 0)})
		b.current = &b.list[len(b.list)-1]
		return
	}
	switch n.(type) {
	case *ast.ListItem, *extast.TableRow, *extast.TableHeader:
		b.current.Items++
	case *ast.Link:
		b.current.Links++
	case *ast.Image:
		b.current.Images++
	case *extast.TaskCheckBox:
		b.current.Tasks++
	}
}

// end says where each block ends: before the next one begins.
func (b *blocks) end(src []byte) {
	for i := range b.list {
		to := len(src)
		if i+1 < len(b.list) {
			to = b.list[i+1].Start
		}
		block := &b.list[i]
		block.End = block.Start + len(bytes.TrimRight(src[block.Start:max(to, block.Start)], " \t\n"))
	}
}

func kindOf(n ast.Node) BlockKind {
	switch n.(type) {
	case *ast.List:
		return List
	case *extast.Table:
		return Table
	case *ast.Blockquote:
		return Quotation
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		return Code
	case *ast.Heading:
		return Subheading
	case *ast.ThematicBreak:
		return Rule
	case *ast.HTMLBlock, *ast.LinkReferenceDefinition:
		return unseen
	}
	return Paragraph
}

// Cut returns a block of the fragment as a fragment of its own.
func (f Fragment) Cut(i int) Fragment {
	b := f.Blocks[i]
	to, holes := len(f.HTML), len(f.Holes)
	if i+1 < len(f.Blocks) {
		to, holes = f.Blocks[i+1].html, f.Blocks[i+1].holes
	}
	cut := Fragment{HTML: strings.TrimRight(f.HTML[b.html:to], "\n"), Holes: slices.Clone(f.Holes[b.holes:holes])}
	for j := range cut.Holes {
		cut.Holes[j].At -= b.html
	}
	return cut
}
