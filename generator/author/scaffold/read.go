package scaffold

import (
	"slices"
	"strings"
	"time"

	"candor/generator/diag"
	"candor/generator/domain"
	"candor/generator/input/content"
	"candor/generator/input/tomldoc"
	"candor/generator/message"
	"candor/generator/site/incident"
)

// open reads the incident that something is to be added to. Approval and drafts
// do not matter here: what is prepared counts.
func (m *Maker) open(slug string) (*incident.Incident, map[string]bool, error) {
	slugs := m.Slugs(domain.FolderIncidents)
	switch {
	case slices.Contains(slugs, slug):
	case len(slugs) == 0:
		return nil, nil, message.Errorf("there is no incident %q, nor any other\nmake it with: candor new incident %s", slug, slug)
	case tomldoc.Nearest(slug, slugs) != "" || len(slugs) <= 12:
		return nil, nil, choose(message.Textf("there is no incident %q", slug), slug, slugs)
	default:
		return nil, nil, message.Errorf("there is no incident %q\nlook into the folder incidents for its name", slug)
	}
	src, taken := m.source(slug)
	doc := src.Index.Doc
	if doc == nil {
		return nil, nil, message.Errorf("incidents/%s has no index.md\nmake it with: candor new incident %s", slug, slug)
	}
	if found := diag.List(doc.Findings); found.HasErrors() {
		return nil, nil, Faults(found)
	}
	doc.Front.Draft = false
	site := *m.Site
	site.RequireApproval = false
	inc, _ := incident.Assemble(&site, src, incident.NewClock(m.At))
	if m.At.Before(inc.Known) {
		return nil, nil, message.Errorf("%s is before the organisation knew of %s\ncorrect known in incidents/%s/index.md, or --at", tomldoc.FormatTime(m.At), slug, slug)
	}
	return inc, taken, nil
}

// source parses the files of an incident and collects the ids of its promises.
func (m *Maker) source(slug string) (incident.Source, map[string]bool) {
	taken := map[string]bool{}
	folder := "incidents/" + slug
	var docs []*content.Document
	for f := range m.Content.Under(folder).All() {
		place := content.Locate(f.Path, m.Site.Tags())
		if place.Lang != "" || !strings.HasSuffix(f.Path, ".md") || place.Kind == content.Stray {
			continue
		}
		doc := content.Parse(f, place)
		for _, t := range doc.Tasks {
			taken[t.ID] = true
		}
		docs = append(docs, doc)
	}
	return incident.NewSource(folder, docs), taken
}

// free returns the first minute from the Maker's instant on at which the
// incident has no update yet: two of one time have no order.
func (m *Maker) free(inc *incident.Incident) time.Time {
	at := m.now()
	if at.Before(inc.Known) {
		at = at.Add(time.Minute)
	}
	used := func(u *incident.Update) bool { return u.Time.Equal(at) }
	for slices.ContainsFunc(inc.Updates, used) || slices.ContainsFunc(inc.Hidden, used) {
		at = at.Add(time.Minute)
	}
	return at
}

// now is the Maker's instant in the site's zone, to the minute.
func (m *Maker) now() time.Time {
	at := m.At.In(m.Site.Zone).Truncate(time.Second)
	return at.Add(-time.Duration(at.Second()) * time.Second)
}

// names returns the names of all updates, newest first.
func names(inc *incident.Incident) []string {
	all := slices.Concat(inc.Updates, inc.Hidden)
	slices.SortStableFunc(all, func(a, b *incident.Update) int { return b.Time.Compare(a.Time) })
	list := make([]string, len(all))
	for i, u := range all {
		list[i] = u.Name
	}
	return list
}

// Updates returns the names of an incident's updates, newest first, as far as
// they can be read: for completion.
func (m *Maker) Updates(slug string) []string {
	inc, _, err := m.open(slug)
	if err != nil {
		return nil
	}
	return names(inc)
}
