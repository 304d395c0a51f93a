// Package policy holds the rules that an incident is judged by, each a pure
// function with a file of its own and the passage of the playbook that it comes
// from. A rule sees what the site is, never how it will look.
package policy

import (
	"candor/generator/content"
	"candor/generator/diag"
	"candor/generator/incident"
)

// Document applies the rules that concern one document. Withheld says why it is
// not published; it is empty for one that is.
func Document(doc *content.Document, withheld incident.Reason) diag.List {
	return placeholder(doc, withheld)
}
