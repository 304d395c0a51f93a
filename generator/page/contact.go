package page

import (
	"cmp"
	"html/template"
	"net/url"
	"regexp"
	"strings"

	"candor/generator/config"
	"candor/generator/content"
)

var (
	phone = regexp.MustCompile(`^\+?[0-9][0-9 ()./-]{3,}[0-9]$`)
	mail  = regexp.MustCompile(`^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>".]+$`)
)

// contacts words a list of contacts, those for people affected and those for the
// press apart. Of two with one value the first stays.
func (p *Planner) contacts(lists ...[]content.Contact) (affected, press []Contact) {
	seen := map[string]bool{}
	for _, list := range lists {
		for _, c := range list {
			if seen[c.Value] {
				continue
			}
			seen[c.Value] = true
			for _, own := range p.lang.Contacts {
				if own.Value == c.Value {
					c.Label, c.Hours, c.Response = cmp.Or(own.Label, c.Label), cmp.Or(own.Hours, c.Hours), cmp.Or(own.Response, c.Response)
				}
			}
			v := Contact{Label: c.Label, Value: c.Value, Hours: c.Hours, Response: c.Response}
			v.Kind, v.URL = address(c.Value)
			if c.Press {
				press = append(press, v)
			} else {
				affected = append(affected, v)
			}
		}
	}
	return affected, press
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
	return strings.Join(names, p.words.Must("incident.and"))
}

// names names people without their roles.
func (p *Planner) names(list []config.Person) string {
	names := make([]string, len(list))
	for i, person := range list {
		names[i] = p.inLanguage(person).Name
	}
	return strings.Join(names, p.words.Must("incident.and"))
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
