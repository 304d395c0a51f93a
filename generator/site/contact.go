package site

import (
	"cmp"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"candor/generator/input/content"
	"candor/generator/site/config"
)

// Contact is a contact in the words of a language.
type Contact struct {
	content.Contact
	Lang string // of its words, if they are not translated
}

// Contacts returns contacts in a language, each value once. Own ones are in the language, and replace
// originals with the same value, except for what these are for.
func Contacts(settings *config.Site, tag string, own []content.Contact, originals ...content.Contact) []Contact {
	var list []Contact
	seen := map[string]bool{}
	add := func(c content.Contact, lang string) {
		if !seen[c.Value] {
			seen[c.Value] = true
			list = append(list, Contact{c, lang})
		}
	}
	for _, c := range own {
		same := func(o content.Contact) bool { return o.Value == c.Value }
		if i := slices.IndexFunc(originals, same); i >= 0 {
			c = translated(originals[i], c)
		}
		add(c, "")
	}
	words := settings.Language(tag).Contacts
	for _, c := range originals {
		lang := ""
		if tag != settings.DefaultLanguage {
			lang = settings.DefaultLanguage
		}
		for _, t := range words {
			if t.Value == c.Value {
				c, lang = translated(c, t), ""
			}
		}
		add(c, lang)
	}
	return list
}

// ContactsOf returns whom readers of an incident can reach, in a language: its own contacts, then
// those of the site.
func ContactsOf(settings *config.Site, tag string, inc *Incident) []Contact {
	var own []content.Contact
	if doc := inc.Index.Translations[tag]; doc != nil {
		own = doc.Front.Contacts
	}
	return Contacts(settings, tag, own, slices.Concat(inc.Contacts, settings.Contacts)...)
}

// translated returns a contact in the words of its translation.
func translated(c, words content.Contact) content.Contact {
	c.Label, c.Hours = cmp.Or(words.Label, c.Label), cmp.Or(words.Hours, c.Hours)
	c.Response = cmp.Or(words.Response, c.Response)
	return c
}

var (
	mail = regexp.MustCompile(`^[^\s@<>"*]+@[^\s@<>"*]+\.[^\s@<>".*]+$`)
	web  = regexp.MustCompile(`^(?:https?://|www\.[^\s.]+\.)\S+$`)
)

// Reach returns what kind of contact it is, and its address: of the scheme tel, mailto, http or https,
// or none.
func (c Contact) Reach() (kind, address string) {
	dialled := content.Dial(c.Value)
	switch {
	case dialled != "":
		return "phone", "tel:" + dialled
	case mail.MatchString(c.Value):
		return "mail", "mailto:" + url.PathEscape(c.Value)
	case web.MatchString(c.Value) && strings.HasPrefix(c.Value, "www."):
		return "web", "http://" + c.Value
	case web.MatchString(c.Value):
		return "web", c.Value
	}
	return "text", ""
}
