// Package generator is the whole build: a function from one set of files and one
// instant to another set of files and a list of findings.
//
//	content + themes + instant ─▶ settings ▶ documents ▶ incidents ▶ links ▶ findings and pages ─▶ output
//
// It touches no disk, network, clock, environment or randomness. The same Input
// gives the same Result, byte for byte, whatever the machine, its zone or its
// number of processors. A Generator remembers what it made of equal input in the
// build before (memo.go); it never returns anything that Build would not.
package generator

import (
	"time"

	"candor/generator/author/copies"
	"candor/generator/diag"
	"candor/generator/domain"
	"candor/generator/fileset"
	"candor/generator/input/ledger"
	"candor/generator/input/tomldoc"
	"candor/generator/site/config"
	"candor/generator/site/incident"
	"candor/generator/site/sealed"
)

// Input is all that a build depends on.
type Input struct {
	Content fileset.Set // the content folder
	Themes  fileset.Set // all themes, each below its name

	// Instant is what --at names: it overrides the instant that site.toml
	// may freeze, which overrides Now.
	Instant tomldoc.Time // without an offset, a reading of the site's clocks
	Now     time.Time
	Zones   config.Zones // finds time zones; zone.Load is one
	Theme   string       // instead of site.toml's; empty for that one
	BaseURL string       // likewise

	Check bool // apply the rules and make no files: there is no Output
	Units bool // return what can be sealed

	Copies *copies.Request // return texts for channels; nil for none
}

// At returns the instant that a build of the site is made for, in its zone.
func (in Input) At(settings *config.Site) time.Time {
	at := in.Now
	switch {
	case !in.Instant.IsZero():
		at = in.Instant.In(settings.Zone)
	case !settings.At.IsZero():
		at = settings.At
	}
	return at.In(settings.Zone).Truncate(time.Second)
}

// Result is what a build gives. If the diagnostics hold an error, Output is
// empty: nothing may be published. What only a page can show, a fault of a
// template or two pages at one address, a Check does not find.
type Result struct {
	Output      fileset.Set
	Preview     fileset.Set // Output, or if only texts that are left to write keep it empty, what it would be
	Diagnostics diag.List
	At          time.Time           // the instant that the build was made for
	NextChange  time.Time           // when Output will be another one with no file touched; zero for never
	NextFinding time.Time           // before it the rules find nothing else with no file touched; likewise
	Settings    *config.Site        // of site.toml and the Input
	Frozen      bool                // At does not move: the site's settings or the Input's Instant name it
	Base        string              // path of the site's home: "/" or "/crisis/"
	Incidents   int                 // visible ones
	Deadlines   []incident.Deadline // soonest first; what is Due before At is overdue
	Withheld    []Withheld          // scheduled ones first, soonest first; then those not approved; then drafts
	Units       []sealed.Unit       // what readers can see, by incident and name, if the Input asks for it
	Ledger      *ledger.Ledger      // what was sealed; nil if there is no ledger, or if it is damaged
	Copies      copies.Result       // if the Input asks for them
	Posts       []copies.Post       // what is to be carried to channels, if site.toml names some
}

// Next returns the first instant after At at which another build of the same files
// may give another Result; zero for never.
func (r Result) Next() time.Time { return sooner(r.NextChange, r.NextFinding) }

// Build makes the site once. It needs less memory than a Generator, which keeps what it has read.
func Build(in Input) Result { return (&Generator{once: true}).Build(in) }

// Generator builds, and remembers the last build: what depends only on files that
// did not change is not made again. Zones has to be the same function each
// time. It is not for concurrent use.
type Generator struct {
	memo memory
	once bool // it is for one build only
}

// New makes a Generator that remembers nothing yet.
func New() *Generator { return &Generator{} }

// Build makes the site.
func (g *Generator) Build(in Input) Result {
	b := &build{in: in, memo: &g.memo, once: g.once, settings: unread()}
	b.at = in.At(b.settings)
	b.try(domain.FileSite, b.steps)
	return b.result()
}

// steps are those of a build. After a fault of Candor nothing is checked that could be wrong only
// because something is missing, and what is remembered stays that of the build before.
func (b *build) steps() {
	b.readSettings()
	b.sortFiles()
	b.parse()
	if b.settings.Unread || b.failed() { // what else there is to say depends on the settings
		return
	}
	b.prepare()
	b.readLedger()
	b.assemble()
	if b.failed() {
		return
	}
	b.link()
	b.show()
	if b.failed() {
		return
	}
	b.checkAndRender()
	b.renderSite()
	if !b.once {
		b.memo.remember(b)
	}
}

// Address returns where the last build published the text of a content file, with
// its place on the page; empty if it did not.
func (g *Generator) Address(file string) string { return g.memo.address(file) }

// sooner returns the earlier of two instants, of which a zero one is none.
func sooner(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}
