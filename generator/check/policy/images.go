package policy

import (
	"path"
	"strings"

	"candor/generator/diag"
	"candor/generator/input/content"
)

// imageText finds images without a text for people who cannot see them (playbook
// §7; WCAG 2.2, 1.1.1). A file name does not count as a text.
func imageText(doc *content.Document) diag.List {
	var found diag.List
	for _, l := range doc.Links {
		if l.Image && !meaningful(l) {
			found = append(found, doc.Source.At(l.Start, l.End, "image-text",
				diag.Textf("this image has no description"),
				diag.Textf("say between the square brackets what the image shows: ![The batch number is on the bottom](%s)",
					l.Dest)))
		}
	}
	return found
}

// meaningful reports whether an image's text says more than the name of a file.
func meaningful(l *content.Link) bool {
	file := strings.ToLower(path.Base(l.Dest))
	switch strings.ToLower(strings.TrimSpace(l.Alt)) {
	case "", "image", "photo", "picture", "img", "图", "图片", "照片", "截图", file, strings.TrimSuffix(file, path.Ext(file)):
		return false
	}
	return true
}
