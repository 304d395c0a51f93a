package figures

import (
	"strings"

	"candor/generator/diag"
)

// cellLimit is up to how many cells of a record are told apart.
const cellLimit = 100_000

// cell is one value of a record, and the bytes of the file that hold it.
type cell struct {
	text       string // without quotes
	start, end int    // with them
}

// records splits a text into records as RFC 4180 says. encoding/csv does the same
// but stops at the first fault and does not say where a cell ends.
type records struct {
	data   string
	at     int
	cells  []cell // of the record read last
	broken bool   // a fault of that record has been reported
	report func(start, end int, message, hint diag.Text)
}

// next reads the next record that is not a blank line. Its cells are good until
// the next call.
func (r *records) next() bool {
	for r.at < len(r.data) {
		if n := r.lineEnd(r.at); n > 0 {
			r.at += n
			continue
		}
		r.cells, r.broken = r.cells[:0], false
		for r.cell() {
		}
		return true
	}
	return false
}

// lineEnd returns the length of the line's end that stands at i; 0 where none does.
// At the end of the file, that of a carriage return alone.
func (r *records) lineEnd(i int) int {
	switch rest := r.data[i:]; {
	case strings.HasPrefix(rest, "\n"):
		return 1
	case strings.HasPrefix(rest, "\r\n"):
		return 2
	case rest == "\r":
		return 1
	}
	return 0
}

// cell reads a cell and what ends it, and says whether the record goes on.
func (r *records) cell() bool {
	if r.at < len(r.data) && r.data[r.at] == '"' {
		r.quoted()
	} else {
		r.plain()
	}
	if r.at < len(r.data) && r.data[r.at] == ',' {
		r.at++
		return true
	}
	if r.at < len(r.data) {
		r.at += r.lineEnd(r.at)
	}
	return false
}

func (r *records) plain() {
	start, end := r.at, len(r.data)
	if n := strings.IndexAny(r.data[start:], ",\n"); n >= 0 {
		end = start + n
	}
	if end > start && r.data[end-1] == '\r' && r.lineEnd(end-1) > 0 {
		end--
	}
	if n := strings.IndexByte(r.data[start:end], '"'); n >= 0 {
		r.fault(start+n, start+n+1, diag.Textf("there is a quotation mark inside a cell that does not begin with one"),
			diag.Textf("put quotation marks around the whole cell, and write each one inside it twice"))
	}
	r.add(cell{r.data[start:end], start, end})
	r.at = end
}

func (r *records) add(c cell) {
	if len(r.cells) < cellLimit {
		r.cells = append(r.cells, c)
	}
}

func (r *records) quoted() {
	start, doubled := r.at, false
	end := start + 1
	for {
		i := strings.IndexByte(r.data[end:], '"')
		if i < 0 {
			r.unended(start)
			return
		}
		end += i
		if !strings.HasPrefix(r.data[end+1:], `"`) {
			break
		}
		doubled = true
		end += 2
	}
	text := r.data[start+1 : end]
	if doubled {
		text = strings.ReplaceAll(text, `""`, `"`)
	}
	end++
	r.add(cell{text, start, end})
	r.at = end
	if end < len(r.data) && r.data[end] != ',' && r.lineEnd(end) == 0 {
		r.fault(end, end+1, diag.Textf("there is text after the quotation mark that ends the cell"),
			diag.Textf("write a quotation mark inside a cell twice"))
		for r.at < len(r.data) && r.data[r.at] != ',' && r.data[r.at] != '\n' {
			r.at++
		}
	}
}

// unended takes the rest of the line for a cell whose quotation mark nothing ends,
// so that the lines below can still be read.
func (r *records) unended(start int) {
	r.fault(start, start+1, diag.Textf("the quotation mark that begins here has no end"),
		diag.Textf("end the cell with a quotation mark"))
	line, _, _ := strings.Cut(r.data[start:], "\n")
	r.at = start + len(strings.TrimSuffix(line, "\r"))
	r.add(cell{r.data[start+1 : r.at], start, r.at})
}

func (r *records) fault(start, end int, message, hint diag.Text) {
	r.broken = true
	r.report(start, end, message, hint)
}
