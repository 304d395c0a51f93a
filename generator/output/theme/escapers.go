package theme

import (
	"bytes"
	"html/template"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"
)

// kind is what html/template knows of a text by its type.
type kind int

const (
	plain kind = iota
	markup
	address
)

var (
	stringType = reflect.TypeFor[string]()
	htmlType   = reflect.TypeFor[template.HTML]()
	urlType    = reflect.TypeFor[template.URL]()
)

// stringOf returns the text of a value. Types with methods may word themselves;
// that is left to html/template.
func stringOf(v reflect.Value) (string, kind) {
	if !v.IsValid() {
		return "", plain
	}
	t := v.Type()
	if t.NumMethod() == 0 {
		switch v.Kind() {
		case reflect.String:
			switch t {
			case htmlType:
				return v.String(), markup
			case urlType:
				return v.String(), address
			}
			return v.String(), plain
		case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
			return strconv.FormatInt(v.Int(), 10), plain
		case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
			return strconv.FormatUint(v.Uint(), 10), plain
		case reflect.Bool:
			return strconv.FormatBool(v.Bool()), plain
		}
	}
	panic(giveUp{})
}

// escaper writes a text so that it is safe in one context. Each does what
// html/template's escapers of that context do one after another.
type escaper func(w *bytes.Buffer, s string, k kind)

// escapers are the contexts that programs know, by html/template's escapers.
var escapers = map[string]escaper{
	"htmlescaper":                         escapeText,
	"rcdataescaper":                       escapeRaw,
	"attrescaper":                         escapeAttribute,
	"nospaceescaper":                      escapeBare,
	"commentescaper":                      func(*bytes.Buffer, string, kind) {},
	"urlfilter urlnormalizer attrescaper": escapeAddress,
	"urlnormalizer attrescaper":           func(w *bytes.Buffer, s string, _ kind) { replace(w, normalize(s, true), &specials) },
	"urlescaper attrescaper":              func(w *bytes.Buffer, s string, k kind) { replace(w, normalize(s, k == address), &specials) },
	"urlescaper":                          func(w *bytes.Buffer, s string, k kind) { w.WriteString(normalize(s, k == address)) },
	"urlnormalizer nospaceescaper":        func(w *bytes.Buffer, s string, _ kind) { escapeBare(w, normalize(s, true), plain) },
	"urlescaper nospaceescaper":           func(w *bytes.Buffer, s string, k kind) { escapeBare(w, normalize(s, k == address), plain) },
	"urlfilter urlnormalizer nospaceescaper": func(w *bytes.Buffer, s string, k kind) {
		escapeBare(w, normalize(filter(s, k), true), plain)
	},
}

// specials are what is not itself between tags and in quoted attributes; other
// bytes pass, also where they are not UTF-8. bareSpecials are those of attributes
// without quotes. The kept ones leave the character references of markup alone.
var (
	specials     = replacements{0: "\uFFFD", '"': "&#34;", '&': "&amp;", '\'': "&#39;", '+': "&#43;", '<': "&lt;", '>': "&gt;"}
	keptSpecials = without(specials, '&')
	bareSpecials = replacements{0: "&#xfffd;", '\t': "&#9;", '\n': "&#10;", '\v': "&#11;", '\f': "&#12;", '\r': "&#13;", ' ': "&#32;",
		'"': "&#34;", '&': "&amp;", '\'': "&#39;", '+': "&#43;", '<': "&lt;", '=': "&#61;", '>': "&gt;", '`': "&#96;"}
)

// replacements is what stands for a byte; an empty one leaves it as it is.
type replacements [256]string

func without(r replacements, b byte) replacements {
	r[b] = ""
	return r
}

func replace(w *bytes.Buffer, s string, with *replacements) {
	from := 0
	for i := 0; i < len(s); i++ {
		if r := with[s[i]]; r != "" {
			w.WriteString(s[from:i])
			w.WriteString(r)
			from = i + 1
		}
	}
	w.WriteString(s[from:])
}

