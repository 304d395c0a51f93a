package incident

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"candor/generator/diag"
	"candor/generator/domain"
	"candor/generator/input/content"
	"candor/generator/site/config"
)

// ServiceState is what was said of a service.
type ServiceState struct {
	content.Service
	Condition domain.Condition
	Since     time.Time // when it was said; of a maintenance not before it starts
	Update    *Update   // that says it; nil if index.md does
}

// Effect is that an incident has a service of the site in a condition for a time.
type Effect struct {
	Incident  string // its slug
	Service   string // its id
	Condition domain.Condition
	From, To  time.Time // To is zero as long as it lasts
}

// Maintenance is when a planned maintenance is. The newest update that gives a time moves it.
type Maintenance struct {
	Starts, Ends time.Time
	Phase        domain.Phase // by the clock, or over because an update resolves it
}

// services returns all services that an incident can speak of: those of the site, then its own.
func (i *Incident) services(site *config.Site) []content.Service {
	return slices.Concat(site.Services, i.Front.Declared)
}

// services derives what was said of services from the visible texts.
func (a *assembly) services(inc *Incident) {
	all := inc.services(a.site)
	a.checkDeclared(inc)
	begin := inc.Known
	if inc.Maintenance != nil {
		begin = inc.Maintenance.Starts
	}
	newest := map[string]ServiceState{}
	say := func(doc *content.Document, u *Update, at time.Time) (said []ServiceState) {
		for _, saying := range doc.Front.Services {
			s, ok := a.service(doc, "services."+saying.ID, saying.ID, all)
			if !ok {
				continue
			}
			state := ServiceState{Service: s, Condition: saying.Condition, Since: later(at, begin), Update: u}
			said, newest[s.ID] = append(said, state), state
		}
		order := func(s ServiceState) int {
			return slices.IndexFunc(all, func(o content.Service) bool { return o.ID == s.ID })
		}
		slices.SortFunc(said, func(x, y ServiceState) int { return order(x) - order(y) })
		return said
	}
	inc.begin = say(inc.Index.Doc, nil, begin)
	for _, u := range inc.Hidden {
		u.Services = say(u.Doc, u, u.Time)
	}
	clear(newest) // what is hidden has only been checked
	for _, state := range inc.begin {
		newest[state.ID] = state
	}
	for _, u := range inc.Updates {
		u.Services = say(u.Doc, u, u.Time)
	}
	for _, s := range all {
		if state, ok := newest[s.ID]; ok {
			inc.Services = append(inc.Services, state)
		}
	}
}

// service returns a declared service, and reports one that nobody declared.
func (a *assembly) service(doc *content.Document, key, id string, all []content.Service) (content.Service, bool) {
	ids := make([]string, len(all))
	for i, s := range all {
		if s.ID == id {
			return s, true
		}
		ids[i] = s.ID
	}
	a.report(doc.AtKey(key, "service-unknown", diag.Textf("there is no service \"%s\"", id),
		oneOf(id, ids, diag.Textf("declare it with [[service]] in site.toml or index.md"))))
	return content.Service{}, false
}

// checkDeclared reports services of the incident that the site has already, and translations of none.
func (a *assembly) checkDeclared(inc *Incident) {
	at := func(i int) string { return fmt.Sprintf("service.%d.id", i) }
	for i, s := range inc.Front.Declared {
		if _, ok := a.site.Service(s.ID); ok {
			a.report(inc.Index.Doc.AtKey(at(i), "duplicate-id", diag.Textf("site.toml has a service \"%s\" already", s.ID),
				diag.Textf("give each an id of its own")))
		}
	}
	for _, doc := range inc.Index.Translations {
		for i, s := range doc.Front.Declared {
			a.service(doc, at(i), s.ID, inc.Front.Declared)
		}
	}
}

