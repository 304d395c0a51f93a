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

// exists returns an error if there is no incident of a name, with the one that was meant.
func (m *Maker) exists(slug string) error {
	slugs := m.Slugs(domain.FolderIncidents)
	switch {
	case slices.Contains(slugs, slug):
		return nil
	case len(slugs) == 0:
		return message.Errorf("there is no incident %q, nor any other\ncreate it with: candor new incident %s", slug, slug)
	case tomldoc.Nearest(slug, slugs) != "" || len(slugs) <= 12:
		return choose(message.Textf("there is no incident %q", slug), slug, slugs)
	}
	return message.Errorf("there is no incident %q\nlook in the folder incidents for its name", slug)
}

// open reads the incident that something is to be added to, and the ids of its promises. Approval
// and drafts do not matter here: what is prepared counts.
func (m *Maker) open(slug string) (*incident.Incident, map[string]bool, error) {
	if err := m.exists(slug); err != nil {
		return nil, nil, err
	}
	root := domain.FolderIncidents + "/" + slug
	taken := map[string]bool{}
	var docs []*content.Document
	for f := range m.Content.Under(root).All() {
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
	src := incident.NewSource(root, docs)
	doc := src.Index.Doc
	if doc == nil {
		return nil, nil, message.Errorf("incidents/%s has no index.md\ncreate it with: candor new incident %s", slug, slug)
	}
	if found := diag.List(doc.Findings); found.HasErrors() {
		return nil, nil, Faults(found)
	}
	doc.Front.Draft = false
	site := *m.Site
	site.RequireApproval = false
	inc, _ := incident.Assemble(&site, src, incident.NewClock(m.At))
	if m.At.Before(inc.Known) {
		return nil, nil, message.Errorf("%s is before the organisation learned of %s\n"+
			"correct known in incidents/%s/index.md, or --at", tomldoc.FormatTime(m.At), slug, slug)
	}
	return inc, taken, nil
}

// free returns the first minute from the Maker's instant on at which the
// incident has no update yet: two of one time have no order.
func (m *Maker) free(inc *incident.Incident) time.Time {
	at := m.now()
	taken := func(u *incident.Update) bool { return u.Time.Equal(at) }
	for at.Before(inc.Known) || slices.ContainsFunc(all(inc), taken) {
		at = at.Add(time.Minute)
	}
	return at
}

// now is the Maker's instant in the site's zone, to the minute.
func (m *Maker) now() time.Time {
	return m.At.In(m.Site.Zone).Truncate(time.Minute)
}

// all returns all updates, published or not, newest first.
func all(inc *incident.Incident) []*incident.Update {
	list := slices.Concat(inc.Updates, inc.Hidden)
	slices.SortStableFunc(list, func(a, b *incident.Update) int { return b.Time.Compare(a.Time) })
	return list
}

func names(inc *incident.Incident) []string {
	var list []string
	for _, u := range all(inc) {
		list = append(list, u.Name)
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
