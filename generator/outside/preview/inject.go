package preview

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"strings"

	"golang.org/x/net/html"
)

// inject returns a page with the script of the preview in it and its policies
// widened for that; a tag with such a policy is written anew. Everything else keeps
// its bytes. tag makes the script element, from the digest of what cannot be changed
// in an open page.
func inject(page []byte, tag func(frame string) string) []byte {
	s := scan(page)
	out := make([]byte, 0, len(page)+512)
	last := 0
	for _, p := range s.policies {
		out = append(append(out, page[last:p.from]...), p.text...)
		last = p.to
	}
	out = append(append(out, page[last:s.end]...), tag(s.frame)...)
	return append(out, page[s.end:]...)
}

// scriptTag is what inject adds. The number is that of the version, digest that
// of the page; the script removes the element before it compares pages.
func scriptTag(number uint64, digest, frame string) string {
	const tag = `<script type="module" src="%spreview.js" data-version="%d" data-page="%s" data-frame="%s"></script>`
	return fmt.Sprintf(tag, own, number, digest, frame)
}

// scanned is what there is to know about a page.
type scanned struct {
	policies []edit
	end      int    // where the script goes: before the last </body>, or at the end
	frame    string // digest of what takes a new load to change: styles, scripts, policy, other metadata
}

// edit puts text in the place of some bytes.
type edit struct {
	from, to int
	text     string
}

// scan reads a page with an HTML tokenizer, because </body> may be in a comment or a
// script.
func scan(page []byte) scanned {
	s := scanned{end: len(page)}
	frame := sha256.New()
	z := html.NewTokenizer(bytes.NewReader(page))
	raw := false // inside a script or a style
	for at := 0; ; {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		from := at
		at += len(z.Raw())
		switch kind {
		case html.StartTagToken, html.SelfClosingTagToken:
			raw = s.open(z, kind, page[from:at], from, frame)
		case html.EndTagToken:
			raw = false
			if name, _ := z.TagName(); string(name) == "body" {
				s.end = from
			}
		case html.TextToken:
			if raw {
				_, _ = frame.Write(page[from:at])
			}
		}
	}
	if n := len(s.policies); n > 0 && s.policies[n-1].to > s.end { // after the last </body>, where none counts
		s.end = len(page)
	}
	s.frame = hex.EncodeToString(frame.Sum(nil)[:8])
	return s
}

// open looks at a start tag, and reports whether its content belongs to the frame.
func (s *scanned) open(z *html.Tokenizer, kind html.TokenType, tag []byte, from int, frame hash.Hash) bool {
	name, more := z.TagName()
	t := html.Token{Type: kind, Data: string(name)}
	switch t.Data {
	case "base", "link", "meta", "script", "style":
	default:
		return false
	}
	attributes := map[string]int{} // by name
	for more {
		var key, value []byte
		key, value, more = z.TagAttr() // of two with one name it gives the first
		attributes[string(key)] = len(t.Attr)
		t.Attr = append(t.Attr, html.Attribute{Key: string(key), Val: string(value)})
	}
	value := func(key string) string {
		if i, ok := attributes[key]; ok {
			return strings.ToLower(t.Attr[i].Val)
		}
		return ""
	}
	if t.Data == "meta" && value("http-equiv") == "content-security-policy" && value("content") != "" {
		content := &t.Attr[attributes["content"]].Val
		if wider := widen(*content); wider != *content {
			*content = wider
			s.policies = append(s.policies, edit{from, from + len(tag), t.String()})
		}
	}
	if t.Data == "meta" && value("name") == "description" || t.Data == "link" && value("rel") == "canonical" {
		return false // these the script can change
	}
	_, _ = io.WriteString(frame, "\x00")
	_, _ = frame.Write(tag)
	return t.Data == "script" || t.Data == "style"
}
