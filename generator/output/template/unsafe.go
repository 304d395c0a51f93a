package template

import (
	"bytes"

	"golang.org/x/net/html"
)

// HasUnsafe reports whether html/template has refused a value of a page: whether the word that it
// writes instead is in a tag, a style sheet or a script. In a text it is a word like any other.
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
			name, _ := z.TagName()
			element = string(name)
		default:
			element = ""
		}
		if found {
			return true
		}
	}
}
