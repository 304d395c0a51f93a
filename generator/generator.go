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
	"time"

	"candor/generator/config"
	"candor/generator/diag"
	"candor/generator/fileset"
	"candor/generator/tomldoc"
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
// empty: nothing shall be published.
type Result struct {
	Output      fileset.Set
	Diagnostics diag.List
	At          time.Time // the instant that the build was made for
	NextChange  time.Time // when Output will be another one with no file touched; zero for never
	Incidents   int       // visible ones
}

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

// run is the build, step by step. An incident goes through all of its steps in
// one go where nothing outside of it is needed: see unit.
func (b *build) run() Result {
	b.readSite()
	b.loadTheme()
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
	return b.result()
}
