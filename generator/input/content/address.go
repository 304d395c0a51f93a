package content

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// addresses makes links of bare addresses. goldmark's parser, which it wraps, looks for them behind
// a space; this one does so behind Chinese and full-width punctuation, too: 网址：https://example.org.
// E-mail addresses with an asterisk are masked, and no links.
type addresses struct{ linkify parser.InlineParser }

// Trigger implements parser.InlineParser: ':' is for https:, '.' for www., '@' for e-mail addresses.
func (p addresses) Trigger() []byte { return append([]byte(":.@"), p.linkify.Trigger()...) }

// Parse implements parser.InlineParser.
func (p addresses) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, segment := block.PeekLine()
	begun := 0 // how much of the address is in the text before
	switch line[0] {
	case ':', '.', '@':
		if begun = begunBefore(parent, block.Source(), line, segment.Start); begun == 0 {
			return nil
		}
		number, _ := block.Position()
		block.SetPosition(number, segment.WithStart(segment.Start-begun))
	case '*', '_', '~':
		before := block.PrecendingCharacter()
		if before < utf8.RuneSelf && (isWord(byte(before)) || before == rune(line[0])) &&
			bytes.IndexByte(line[1:min(len(line), 1+len("https:"))], ':') < 0 {
			return nil // the end of an address that has been refused
		}
	}
	link, ok := p.linkify.Parse(parent, block, pc).(*ast.AutoLink)
	if !ok {
		return nil
	}
	_, rest := block.Position()
	label := link.Label(block.Source())
	link.SetPos(rest.Start - len(label))
	if before, ok := parent.LastChild().(*ast.Text); ok && begun > 0 {
		if before.Segment.Stop -= begun; before.Segment.IsEmpty() {
			parent.RemoveChild(parent, before)
		}
	}
	if link.AutoLinkType == ast.AutoLinkEmail && bytes.IndexByte(label, '*') >= 0 {
		return ast.NewTextSegment(text.NewSegment(rest.Start-len(label), rest.Start))
	}
	return link
}

// begunBefore returns how many bytes before the sign at source[at:] begin the address that it is in;
// 0 if it is in none that may begin there.
func begunBefore(parent ast.Node, source, line []byte, at int) int {
	before, ok := parent.LastChild().(*ast.Text)
	if !ok || before.Segment.Stop != at || before.SoftLineBreak() {
		return 0
	}
	written := before.Segment.Value(source)
	n := 0
	switch {
	case line[0] == ':' && bytes.HasPrefix(line, []byte("://")):
		if n = len("https"); !bytes.HasSuffix(written, []byte("https")) {
			n = len("http")
		}
		if !bytes.HasSuffix(written, []byte("https")[:n]) {
			return 0
		}
	case line[0] == '.' && bytes.HasSuffix(written, []byte("www")):
		n = len("www")
	case line[0] == '@':
		for n < len(written) && n < near && !isNotOfMail(rune(written[len(written)-n-1])) {
			n++
		}
		if n == 0 || !isWord(written[len(written)-n]) {
			return 0
		}
	}
	first, _ := utf8.DecodeLastRune(written[:len(written)-n])
	if n < len(written) && first < utf8.RuneSelf && bytes.IndexByte([]byte(":,;="), byte(first)) < 0 ||
		unicode.IsLetter(first) && !isCJK(first) {
		return 0
	}
	return n
}
