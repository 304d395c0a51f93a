package data

import (
	"encoding/json"

	"candor/generator/domain"
)

// history is history.json.
type history struct {
	Schema       string          `json:"$schema"`
	URL          string          `json:"url"`
	Language     string          `json:"language"`
	TimeZone     string          `json:"time_zone"`
	Title        string          `json:"title"`
	Organisation string          `json:"organisation"`
	Summary      string          `json:"summary,omitempty"`
	Services     []service       `json:"services"`
	Incidents    json.RawMessage `json:"incidents"`
}

// entry is an incident in the history, and the head of incident.json.
type entry struct {
	ID          string          `json:"id"`
	Slug        string          `json:"slug"`
	URL         string          `json:"url"`
	Data        string          `json:"data"`
	Title       string          `json:"title"`
	Summary     string          `json:"summary,omitempty"`
	TextsIn     string          `json:"texts_in"` // the language of title and summary
	Kind        domain.Occasion `json:"kind"`
	Drill       bool            `json:"drill"`
	Open        bool            `json:"open"`
	Level       domain.Level    `json:"level,omitempty"`
	Status      domain.Status   `json:"status,omitempty"`
	Type        string          `json:"type,omitempty"`
	Known       *moment         `json:"known"`
	Resolved    *moment         `json:"resolved,omitempty"`
	Maintenance *maintenance    `json:"maintenance,omitempty"`
	NextUpdate  *due            `json:"next_update,omitempty"`
	Services    []service       `json:"services"`
	UpdateCount int             `json:"update_count"`
	Latest      *headline       `json:"latest,omitempty"`
}

// whole is incident.json.
type whole struct {
	Schema   string `json:"$schema"`
	Language string `json:"language"`
	TimeZone string `json:"time_zone"`
	entry
	FirstResponse *response  `json:"first_response,omitempty"`
	Affected      string     `json:"affected,omitempty"`
	Contacts      []contact  `json:"contacts"`
	Speaker       *person    `json:"speaker,omitempty"`
	ApprovedBy    []person   `json:"approved_by,omitempty"`
	Lead          *text      `json:"lead,omitempty"`
	Sections      []section  `json:"sections"`
	Updates       []update   `json:"updates"`
	Promises      []promise  `json:"promises"`
	Questions     []question `json:"questions"`
	Report        *report    `json:"report,omitempty"`
	Counts        *counts    `json:"counts,omitempty"`
	Files         []file     `json:"files"`
}

type moment struct {
	UTC   string `json:"utc"`
	Local string `json:"local"`
}

type due struct {
	Due     *moment `json:"due"`
	Overdue bool    `json:"overdue"`
}

type maintenance struct {
	Starts *moment      `json:"starts"`
	Ends   *moment      `json:"ends"`
	Phase  domain.Phase `json:"phase"`
}

type response struct {
	Due  *moment `json:"due"`
	Came *moment `json:"came,omitempty"`
	Late bool    `json:"late"`
}

type text struct {
	Text string `json:"text"`
	HTML string `json:"html"`
}

type person struct {
	Name string `json:"name"`
	Role string `json:"role,omitempty"`
}

type contact struct {
	Kind     string `json:"kind"`
	Label    string `json:"label,omitempty"`
	Value    string `json:"value"`
	URL      string `json:"url,omitempty"`
	Hours    string `json:"hours,omitempty"`
	Response string `json:"response,omitempty"`
	Press    bool   `json:"press"`
}

type service struct {
	ID        string             `json:"id"`
	Label     string             `json:"label"`
	Group     string             `json:"group,omitempty"`
	Region    string             `json:"region,omitempty"`
	Kind      domain.ServiceKind `json:"kind"`
	Condition domain.Condition   `json:"condition"`
	Since     *moment            `json:"since,omitempty"`
	Incident  string             `json:"incident,omitempty"`
}

// section is a section of a text.
type section struct {
	ID       string  `json:"id"`
	Title    string  `json:"title"`
	Language string  `json:"language"`
	Updated  *moment `json:"updated,omitempty"`
	text
}

type headline struct {
	ID    string  `json:"id"`
	URL   string  `json:"url"`
	Title string  `json:"title"`
	Time  *moment `json:"time"`
}

type update struct {
	headline
	Name        string        `json:"name"`
	Language    string        `json:"language"`
	Kind        domain.Kind   `json:"kind"`
	Status      domain.Status `json:"status,omitempty"`
	Level       domain.Level  `json:"level,omitempty"`
	Services    []service     `json:"services,omitempty"`
	Modified    *moment       `json:"modified"`
	NextUpdate  *moment       `json:"next_update,omitempty"`
	ApprovedBy  []person      `json:"approved_by,omitempty"`
	Corrects    []string      `json:"corrects,omitempty"`
	CorrectedBy []string      `json:"corrected_by,omitempty"`
	text
}

type promise struct {
	ID       string         `json:"id,omitempty"`
	State    domain.Promise `json:"state"`
	Due      *moment        `json:"due"`
	Moved    *moment        `json:"moved,omitempty"`
	Made     string         `json:"made,omitempty"` // id of the update
	KeptAt   *moment        `json:"kept_at,omitempty"`
	Kept     string         `json:"kept,omitempty"` // likewise
	Language string         `json:"language"`
	text
}

type question struct {
	ID       string  `json:"id"`
	URL      string  `json:"url"`
	Question string  `json:"question"`
	Language string  `json:"language"`
	Updated  *moment `json:"updated,omitempty"`
	Answer   text    `json:"answer"`
}

type report struct {
	URL        string    `json:"url"`
	Title      string    `json:"title"`
	Published  *moment   `json:"published"`
	ApprovedBy []person  `json:"approved_by,omitempty"`
	Lead       *text     `json:"lead,omitempty"`
	Parts      []section `json:"parts"`
}

type counts struct {
	AsOf         *moment `json:"as_of,omitempty"`
	Total        *int    `json:"total"`
	Reached      *int    `json:"reached"`
	Solved       *int    `json:"solved"`
	SolvedInDay  *int    `json:"solved_in_a_day"`
	Satisfied    *int    `json:"satisfied"`
	Dissatisfied *int    `json:"dissatisfied"`
	Open         *int    `json:"open"`
}

type file struct {
	Name   string `json:"name"`
	Title  string `json:"title,omitempty"`
	URL    string `json:"url"`
	Bytes  int    `json:"bytes"`
	SHA256 string `json:"sha256"`
}
