package figures

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"candor/generator/diag"
	"candor/generator/fileset"
	"candor/generator/input/tomldoc"
)

// Bounds on what is read. A hundred thousand rows are far below them.
const (
	sizeLimit     = 16 << 20 // bytes
	rowLimit      = 200_000
	columnLimit   = 40
	findingsLimit = 20
)

const bom = "\ufeff"

// column is one that a file can have.
type column struct {
	name     string
	needed   bool
	synonyms []string // in Chinese, the usual one first
}

// sheet is a file being read: its columns are known, and its rows come one by one.
type sheet struct {
	src     diag.Source
	zone    *time.Location
	private bool // findings quote nothing
	found   diag.List
	full    bool // there are more findings than are listed
	faulty  bool // the row at hand has a finding
	records
	columns []column
	chinese bool // the header names a column in Chinese
	header  []cell
	names   []string // by position, as the columns are called here; empty for one without a name
	own     []bool   // by position: a column of the editor's own
	rows    int
}

// open makes a sheet of a file and reads its header. It returns false where there
// is nothing to read, or nothing that makes sense.
func open(file fileset.File, zone *time.Location, columns []column, free, private bool) (*sheet, bool) {
	s := &sheet{src: diag.Source{Path: file.Path, Data: file.Data}, zone: zone, private: private, columns: columns}
	s.report = func(start, end int, message, hint diag.Text) { s.fault(start, end, "bad-value", message, hint) }
	if !s.checkBytes() || !s.checkCharacters() || !s.checkConflicts() {
		return s, false
	}
	s.data = string(file.Data)
	if strings.HasPrefix(s.data, bom) {
		s.at = len(bom)
	}
	return s, s.readHeader(free)
}

// fault reports a fault of the bytes [start, end).
func (s *sheet) fault(start, end int, rule string, message, hint diag.Text) {
	s.faulty = true
	switch {
	case s.full:
	case len(s.found) == findingsLimit:
		s.full = true
		s.found = append(s.found, s.src.Whole("bad-value",
			diag.Textf("there are more faults in this file; the first %d are listed", findingsLimit), diag.Text{}))
	default:
		d := s.src.At(start, end, rule, message, hint)
		if s.private {
			d.Excerpt = mask(d.Excerpt)
		}
		s.found = append(s.found, d)
	}
}

// bad reports a cell with a value that it cannot have.
func (s *sheet) bad(c cell, message, hint diag.Text) {
	s.fault(c.start, c.end, "bad-value", message, hint)
}

// mask hides what a line says and keeps where its cells end.
func mask(line string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(",;\t\"", r) {
			return r
		}
		return '·'
	}, line)
}

// readHeader reads the names of the columns.
func (s *sheet) readHeader(free bool) bool {
	if !s.records.next() {
		s.fault(-1, -1, "bad-value", diag.Textf("the file is empty"),
			diag.Textf("begin it with the names of the columns: %s", s.example()))
		return false
	}
	s.header = slices.Clone(s.cells)
	if s.broken || s.separated() || !s.named() {
		return false
	}
	if len(s.header) > columnLimit {
		s.bad(s.header[columnLimit], diag.Textf("there are more than %d columns", columnLimit),
			diag.Textf("remove what the report does not need"))
		return false
	}
	for _, c := range s.header {
		name, own := s.columnName(c)
		if own {
			s.checkOwn(c, name, free)
		}
		if name != "" && slices.Contains(s.names, name) {
			s.fault(c.start, c.end, "duplicate-id", diag.Textf("there are two columns %s", clip(c.text)),
				diag.Textf("delete one of the two"))
		}
		s.names, s.own = append(s.names, name), append(s.own, own)
	}
	for _, c := range s.columns {
		if c.needed && !slices.Contains(s.names, c.name) {
			s.fault(s.header[0].start, s.header[len(s.header)-1].end, "bad-value",
				diag.Textf("the column %s is missing", s.called(c.name)), diag.Textf("a header is: %s", s.example()))
		}
	}
	return !s.found.HasErrors()
}

// checkOwn reports a column of the editor's own where the file can have none, and one whose name is
// nearly that of another.
func (s *sheet) checkOwn(c cell, name string, free bool) {
	near := ""
	if !free || utf8.RuneCountInString(name) > 2 { // of two characters, half would be another
		near = tomldoc.Nearest(name, append(s.namesIn(false), s.namesIn(true)...))
	}
	hint := diag.Textf("did you mean \"%s\"?", near)
	switch {
	case !free:
		if near == "" {
			hint = diag.Textf("the columns are: %s", s.example())
		}
		s.fault(c.start, c.end, "unknown-key",
			diag.Textf("there is no column \"%s\" in this file", clip(name)), hint)
	case near != "":
		s.fault(c.start, c.end, "unknown-key", diag.Textf("the column \"%s\" is one of your own", clip(name)), hint)
		if !s.full { // the column can be meant
			s.found[len(s.found)-1].Severity = diag.Warning
		}
	}
}

// namesIn returns the names of all columns, in English or in Chinese.
func (s *sheet) namesIn(chinese bool) []string {
	var names []string
	for _, c := range s.columns {
		if chinese {
			c.name = c.synonyms[0]
		}
		names = append(names, c.name)
	}
	return names
}

