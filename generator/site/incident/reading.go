package incident

import (
	"time"

	"candor/generator/diag"
	"candor/generator/input/content"
	"candor/generator/input/tomldoc"
	"candor/generator/site/config"
)

// Reading is what one document says by itself under the settings of a site,
// whatever the instant and whatever stands beside it. Who builds again and again
// keeps it with the document: an incident of thousands of updates is assembled
// from its readings in the time that it takes to look at each.
type Reading struct {
	Doc      *content.Document
	known    time.Time
	time     time.Time
	next     time.Time
	revised  time.Time
	approved []config.Person
	ids      []string // of an update: the ids that it brings to a page
	found    diag.List
}

// Read reads a document. Of a translation only the text counts.
func Read(site *config.Site, doc *content.Document) *Reading {
	r := &Reading{Doc: doc}
	if doc.Place.Lang != "" {
		return r
	}
	front := doc.Front
	r.known = r.instant(site, "known", front.Known)
	r.time = r.instant(site, "time", front.Time)
	r.next = r.instant(site, "next_update", front.NextUpdate)
	r.revised = r.instant(site, "revised", front.Revised)
	r.approved = r.approvers(site)
	if doc.Place.Kind != content.Update {
		r.sections(site)
		return r
	}
	r.ids = make([]string, 0, 1+len(doc.Anchors))
	r.ids = append(r.ids, content.UpdateAnchor(doc.Place.Name))
	for _, anchor := range doc.Anchors {
		r.ids = append(r.ids, anchor.ID)
	}
	return r
}

// instant returns the instant of a time in front matter, and reports one that
// the site's clocks never showed.
func (r *Reading) instant(site *config.Site, key string, t tomldoc.Time) time.Time {
	if !t.Exists(site.Zone) {
		r.found = append(r.found, r.Doc.AtKey(key, "bad-date", tomldoc.Skipped(site.Zone),
			diag.Textf("give an offset, as in 2026-03-29T02:30:00+01:00")))
		return time.Time{}
	}
	return t.In(site.Zone)
}

// sections reports headings with a time that the site's clocks never showed.
func (r *Reading) sections(site *config.Site) {
	for _, s := range r.Doc.Sections {
		if !s.Updated.Exists(site.Zone) {
			r.found = append(r.found, r.Doc.Source.At(s.Start, s.End, "bad-date", tomldoc.Skipped(site.Zone),
				diag.Textf("name a time an hour later")))
		}
	}
}
