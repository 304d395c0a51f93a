package page

import (
	"cmp"
	"html/template"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"candor/generator/input/content"
	"candor/generator/site/config"
)

var (
	mail = regexp.MustCompile(`^[^\s@<>"*]+@[^\s@<>"*]+\.[^\s@<>".*]+$`)
	web  = regexp.MustCompile(`^(?:https?://|www\.[^\s.]+\.)\S+$`)
)

// contacts words contacts, separately for people affected and for the press. Own ones are in the
// planner's language, and replace originals with the same value, except for what these are for.
func (p *Planner) contacts(own []content.Contact, originals ...content.Contact) (affected, press []Contact) {
	seen := map[string]bool{}
	add := func(c content.Contact, lang string) {
		if seen[c.Value] {
			return
		}
		seen[c.Value] = true
		v := Contact{Label: c.Label, Value: c.Value, Hours: c.Hours, Response: c.Response, Lang: lang}
		v.Kind, v.URL = address(c.Value)
		if c.Press {
			press = append(press, v)
		} else {
			affected = append(affected, v)
		}
	}
	for _, c := range own {
		same := func(o content.Contact) bool { return o.Value == c.Value }
		if i := slices.IndexFunc(originals, same); i >= 0 {
			c = translated(originals[i], c)
		}
		add(c, "")
	}
	for _, c := range originals {
		lang := p.original()
		for _, t := range p.lang.Contacts {
			if t.Value == c.Value {
				c, lang = translated(c, t), ""
			}
		}
		add(c, lang)
	}
	return affected, press
}

// translated returns a contact in the words of its translation.
func translated(c, words content.Contact) content.Contact {
	c.Label, c.Hours = cmp.Or(words.Label, c.Label), cmp.Or(words.Hours, c.Hours)
	c.Response = cmp.Or(words.Response, c.Response)
	return c
}

// address returns what kind of contact a value is, and its address. The patterns
// restrict the scheme, so html/template need not escape tel:.
func address(value string) (kind string, href template.URL) {
	dialled := content.Dial(value)
	switch {
	case dialled != "":
		return "phone", template.URL("tel:" + dialled)
	case mail.MatchString(value):
		return "mail", template.URL("mailto:" + url.PathEscape(value))
	case web.MatchString(value) && strings.HasPrefix(value, "www."):
		return "web", template.URL("http://" + value)
	case web.MatchString(value):
		return "web", template.URL(value)
	}
	return "text", ""
}

// persons names people.
func (p *Planner) persons(list []config.Person, name func(config.Person) string) string {
	names := make([]string, len(list))
	for i, person := range list {
		names[i] = name(person)
	}
	return p.words.List(names)
}

// name names a person without the role.
func (p *Planner) name(person config.Person) string {
	return cmp.Or(p.lang.Persons[person.ID].Name, person.Name)
}

// person names a person with the role.
func (p *Planner) person(person config.Person) string {
	if role := cmp.Or(p.lang.Persons[person.ID].Role, person.Role); role != "" {
		return p.words.Must("incident.speaker", p.name(person), role)
	}
	return p.name(person)
}
