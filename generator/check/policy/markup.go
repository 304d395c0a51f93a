package policy

import (
	"slices"

	"candor/generator/diag"
	"candor/generator/input/content"
	"candor/generator/site/incident"
)

// markup finds markup that did not take effect and promises that were not read as such, and markup in
// front matter, where there is none. They are warnings in a document that is not published.
func markup(doc *content.Document, withheld incident.Reason) diag.List {
	found := slices.Clone(doc.Markup) // which is remembered
	for _, f := range frontTexts(doc.Front) {
		if sign := content.LeftIn(f.text); sign != "" {
			d := doc.AtKey(f.key, "markup", diag.Textf("%s is shown as it is here: this text has no markup", sign),
				diag.Textf("remove the signs"))
			d.Severity = diag.Warning
			found = append(found, d)
		}
	}
	return softened(found, withheld)
}
