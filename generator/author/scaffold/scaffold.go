// Package scaffold makes the files that an editor starts from: a site, an
// incident with its first response, an update, a FAQ, a final report, a
// scenario.
//
// A Maker is a function from a site, the archetypes of the themes and one
// instant to a set of new files. It touches no disk: whether a file stands
// there already is decided where the set is written, and nothing that exists is
// ever part of a set.
//
// What every file that it makes keeps to, whatever the archetype says:
//
//   - It is valid as it stands, but for texts in [square brackets]: the build
//     finds these and nothing else until an editor has replaced them.
//   - Every promise in it holds such a text, so that no date which was worked
//     out here goes out without somebody having read it.
//   - Times are those of the site's zone. The first response is due by the
//     shorter of the clocks of level and type (playbook §1); the next update by
//     the cadence of the phase (playbook §3).
//   - Nobody is named who may not speak or approve: whoever approves takes the
//     comment sign off a line that lists who may.
//
// A request that cannot be met is an error that says what to ask for instead. A
// fault of an archetype is a Faults.
package scaffold

import (
	"time"

	"candor/generator/diag"
	"candor/generator/fileset"
	"candor/generator/site/config"
)

// Maker makes files for one site at one instant.
type Maker struct {
	Site    *config.Site
	Content fileset.Set // the content folder
	Themes  fileset.Set // all themes, each below its name
	At      time.Time
}

// Made is what a Maker made.
type Made struct {
	Files fileset.Set // by their paths in the content folder

	// What is owed by it, in the site's zone; zero where nothing is.
	FirstResponse time.Time
	NextUpdate    time.Time

	Known  time.Time     // from when the clock of the first response counts
	Within time.Duration // how long it allows
	Open   int           // promises that the incident has still to keep
}

// Faults are diagnostics that stand in the way: of an archetype, or of the
// incident to which something was to be added.
type Faults diag.List

// Error says how many there are; whoever prints them prints the list.
func (f Faults) Error() string {
	if len(f) == 1 {
		return f[0].Message.String()
	}
	return f[0].Message.String() + ", and more"
}
