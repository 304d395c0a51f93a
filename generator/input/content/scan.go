package content

import (
	"bytes"
	"regexp"
	"unicode/utf8"

	"candor/generator/diag"
)

// Bounds on what is parsed (design §7.4). The Markdown and TOML parsers both
// have inputs that take them more than linear time; no text that a person
// writes for a page comes near these.
const (
	frontLimit    = 64 << 10  // bytes of front matter
	bodyLimit     = 256 << 10 // bytes of Markdown
	nestingLimit  = 32        // quotation and list markers at the start of one line
	columnsLimit  = 64        // cells of one table row
	cellsLimit    = 20_000    // cells of all tables
	addressLimit  = 2048      // bytes of an address: a reference repeats it
	brackets      = 2000      // opening brackets in one paragraph
	delimiters    = 1000      // emphasis marks in one paragraph
	growthLimit   = 24        // bytes of HTML a byte of Markdown, beyond
	growthFree    = 64 << 10  // this many
	findingsLimit = 20        // findings of one kind in one file
)

// Normalise drops a byte order mark and makes line ends \n.
func Normalise(data []byte) []byte {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if bytes.IndexByte(data, '\r') < 0 {
		return data
	}
	data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
	return bytes.ReplaceAll(data, []byte("\r"), []byte("\n"))
}

// ScanText finds what no text may hold: bytes that are not UTF-8, control
// characters, and characters that reorder the text around them.
func ScanText(src diag.Source) diag.List {
	var found diag.List
	data := src.Data
	if !utf8.Valid(data) {
		at := 0 // the first wrong byte: one wrong encoding makes many
		for r, n := utf8.DecodeRune(data); r != utf8.RuneError || n != 1; r, n = utf8.DecodeRune(data[at:]) {
			at += n
		}
		return diag.List{src.At(at, at+1, "bad-value",
			diag.Textf("the byte 0x%02X is not UTF-8", int(data[at])), diag.Textf("save the file as UTF-8"))}
	}
	for at, b := range data {
		if b >= 0x20 && b < 0x7f || b == '\n' || b == '\t' || b > 0x7f && b != 0xe2 && b != 0xc2 {
			continue
		}
		if message, n := forbidden(data[at:]); n > 0 {
			found = append(found, src.At(at, at+n, "bad-value", message,
				diag.Textf("delete it: it is invisible, and can make the text read differently from what is written")))
			if len(found) >= findingsLimit {
				return found
			}
		}
	}
	if bytes.Contains(data, []byte(`\u`)) || bytes.Contains(data, []byte(`\U`)) || bytes.Contains(data, []byte("&#")) {
		found = append(found, scanSpelled(src)...)
	}
	return found
}

// spelled is a character that no text may hold, as TOML or Markdown spell it out.
var spelled = regexp.MustCompile(`(?i)\\(?:u|U0000)(?:00(?:0[0-8bcef]|1[0-9a-f]|7f|[89][0-9a-f])|20(?:2[a-e]|6[6-9]))` +
	`|&#(?:x0*(?:20(?:2[a-e]|6[6-9])|1?[0-8bcef]|7f|[89][0-9a-f])|0*(?:82(?:3[4-8]|9[4-7])));`)

// scanSpelled finds such characters: they hide or reorder text as well as if they were typed.
func scanSpelled(src diag.Source) diag.List {
	var found diag.List
	for _, at := range spelled.FindAllIndex(src.Data, findingsLimit) {
		found = append(found, src.At(at[0], at[1], "bad-value",
			diag.Textf("%s is a character that hides or reorders text", string(src.Data[at[0]:at[1]])),
			diag.Textf("delete it: it is invisible, and can make the text read differently from what is written")))
	}
	return found
}

// blanked returns the text with spaces for what it may not hold, so that the rest
// can be read; or that it is no text at all.
func blanked(data []byte) (text []byte, unreadable bool) {
	if !utf8.Valid(data) {
		return data, true
	}
	text = bytes.Clone(data)
	for at := 0; at < len(text); {
		_, n := utf8.DecodeRune(text[at:])
		if message, _ := forbidden(text[at:]); message.Format != "" && text[at] != '\n' && text[at] != '\t' {
			copy(text[at:at+n], "   ")
		}
		at += n
	}
	return text, false
}

