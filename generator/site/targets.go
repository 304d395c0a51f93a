package site

import (
	"slices"
	"strings"

	"candor/generator/domain"
	"candor/generator/fileset"
	"candor/generator/input/content"
	"candor/generator/site/incident"
)

// place is something that a link can lead to.
type place struct {
	Target
	doc  *content.Document // that is published there; nil for a file, and for a page of updates
	file *fileset.File     // nil for everything else
	more []string          // ids of the page besides those of doc
}

// id returns the id on the page for one that an editor writes.
func (p *place) id(written string) (string, bool) {
	if p.doc != nil {
		for _, a := range p.doc.Anchors {
			if strings.TrimPrefix(a.ID, p.doc.Prefix()) == written {
				return a.ID, true
			}
		}
	}
	return written, slices.Contains(p.more, written)
}

// ids are all ids as an editor writes them, sorted.
func (p *place) ids() []string {
	ids := slices.Clone(p.more)
	if p.doc != nil {
		for _, a := range p.doc.Anchors {
			ids = append(ids, strings.TrimPrefix(a.ID, p.doc.Prefix()))
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// targets is what can be linked to in one folder of the content.
type targets struct {
	folder    string            // "incidents/rash" or "pages"
	bySource  map[string]*place // by the path of a content file
	byAddress map[string]*place // by the address within the site
}

func newTargets(folder string) *targets {
	return &targets{folder: folder, bySource: map[string]*place{}, byAddress: map[string]*place{}}
}

// add notes a document, which is not published unless publish is called.
func (t *targets) add(doc *content.Document) {
	if doc != nil {
		t.bySource[doc.Source.Path] = &place{Target: Target{Place: Place{Unread: doc.Unread}}, doc: doc}
	}
}

// publish notes at which address a document is.
func (t *targets) publish(doc *content.Document, path string) *place {
	p := t.bySource[doc.Source.Path]
	p.Path, p.Published = path, true
	t.byAddress[path] = p
	return p
}

// pageTargets finds the standing pages and the home page.
func pageTargets(pages []incident.Texts) *targets {
	t := newTargets(domain.FolderPages)
	t.byAddress[""] = &place{Target: Target{Place: Place{Published: true}}}
	for _, p := range pages {
		t.add(p.Doc)
		if !p.Doc.Front.Draft {
			t.publish(p.Doc, p.Doc.Place.Name+"/")
		}
	}
	return t
}

// incidentTargets finds what can be linked to in one incident.
func incidentTargets(a Addresses, inc *incident.Incident, src incident.Source) *targets {
	t := newTargets(src.Folder)
	for _, doc := range []*content.Document{src.Index.Doc, src.FAQ.Doc, src.Report.Doc} {
		t.add(doc)
	}
	for _, u := range src.Updates {
		t.add(u.Doc)
	}
	for i := range src.Evidence {
		file := &src.Evidence[i].File
		t.bySource[file.Path] = &place{Target: Target{Place: Place{File: true, source: file.Path}}, file: file}
	}
	if inc != nil && inc.Visible {
		t.publishIncident(a, inc)
	}
	return t
}

func (t *targets) publishIncident(a Addresses, inc *incident.Incident) {
	t.publish(inc.Index.Doc, inc.Slug+"/").more = content.PageAnchors()
	if inc.FAQ != nil {
		t.publish(inc.FAQ.Doc, inc.Slug+"/faq/")
	}
	if inc.Report != nil {
		t.publish(inc.Report.Doc, inc.Slug+"/report/")
	}
	for _, u := range inc.Updates {
		path := UpdatesPath(inc.Slug, a.UpdatesPage(u.Index))
		page := t.byAddress[path]
		if page == nil {
			page = &place{Target: Target{Place: Place{Path: path, Published: true}}}
			t.byAddress[path] = page
		}
		page.more = append(page.more, u.Anchor())
		p := t.bySource[u.Doc.Source.Path]
		p.Path, p.Fragment, p.Published = path, u.Anchor(), true
	}
	smaller := smallerNames(inc.Evidence)
	for _, e := range inc.Evidence {
		p := t.bySource[e.File.Path]
		p.Path, p.Published = FilePath(inc.Slug, e.Name), true
		if name, ok := smaller[e.Name]; ok {
			p.Smaller = FilePath(inc.Slug, name)
		}
		t.byAddress[p.Path] = p
	}
}
