package incident

import (
	"fmt"

	"candor/generator/diag"
	"candor/generator/input/content"
	"candor/generator/input/tomldoc"
	"candor/generator/site/config"
)

// oneOf hints at the nearest of the choices, lists them, or says what else to do.
func oneOf(word string, choices []string, otherwise diag.Text) diag.Text {
	if len(choices) > 0 && len(choices) <= 12 {
		return tomldoc.Choices(word, choices)
	}
	return tomldoc.Meant(word, choices, otherwise)
}

// person returns the person with an id, and reports one who is unknown.
func (a *assembly) person(doc *content.Document, key, rule, id string) (config.Person, bool) {
	p, ok := a.site.Person(id)
	if !ok {
		var ids []string
		for _, known := range a.site.Persons {
			ids = append(ids, known.ID)
		}
		a.report(doc.AtKey(key, rule, diag.Textf("nobody in site.toml has the id \"%s\"", id),
			oneOf(id, ids, diag.Textf("add a [[person]] with this id to site.toml"))))
	}
	return p, ok
}

// approvers returns who approved a document. A person who may not approve, or who
// is unknown, is an error even if approval is not required.
func (a *assembly) approvers(doc *content.Document) []config.Person {
	var list []config.Person
	for i, id := range doc.Front.ApprovedBy {
		if i-len(list) == missingLimit { // so many faults: each looks for its place anew
			break
		}
		key := "approved_by"
		if len(doc.Front.ApprovedBy) > 1 {
			key = fmt.Sprintf("approved_by.%d", i)
		}
		switch p, ok := a.person(doc, key, "approval", id); {
		case !ok:
		case p.MayApprove:
			list = append(list, p)
		default:
			a.report(doc.AtKey(key, "approval", diag.Textf("%s may not approve", p.Name),
				diag.Textf("have it approved by somebody with may = [\"approve\"] in site.toml")))
		}
	}
	return list
}
