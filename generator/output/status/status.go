// Package status is the output for programs that know the status API of Statuspage, version 2: the
// same keys, types and addresses below /api/v2/, in every language, for a site that declares services.
//
// A service is a component, the group of services a group of components. Ids are twelve letters and
// digits that stay the same. The lists of incidents have the newest 50; an open one has all its
// updates, a resolved one its newest three. Drills are left out. Without the site's own address, or
// without services, there is nothing.
package status

import (
	"cmp"
	"crypto/sha256"
	"encoding/base32"
	"slices"
	"strings"
	"time"

	"candor/generator/domain"
	"candor/generator/fileset"
	"candor/generator/output"
	"candor/generator/output/machine"
	"candor/generator/output/theme"
	"candor/generator/site"
	"candor/generator/site/config"
	"candor/generator/site/incident"
)

// How much the lists have.
const (
	newestIncidents = 50
	newestUpdates   = 3 // of a resolved incident
)

// New makes the Output of the status API.
func New(f *site.Frame, _ *theme.Theme) output.Output {
	if len(f.Settings.Services) == 0 {
		return api{settings: f.Settings}
	}
	return api{f.Settings, machine.Languages(f)}
}

type api struct {
	settings  *config.Site
	languages []*machine.Language
}

// share is what an incident adds; its events are by language, and none of a drill.
type share struct {
	known, changed time.Time
	events         []event
	phase          domain.Phase // of a maintenance
	open           bool
	effects        []incident.Effect
}

// Incident shares an incident.
func (o api) Incident(inc *site.Incident) output.Part {
	s := share{known: inc.Known, changed: inc.LastChange, open: inc.Open(), effects: inc.Effects()}
	if inc.Maintenance != nil {
		s.phase = inc.Maintenance.Phase
	}
	if !inc.Front.Drill {
		for _, l := range o.languages {
			s.events = append(s.events, o.event(l, inc))
		}
	}
	return output.Part{Share: s}
}

// Site makes the files of the API.
func (o api) Site(_ *site.Site, parts []output.Part) output.Part {
	var part output.Part
	shares := output.Shares[share](parts)
	slices.SortStableFunc(shares, func(a, b share) int { return b.known.Compare(a.known) })
	var effects []incident.Effect
	changed := time.Unix(0, 0)
	for _, s := range shares {
		effects = append(effects, s.effects...)
		if s.changed.After(changed) && s.events != nil {
			changed = s.changed
		}
	}
	services := site.Services(o.settings, effects)
	for i, l := range o.languages {
		p := page{ID: id(l, ""), Name: l.Title, URL: l.Addresses.Canonical(""), Zone: o.settings.Zone.String(), Updated: stamp(changed)}
		lists := o.lists(shares, i)
		components := o.components(l, p.ID, services)
		overall := overall(l, services, lists.open)
		for name, v := range map[string]any{
			"summary":    summary{p, components, lists.open, append(slices.Clone(lists.active), lists.upcoming...), overall},
			"status":     statusFile{p, overall},
			"components": componentsFile{p, components},
			"incidents":  incidentsFile{p, lists.incidents}, "incidents/unresolved": incidentsFile{p, lists.open},
			"scheduled-maintenances":          maintenancesFile{p, lists.planned},
			"scheduled-maintenances/active":   maintenancesFile{p, lists.active},
			"scheduled-maintenances/upcoming": maintenancesFile{p, lists.upcoming},
		} {
			path := l.Addresses.Path("api/v2/" + name + ".json")
			part.Files = append(part.Files, fileset.NewFile(path, append(machine.JSON(v), '\n')))
		}
	}
	return part
}

// lists are the events that the files have.
type lists struct{ incidents, open, planned, active, upcoming []event }

func (o api) lists(shares []share, language int) lists {
	l := lists{[]event{}, []event{}, []event{}, []event{}, []event{}}
	for _, s := range shares {
		if s.events == nil {
			continue
		}
		e := s.events[language]
		switch s.phase {
		case domain.PhaseAnnounced:
			l.upcoming = append(l.upcoming, e)
		case domain.PhaseUnderWay:
			l.active = append(l.active, e)
		case "":
			if s.open {
				l.open = append(l.open, e)
			}
			if len(l.incidents) < newestIncidents {
				l.incidents = append(l.incidents, e)
			}
			continue
		}
		if len(l.planned) < newestIncidents {
			l.planned = append(l.planned, e)
		}
	}
	return l
}

