package preview

import (
	"strings"

	"golang.org/x/net/html"
)

// value is where the value of an attribute stands in a tag; a quoted one without
// its quotes.
type value struct {
	from, to int
	quoted   bool
}

// edit puts another text in the place of the value of a tag that begins at from.
func (v value) edit(from int, text string) edit {
	text = html.EscapeString(text)
	if !v.quoted {
		text = `"` + text + `"`
	}
	return edit{from + v.from, from + v.to, text}
}

// valueOf finds the value of an attribute in the bytes of a start tag. Of two
// with one name the first counts, and one without a value is as good as none.
func valueOf(tag []byte, name string) (value, bool) {
	var found value
	var ok bool
	eachAttribute(tag, func(key string, v value, has bool) bool {
		if key == name {
			found, ok = v, has
		}
		return key != name
	})
	return found, ok
}

// eachAttribute goes through a start tag by HTML's rules for tokens (section
// 13.2.5.32 and those that follow), which the tokenizer has, but without places.
func eachAttribute(tag []byte, yield func(key string, v value, has bool) bool) {
	at := len("<")
	skip := func(set string) {
		for at < len(tag) && strings.IndexByte(set, tag[at]) >= 0 {
			at++
		}
	}
	until := func(set string) {
		for at < len(tag) && strings.IndexByte(set, tag[at]) < 0 {
			at++
		}
	}
	until(space + "/>")
	for {
		skip(space + "/")
		if at >= len(tag) || tag[at] == '>' {
			return
		}
		from := at
		if tag[at] == '=' { // one at the beginning is a part of the name
			at++
		}
		until(space + "/>=")
		key := lower(string(tag[from:at]))
		skip(space)
		v, has := value{from: at, to: at}, at < len(tag) && tag[at] == '='
		if has {
			at++
			skip(space)
			v = value{from: at, to: at}
			if at < len(tag) && (tag[at] == '"' || tag[at] == '\'') {
				quote := string(tag[at])
				at++
				v = value{from: at, quoted: true}
				until(quote)
				v.to = at
				at++
			} else {
				until(space + ">")
				v.to = at
			}
		}
		if !yield(key, v, has) {
			return
		}
	}
}

// lower is ASCII's lower case, which is all that HTML and CSP mean by it.
func lower(s string) string {
	b := []byte(s)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}