// Effects returns how long the incident has or had services of the site in a condition that is not
// operational, in the order in which that began: the newest word on each holds until there is another
// one, or until the incident is resolved. A drill has none, nor has what is not published or has not
// begun.
func (i *Incident) Effects() []Effect {
	if !i.Visible || i.Front.Drill || i.Maintenance != nil && i.Maintenance.Phase == domain.PhaseAnnounced {
		return nil
	}
	var list []Effect
	lasting := map[string]int{} // by service: which of the list is not over
	end := func(service string, at time.Time) {
		if k, ok := lasting[service]; ok {
			list[k].To = at
			delete(lasting, service)
		}
	}
	say := func(said []ServiceState) {
		for _, s := range said {
			if k, ok := lasting[s.ID]; ok && list[k].Condition == s.Condition {
				continue
			}
			end(s.ID, s.Since)
			if s.Condition != domain.ConditionOperational && !slices.ContainsFunc(i.Front.Declared, s.is) {
				lasting[s.ID] = len(list)
				list = append(list, Effect{Incident: i.Slug, Service: s.ID, Condition: s.Condition, From: s.Since})
			}
		}
	}
	say(i.begin)
	for _, u := range i.Updates {
		say(u.Services)
		if u.Status == domain.StatusResolved {
			for id := range lasting {
				end(id, u.Time)
			}
		}
	}
	for k := range list {
		if list[k].To.IsZero() {
			list[k].To = i.Resolved
		}
	}
	return slices.DeleteFunc(list, func(e Effect) bool { return !e.To.IsZero() && !e.To.After(e.From) })
}

func (s ServiceState) is(o content.Service) bool { return s.ID == o.ID }

// ServiceIn returns the words of a service in a language of the site.
func (i *Incident) ServiceIn(s content.Service, site *config.Site, tag string) content.Service {
	if tag == site.DefaultLanguage {
		return s
	}
	words := site.Language(tag).Services
	if doc := i.Index.Translations[tag]; doc != nil {
		words = slices.Concat(doc.Front.Declared, words)
	}
	return s.In(words, site.DefaultLanguage)
}

// maintenance derives when a maintenance is, and what its phase is.
func (a *assembly) maintenance(inc *Incident) {
	doc := inc.Index.Doc
	if doc.Front.Occasion != domain.OccasionMaintenance {
		a.notPlanned(doc)
		for _, u := range slices.Concat(inc.Updates, inc.Hidden) {
			a.notPlanned(u.Doc)
		}
		return
	}
	m := &Maintenance{}
	inc.Maintenance = m
	a.planned(doc)
	a.move(doc, m)
	for _, u := range inc.Updates {
		a.planned(u.Doc)
		a.move(u.Doc, m)
	}
	switch {
	case a.clock.Passed(m.Ends):
		m.Phase = domain.PhaseOver
		if inc.Open() {
			inc.Resolved = m.Ends
		}
	case !inc.Open():
		m.Phase = domain.PhaseOver
	case a.clock.Passed(m.Starts):
		m.Phase = domain.PhaseUnderWay
	default:
		m.Phase = domain.PhaseAnnounced
	}
}

// move takes the times that a text gives for a maintenance.
func (a *assembly) move(doc *content.Document, m *Maintenance) {
	starts, ends := a.instant(doc, "starts", doc.Front.Starts), a.instant(doc, "ends", doc.Front.Ends)
	if !starts.IsZero() {
		m.Starts = starts
	}
	if !ends.IsZero() {
		m.Ends = ends
	}
	key := cmp.Or(doc.Front.Ends.Key, doc.Front.Starts.Key)
	if key != "" && !m.Starts.IsZero() && !m.Ends.IsZero() && !m.Ends.After(m.Starts) {
		a.report(doc.AtKey(key, "bad-date", diag.Textf("this maintenance does not end after it starts"),
			diag.Textf("name a later time")))
	}
}

// planned reports what a maintenance cannot have.
func (a *assembly) planned(doc *content.Document) {
	f := &doc.Front
	for key, given := range map[string]bool{"level": f.Level != 0, "type": f.Type != "", "stance": f.Stance != "",
		"scope": f.Scope != "", "severity": f.Severity != "", "speed": f.Speed != "", "reads": f.Reads != 0,
		"status": f.Status != "" && f.Status != domain.StatusResolved} {
		if given {
			a.report(doc.AtKey(key, "bad-value", diag.Textf("a maintenance has no %s", key), diag.Textf("take this line out")))
		}
	}
}

// notPlanned reports times that only a maintenance can have.
func (a *assembly) notPlanned(doc *content.Document) {
	for key, given := range map[string]bool{"starts": !doc.Front.Starts.IsZero(), "ends": !doc.Front.Ends.IsZero()} {
		if given {
			a.report(doc.AtKey(key, "bad-value", diag.Textf("only a maintenance has %s", key),
				diag.Textf("take this line out, or write kind = \"maintenance\" in index.md")))
		}
	}
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
