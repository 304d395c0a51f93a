// Package static is the output of files that are published as they are: those of content/static, such
// as CNAME, icons and .well-known/security.txt, at the same places in the site.
package static

import (
	"candor/generator/fileset"
	"candor/generator/output"
	"candor/generator/output/theme"
	"candor/generator/site"
)

// New makes the Output of static files.
func New(f *site.Frame, _ *theme.Theme) output.Output { return static{f.Static} }

type static struct{ files fileset.Set }

// Incident makes nothing.
func (static) Incident(*site.Incident) output.Part { return output.Part{} }

// Site returns the files.
func (s static) Site(*site.Site, []output.Part) output.Part {
	var part output.Part
	for f := range s.files.All() {
		part.Files = append(part.Files, f)
	}
	return part
}