// firstLine returns the names of all columns but those that translate another.
func (s *sheet) firstLine(chinese bool) string {
	translates := func(name string) bool { return strings.Contains(name, ".") }
	return strings.Join(slices.DeleteFunc(s.namesIn(chinese), translates), ",")
}

// example is a header: in the language of the file's, or else of the reader.
func (s *sheet) example() diag.Text {
	english, chinese := s.firstLine(false), s.firstLine(true)
	switch {
	case s.chinese:
		return diag.Textf("%s", chinese)
	case len(s.names) > 0:
		return diag.Textf("%s", english)
	}
	return diag.Textf("%s", english).Also("zh-Hans", chinese)
}

// called returns the name of a column as the file has it; of one that it does not have, in the
// language of the header.
func (s *sheet) called(name string) string {
	if i := slices.Index(s.names, name); i >= 0 {
		return clip(s.header[i].text)
	}
	for _, c := range s.columns {
		if c.name == name && s.chinese {
			return c.synonyms[0]
		}
	}
	return name
}

// either returns a word in the language of the header.
func (s *sheet) either(english, chinese string) string {
	if s.chinese {
		return chinese
	}
	return english
}

// separated reports a header that is separated by something else than commas.
func (s *sheet) separated() bool {
	if len(s.header) > 1 {
		return false
	}
	c := s.header[0]
	i := strings.IndexAny(c.text, ";\t，|")
	if i < 0 {
		return false
	}
	start := c.start + strings.IndexAny(s.data[c.start:c.end], ";\t，|")
	hint := diag.Textf("save the file as CSV with commas: %s", s.example())
	if c.text[i] == '\t' {
		s.fault(start, start+1, "bad-value", diag.Textf("the columns are separated by tabs, not by commas"), hint)
	} else {
		r, n := utf8.DecodeRuneInString(c.text[i:])
		s.fault(start, start+n, "bad-value",
			diag.Textf("the columns are separated by \"%s\", not by commas", string(r)), hint)
	}
	return true
}

// named reports a file whose first line does not name columns.
func (s *sheet) named() bool {
	known := false
	for _, c := range s.header {
		if name, own := s.columnName(c); !own && name != "" {
			known = true
			s.chinese = s.chinese || strings.ContainsFunc(c.text, func(r rune) bool { return unicode.Is(unicode.Han, r) })
		}
	}
	if !known {
		s.fault(s.header[0].start, s.header[len(s.header)-1].end, "bad-value",
			diag.Textf("the first line does not name the columns"), diag.Textf("begin the file with: %s", s.example()))
	}
	return known
}

// columnName returns what a column is called here, and whether it is the editor's own.
func (s *sheet) columnName(c cell) (name string, own bool) {
	written := strings.Join(strings.Fields(c.text), " ")
	name = strings.ToLower(written)
	for _, known := range s.columns {
		if name == known.name || slices.Contains(known.synonyms, name) {
			return known.name, false
		}
	}
	return written, written != ""
}

// each yields the rows that have the shape of the header and something in them. The
// cells of a row are good until the next one.
func (s *sheet) each(yield func([]cell) bool) {
	for !s.full && s.records.next() {
		if s.broken || !slices.ContainsFunc(s.cells, func(c cell) bool { return trim(c.text) != "" }) {
			continue
		}
		s.faulty = false
		if s.rows++; s.rows > rowLimit {
			s.bad(s.cells[0], diag.Textf("there are more than %d rows", rowLimit),
				diag.Textf("keep one row an hour, or a day"))
			return
		}
		if s.checkShape(); !s.faulty && !yield(s.cells) {
			return
		}
	}
}

// get returns the row's cell in a column; an empty one if there is no such column.
func (s *sheet) get(name string) cell {
	if i := slices.Index(s.names, name); i >= 0 {
		return s.cells[i]
	}
	return cell{}
}

// checkShape drops empty cells beyond the last column, and reports a row that still
// does not fit the header.
func (s *sheet) checkShape() {
	want := len(s.header)
	for len(s.cells) > want && trim(s.cells[len(s.cells)-1].text) == "" {
		s.cells = s.cells[:len(s.cells)-1]
	}
	first, last := s.cells[0], s.cells[len(s.cells)-1]
	switch {
	case len(s.cells) > want:
		s.fault(s.cells[want].start, last.end, "bad-value",
			diag.Textf("this row has %d cells, the header %d", len(s.cells), want),
			diag.Textf(
				"put a text that has a comma into quotation marks, and write numbers without separators: 1234"))
		return
	case len(s.cells) < want:
		s.fault(last.end, last.end, "bad-value", diag.Textf("this row has %d cells, the header %d", len(s.cells), want),
			diag.Textf("leave a cell empty if there is nothing to say, but keep its comma"))
		return
	case slices.EqualFunc(s.cells, s.header, func(a, b cell) bool { return a.text == b.text }):
		s.fault(first.start, last.end, "bad-value", diag.Textf("this is the header again"),
			diag.Textf("delete this line"))
		return
	}
	for i, c := range s.cells {
		if s.names[i] == "" && trim(c.text) != "" {
			s.bad(c, diag.Textf("this cell is in a column without a name"),
				diag.Textf("name the column in the first line"))
			return
		}
	}
}
