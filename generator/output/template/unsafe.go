package template

import (
	"bytes"

	"golang.org/x/net/html"
)

// HasUnsafe reports whether html/template has refused a value of a page: whether the word that it
// writes instead is in a tag, a style sheet or a script. In a text, and in an attribute that is one, it
// is a word like any other.
func HasUnsafe(page []byte) bool {
	sign := []byte("ZgotmplZ")
	if !bytes.Contains(page, sign) {
		return false
	}
	z := html.NewTokenizer(bytes.NewReader(page))
	element := ""
	for {
		token := z.Next()
		found := bytes.Contains(z.Raw(), sign)
		switch token {
		case html.ErrorToken:
			return false
		case html.TextToken:
			found = found && (element == "style" || element == "script")
		case html.StartTagToken:
			name, more := z.TagName()
			element = string(name)
			found = found && refused(z, sign, more)
		case html.SelfClosingTagToken:
			_, more := z.TagName()
			found = found && refused(z, sign, more)
			element = ""
		default:
			element = ""
		}
		if found {
			return true
		}
	}
}

// refused reports whether the tag that a Tokenizer is at has the sign anywhere but in a text.
func refused(z *html.Tokenizer, sign []byte, more bool) bool {
	for more {
		var key, value []byte
		key, value, more = z.TagAttr()
		switch string(key) {
		case "content", "aria-label":
		default:
			if bytes.Contains(value, sign) || bytes.Contains(key, bytes.ToLower(sign)) {
				return true
			}
		}
	}
	return false
}