// components are the services, each behind the group that it is in.
func (o api) components(l *machine.Language, page string, services []site.Service) []component {
	list := []component{}
	groups := map[string]int{}
	for _, s := range services {
		c := o.component(l, page, s.Service, s.Condition, s.Since)
		c.Position = len(list) + 1
		if s.Group != "" {
			at, known := groups[s.Group]
			if !known {
				at = len(list)
				groups[s.Group] = at
				group := o.component(l, page, s.Service, domain.ConditionOperational, time.Time{})
				group.ID, group.Name = id(l, "group "+s.Group), o.words(l, s).Group
				group.Group, group.Position, group.Components = true, at+1, []string{}
				list = append(list, group)
				c.Position++
			}
			c.GroupID = &list[at].ID
			list[at].Components = append(list[at].Components, c.ID)
			if s.Condition.Worse(list[at].condition) {
				list[at].condition, list[at].Status = s.Condition, conditions[s.Condition]
			}
		}
		list = append(list, c)
	}
	return list
}

func (o api) words(l *machine.Language, s site.Service) site.Service {
	if l.Tag != o.settings.DefaultLanguage {
		s.Service = s.In(l.Services, o.settings.DefaultLanguage)
	}
	return s
}

// overall says how all services are together.
func overall(l *machine.Language, services []site.Service, open []event) overallStatus {
	order := []string{"none", "maintenance", "minor", "major", "critical"}
	worst := 0
	for _, s := range services {
		worst = max(worst, slices.Index(order, map[domain.Condition]string{
			domain.ConditionMaintenance: "maintenance", domain.ConditionDegraded: "minor",
			domain.ConditionPartial: "major", domain.ConditionDown: "critical",
		}[s.Condition]))
	}
	for _, e := range open {
		worst = max(worst, slices.Index(order, e.Impact))
	}
	text := l.Words.Must("banner.none")
	if len(open) > 0 {
		text = l.Words.Must("banner.open", len(open))
	}
	return overallStatus{order[worst], text}
}

// id makes twelve letters and digits of the id of a thing.
func id(l *machine.Language, name string) string {
	sum := sha256.Sum256([]byte(l.ID(name)))
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:]))[:12]
}

// stamp writes an instant as the API does.
func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

// optional is stamp for an instant that may not be; nil for a zero one.
func optional(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	text := stamp(t)
	return &text
}

var conditions = map[domain.Condition]string{
	domain.ConditionOperational: "operational", domain.ConditionDegraded: "degraded_performance",
	domain.ConditionPartial: "partial_outage", domain.ConditionDown: "major_outage",
	domain.ConditionMaintenance: "under_maintenance",
}

var impacts = map[domain.Level]string{domain.Level1: "critical", domain.Level2: "major", domain.Level3: "minor", 0: "maintenance"}

var phases = map[domain.Phase]string{
	domain.PhaseAnnounced: "scheduled", domain.PhaseUnderWay: "in_progress", domain.PhaseOver: "completed",
}

// event says an incident or a maintenance.
func (o api) event(l *machine.Language, inc *site.Incident) event {
	page := id(l, "")
	e := event{
		ID: id(l, inc.Slug+"/"), Name: l.NameOf(inc), Status: string(cmp.Or(inc.Status, domain.StatusInvestigating)),
		Created: stamp(inc.Known), Updated: stamp(inc.Known), Resolved: optional(inc.Resolved), Impact: impacts[inc.Level],
		Shortlink: l.Addresses.Canonical(inc.Slug + "/"), Started: stamp(inc.Known), PageID: page,
		Updates: []update{}, Components: []component{},
	}
	if m := inc.Maintenance; m != nil {
		e.Status, e.Started, e.ScheduledFor, e.ScheduledUntil = phases[m.Phase], stamp(m.Starts), optional(m.Starts), optional(m.Ends)
	}
	status := domain.StatusInvestigating
	for _, u := range inc.Updates {
		status = cmp.Or(u.Status, status)
		if status == domain.StatusMonitoring && e.Monitoring == nil {
			e.Monitoring = optional(u.Time)
		}
		e.Updated = stamp(l.Modified(u))
		if !inc.Open() && u.Index < len(inc.Updates)-newestUpdates {
			continue
		}
		said := update{
			ID: id(l, inc.Slug+"/"+u.Name), Status: string(status), Body: machine.Plain(l.UpdateHTML(inc, u)), IncidentID: e.ID,
			Created: stamp(u.Time), Updated: stamp(l.Modified(u)), Displayed: stamp(u.Time), Notify: true,
		}
		if inc.Maintenance != nil {
			said.Status = e.Status
		}
		e.Updates = append(e.Updates, said)
	}
	slices.Reverse(e.Updates)
	for _, s := range inc.Services {
		if _, of := o.settings.Service(s.ID); of {
			e.Components = append(e.Components, o.component(l, page, s.Service, s.Condition, s.Since))
		}
	}
	return e
}
