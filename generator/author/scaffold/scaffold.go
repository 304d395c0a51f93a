// Package scaffold makes the files that an editor starts from: a site, an
// incident with its first response, an update, a FAQ, a final report, figures,
// a scenario, a translation.
//
// A Maker is a function from a site, its archetypes, those of the themes and one
// instant to a set of new files. It touches no disk: whether a file exists
// already is decided when the set is written, and nothing that exists is ever
// part of a set.
//
// What every file that it makes keeps to, whatever the archetype says:
//
//   - It is valid as it is, but for texts in [square brackets]: the build
//     finds these and nothing else until an editor has replaced them.
//   - Every promise in it holds such a text, so that no date which was worked
//     out here is published without somebody having read it.
//   - Times are those of the site's zone. The first response is due by the
//     shorter of the time limits of level and type (playbook §1); the next
//     update by the longest gap that the phase allows (playbook §3).
//   - Nobody is named who may not speak or approve: whoever approves takes the
//     comment sign off a line that lists who may.
//
// A request that cannot be met is an error that says what to ask for instead. A
// fault of an archetype is a Faults.
package scaffold

import (
	"slices"
	"time"

	"candor/generator/diag"
	"candor/generator/domain"
	"candor/generator/fileset"
	"candor/generator/output/theme"
	"candor/generator/site/config"
)

// Maker makes files for one site at one instant.
type Maker struct {
	Site    *config.Site
	Content fileset.Set // the content folder
	Themes  fileset.Set // all themes, each below its name
	At      time.Time
}

// Renders reports whether the site's theme can make pages at all: one with nothing but archetypes
// cannot.
func (m *Maker) Renders() bool {
	layers, _ := theme.Layers(m.Themes, m.Site.Theme)
	return slices.ContainsFunc(layers, func(l theme.Layer) bool { return l.Files.Under("layouts").Len() > 0 })
}

// Made is what a Maker made.
type Made struct {
	Files fileset.Set // by their paths in the content folder

	// What is due because of it, in the site's zone; zero if nothing is.
	FirstResponse time.Time
	NextUpdate    time.Time

	Known  time.Time     // from when the time limit of the first response counts
	Within time.Duration // how long it is
	Open   int           // promises that the incident has still to keep
	Title  string        // of an update that is whole
}

// Faults are diagnostics of an archetype, or of the incident to which something
// was to be added: because of them nothing is made.
type Faults diag.List

// Error returns the first; callers that print them print the list.
func (f Faults) Error() string { return f[0].Message.String() }

// archetypes are those of the site, of its theme and of what that extends, in the site's default language.
func (m *Maker) archetypes() archetypes {
	a := archetypes{tag: m.Site.DefaultLanguage}
	a.add(theme.Layer{Root: domain.FolderArchetypes, Files: m.Content.In(domain.FolderArchetypes)})
	layers, _ := theme.Layers(m.Themes, m.Site.Theme) // the build reports what is wrong with them
	for _, l := range layers {
		a.add(theme.Layer{Root: l.Root + "/archetypes", Files: l.Files.In("archetypes")})
	}
	a.layers = append(a.layers, plainArchetypes(m.Themes, "").layers...)
	return a
}

// folder is the folder of an incident.
func folder(slug string) string { return domain.FolderIncidents + "/" + slug + "/" }

func updatePath(slug, name string) string {
	return folder(slug) + domain.FolderUpdates + "/" + name + ".md"
}
