package machine

import (
	"bytes"
	"encoding/xml"
	"strings"
	"unicode/utf8"
)

// XML writes elements of XML. Whatever texts and attributes are, they are read back as they were
// given, except for characters that XML does not have: these become U+FFFD.
type XML struct{ buffer bytes.Buffer }

// Open begins an element. Attributes are names and values in turn; one with an empty value is left
// out.
func (x *XML) Open(name string, attributes ...string) {
	x.buffer.WriteByte('<')
	x.buffer.WriteString(name)
	for i := 0; i < len(attributes); i += 2 {
		if attributes[i+1] == "" {
			continue
		}
		x.buffer.WriteByte(' ')
		x.buffer.WriteString(attributes[i])
		x.buffer.WriteString(`="`)
		x.text(attributes[i+1])
		x.buffer.WriteByte('"')
	}
	x.buffer.WriteByte('>')
}

// Close ends an element.
func (x *XML) Close(name string) {
	x.buffer.WriteString("</")
	x.buffer.WriteString(name)
	x.buffer.WriteByte('>')
}

// Element writes an element with a text.
func (x *XML) Element(name, text string, attributes ...string) {
	x.Open(name, attributes...)
	x.text(text)
	x.Close(name)
}

// special are the signs that encoding/xml writes in another way, and how.
var special = strings.NewReplacer(`"`, "&#34;", "'", "&#39;", "&", "&amp;", "<", "&lt;", ">", "&gt;",
	"\t", "&#x9;", "\n", "&#xA;", "\r", "&#xD;")

// text writes what xml.EscapeText writes, faster unless the text has characters that XML lacks.
func (x *XML) text(text string) {
	var err error
	if plausible(text) {
		_, err = special.WriteString(&x.buffer, text)
	} else {
		err = xml.EscapeText(&x.buffer, []byte(text))
	}
	if err != nil {
		panic("machine: writing to memory failed: " + err.Error())
	}
}

// plausible reports whether XML has all characters of a text.
func plausible(text string) bool {
	for i := range len(text) {
		switch c := text[i]; {
		case c < ' ' && c != '\t' && c != '\n' && c != '\r':
			return false
		case c == 0xef && i+2 < len(text) && text[i+1] == 0xbf && text[i+2] >= 0xbe: // U+FFFE and U+FFFF
			return false
		}
	}
	return utf8.ValidString(text)
}

// Bytes returns what has been written. It stays as it is when more is written.
func (x *XML) Bytes() []byte { return x.buffer.Bytes() }
