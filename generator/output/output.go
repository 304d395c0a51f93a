// Package output is what all outputs have in common: the interface behind which
// each of them makes files of a site.
//
// An output is a function of the model, in two steps. The first makes, of one
// incident alone, its files and what it adds to the files of the whole site; this
// is remembered while nothing about the incident changes. The second makes the
// files of the whole site of what the first made of each incident. Outputs do not
// know each other; package generator has the table of them.
package output

import (
	"candor/generator/diag"
	"candor/generator/fileset"
	"candor/generator/output/theme"
	"candor/generator/site"
)

// Output makes the files of one kind. It is safe for concurrent use.
type Output interface {
	// Incident makes the files of a published incident. It may use nothing besides
	// the incident and what the Output was made of.
	Incident(*site.Incident) Part
	// Site makes the files that are of no single incident. Parts are what Incident made of the
	// published incidents, in the order of their names; Incidents of the site may be gone by then.
	Site(s *site.Site, parts []Part) Part
}

// New makes an Output for a frame. The theme is for those that have templates.
type New func(f *site.Frame, t *theme.Theme) Output

// Part is what an output makes.
type Part struct {
	Files []fileset.File
	Found diag.List // faults of the theme that only show when it is used
	Share any       // of an incident: what it adds to the files of the whole site
}

// Shares are what the incidents add to the files of the whole site, for an output whose shares are
// of type T.
func Shares[T any](parts []Part) []T {
	list := make([]T, len(parts))
	for i, p := range parts {
		list[i] = p.Share.(T)
	}
	return list
}
