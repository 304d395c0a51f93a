// Package prose is what readers read of a document: its words without markup, in
// blocks, each word with its place in the source. Those who judge wording work on
// it; who makes it is content.
package prose

// Text is the words of a document in its order.
type Text []Block

// Block is a paragraph, a heading, an item of a list, a cell of a table, or the
// value of a key of front matter. No sentence goes beyond its block.
type Block struct {
	Runs   []Run
	Quoted bool // somebody else's words, as a block quotation or a question of an FAQ is
	Dated  bool // a time belongs to it that is not in its text, as to a promise with due:
}

// Run is a piece of a block's text and where it stands in the source. Runs follow
// one another without a gap: emphasis inside a word divides nothing. A line end
// within a paragraph is "\n". What is shown and is not prose, such as inline code
// or an image, is a run with the text Object.
type Run struct {
	Text       string
	Start, End int // of the bytes of the source that make Text; where the lengths differ, because
	// the source has escapes, what is found in the run is found on all of it
}

// Object stands for what is no text (U+FFFC, object replacement character).
const Object = "\ufffc"

// Plain makes a Text of one block that stands in the source as it is, from start on.
func Plain(text string, start int) Text {
	return Text{{Runs: []Run{{Text: text, Start: start, End: start + len(text)}}}}
}
