package generator

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"candor/generator/domain"
	"candor/generator/input/content"
	"candor/generator/site"
	"candor/generator/site/incident"
)

// Withheld is a text that is not published: the whole incident if it is an index.md.
type Withheld struct {
	Path   string // of its file in the content folder
	Reason incident.Reason
	Until  time.Time // when it is published by itself; zero if it waits for somebody
}

// withheld returns the texts of an incident that are not published; not those of a scenario, which
// never are.
func withheld(inc *site.Incident) []Withheld {
	if inc.Incident == nil || inc.Source.Scenario {
		return nil
	}
	index := inc.Index.Doc
	if !inc.Visible {
		return []Withheld{{index.Source.Path, inc.Withheld[index], until(inc.Withheld[index], inc.Known)}}
	}
	var list []Withheld
	for _, doc := range inc.Source.All {
		reason := inc.Unpublished(doc)
		if reason == "" || doc.Place.Lang != "" && !doc.Front.Draft { // a translation goes with its original
			continue
		}
		list = append(list, Withheld{doc.Source.Path, reason, until(reason, doc.Front.Time.In(inc.Known.Location()))})
	}
	return list
}

func until(reason incident.Reason, t time.Time) time.Time {
	if reason == incident.Scheduled {
		return t
	}
	return time.Time{}
}

// draftPages returns the standing pages that are drafts.
func draftPages(docs []*content.Document) []Withheld {
	var list []Withheld
	for _, doc := range docs {
		if doc.Front.Draft {
			list = append(list, Withheld{Path: doc.Source.Path, Reason: incident.Draft})
		}
	}
	return list
}

// sortWithheld puts first what an editor may not expect.
func sortWithheld(list []Withheld) {
	order := []incident.Reason{incident.Scheduled, incident.Unapproved, incident.Draft}
	slices.SortFunc(list, func(a, b Withheld) int {
		return cmp.Or(cmp.Compare(slices.Index(order, a.Reason), slices.Index(order, b.Reason)),
			a.Until.Compare(b.Until), strings.Compare(a.Path, b.Path))
	})
}

// Name returns the path as people speak of the text: without the folder of all incidents, and of a
// whole incident only its folder.
func (w Withheld) Name() string {
	return strings.TrimSuffix(strings.TrimPrefix(w.Path, domain.FolderIncidents+"/"), "/"+domain.FileIndex)
}
