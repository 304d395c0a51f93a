package site

import (
	"cmp"
	"slices"
	"time"

	"candor/generator/domain"
	"candor/generator/input/content"
	"candor/generator/site/config"
	"candor/generator/site/incident"
)

// ServicesPath is where the page of services is, if the site has any.
const ServicesPath = "services/"

// Service is a service of the site, and how it is at an instant.
type Service struct {
	content.Service
	Condition domain.Condition  // the worst that an open incident says; operational if none does
	Since     time.Time         // of Condition; zero if operational
	Incident  string            // the slug of the one that says it; empty if operational
	History   []incident.Effect // all there ever were, newest first
}

// Services returns the services of a site, in the order of site.toml, with the effects of its incidents:
// those that their method Effects returns, in any order.
func Services(settings *config.Site, effects []incident.Effect) []Service {
	effects = slices.SortedStableFunc(slices.Values(effects), func(a, b incident.Effect) int {
		return cmp.Or(b.From.Compare(a.From), cmp.Compare(a.Incident, b.Incident))
	})
	list, byID := make([]Service, len(settings.Services)), map[string]*Service{}
	for i, s := range settings.Services {
		list[i] = Service{Service: s, Condition: domain.ConditionOperational}
		byID[s.ID] = &list[i]
	}
	for _, e := range effects {
		s := byID[e.Service]
		s.History = append(s.History, e)
		if e.To.IsZero() && e.Condition.Worse(s.Condition) {
			s.Condition, s.Since, s.Incident = e.Condition, e.From, e.Incident
		}
	}
	return list
}
