package content

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"golang.org/x/text/width"
)

// isCJK reports whether a character is Chinese, Japanese or Korean, as the amendments to CommonMark
// define it that markdown-cjk-friendly keeps to: a wide, full-width or half-width one that is not
// an emoji, or Hangul.
func isCJK(r rune) bool {
	if r < 0x1100 {
		return false
	}
	if r >= 0x4e00 && r <= 0x9fff { // by far most of them
		return true
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianFullwidth, width.EastAsianHalfwidth:
		return true
	case width.EastAsianWide:
		return !isWideEmoji(r)
	}
	return unicode.Is(unicode.Hangul, r)
}

// isWideEmoji reports whether a wide character is shown as an emoji by default (UTS #51).
func isWideEmoji(r rune) bool {
	switch {
	case r < 0x2e80:
		return r >= 0x231a && r != 0x2329 && r != 0x232a // not 〈 〉, not Hangul
	case r >= 0x1f200 && r <= 0x1f265:
		return strings.ContainsRune("🈁🈚🈯🈲🈳🈴🈵🈶🈸🈹🈺🉐🉑", r)
	}
	return r >= 0x1f004 && r <= 0x1faff
}

// spaced reports whether a line end between two characters is a space. It is none between Chinese or
// Japanese ones, nor beside full-width punctuation. Korean has spaces between words.
func spaced(before, after rune) bool {
	punctuation := isCJK(before) && isPunct(before) || isCJK(after) && isPunct(after)
	return !punctuation && !(isUnspaced(before) && isUnspaced(after))
}

// isUnspaced reports whether a character is of a script that has no spaces between words.
func isUnspaced(r rune) bool { return isCJK(r) && !unicode.Is(unicode.Hangul, r) }

func isPunct(r rune) bool { return unicode.IsPunct(r) || unicode.IsSymbol(r) }

// isNeutral reports whether a character is as much at home in Chinese as elsewhere, and so does not
// say in which of them a line ends: “ ” … — and emoji.
func isNeutral(r rune) bool {
	return r > unicode.MaxASCII && !isCJK(r) && (isPunct(r) || unicode.In(r, unicode.Mn, unicode.Cf))
}

// lastOf returns the last character of a text that is not neutral; 0 if there is none.
func lastOf(text string) rune {
	for text != "" {
		r, n := utf8.DecodeLastRuneInString(text)
		if !isNeutral(r) {
			return r
		}
		text = text[:len(text)-n]
	}
	return 0
}

// firstOf returns the first character of a text that is not neutral; 0 if there is none.
func firstOf(text string) rune {
	for _, r := range text {
		if !isNeutral(r) {
			return r
		}
	}
	return 0
}

// breaks reports whether the line end behind a text is a space.
func breaks(n *ast.Text, src []byte) bool {
	before, after := lastOf(leafText(n, src)), rune(0)
	for leaf := ast.Node(n); before == 0; {
		leaf = beside(leaf, ast.Node.PreviousSibling, ast.Node.LastChild)
		if leaf == nil || endsLine(leaf) {
			break
		}
		before = lastOf(leafText(leaf, src))
	}
	for leaf := ast.Node(n); after == 0; {
		leaf = beside(leaf, ast.Node.NextSibling, ast.Node.FirstChild)
		if leaf == nil {
			break
		}
		if after = firstOf(leafText(leaf, src)); endsLine(leaf) {
			break
		}
	}
	return spaced(before, after)
}

func endsLine(n ast.Node) bool {
	t, ok := n.(*ast.Text)
	return ok && (t.SoftLineBreak() || t.HardLineBreak())
}

// beside returns the nearest inline node without children in a direction, within the block.
func beside(n ast.Node, next, inner func(ast.Node) ast.Node) ast.Node {
	for next(n) == nil {
		if n = n.Parent(); n == nil || n.Type() != ast.TypeInline {
			return nil
		}
	}
	for n = next(n); inner(n) != nil; {
		n = inner(n)
	}
	return n
}

func leafText(n ast.Node, src []byte) string {
	switch n := n.(type) {
	case *ast.Text:
		return string(n.Segment.Value(src))
	case *ast.AutoLink:
		return string(n.Label(src))
	}
	return ""
}

// joined returns a text of several lines in one.
func joined(text string) string {
	lines := strings.Split(text, "\n")
	if len(lines) == 1 {
		return text
	}
	var b strings.Builder
	before := rune(0)
	for _, line := range lines {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		if b.Len() > 0 && spaced(before, firstOf(line)) {
			b.WriteByte(' ')
		}
		b.WriteString(line)
		before = lastOf(line)
	}
	return b.String()
}
