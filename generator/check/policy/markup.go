package policy

import (
	"slices"

	"candor/generator/diag"
	"candor/generator/input/content"
)

// markup finds markup that did not take effect and promises that were not read as such, and markup in
// front matter, where there is none. They are warnings in a document that is not published. Titles of
// history have been published as they are.
func markup(doc *content.Document, c Circumstance) diag.List {
	found := slices.Clone(doc.Markup) // which is remembered
	texts := frontTexts(doc.Front)
	if c.Imported {
		texts = nil
	}
	for _, f := range texts {
		if sign := content.LeftIn(f.text); sign != "" {
			d := doc.AtKey(f.key, "markup", diag.Textf("%s is shown as it is here: this text has no markup", sign),
				diag.Textf("remove the signs"))
			d.Severity = diag.Warning
			found = append(found, d)
		}
	}
	return softened(found, c.Withheld)
}
