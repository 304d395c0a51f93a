package machine

import (
	"html"
	"strings"
)

// Plain returns the text of HTML that HTML returned: each block, item and row on a line of its own,
// and tabs between the cells of a row. Of an image it has the alternative text.
func Plain(markup string) string {
	var b strings.Builder
	b.Grow(len(markup))
	for markup != "" {
		text, rest, _ := strings.Cut(markup, "<")
		b.WriteString(text)
		tag, after, _ := strings.Cut(rest, ">") // in attributes it is &gt;
		name, attributes, _ := strings.Cut(tag, " ")
		switch name {
		case "a", "/a", "em", "/em", "strong", "/strong", "code", "/code", "del", "/del", "span", "/span":
			markup = after
			continue // within a line
		case "img":
			_, alt, _ := strings.Cut(attributes, `alt="`)
			alt, _, _ = strings.Cut(alt, `"`)
			b.WriteString(alt)
			markup = after
			continue
		case "/td", "/th":
			if !strings.HasPrefix(after, "\n</tr>") {
				b.WriteByte('\t')
			}
		case "/p", "/li", "/h3", "/h4", "/h5", "/h6", "/tr", "/pre", "/blockquote", "br", "hr":
			if !strings.HasSuffix(b.String(), "\n") {
				b.WriteByte('\n')
			}
		}
		markup = strings.TrimPrefix(after, "\n")
	}
	return strings.TrimSpace(html.UnescapeString(b.String()))
}
