package page

import (
	"cmp"
	"html/template"
	"net/url"
	"regexp"
	"strings"

	"candor/generator/input/content"
	"candor/generator/site/config"
)

var (
	phone = regexp.MustCompile(`^\+?[0-9][0-9 ()./-]{3,}[0-9]$`)
	mail  = regexp.MustCompile(`^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>".]+$`)
)

// contacts words contacts, those for people affected and those for the press
// apart. Own ones are in the planner's language; of two with one value the first
// stays, and what it is for is as the later one, the original, says.
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
		for _, o := range originals {
			if o.Value == c.Value {
				c = translated(o, c)
				break
			}
		}
		add(c, "")
	}
	for _, c := range originals {
		lang := ""
		if !p.isDefault() {
			lang = p.settings.DefaultLanguage
		}
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
	c.Label, c.Hours, c.Response = cmp.Or(words.Label, c.Label), cmp.Or(words.Hours, c.Hours), cmp.Or(words.Response, c.Response)
	return c
}

// address says what kind of contact a value is, and where a tap on it leads. The
// patterns make sure of the scheme, so html/template need not doubt tel:.
func address(value string) (kind string, href template.URL) {
	switch {
	case phone.MatchString(value):
		digits := strings.Map(func(r rune) rune {
			if strings.ContainsRune("+0123456789", r) {
				return r
			}
			return -1
		}, value)
		return "phone", template.URL("tel:" + digits)
	case mail.MatchString(value):
		return "mail", template.URL("mailto:" + url.PathEscape(value))
	case strings.HasPrefix(value, "https://") || strings.HasPrefix(value, "http://"):
		return "web", template.URL(value)
	}
	return "text", ""
}

// persons names people with their roles.
func (p *Planner) persons(list []config.Person) string {
	names := make([]string, len(list))
	for i, person := range list {
		names[i] = p.person(person)
	}
	return p.words.List(names)
}

// names names people without their roles.
func (p *Planner) names(list []config.Person) string {
	names := make([]string, len(list))
	for i, person := range list {
		names[i] = p.inLanguage(person).Name
	}
	return p.words.List(names)
}

// inLanguage returns a person with name and role in the planner's language.
func (p *Planner) inLanguage(person config.Person) config.Person {
	own := p.lang.Persons[person.ID]
	person.Name, person.Role = cmp.Or(own.Name, person.Name), cmp.Or(own.Role, person.Role)
	return person
}

func (p *Planner) person(person config.Person) string {
	person = p.inLanguage(person)
	if person.Role == "" {
		return person.Name
	}
	return p.words.Must("incident.speaker", person.Name, person.Role)
}
