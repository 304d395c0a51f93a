package page

import (
	"html/template"

	"candor/generator/site"
	"candor/generator/site/config"
)

// split words contacts, separately for people affected and for the press. Their patterns restrict
// the schemes, so html/template need not escape tel:.
func split(contacts []site.Contact) (affected, press []Contact) {
	for _, c := range contacts {
		kind, address := c.Reach()
		v := Contact{Label: c.Label, Value: c.Value, URL: template.URL(address), Kind: kind, Hours: c.Hours,
			Response: c.Response, Lang: c.Lang}
		if c.Press {
			press = append(press, v)
		} else {
			affected = append(affected, v)
		}
	}
	return affected, press
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
func (p *Planner) name(person config.Person) string { return p.lang.Person(person).Name }

// person names a person with the role.
func (p *Planner) person(person config.Person) string {
	said := p.lang.Person(person)
	if said.Role != "" {
		return p.words.Must("incident.speaker", said.Name, said.Role)
	}
	return said.Name
}
