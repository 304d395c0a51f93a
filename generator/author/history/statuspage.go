package history

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"time"

	"candor/generator/domain"
	"candor/generator/message"
)

// The parts of a Statuspage export, of version 1 or 2 of its API, that are read.
type (
	statuspage struct {
		Incidents    []statuspageIncident  `json:"incidents"`
		Maintenances []statuspageIncident  `json:"scheduled_maintenances"`
		Components   []statuspageComponent `json:"components"`
	}

	statuspageIncident struct {
		ID             string                `json:"id"`
		Name           string                `json:"name"`
		Status         string                `json:"status"`
		Impact         string                `json:"impact"`
		CreatedAt      string                `json:"created_at"`
		StartedAt      string                `json:"started_at"`
		ResolvedAt     string                `json:"resolved_at"`
		ScheduledFor   string                `json:"scheduled_for"`
		ScheduledUntil string                `json:"scheduled_until"`
		Updates        []statuspageUpdate    `json:"incident_updates"`
		Components     []statuspageComponent `json:"components"`
	}

	statuspageUpdate struct {
		ID         string                `json:"id"`
		Status     string                `json:"status"`
		Body       string                `json:"body"`
		CreatedAt  string                `json:"created_at"`
		DisplayAt  string                `json:"display_at"`
		Components []statuspageComponent `json:"affected_components"`
	}

	statuspageComponent struct {
		ID        string `json:"id"`
		Code      string `json:"code"` // its id in an update
		Name      string `json:"name"`
		NewStatus string `json:"new_status"`
		Group     bool   `json:"group"`
		GroupID   string `json:"group_id"`
	}
)

// Statuspage reads incidents.json, summary.json, scheduled-maintenances.json or the list of all incidents that
// its API gives.
func Statuspage(name string, data []byte) (*History, error) {
	var page statuspage
	var err error
	if trimmed := bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\ufeff")), " \t\r\n"); bytes.HasPrefix(trimmed, []byte("[")) {
		err = decode(name, data, &page.Incidents)
	} else {
		err = decode(name, data, &page)
	}
	if err != nil {
		return nil, err
	}
	if len(page.Incidents)+len(page.Maintenances) == 0 {
		return nil, message.Errorf("%s has no incidents\nsave /api/v2/incidents.json of the status page, or the list "+
			"of incidents of its API", name)
	}
	h := &History{}
	groups := map[string]string{}
	for _, c := range page.Components {
		if c.Group {
			groups[c.ID] = line(c.Name)
		}
	}
	for _, list := range []struct {
		key       string
		incidents []statuspageIncident
	}{{"incidents", page.Incidents}, {"scheduled_maintenances", page.Maintenances}} {
		for i, in := range slices.Backward(list.incidents) { // the newest is the first
			h.statuspage(in, groups, fmt.Sprintf("%s[%d]", list.key, i))
		}
	}
	for _, c := range page.Components {
		if !c.Group {
			h.service(c.ID, c.Name, groups[c.GroupID])
		}
	}
	return h.sorted(), nil
}

// statuspage adds an incident.
func (h *History) statuspage(in statuspageIncident, groups map[string]string, place string) {
	levels := map[string]domain.Level{"critical": domain.Level1, "major": domain.Level2}
	e := &event{place: place, id: in.ID, title: in.Name, level: cmp.Or(levels[in.Impact], domain.Level3),
		known: earlier(instant(in.CreatedAt), instant(in.StartedAt)), starts: instant(in.ScheduledFor),
		ends: instant(in.ScheduledUntil)}
	resolved := instant(in.ResolvedAt)
	if in.ScheduledFor != "" {
		if e.planned = e.ends.After(e.starts) && meant(e.starts) && meant(e.ends); !e.planned {
			h.lose(place, message.Textf("this maintenance has no end after its start: it is written as an incident"))
		}
		e.known = instant(in.CreatedAt)
	}
	for j, u := range slices.Backward(in.Updates) { // the newest is the first
		e.updates = append(e.updates, h.statuspageUpdate(u, e.planned, fmt.Sprintf("%s.incident_updates[%d]", place, j)))
	}
	for _, c := range in.Components {
		if !c.Group {
			h.service(c.ID, c.Name, groups[c.GroupID])
			e.affected = append(e.affected, line(c.Name))
		}
	}
	if slices.ContainsFunc(e.updates, func(u *update) bool { return len(u.states) > 0 }) {
		e.affected = nil // the updates say more
	}
	closed := slices.Contains([]string{"resolved", "completed", "postmortem"}, in.Status) || !resolved.IsZero()
	h.add(e, resolved, closed)
}

// statuspageUpdate returns an update.
func (h *History) statuspageUpdate(in statuspageUpdate, planned bool, place string) *update {
	at := instant(in.DisplayAt)
	if at.IsZero() {
		at = instant(in.CreatedAt)
	}
	u := &update{place: place, id: in.ID, time: at, title: "kinds.progress", states: states{},
		body: h.fromHTML(in.Body, place+".body", true)}
	switch in.Status {
	case "investigating", "identified", "monitoring", "resolved":
		u.title, u.status = "status."+in.Status, domain.Status(in.Status)
	case "scheduled":
		u.title = "maintenance.announced"
	case "in_progress", "verifying":
		u.title = "maintenance.under-way"
	case "completed":
		u.title, u.status = "maintenance.over", domain.StatusResolved
	case "postmortem":
		u.title, u.kind = "kinds.follow-up", domain.KindFollowUp
	default:
		h.lose(place, message.Textf("the status \"%s\" is left out", in.Status))
	}
	if planned && u.status != domain.StatusResolved {
		u.status = ""
	}
	conditions := states{"operational": domain.ConditionOperational, "degraded_performance": domain.ConditionDegraded,
		"partial_outage": domain.ConditionPartial, "major_outage": domain.ConditionDown,
		"under_maintenance": domain.ConditionMaintenance}
	for _, c := range in.Components {
		key := cmp.Or(c.Code, c.ID, c.Name)
		h.service(key, c.Name, "")
		if condition := conditions[c.NewStatus]; condition != "" {
			u.states[key] = condition
		} else {
			h.lose(place, message.Textf("the state \"%s\" of a service is left out", c.NewStatus))
		}
	}
	return u
}

// earlier returns the earlier of two times that can be meant.
func earlier(a, b time.Time) time.Time {
	if !meant(a) || meant(b) && b.Before(a) {
		return b
	}
	return a
}
