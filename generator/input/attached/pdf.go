package attached

import (
	"bytes"
	"encoding/hex"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/encoding/unicode"

	"candor/generator/diag"
)

// pdfStrings are the entries of the document's information that may name somebody (ISO 32000-2, 14.3.3).
var pdfStrings = []string{"/Author", "/Creator", "/Title", "/Subject", "/Keywords"}

// pdfRemarks are annotations with a remark that only shows when it is opened (12.5.6); stamps, typed text
// and drawings are seen, and links and fields are no remarks.
var pdfRemarks = []string{"/Text", "/Highlight", "/Underline", "/Squiggly", "/StrikeOut", "/Caret", "/Popup"}

// pdfStream is what is between the name of a stream's type and its bytes.
var pdfStream = regexp.MustCompile(`^[^%]{0,500}?\bstream\r?\n`)

// xmpCreator is what follows <dc:creator> (XMP, ISO 16684-1).
var xmpCreator = regexp.MustCompile(`(?s)^.{0,300}?<rdf:li[^>]*>([^<]*)`)

// pdf looks into the properties and annotations of a PDF, and not into the text of its pages. It does not
// follow the document's table of objects, so that nothing can send it in a circle: it looks for what it
// knows in the bytes, and in the streams that have objects or metadata.
func (f *File) pdf() {
	f.pdfObjects(f.Data)
	for _, kind := range []string{"/ObjStm", "/Metadata"} {
		after(f.Data, kind, func(data []byte) bool {
			if head := pdfStream.Find(data[:min(len(data), 600)]); head != nil {
				f.pdfObjects(f.unpacked(data[len(head):]))
			}
			return f.room > 0
		})
	}
	if bytes.Contains(f.Data, []byte("/Encrypt")) {
		f.found(diag.Textf("this file is encrypted, so Candor cannot look into it"),
			diag.Textf("save it without a password"), true)
	}
}

// placesLimit bounds how many places of a word are looked at; documents of thousands of pages have fewer.
const placesLimit = 10_000

// after calls see with what follows each place of a word, until see returns false.
func after(data []byte, word string, see func(data []byte) bool) {
	for range placesLimit {
		_, rest, found := bytes.Cut(data, []byte(word))
		if !found || !see(rest) {
			return
		}
		data = rest
	}
}

// pdfObjects looks into objects that are not packed.
func (f *File) pdfObjects(data []byte) {
	for _, key := range pdfStrings {
		after(data, key, func(data []byte) bool {
			value, ok := pdfString(data[:min(len(data), 1<<10)])
			if ok && key == "/Author" {
				f.author(value)
			}
			if ok {
				f.properties(value)
			}
			return len(f.Texts) < 100
		})
	}
	n := 0
	after(data, "<dc:creator>", func(data []byte) bool {
		if m := xmpCreator.FindSubmatch(data[:min(len(data), 600)]); m != nil {
			f.author(string(m[1]))
		}
		n++
		return n < 100
	})
	attachment := bytes.Contains(data, []byte("/EmbeddedFile"))
	after(data, "/Subtype", func(data []byte) bool {
		data = bytes.TrimLeft(data[:min(len(data), 64)], " \t\r\n\f\x00")
		name := string(data[:min(len(data), 1)])
		if name == "/" {
			end := bytes.IndexAny(data[1:], " \t\r\n\f\x00/<>[]()")
			name += string(data[1:][:max(end, 0)])
		}
		attachment = attachment || name == "/FileAttachment" // 12.5.6.15
		if slices.Contains(pdfRemarks, name) {
			f.found(diag.Textf("this file has comments in it"),
				diag.Textf("delete all comments, or print it into a new PDF"), false)
		}
		return true
	})
	if attachment {
		f.found(diag.Textf("this file has another file in it"),
			diag.Textf("print it into a new PDF without attachments"), false)
	}
}

// pdfString reads the string object at the beginning of the bytes (7.3.4).
func pdfString(data []byte) (string, bool) {
	data = bytes.TrimLeft(data, " \t\r\n\f\x00")
	if len(data) == 0 || data[0] != '(' && data[0] != '<' {
		return "", false
	}
	depth := 0
	for i := 0; i < len(data); i++ {
		switch c := data[i]; {
		case c == '\\':
			i++
		case c == '(':
			depth++
		case c == ')' && data[0] == '(':
			if depth--; depth == 0 {
				return pdfText(data[:i+1]), true
			}
		case c == '>' && data[0] == '<':
			return pdfText(data[:i+1]), true
		}
	}
	return "", false
}

// pdfText returns the text of a string object: in UTF-16 if it begins with its mark, else as it is.
func pdfText(object []byte) string {
	text := object[1 : len(object)-1]
	if object[0] == '<' {
		digits := bytes.Join(bytes.Fields(text), nil)
		text = make([]byte, len(digits)/2)
		if _, err := hex.Decode(text, digits[:len(digits)/2*2]); err != nil {
			return ""
		}
	} else if bytes.Contains(text, []byte(`\`)) {
		text = pdfUnescape(text)
	}
	if bytes.HasPrefix(text, []byte("\xfe\xff")) || bytes.HasPrefix(text, []byte("\xff\xfe")) {
		if plain, err := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder().Bytes(text); err == nil {
			text = plain
		}
	}
	return strings.ToValidUTF8(string(text), "\ufffd")
}

// pdfUnescape resolves the escapes of a literal string (7.3.4.2).
func pdfUnescape(text []byte) []byte {
	out := make([]byte, 0, len(text))
	for i := 0; i < len(text); i++ {
		if text[i] != '\\' || i+1 == len(text) {
			out = append(out, text[i])
			continue
		}
		i++
		if text[i] < '0' || text[i] > '7' {
			out = append(out, text[i])
			continue
		}
		code, n := 0, 0
		for ; n < 3 && i+n < len(text) && text[i+n] >= '0' && text[i+n] <= '7'; n++ {
			code = code<<3 | int(text[i+n]-'0')
		}
		out = append(out, byte(code))
		i += n - 1
	}
	return out
}