func escapeText(w *bytes.Buffer, s string, k kind) {
	if k == markup {
		w.WriteString(s)
		return
	}
	replace(w, s, &specials)
}

func escapeRaw(w *bytes.Buffer, s string, k kind) {
	if k == markup {
		replace(w, s, &keptSpecials)
		return
	}
	replace(w, s, &specials)
}

// escapeAttribute leaves it to html/template to take the tags out of markup.
func escapeAttribute(w *bytes.Buffer, s string, k kind) {
	if k == markup {
		panic(giveUp{})
	}
	replace(w, s, &specials)
}

// failsafe is what html/template writes for what it cannot make safe.
const failsafe = "ZgotmplZ"

// escapeBare escapes for an attribute without quotes, where some characters
// beyond ASCII are not safe in old browsers.
func escapeBare(w *bytes.Buffer, s string, k kind) {
	if k == markup {
		panic(giveUp{})
	}
	if s == "" {
		w.WriteString(failsafe)
	}
	for i, size := 0, 0; i < len(s); i += size {
		var r rune
		r, size = utf8.DecodeRuneInString(s[i:])
		switch {
		case r < utf8.RuneSelf && bareSpecials[r] != "":
			w.WriteString(bareSpecials[r])
		case 0xfdd0 <= r && r <= 0xfdef, 0xfff0 <= r && r <= 0xffff:
			w.WriteString("&#x" + strconv.FormatInt(int64(r), 16) + ";")
		default:
			w.WriteString(s[i : i+size])
		}
	}
}

// escapeAddress escapes for the beginning of an address in quotes.
func escapeAddress(w *bytes.Buffer, s string, k kind) {
	s = filter(s, k)
	from := 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; addressBytes[c] {
		case asItIs:
			continue
		case percent:
			if escaped(s, i) {
				continue
			}
			fallthrough
		case encoded:
			w.WriteString(s[from:i])
			w.Write([]byte{'%', hexDigits[c>>4], hexDigits[c&15]})
		case special:
			w.WriteString(s[from:i])
			w.WriteString(specials[c])
		}
		from = i + 1
	}
	w.WriteString(s[from:])
}

// filter lets an address pass whose scheme cannot do harm, or that the generator
// vouches for by its type.
func filter(s string, k kind) string {
	if k == address {
		return s
	}
	scheme, _, ok := strings.Cut(s, ":")
	if ok && !strings.Contains(scheme, "/") && !strings.EqualFold(scheme, "https") && !strings.EqualFold(scheme, "http") && !strings.EqualFold(scheme, "mailto") {
		return "#" + failsafe
	}
	return s
}

const hexDigits = "0123456789abcdef"

// What becomes of a byte of an address.
const (
	encoded = iota // %xx
	asItIs
	special // stays in the address and is escaped for the attribute
	percent // stays before two hexadecimal digits
)

// addressBytes says what becomes of the bytes of an address (RFC 3986 §2.2 and
// §2.3, without quotes and parentheses).
var addressBytes = func() (classes [256]byte) {
	for _, c := range "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!#$*,/:;=?@[]" {
		classes[c] = asItIs
	}
	classes['&'], classes['+'], classes['%'] = special, special, percent
	return classes
}()

// escaped says whether two hexadecimal digits follow a percent sign.
func escaped(s string, i int) bool {
	return i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2])
}

func isHex(c byte) bool { return strings.IndexByte("0123456789abcdefABCDEF", c) >= 0 }

// normalize encodes what cannot stand in an address; without whole, also what has
// a meaning in one.
func normalize(s string, whole bool) string {
	var b []byte
	for i := 0; i < len(s); i++ {
		c := s[i]
		keeps := addressBytes[c] != encoded && (addressBytes[c] != percent || escaped(s, i))
		if keeps && (whole || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || strings.IndexByte("-._~", c) >= 0) {
			b = append(b, c)
			continue
		}
		b = append(b, '%', hexDigits[c>>4], hexDigits[c&15])
	}
	return string(b)
}
