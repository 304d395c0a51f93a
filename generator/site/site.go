// Package site is the model of a whole site at one instant: its settings, its
// addresses, its standing pages and its incidents, with where every link leads.
//
// It is what the steps after it work on: rules find what is wrong with it, and
// every output is a function of it. Once Resolve has been called for each text,
// nothing in it is changed any more, so it is safe for concurrent use, and the
// parts of it that did not change are those of the build before.
package site

import (
	"time"

	"candor/generator/diag"
	"candor/generator/fileset"
	"candor/generator/input/content"
	"candor/generator/input/ledger"
	"candor/generator/input/picture"
	"candor/generator/site/config"
	"candor/generator/site/incident"
)

// Frame is what all pages of a site have in common.
type Frame struct {
	Settings  *config.Site
	Addresses Addresses
	Standing  []incident.Texts // the standing pages in the order of their names, drafts among them
	Static    fileset.Set      // what is published as it is, by its place in the site
	Frozen    bool             // the site's instant does not move: readers' clocks mean nothing
}

// Languages returns in which languages of the site a text exists, the default one first; nil stands
// for what exists in all.
func (f *Frame) Languages(t *incident.Texts) []string {
	var tags []string
	for _, l := range f.Settings.Languages {
		if t == nil || l.Tag == f.Settings.DefaultLanguage || t.Translations[l.Tag] != nil {
			tags = append(tags, l.Tag)
		}
	}
	return tags
}

// Site is a whole site at one instant.
type Site struct {
	*Frame
	At        time.Time      // the instant, in the site's zone, to the second
	Pages     []*Page        // those of Standing
	Incidents []*Incident    // all folders of incidents, then of scenarios, in the order of their names
	Ledger    *ledger.Ledger // the record of what was published; nil if there is none
}

// Visible returns the incidents that are published.
func (s *Site) Visible() []*Incident {
	list := make([]*Incident, 0, len(s.Incidents))
	for _, inc := range s.Incidents {
		if inc.Published() {
			list = append(list, inc)
		}
	}
	return list
}

// Page is one standing page with its translations.
type Page struct {
	incident.Texts
	Links Links
}

// Incident is one incident or scenario, with where the links of its texts lead.
type Incident struct {
	*incident.Incident // nil if the folder has no index.md that can be read
	Source             incident.Source
	Links              Links
	LastChange         time.Time // the newest instant that made its pages what they are

	Pictures Pictures            // its files that texts show, wherever these texts are
	Files    []incident.Evidence // Evidence as it is published: of Pictures what was made to be shown
	Smaller  []fileset.File      // the smaller ones of Pictures, with their paths in the site

	Record      []ledger.Revision // what the ledger has of it, oldest first
	Fingerprint string            // of the ledger after the last of these; empty if there is none

	targets *targets
}

// Published reports whether the incident has pages.
func (i *Incident) Published() bool { return i.Incident != nil && i.Visible }

// Unpublished says why a text of the incident is not published; it is empty if the
// text is. A translation is published with its original.
func (i *Incident) Unpublished(doc *content.Document) incident.Reason {
	switch {
	case i.Source.Scenario:
		return incident.Prepared
	case i.Incident == nil:
		return incident.Draft
	}
	return i.Incident.Unpublished(i.Source, doc)
}

// Location is where a page is: its path within the site, "" for the home page, and the text that it
// is about; nil if it exists in all languages.
type Location struct {
	Path     string
	Texts    *incident.Texts
	Modified time.Time // when what it says was changed last; zero if nobody knows
}

// Locations returns the pages of a published incident that search engines may find, its own page
// first.
func (i *Incident) Locations(f *Frame) []Location {
	zone := f.Settings.Zone
	list := []Location{{i.Slug + "/", &i.Index, i.LastChange}}
	for _, u := range i.Updates {
		n, modified := f.Addresses.UpdatesPage(u.Index), u.Modified(zone)
		if n == len(list) {
			list = append(list, Location{Path: UpdatesPath(i.Slug, n), Texts: &i.Index})
		}
		if modified.After(list[n].Modified) {
			list[n].Modified = modified
		}
	}
	if i.FAQ != nil {
		list = append(list, Location{i.Slug + "/faq/", i.FAQ, Revised(i.FAQ, zone)})
	}
	if r := i.Report; r != nil {
		modified := Revised(&r.Texts, zone)
		if modified.Before(r.Time) {
			modified = r.Time
		}
		list = append(list, Location{i.Slug + "/report/", &r.Texts, modified})
	}
	return list
}

// Revised returns when a text or one of its sections was revised last, as it says; zero if it does not.
func Revised(t *incident.Texts, zone *time.Location) time.Time {
	at := t.Doc.Front.Revised.In(zone)
	for _, s := range t.Doc.Sections {
		if updated := s.Updated.In(zone); updated.After(at) {
			at = updated
		}
	}
	return at
}

// Links says where each link of some texts leads, except those to other sites.
type Links map[*content.Link]Target

// Target is where a link leads. If it leads nowhere, Problem says why.
type Target struct {
	Place
	Problem, Hint diag.Text
}

// Place is a place of the site that can be linked to.
type Place struct {
	Path      string // of the page or file within the site: "rash/faq/"; empty is the home page
	Fragment  string // id on that page; may be empty
	Lang      string // the language that the link names; empty for that of the page that has the link
	Published bool
	Unread    bool // what it leads to could not be read: nobody knows which ids it has

	File    bool             // it is a file that all languages share
	Picture *picture.Picture // of a file that an image link leads to; nil if it is no picture
	Smaller string           // path of the smaller one, if the Picture has one
	source  string           // path of the file in the content folder
}

// same reports whether two targets make the same of a page and of the findings about it.
func (t Target) same(o Target) bool {
	return t.Place == o.Place && t.Problem.Format == o.Problem.Format && (t.Problem.Format == "" ||
		t.Problem.String() == o.Problem.String() && t.Hint.String() == o.Hint.String())
}

// NewIncident puts an incident that was assembled from a source into the model. Inc is nil if the
// source has no usable index. LastChange is since when the incident has been what it is.
func NewIncident(f *Frame, src incident.Source, inc *incident.Incident, lastChange time.Time) *Incident {
	i := &Incident{Incident: inc, Source: src, LastChange: lastChange, targets: incidentTargets(f.Addresses, inc, src)}
	i.Show(nil)
	return i
}

// Again returns a copy of the incident whose links can be resolved anew.
func (i *Incident) Again() *Incident {
	again := *i
	return &again
}
