// Package generator is the whole build: a function from one set of files and one
// instant to another set of files and a list of diagnostics.
//
//	content + themes + instant ─▶ parse ▶ assemble ▶ check ▶ render ─▶ output + diagnostics + next change
//
// It touches no disk, network, clock, environment or randomness. The same Input
// gives the same Result, byte for byte, whatever the machine, its zone or its
// number of processors. A Generator remembers steps whose input is equal; it
// never returns anything that Build would not.
package generator

import (
	"strings"
	"time"

	"candor/generator/diag"
	"candor/generator/fileset"
	"candor/generator/input/content"
	"candor/generator/input/tomldoc"
	"candor/generator/site/config"
	"candor/generator/site/incident"
)

// Input is all that a build depends on.
type Input struct {
	Content fileset.Set // the content folder
	Themes  fileset.Set // all themes, each below its name

	// Instant is what --at names: it goes before the instant that site.toml
	// may freeze, which goes before Now.
	Instant tomldoc.Time // without an offset, a reading of the site's clocks
	Now     time.Time
	Zones   config.Zones // finds time zones; time.LoadLocation is one
	Theme   string       // instead of site.toml's, where not empty
	BaseURL string       // instead of site.toml's, where not empty

	Check bool // apply the rules and make no pages: there is no Output
}

// At returns the instant that a build of the site is made for, in its zone.
func (in Input) At(site *config.Site) time.Time {
	at := in.Now
	switch {
	case !in.Instant.IsZero():
		at = in.Instant.In(site.Zone)
	case !site.At.IsZero():
		at = site.At
	}
	return at.In(site.Zone).Truncate(time.Second)
}

// Result is what a build gives. Where the diagnostics hold an error, Output is
// empty: nothing shall be published. What only a page can show, a fault of a
// template or two pages at one address, a Check does not find.
type Result struct {
	Output      fileset.Set
	Diagnostics diag.List
	At          time.Time       // the instant that the build was made for
	NextChange  time.Time       // when Output will be another one with no file touched; zero for never
	NextFinding time.Time       // before it the rules find nothing else with no file touched; likewise
	Frozen      bool            // At stands still: the site's settings or the Input's Instant name it
	Base        string          // path of the site's home: "/" or "/crisis/"
	Incidents   int             // visible ones
	Owed        []incident.Owed // soonest first; what Due lies before At is overdue. Not to be changed
}

// Next returns the first instant after At at which another build of the same files
// may give another Result; zero for never.
func (r Result) Next() time.Time { return sooner(r.NextChange, r.NextFinding) }

// Build makes the site once and keeps nothing. For many builds of a site that
// changes, make a Generator.
func Build(in Input) Result {
	b := &build{in: in, once: true}
	return b.run()
}

// Generator builds, and remembers the last build: a step whose input is equal to
// that of the last one is not done again. Zones has to be the same function each
// time. It is not for concurrent use.
type Generator struct {
	last *build
}

// New makes a Generator that remembers nothing yet.
func New() *Generator { return &Generator{} }

// Build makes the site.
func (g *Generator) Build(in Input) Result {
	b := &build{in: in, last: g.last}
	r := b.run()
	b.remember()
	g.last = b
	return r
}

// Address returns where the last build published the text of a content file, with
// its place on the page; empty where it did not.
func (g *Generator) Address(file string) string {
	if g.last == nil {
		return ""
	}
	place := content.Locate(file, g.last.tags)
	if place.Lang != "" {
		file = strings.TrimSuffix(file, "."+place.Lang+".md") + ".md"
	}
	address := ""
	switch u := g.last.byName[place.Folder()]; {
	case place.Kind == content.Page && g.last.standing != nil:
		address = g.last.standing.Address(file)
	case u != nil && u.targets != nil:
		address = u.targets.Address(file)
	}
	if address == "" || place.Lang == "" {
		return address
	}
	home := g.last.addresses.URL("")
	return home + place.Lang + "/" + strings.TrimPrefix(address, home)
}

// run is the build, step by step. An incident goes through all of its steps in
// one go where nothing outside of it is needed: see unit.
func (b *build) run() Result {
	b.readSite()
	parallel(2, func(_, i int) { [...]func(){b.loadTheme, b.loadRules}[i]() })
	b.sortPages()
	b.parsePages()
	b.plan()
	b.sortIncidents()
	if b.site.Unread {
		b.parseIncidents()
		return b.result()
	}
	b.takeIncidents()
	b.takeWaiting()
	b.checkAddresses()
	b.renderShared()
	b.makeSitemap()
	return b.result()
}
