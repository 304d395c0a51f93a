package policy

import (
	"fmt"
	"slices"
	"strings"

	"candor/generator/diag"
	"candor/generator/input/content"
	"candor/generator/site/incident"
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

// renewal is how long before it expires security.txt should be renewed.
const renewal = 30 * day

// Expiry finds a security.txt that has expired, which finders of a weakness must not go by (RFC 9116,
// 2.5.5), or soon will have.
func (k *Checker) Expiry(clock *incident.Clock) diag.List {
	expires := k.site.Security.Expires
	if len(k.site.Security.Contacts) == 0 || expires.IsZero() || !clock.Passed(expires.Add(-renewal)) {
		return nil
	}
	message := diag.Textf("security.txt expires within 30 days")
	if clock.Passed(expires) {
		message = diag.Textf("security.txt has expired: nobody who finds a weakness goes by it")
	}
	return diag.List{k.site.AtKey("security.expires", "contact", message,
		diag.Textf("see whether the contacts are right, then name a time less than a year ahead"))}
}
