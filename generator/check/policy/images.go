package policy

import (
	"path"
	"strings"

	"candor/generator/diag"
	"candor/generator/input/content"
)

// imageText finds images without a text for those who cannot see them (playbook
// §7; WCAG 2.2, 1.1.1). A file name says nothing either.
func imageText(doc *content.Document) diag.List {
	var found diag.List
	for _, l := range doc.Links {
		if !l.Image || meaningful(l) {
			continue
		}
		found = append(found, doc.Source.At(l.Start, l.End, "image-text", diag.Textf("this image has no text for those who cannot see it"),
			diag.Textf("say between the square brackets what the image shows: ![The batch number stands on the bottom](%s)", l.Dest)))
	}
	return found
}

// meaningful says whether an image's text says more than a file's name would.
func meaningful(l *content.Link) bool {
	alt := strings.TrimSpace(l.Alt)
	base := path.Base(l.Dest)
	switch strings.ToLower(alt) {
	case "", "image", "photo", "picture", "img", "图", "图片", "照片", "截图", strings.ToLower(base), strings.ToLower(strings.TrimSuffix(base, path.Ext(base))):
		return false
	}
	return true
}
