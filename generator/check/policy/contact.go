package policy

import (
	"fmt"
	"strings"

	"candor/generator/diag"
	"candor/generator/input/content"
	"candor/generator/site/config"
)

// contact finds an incident that tells nobody whom to reach, and contacts without
// hours or answer time (playbook §3: how to reach us, how long it takes).
func (c *inquiry) contact() {
	public := func(list []content.Contact) bool {
		for _, contact := range list {
			if !contact.Press {
				return true
			}
		}
		return false
	}
	if !public(c.inc.Contacts) && !public(c.site.Contacts) {
		c.atKey("title", "contact", diag.Textf("nobody is told whom to reach"),
			diag.Textf("add a [[contact]] here or in site.toml, with label, value, hours and response"))
	}
	for i, contact := range c.inc.Contacts {
		if message, hint, ok := incomplete(contact); ok {
			c.atKey(fmt.Sprintf("contact.%d.value", i), "contact", message, hint)
		}
	}
}

// siteContacts finds contacts of site.toml that say neither hours nor how soon an
// answer comes.
func siteContacts(site *config.Site) diag.List {
	var found diag.List
	for i, contact := range site.Contacts {
		if message, hint, ok := incomplete(contact); ok {
			found = append(found, site.AtKey(fmt.Sprintf("contact.%d.value", i), "contact", message, hint))
		}
	}
	return found
}

// incomplete says what a contact lacks. Hours are asked only where somebody has to
// pick up, and nothing of those for the press.
func incomplete(c content.Contact) (message, hint diag.Text, ok bool) {
	switch {
	case c.Press || c.Value == "":
		return message, hint, false
	case strings.Contains(c.Value, "@") || strings.Contains(c.Value, "://"):
		if c.Response == "" {
			return diag.Textf("this contact does not say how soon it answers"), diag.Textf("add response = \"within 24 h\""), true
		}
	case c.Hours == "" && c.Response == "":
		return diag.Textf("this contact says neither when it can be reached nor how soon it answers"), diag.Textf("add hours = \"daily 8:00–22:00\" and response = \"within 24 h\""), true
	case c.Hours == "":
		return diag.Textf("this contact does not say when it can be reached"), diag.Textf("add hours = \"daily 8:00–22:00\""), true
	case c.Response == "":
		return diag.Textf("this contact does not say how soon it answers"), diag.Textf("add response = \"within 24 h\""), true
	}
	return message, hint, false
}
