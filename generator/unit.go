package generator

import (
	"strings"
	"time"

	"candor/generator/content"
	"candor/generator/diag"
	"candor/generator/incident"
	"candor/generator/page"
	"candor/generator/policy"
)

// unit is one incident on its way through the build. Most incidents link only to
// themselves: they are parsed, assembled, checked and rendered in one go, and
// what they needed is let go of before the next one begins. One that links to
// other incidents or pages waits until all are assembled.
type unit struct {
	slug    string
	folder  string // "incidents/<slug>"
	files   []located
	source  incident.Source
	docs    []*content.Document
	inc     *incident.Incident // nil where there is no index
	clock   *incident.Clock
	targets *page.Targets
	waits   bool
	visible bool
	appears time.Time // when a scheduled incident becomes visible; zero for all others

	found   diag.List
	printed rendered
	summary page.Summary
}

func newUnit(place content.Place) *unit {
	return &unit{slug: place.Slug, folder: place.Folder(), source: incident.NewSource(place)}
}

// parse reads the incident's files and sorts them into its Source.
func (u *unit) parse(b *build) {
	for _, f := range u.files {
		switch f.place.Kind {
		case content.Data: // read by the final report
		case content.Evidence:
			u.source.Evidence = append(u.source.Evidence, f.file)
		default:
			doc := b.parse(f.file, f.place)
			u.docs = append(u.docs, doc)
			u.found = append(u.found, doc.Findings...)
			u.source.Add(doc)
		}
	}
}

// assemble derives the incident at the build's instant.
func (u *unit) assemble(b *build) {
	u.clock = incident.NewClock(b.at)
	inc, found := incident.Assemble(b.site, u.source, u.clock)
	u.inc, u.found = inc, append(u.found, found...)
	u.visible = inc != nil && inc.Visible
	if inc != nil && inc.Withheld[inc.Index.Doc] == incident.Scheduled {
		u.appears = inc.Known
	}
	u.targets = b.addresses.IncidentTargets(u.source, inc)
}

// leaves says whether any document links to something outside of the incident.
func (u *unit) leaves(links *page.Links) bool {
	for _, doc := range u.docs {
		if links.Leaves(doc) {
			return true
		}
	}
	return false
}

// finish checks and renders the incident.
func (u *unit) finish(b *build, links *page.Links, worker int) {
	u.check(links)
	if u.visible && b.theme != nil && !u.found.Apply(b.site.Rules).HasErrors() {
		pages, summary := b.planner.Incident(u.inc, links, u.clock.Last())
		u.printed, u.summary = b.presses[worker].print(pages), summary
		for _, e := range u.inc.Evidence {
			f := e.File
			f.Path = page.EvidencePath(u.inc.Slug, e.Name)
			u.printed.files = append(u.printed.files, f)
		}
	}
	if b.once {
		u.files, u.source, u.docs, u.inc = nil, incident.Source{}, nil, nil
	}
}

// check finds links that lead nowhere and applies the rules. A translation goes
// out with its original.
func (u *unit) check(links *page.Links) {
	withheld := map[*content.Document]incident.Reason{}
	originals := map[string]*content.Document{}
	if u.inc != nil {
		withheld = u.inc.Withheld
	}
	for _, doc := range u.docs {
		if doc.Place.Lang == "" {
			originals[doc.Source.Path] = doc
		}
	}
	for _, doc := range u.docs {
		original := doc
		if lang := doc.Place.Lang; lang != "" {
			original = originals[strings.TrimSuffix(doc.Source.Path, "."+lang+".md")+".md"]
		}
		reason := withheld[original]
		if u.inc == nil || doc.Front.Draft {
			reason = incident.Draft
		}
		if u.source.Scenario {
			reason = incident.Prepared
		}
		u.found = append(u.found, links.Check(doc, reason == "")...)
		u.found = append(u.found, policy.Document(doc, reason)...)
	}
}
