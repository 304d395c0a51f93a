// Package data is the output for programs that want to know all of an incident, such as the
// assistant of a support desk: incident.json beside each progress page, with everything that readers
// may know, and history.json with all incidents and services, in every language. Their JSON Schemas
// (draft 2020-12) are in schema/.
//
// Texts are there as HTML and as plain text. A text that is not translated says its language. An
// instant is there in UTC and by the clocks of the site's zone. A number of people that is null is
// not given out: it is too small, or others would tell it. The history leaves drills out. Without the
// site's own address there is nothing of this.
package data

import (
	"bytes"
	"embed"
	"slices"
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

//go:embed schema/*.json
var schemas embed.FS

// New makes the Output of data.
func New(f *site.Frame, _ *theme.Theme) output.Output {
	return &data{f.Settings, f.Addresses, machine.Languages(f)}
}

type data struct {
	settings  *config.Site
	addresses site.Addresses
	languages []*machine.Language
}

// share is what an incident adds to the history.
type share struct {
	known   time.Time
	entries [][]byte // by language; none of a drill
	effects []incident.Effect
}

// Incident makes incident.json in each language.
func (o *data) Incident(inc *site.Incident) output.Part {
	var part output.Part
	s := share{known: inc.Known, effects: inc.Effects()}
	for _, l := range o.languages {
		w := writer{o.settings, l, inc}
		part.Files = append(part.Files, o.file(l, inc.Slug+"/incident.json", w.incident()))
		if !inc.Front.Drill {
			s.entries = append(s.entries, machine.JSON(w.entry()))
		}
	}
	part.Share = s
	return part
}

// Site makes history.json in each language, and the schemas.
func (o *data) Site(_ *site.Site, parts []output.Part) output.Part {
	var part output.Part
	shares := output.Shares[share](parts)
	slices.SortStableFunc(shares, func(a, b share) int { return b.known.Compare(a.known) })
	var effects []incident.Effect
	for _, s := range shares {
		effects = append(effects, s.effects...)
	}
	services := site.Services(o.settings, effects)
	for i, l := range o.languages {
		var entries [][]byte
		for _, s := range shares {
			if s.entries != nil {
				entries = append(entries, s.entries[i])
			}
		}
		h := history{
			Schema: o.schema("history"), URL: l.Addresses.Canonical(""), Language: l.Tag, TimeZone: o.settings.Zone.String(),
			Title: l.Title, Organisation: l.Author(), Summary: l.Summary, Services: o.services(l, services),
			Incidents: append(append([]byte("["), bytes.Join(entries, []byte(","))...), ']'),
		}
		part.Files = append(part.Files, o.file(l, "history.json", h))
	}
	if o.languages != nil {
		part.Files = append(part.Files, schemaFile("incident"), schemaFile("history"))
	}
	return part
}

// services says how the services of the site are.
func (o *data) services(l *machine.Language, list []site.Service) []service {
	said := make([]service, len(list))
	for i, s := range list {
		in := s.Service
		if l.Tag != o.settings.DefaultLanguage {
			in = s.In(l.Services, o.settings.DefaultLanguage)
		}
		said[i] = service{ID: s.ID, Label: in.Label, Group: in.Group, Region: in.Region, Kind: s.Kind, Condition: s.Condition}
		if s.Condition != domain.ConditionOperational {
			said[i].Since, said[i].Incident = at(s.Since, o.settings), s.Incident
		}
	}
	return said
}

func (o *data) file(l *machine.Language, path string, v any) fileset.File {
	return fileset.NewFile(l.Addresses.Path(path), append(machine.JSON(v), '\n'))
}

// schema returns the address of a schema.
func (o *data) schema(name string) string { return o.addresses.Canonical("schema/" + name + ".json") }

func schemaFile(name string) fileset.File {
	path := "schema/" + name + ".json"
	text, err := schemas.ReadFile(path)
	if err != nil {
		panic("data: " + err.Error()) // it is embedded
	}
	return fileset.NewFile(path, text)
}
