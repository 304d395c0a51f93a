package page

import (
	"slices"
	"time"

	"candor/generator/domain"
	"candor/generator/input/content"
	"candor/generator/site"
	"candor/generator/site/incident"
)

// conditionWord words how a service is.
func (p *Planner) conditionWord(s content.Service, c domain.Condition) string {
	group := "conditions."
	if s.Kind == domain.ServiceKindProduct {
		group = "product-conditions."
	}
	return p.words.Must(group + string(c))
}

// service words a service, which is in the planner's language already.
func (p *Planner) service(s content.Service, c domain.Condition, since time.Time) Service {
	return Service{
		ID: s.ID, Label: s.Label, Lang: s.Lang, Region: s.Region, Note: s.Note,
		Condition: string(c), Word: p.conditionWord(s, c), Since: p.optional(since),
	}
}

// said words what a text says of services; of either kind alone.
func (pl *incidentPlan) said(list []incident.ServiceState, kind domain.ServiceKind) (services []Service) {
	for _, s := range list {
		if s.Kind != kind {
			continue
		}
		v := pl.service(pl.inc.ServiceIn(s.Service, pl.settings, pl.lang.Tag), s.Condition, s.Since)
		if pl.inc.Maintenance != nil && pl.inc.Maintenance.Phase == domain.PhaseAnnounced {
			v.Since = nil // it is to come
		}
		if _, shared := pl.settings.Service(s.ID); shared {
			v.URL = pl.serviceURL(s.ID)
		}
		services = append(services, v)
	}
	return services
}

// saidBy words what an update says of services, the worst first.
func (pl *incidentPlan) saidBy(u *incident.Update) (list []Said) {
	for _, kind := range domain.ServiceKinds() {
		all := pl.said(u.Services, kind)
		for _, c := range slices.Backward(domain.Conditions()) {
			other := func(s Service) bool { return s.Condition != string(c) }
			if same := slices.DeleteFunc(slices.Clone(all), other); len(same) > 0 {
				list = append(list, Said{Condition: string(c), Word: same[0].Word, Services: same})
			}
		}
	}
	return list
}

// servicesNow words how those services are now that do not work, or not well. Once the incident is
// resolved, all work.
func (pl *incidentPlan) servicesNow() []Service {
	if !pl.inc.Open() {
		return nil
	}
	works := func(s incident.ServiceState) bool { return s.Condition == domain.ConditionOperational }
	return pl.said(slices.DeleteFunc(slices.Clone(pl.inc.Services), works), domain.ServiceKindService)
}

// maintenance words when a maintenance is; nil for any other incident.
func (pl *incidentPlan) maintenance() *Maintenance {
	m := pl.inc.Maintenance
	if m == nil {
		return nil
	}
	return &Maintenance{Phase: string(m.Phase), Starts: pl.when(m.Starts), Ends: pl.when(m.Ends)}
}

// period words when a maintenance is, in one line.
func (pl *incidentPlan) period() string {
	m := pl.maintenance()
	end := m.Ends.Short
	if m.Starts.Date == m.Ends.Date {
		end = m.Ends.Clock
	}
	return pl.words.Must("maintenance.period", m.Starts.Short, end)
}

func (p *Planner) serviceURL(id string) string {
	return p.addresses.URL(site.ServicesPath) + "#" + site.Fragment(id)
}

// siteServices words how the services of the site are, and what became of them.
func (p *Planner) siteServices(summaries []*Summary) []History {
	var effects []incident.Effect
	links := map[string]Link{}
	for _, s := range summaries {
		effects = append(effects, s.effects...)
		links[s.Brief.Slug] = Link{Title: s.Brief.Title, URL: s.Brief.URL, Lang: s.Brief.Lang}
	}
	var list []History
	for _, s := range site.Services(p.settings, effects) {
		if !p.isDefault() {
			s.Service = s.In(p.lang.Services, p.settings.DefaultLanguage)
		}
		h := History{Service: p.service(s.Service, s.Condition, s.Since)}
		h.URL = p.serviceURL(s.ID)
		if link, ok := links[s.Incident]; ok {
			h.Incident = &link
		}
		for i, e := range s.History {
			if i == historyLimit {
				h.Omitted = p.words.Must("services.omitted", len(s.History)-i)
				break
			}
			h.Effects = append(h.Effects, p.effect(s.Service, e, links[e.Incident]))
		}
		list = append(list, h)
	}
	return list
}

// historyLimit is how many effects of a service its history shows.
const historyLimit = 100

func (p *Planner) effect(s content.Service, e incident.Effect, link Link) Effect {
	v := Effect{
		Condition: string(e.Condition), Word: p.conditionWord(s, e.Condition),
		From: p.at(e.From), To: p.optional(e.To), Incident: link,
	}
	if v.To != nil {
		v.Length = p.words.Duration(e.To.Sub(e.From))
	}
	return v
}

// grouped puts services under their groups. A product is only shown while it is affected: that all
// others are not is no news.
func (p *Planner) grouped(list []History) []ServiceGroup {
	groups := []ServiceGroup{{}}
	for i, h := range list {
		s := p.settings.Services[i]
		if s.Kind == domain.ServiceKindProduct && h.Condition == string(domain.ConditionOperational) {
			continue
		}
		if !p.isDefault() {
			s = s.In(p.lang.Services, p.settings.DefaultLanguage)
		}
		k := slices.IndexFunc(groups, func(g ServiceGroup) bool { return g.Name == s.Group })
		if k < 0 {
			k = len(groups)
			groups = append(groups, ServiceGroup{Name: s.Group, Lang: s.Lang})
		}
		groups[k].Services = append(groups[k].Services, h.Service)
	}
	return slices.DeleteFunc(groups, func(g ServiceGroup) bool { return len(g.Services) == 0 })
}

// worst returns the worst condition of all services, without products.
func (p *Planner) worst(list []History) string {
	worst := domain.ConditionOperational
	for i, h := range list {
		if c := domain.Condition(h.Condition); p.settings.Services[i].Kind == domain.ServiceKindService && c.Worse(worst) {
			worst = c
		}
	}
	return string(worst)
}

// Services plans the page of services; false if the site has none.
func (p *Planner) Services(summaries []*Summary) (Page, bool) {
	if len(p.settings.Services) == 0 {
		return Page{}, false
	}
	v := Services{
		Base:      p.base("services", site.ServicesPath, p.words.Must("services.title"), "", homeVersion(summaries)),
		Histories: p.siteServices(summaries), Contacts: p.shared.Contacts,
	}
	p.versions(&v.Base, site.ServicesPath, nil)
	_, asOf := openIncidents(summaries)
	v.AsOf = p.optional(asOf)
	return p.page("services", site.ServicesPath, v), true
}

// planned returns the maintenance that is announced or under way, soonest first.
func planned(summaries []*Summary) (list []Brief) {
	var all []*Summary
	for _, s := range summaries {
		if s.Brief.Maintenance != nil && s.Brief.Open {
			all = append(all, s)
		}
	}
	slices.SortStableFunc(all, func(a, b *Summary) int { return a.starts.Compare(b.starts) })
	for _, s := range all {
		list = append(list, s.Brief)
	}
	return list
}
