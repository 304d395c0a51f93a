package policy

import (
	"fmt"
	"slices"
	"strings"

	"candor/generator/diag"
	"candor/generator/input/content"
)

// contact finds an incident without a contact for the public, and contacts without
// hours or answer time (playbook §3: how to reach us, how long it takes).
func (c *incidentCheck) contact() {
	public := func(contact content.Contact) bool { return !contact.Press }
	if !slices.ContainsFunc(c.inc.Contacts, public) && !slices.ContainsFunc(c.site.Contacts, public) {
		c.atKey("title", "contact", diag.Textf("no contact is given"),
			diag.Textf("add a [[contact]] here or in site.toml, with label, value, hours and response"))
	}
	c.found = append(c.found, incomplete(c.inc.Contacts, c.inc.Index.Doc.AtKey)...)
}

// contactsLimit bounds what is reported of the contacts of one file.
const contactsLimit = 20

// incomplete finds contacts that lead to nobody or say neither hours nor how soon an answer comes. Hours are only
// asked for a phone number or a place, and nothing for the press.
func incomplete(
	contacts []content.Contact, atKey func(key, rule string, message, hint diag.Text) diag.Diagnostic,
) diag.List {
	var found diag.List
	for i, c := range contacts {
		if len(found) == contactsLimit {
			break
		}
		add := func(message, hint diag.Text) {
			found = append(found, atKey(fmt.Sprintf("contact.%d.value", i), "contact", message, hint))
		}
		online := strings.Contains(c.Value, "@") || strings.Contains(c.Value, "://")
		if wrong, hint := unreachable(c.Value); wrong.Format != "" {
			add(wrong, hint)
			continue
		}
		switch {
		case c.Press || c.Value == "":
		case c.Response == "" && (online || c.Hours != ""):
			add(diag.Textf("this contact does not say how soon it answers"), diag.Textf("add response = \"within 24 hours\""))
		case online:
		case c.Response == "":
			add(diag.Textf("this contact says neither when it can be reached nor how soon it answers"),
				diag.Textf("add hours = \"daily 8:00–22:00\" and response = \"within 24 hours\""))
		case c.Hours == "":
			add(diag.Textf("this contact does not say when it can be reached"),
				diag.Textf("add hours = \"daily 8:00–22:00\""))
		}
	}
	return found
}
