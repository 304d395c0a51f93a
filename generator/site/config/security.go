package config

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"candor/generator/diag"
	"candor/generator/input/tomldoc"
)

// Security is what security.txt says (RFC 9116); Contacts is empty if there is none.
type Security struct {
	Contacts                                    []string // addresses, the preferred one first
	Expires                                     time.Time
	Policy, Encryption, Acknowledgments, Hiring string // addresses
}

// readSecurity reads [security].
func (s *Site) readSecurity(t *tomldoc.Table) {
	e := t.Table("security")
	if e == nil || !t.Has("security") {
		return
	}
	address := func(key, value string) string {
		if strings.Contains(value, "@") && !strings.Contains(value, ":") {
			value = "mailto:" + value
		}
		scheme, rest, _ := strings.Cut(value, ":")
		if value != "" && (rest == "" || strings.ContainsFunc(value, unprintable) ||
			!slices.Contains([]string{"https", "mailto", "tel", "openpgp4fpr", "dns"}, scheme)) {
			e.Report(key, "bad-value",
				diag.Textf("a contact of [security] is a web address, a mail address or a number, not \"%s\"", value),
				diag.Textf("write https://…, a mail address, or tel: and a number"))
			return ""
		}
		return value
	}
	for i, c := range e.Strings("contact") {
		if c = address("contact."+strconv.Itoa(i), c); c != "" {
			s.Security.Contacts = append(s.Security.Contacts, c)
		}
	}
	for key, to := range map[string]*string{"policy": &s.Security.Policy, "encryption": &s.Security.Encryption,
		"acknowledgments": &s.Security.Acknowledgments, "hiring": &s.Security.Hiring} {
		*to = address(key, e.String(key))
	}
	s.Security.Expires = e.Time("expires").In(s.Zone)
	if !e.Has("contact") || !e.Has("expires") {
		t.Report("security", "bad-value", diag.Textf("[security] has no contact or no expires"),
			diag.Textf("add contact = [\"security@example.org\"] and expires = a time less than a year ahead"))
	}
	e.Done(nil)
}

// unprintable reports whether a sign cannot be in an address.
func unprintable(r rune) bool { return r <= ' ' || r > '~' }
