package incident

import (
	"cmp"
	"maps"
	"slices"

	"candor/generator/fileset"
	"candor/generator/input/content"
)

// Texts is a document in the default language and its translations by tag, those
// that are no drafts.
type Texts struct {
	Doc          *content.Document
	Translations map[string]*content.Document
	reading      *Reading // of Doc
}

// Source is the files of one incident.
type Source struct {
	Slug     string
	Scenario bool
	Index    Texts
	FAQ      Texts
	Report   Texts
	Updates  []*Texts       // by name
	Evidence []fileset.File // with paths from the content folder
	Folder   string         // "incidents/<slug>"
	Data     Data
}

// NewSource returns the empty Source of the incident that a place belongs to.
func NewSource(place content.Place) Source {
	return Source{Slug: place.Slug, Scenario: place.Scenario, Folder: place.Folder()}
}

// Fork returns a Source to which Add and Drop of the readings can be done without
// s becoming another one. Updates of other names stay the same Texts.
func (s *Source) Fork(changed []*Reading) Source {
	c := *s
	c.Updates = append(make([]*Texts, 0, len(s.Updates)+len(changed)), s.Updates...)
	c.Index.own()
	c.FAQ.own()
	c.Report.own()
	for _, r := range changed {
		if i, found := c.find(r.Doc.Place.Name); found && r.Doc.Place.Kind == content.Update {
			t := *c.Updates[i]
			t.own()
			c.Updates[i] = &t
		}
	}
	return c
}

// Add puts a document into its place.
func (s *Source) Add(r *Reading) {
	if r.Doc.Place.Lang != "" && r.Doc.Front.Draft {
		return // readers get the original
	}
	t := s.at(r.Doc.Place)
	if t == nil && r.Doc.Place.Kind == content.Update {
		t = &Texts{}
		i, _ := s.find(r.Doc.Place.Name)
		s.Updates = slices.Insert(s.Updates, i, t)
	}
	if t != nil {
		t.add(r)
	}
}

// Drop takes a document out that was added.
func (s *Source) Drop(r *Reading) {
	t := s.at(r.Doc.Place)
	if t == nil || r.Doc.Place.Lang != "" && r.Doc.Front.Draft {
		return
	}
	i, _ := s.find(r.Doc.Place.Name) // an update's; once it is empty it has no name
	t.drop(r)
	if r.Doc.Place.Kind == content.Update && t.empty() {
		s.Updates = slices.Delete(s.Updates, i, i+1)
	}
}

// Update returns the update with the name; nil where there is none.
func (s *Source) Update(name string) *Texts {
	if i, found := s.find(name); found {
		return s.Updates[i]
	}
	return nil
}

// Original returns the document in the default language of those at a place; nil
// where there is none.
func (s *Source) Original(place content.Place) *content.Document {
	if t := s.at(place); t != nil {
		return t.Doc
	}
	return nil
}

// at returns the texts of a place; nil where there are none.
func (s *Source) at(place content.Place) *Texts {
	switch place.Kind {
	case content.Index:
		return &s.Index
	case content.FAQ:
		return &s.FAQ
	case content.Report:
		return &s.Report
	case content.Update:
		return s.Update(place.Name)
	}
	return nil
}

// find returns where the update with the name is or would be. Files come in the
// order of their paths, so that it is most often the last or the next one.
func (s *Source) find(name string) (int, bool) {
	n := len(s.Updates)
	if n == 0 || s.Updates[n-1].name() < name {
		return n, false
	}
	return slices.BinarySearchFunc(s.Updates, name, func(t *Texts, name string) int { return cmp.Compare(t.name(), name) })
}

func (t *Texts) add(r *Reading) {
	doc := r.Doc
	if doc.Place.Lang == "" {
		t.Doc, t.reading = doc, r
		return
	}
	if t.Translations == nil {
		t.Translations = map[string]*content.Document{}
	}
	t.Translations[doc.Place.Lang] = doc
}

func (t *Texts) drop(r *Reading) {
	if r.Doc.Place.Lang == "" {
		t.Doc, t.reading = nil, nil
	} else {
		delete(t.Translations, r.Doc.Place.Lang)
	}
}

// own makes the texts independent of those that they were copied from.
func (t *Texts) own() { t.Translations = maps.Clone(t.Translations) }

func (t *Texts) empty() bool { return t.Doc == nil && len(t.Translations) == 0 }

// name returns the name of an update that is not empty.
func (t *Texts) name() string {
	if t.Doc != nil {
		return t.Doc.Place.Name
	}
	for _, doc := range t.Translations {
		return doc.Place.Name
	}
	return ""
}

// changes returns the texts that only one of two lists has, both by name.
func changes(before, now []*Texts) (gone, fresh []*Texts) {
	for len(before) > 0 || len(now) > 0 {
		switch {
		case len(now) == 0:
			return append(gone, before...), fresh
		case len(before) == 0:
			return gone, append(fresh, now...)
		case before[0] == now[0]:
			before, now = before[1:], now[1:]
		case before[0].name() < now[0].name():
			gone, before = append(gone, before[0]), before[1:]
		case now[0].name() < before[0].name():
			fresh, now = append(fresh, now[0]), now[1:]
		default:
			gone, fresh = append(gone, before[0]), append(fresh, now[0])
			before, now = before[1:], now[1:]
		}
	}
	return gone, fresh
}
