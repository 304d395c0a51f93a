package content

import (
	"cmp"
	"fmt"
	"strings"

	"candor/generator/diag"
	"candor/generator/domain"
	"candor/generator/input/tomldoc"
)

// Service is something of which an incident says how it is: a service that people use, or a product,
// a lot or a shop of which they have to know whether it is affected. Site.toml declares those of the
// site, index.md those of one incident.
type Service struct {
	ID     string
	Kind   domain.ServiceKind
	Label  string
	Group  string // services of one group are shown together
	Region string
	Note   string // how to tell it, such as where the number of a lot is printed
	Lang   string // of Label, if it is not translated: set by In
}

// Saying is what front matter says about a service.
type Saying struct {
	ID        string
	Condition domain.Condition
}

// servicesLimit is how many services a site or an incident can have: each is a row of a page.
const servicesLimit = 500

// ReadServices reads the [[service]] tables of site.toml or of an index.md. Translated ones only
// have words.
func ReadServices(t *tomldoc.Table, translated bool) []Service {
	var list []Service
	seen := map[string]bool{}
	for i, e := range t.Tables("service") {
		if i == servicesLimit {
			e.Report("id", "bad-value", diag.Textf("there are more than %d services", servicesLimit),
				diag.Textf("sum up what people need not tell apart"))
			break
		}
		s := Service{ID: e.String("id"), Label: ReadText(e, "label"), Group: ReadText(e, "group"),
			Region: ReadText(e, "region"), Note: ReadText(e, "note"), Kind: domain.ServiceKindService}
		if !translated {
			s.Kind = cmp.Or(oneOf(e, "kind", domain.ServiceKinds()), s.Kind)
		}
		e.Done(nil)
		switch {
		case strings.ContainsAny(s.ID, " \t.\"'[]{}#=") || s.ID == "" || s.Label == "":
			t.Report(fmt.Sprintf("service.%d", i), "bad-value", diag.Textf("this service has no label, or no id without spaces"),
				diag.Textf("add id = \"checkout\" and label = \"…\""))
		case seen[s.ID]:
			e.Report("id", "duplicate-id", diag.Textf("there are two services \"%s\"", s.ID),
				diag.Textf("give each an id of its own"))
		default:
			seen[s.ID] = true
			list = append(list, s)
		}
	}
	return list
}

// In returns a service with the words of its translation, if there is one in the list. Lang is the
// language of the original.
func (s Service) In(translations []Service, lang string) Service {
	for _, t := range translations {
		if t.ID == s.ID {
			s.Label, s.Group = t.Label, cmp.Or(t.Group, s.Group)
			s.Region, s.Note = cmp.Or(t.Region, s.Region), cmp.Or(t.Note, s.Note)
			return s
		}
	}
	s.Lang = lang
	return s
}

// readSayings reads what an incident or an update says about services: services = { app = "down" }.
func readSayings(t *tomldoc.Table) []Saying {
	table := t.Table("services")
	var list []Saying
	for _, id := range table.Keys() {
		if condition := oneOf(table, id, domain.Conditions()); condition != "" {
			list = append(list, Saying{id, condition})
		}
	}
	return list
}