// forbidden says which character at the start of data no text may hold, with its length.
func forbidden(data []byte) (message diag.Text, n int) {
	r, n := utf8.DecodeRune(data)
	switch {
	case r == 0:
		return diag.Textf("the text has a NUL byte"), 1
	case r == utf8.RuneError:
		return diag.Text{}, 0
	case r < 0x20 || r == 0x7f || r >= 0x80 && r < 0xa0:
		return diag.Textf("the text has a control character"), n
	case r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069:
		return diag.Textf("the text has a character that changes the direction of writing"), n
	}
	return diag.Text{}, 0
}

// scanShape finds Markdown that would cost the parser more than its length.
func scanShape(src diag.Source, body int) (diag.List, bool) {
	var found diag.List
	report := func(at int, message diag.Text) {
		found = append(found, src.At(at, at+1, "bad-value", message, diag.Textf("no page needs this: split it")))
	}
	data := src.Data
	open, deep, marks := 0, 0, 0
	columns, cells := 0, 0 // of the table that a line may belong to; of all tables
	for at := body; at < len(data) && len(found) == 0; {
		n := lineLen(data[at:])
		line := data[at : at+n]
		trimmed := bytes.TrimLeft(line, " \t>*+-0123456789.)")
		if len(bytes.TrimSpace(line)) == 0 {
			open, deep, marks, columns = 0, 0, 0, 0
		}
		if len(bytes.Trim(line, " \t>|:-")) == 0 && bytes.IndexByte(line, '-') >= 0 {
			columns = 1 + bytes.Count(line, []byte("|"))
		}
		cells += columns // a short row is filled up
		if beginsItem(line) {
			open, deep, marks = 0, 0, 0
		}
		now, most := depth(line, deep)
		deep = now
		open += bytes.Count(line, []byte("["))
		for _, mark := range []byte("*_~`") {
			marks += bytes.Count(line, []byte{mark})
		}
		switch {
		case nesting(line[:n-len(trimmed)]) > nestingLimit || (n-len(trimmed) > 400 && len(trimmed) > 0):
			report(at, diag.Textf("quotations or lists are nested more than %d deep", nestingLimit))
		case bytes.Count(line, []byte("|")) > columnsLimit:
			report(at, diag.Textf("a table row has more than %d cells", columnsLimit))
		case cells > cellsLimit:
			report(at, diag.Textf("the tables have more than %d cells", cellsLimit))
		case most > nestingLimit:
			report(at, diag.Textf("square brackets are nested more than %d deep", nestingLimit))
		case open > brackets:
			report(at, diag.Textf("a paragraph has more than %d opening brackets", brackets))
		case marks > delimiters:
			report(at, diag.Textf("a paragraph has more than %d emphasis marks", delimiters))
		}
		at += n + 1
	}
	return found, len(found) == 0
}

// depth follows how deep the square brackets of a paragraph are nested.
func depth(line []byte, before int) (after, most int) {
	after = before
	for _, b := range line {
		switch b {
		case '[':
			after++
			most = max(most, after)
		case ']':
			after = max(0, after-1)
		}
	}
	return after, most
}

// beginsItem says whether a line begins an item of a list, and so a new paragraph.
func beginsItem(line []byte) bool {
	text := bytes.TrimLeft(line, " ")
	return len(line)-len(text) < 4 && len(text) > 2 && bytes.IndexByte([]byte("-+*"), text[0]) >= 0 && text[1] == ' '
}

// nesting counts the block markers of a line's start: "> - 1. " has three.
func nesting(prefix []byte) int {
	depth := 0
	for i, b := range prefix {
		switch b {
		case '>':
			depth++
		case '*', '+', '-', '.', ')':
			if i+1 == len(prefix) || prefix[i+1] == ' ' || prefix[i+1] == '\t' {
				depth++
			}
		}
	}
	return depth
}
