package attached

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"

	"candor/generator/diag"
)

// drawingLimit is how large a drawing may be: no page can do with more, and reading XML takes its time.
const drawingLimit = 4 << 20

// activeDrawing reads an SVG drawing as XML, so that neither prefixes nor character references hide
// anything, and refuses what runs, what asks another server and what is not XML.
func activeDrawing(data []byte) diag.Text {
	if len(data) > drawingLimit {
		return diag.Textf("this drawing is larger than %d MiB, so Candor does not look into it", drawingLimit>>20)
	}
	d := xml.NewDecoder(bytes.NewReader(data))
	style := false
	for {
		token, err := d.Token()
		switch {
		case errors.Is(err, io.EOF):
			return diag.Text{}
		case err != nil:
			return diag.Textf("this drawing is not well-formed XML in UTF-8")
		}
		switch token := token.(type) {
		case xml.ProcInst:
			if token.Target != "xml" {
				return diag.Textf("this drawing holds <?%s", token.Target)
			}
		case xml.Directive:
			if bytes.ContainsRune(token, '[') {
				return diag.Textf("this drawing declares entities")
			}
		case xml.EndElement:
			style = false
		case xml.StartElement:
			if reason := activeElement(token); reason.Format != "" {
				return reason
			}
			style = strings.EqualFold(token.Name.Local, "style")
		case xml.CharData:
			if style && asks(string(token)) {
				return diag.Textf("the style of this drawing asks for something from elsewhere")
			}
		}
	}
}

// activeElements are elements that run, or that load something from elsewhere.
var activeElements = []string{"script", "foreignobject", "iframe", "embed", "object", "audio", "video", "handler",
	"listener", "set", "html", "base", "link", "meta"}

func activeElement(e xml.StartElement) diag.Text {
	name := strings.ToLower(e.Name.Local)
	if slices.Contains(activeElements, name) || strings.HasPrefix(name, "animate") {
		return diag.Textf("this drawing holds something that can run: <%s", e.Name.Local)
	}
	for _, a := range e.Attr {
		attribute := strings.ToLower(a.Name.Local)
		value := strings.ToLower(strings.Map(visible, a.Value))
		switch {
		case strings.HasPrefix(attribute, "on"):
			return diag.Textf("this drawing holds something that can run: %s", a.Name.Local)
		case (attribute == "href" || attribute == "src") && !strings.HasPrefix(value, "#") &&
			!(name == "image" && strings.HasPrefix(value, "data:image/") &&
				!strings.HasPrefix(value, "data:image/svg")) &&
			!(name == "a" && (strings.HasPrefix(value, "https://") || strings.HasPrefix(value, "http://"))):
			return diag.Textf("this drawing leads elsewhere: %s", a.Name.Local)
		case a.Name.Space != "xmlns" && attribute != "xmlns" && asks(value):
			return diag.Textf("this drawing asks for something from elsewhere: %s", a.Name.Local)
		}
	}
	return diag.Text{}
}

// asks reports whether a style, or a property, names something outside the drawing.
func asks(css string) bool {
	css = strings.ToLower(strings.Map(visible, css))
	return strings.Contains(css, "@import") || strings.Contains(css, "\\") || strings.Contains(css, "expression(") ||
		strings.Count(css, "url(") !=
			strings.Count(css, "url(#")+strings.Count(css, `url("#`)+strings.Count(css, "url('#")
}

// visible drops the characters that a browser ignores inside an address.
func visible(r rune) rune {
	if r <= ' ' {
		return -1
	}
	return r
}
