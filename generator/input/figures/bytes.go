package figures

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/transform"

	"candor/generator/diag"
	"candor/generator/input/conflict"
)

// checkBytes reports a file that is not a text of lines in UTF-8.
func (s *sheet) checkBytes() bool {
	data, at := s.src.Data, -1
	utf16 := len(data) >= 2 && (string(data[:2]) == "\xff\xfe" || string(data[:2]) == "\xfe\xff" ||
		(data[0] == 0) != (data[1] == 0))
	var message diag.Text
	hint := diag.Textf("save the file as CSV in UTF-8")
	switch {
	case len(data) > sizeLimit:
		message = diag.Textf("the file is larger than %d MiB", sizeLimit>>20)
		hint = diag.Textf("keep one row an hour, or a day")
	case utf16:
		message = diag.Textf("the file is in UTF-16")
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		message = diag.Textf("this is a spreadsheet, not CSV")
	case !utf8.Valid(data):
		_, at, _ = transform.Bytes(encoding.UTF8Validator, data)
		message = diag.Textf("the byte 0x%02X is not UTF-8", int(data[at]))
	case bytes.IndexByte(data, '\n') < 0 && bytes.IndexByte(bytes.TrimSuffix(data, []byte("\r")), '\r') >= 0:
		message = diag.Textf("the lines end only with carriage returns")
	default:
		return true
	}
	s.fault(at, at+1, "bad-value", message, hint)
	return false
}

// checkConflicts reports what version control could not merge.
func (s *sheet) checkConflicts() bool {
	s.found = conflict.Find(s.src)
	if s.private {
		for i := range s.found {
			s.found[i].Excerpt = mask(s.found[i].Excerpt)
		}
	}
	return len(s.found) == 0
}

// checkCharacters reports what no text may hold: control characters, and what
// changes the direction of the text around it.
func (s *sheet) checkCharacters() bool {
	data := s.src.Data
	for at, b := range data {
		if s.full {
			break
		}
		lineEnd := b == '\n' || b == '\r' && (at+1 == len(data) || data[at+1] == '\n')
		if lineEnd || b == '\t' || b >= 0x20 && b != 0x7f && b != 0xe2 && b != 0xc2 {
			continue
		}
		r, n := utf8.DecodeRune(data[at:])
		var what diag.Text
		switch {
		case r == 0:
			what = diag.Textf("the text has a NUL byte")
		case r < 0x20 || r >= 0x7f && r < 0xa0:
			what = diag.Textf("the text has a control character")
		case r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069:
			what = diag.Textf("there is a character here that changes the direction of writing")
		default:
			continue
		}
		s.fault(at, at+n, "bad-value", what, diag.Textf("delete it: it is invisible"))
	}
	return len(s.found) == 0
}
