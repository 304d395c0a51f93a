package diag

import (
	"bytes"
	"unicode/utf8"
)

// Places makes findings in one source as Source.At does. Each place is counted from the one before
// it, not from the beginning of the file: any number of findings, made by their places, take no
// more time than reading the file once.
type Places struct {
	source     Source
	line       []byte // the line of the last place, without its end
	from       int    // where the line begins
	number     int    // of the line, from 1; 0 before the first place
	at, column int    // the last place: byte of the source, and code points before it in its line
}

// InOrder returns the Places of the source.
func (s Source) InOrder() *Places { return &Places{source: s} }

// At makes an error at the bytes [start, end) of the source. A start of -1
// means the file as a whole.
func (p *Places) At(start, end int, rule string, message, hint Text) Diagnostic {
	d := Diagnostic{Rule: rule, Severity: Error, Path: p.source.Path, Message: message, Hint: hint}
	if start < 0 {
		return d
	}
	start = p.move(min(start, len(p.source.Data)))
	end = boundary(p.line, min(max(start, end-p.from), len(p.line)))
	d.Line, d.Column = p.number, 1+p.column
	d.Width = max(1, utf8.RuneCount(p.line[start:end]))
	d.Excerpt, d.Skipped = clip(p.line, start, p.column)
	return d
}

// move goes to a byte of the source and returns the byte of the line at which its code point begins.
func (p *Places) move(to int) int {
	data := p.source.Data
	if to < p.at {
		p.number, p.at = 0, 0
	}
	last := bytes.LastIndexByte(data[p.at:to], '\n')
	if p.number == 0 || last >= 0 {
		p.number = max(1, p.number) + bytes.Count(data[p.at:to], []byte("\n"))
		p.from = p.at + last + 1
		p.line, _, _ = bytes.Cut(data[p.from:], []byte("\n"))
		p.line = bytes.TrimSuffix(p.line, []byte("\r"))
		if rest, found := bytes.CutPrefix(p.line, []byte("\ufeff")); found && p.from == 0 { // no character of the line
			p.from, p.line = len(p.line)-len(rest), rest
		}
		p.at, p.column = p.from, 0
	}
	start := boundary(p.line, min(max(0, to-p.from), len(p.line)))
	p.column += utf8.RuneCount(p.line[p.at-p.from : start])
	p.at = p.from + start
	return start
}

// boundary returns where the code point begins that byte i belongs to.
func boundary(line []byte, i int) int {
	for back := 1; back < utf8.UTFMax && back <= i; back++ {
		if _, size := utf8.DecodeRune(line[i-back:]); size > back {
			return i - back
		}
	}
	return i
}

// excerptLimit is up to which length, in bytes, a line is kept whole. A paragraph
// of Chinese is one line and often longer; of such a line the part around the
// fault is kept.
const excerptLimit = 400

// clip returns the part of a line around the code point that begins at a byte and has some code
// points before it, and how many code points it left out before that part. Invalid bytes are one
// code point each.
func clip(line []byte, at, column int) (part string, skipped int) {
	if len(line) <= excerptLimit {
		return string([]rune(string(line))), 0
	}
	const before, after = excerptLimit / 8, excerptLimit / 4
	from, to := at, at
	for skipped = column; from > 0 && column-skipped < before; skipped-- {
		_, n := utf8.DecodeLastRune(line[:from])
		from -= n
	}
	for most := max(column+after, skipped+before+after); to < len(line) && column < most; column++ {
		_, n := utf8.DecodeRune(line[to:])
		to += n
	}
	return string([]rune(string(line[from:to]))), skipped
}
