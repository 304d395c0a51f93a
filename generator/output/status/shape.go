package status

import (
	"time"

	"candor/generator/domain"
	"candor/generator/input/content"
	"candor/generator/output/machine"
)

type page struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	URL     string `json:"url"`
	Zone    string `json:"time_zone"`
	Updated string `json:"updated_at"`
}

type overallStatus struct {
	Indicator   string `json:"indicator"`
	Description string `json:"description"`
}

type summary struct {
	Page         page          `json:"page"`
	Components   []component   `json:"components"`
	Incidents    []event       `json:"incidents"`
	Maintenances []event       `json:"scheduled_maintenances"`
	Status       overallStatus `json:"status"`
}

type statusFile struct {
	Page   page          `json:"page"`
	Status overallStatus `json:"status"`
}

type componentsFile struct {
	Page       page        `json:"page"`
	Components []component `json:"components"`
}

type incidentsFile struct {
	Page      page    `json:"page"`
	Incidents []event `json:"incidents"`
}

type maintenancesFile struct {
	Page         page    `json:"page"`
	Maintenances []event `json:"scheduled_maintenances"`
}

type component struct {
	ID           string   `json:"id"`
	Name         string   `json:"name"`
	Status       string   `json:"status"`
	Created      string   `json:"created_at"`
	Updated      string   `json:"updated_at"`
	Position     int      `json:"position"`
	Description  *string  `json:"description"`
	Showcase     bool     `json:"showcase"`
	StartDate    *string  `json:"start_date"`
	GroupID      *string  `json:"group_id"`
	PageID       string   `json:"page_id"`
	Group        bool     `json:"group"`
	OnlyDegraded bool     `json:"only_show_if_degraded"`
	Components   []string `json:"components,omitempty"` // of a group

	condition domain.Condition
}

// component says a service. Nobody knows since when there is one.
func (o api) component(l *machine.Language, page string, s content.Service, is domain.Condition, since time.Time) component {
	said := s
	if l.Tag != o.settings.DefaultLanguage {
		said = s.In(l.Services, o.settings.DefaultLanguage)
	}
	c := component{
		ID: id(l, "service "+s.ID), Name: said.Label, Status: conditions[is], Created: stamp(time.Unix(0, 0)),
		Updated: stamp(time.Unix(0, 0)), Position: 1, PageID: page, condition: is,
	}
	if !since.IsZero() {
		c.Updated = stamp(since)
	}
	if said.Note != "" {
		c.Description = &said.Note
	}
	return c
}

// event is an incident, or a maintenance, which has when it is scheduled.
type event struct {
	ID             string      `json:"id"`
	Name           string      `json:"name"`
	Status         string      `json:"status"`
	Created        string      `json:"created_at"`
	Updated        string      `json:"updated_at"`
	Monitoring     *string     `json:"monitoring_at"`
	Resolved       *string     `json:"resolved_at"`
	Impact         string      `json:"impact"`
	Shortlink      string      `json:"shortlink"`
	Started        string      `json:"started_at"`
	PageID         string      `json:"page_id"`
	Updates        []update    `json:"incident_updates"`
	Components     []component `json:"components"`
	Reminders      *string     `json:"reminder_intervals"`
	ScheduledFor   *string     `json:"scheduled_for,omitempty"`
	ScheduledUntil *string     `json:"scheduled_until,omitempty"`
}

type update struct {
	ID         string  `json:"id"`
	Status     string  `json:"status"`
	Body       string  `json:"body"`
	IncidentID string  `json:"incident_id"`
	Created    string  `json:"created_at"`
	Updated    string  `json:"updated_at"`
	Displayed  string  `json:"display_at"`
	Affected   *string `json:"affected_components"` // always null: components has them
	Notify     bool    `json:"deliver_notifications"`
	CustomPost *string `json:"custom_tweet"`
	PostID     *string `json:"tweet_id"`
}
