package incident

import (
	"maps"
	"slices"
	"strings"

	"candor/generator/domain"
	"candor/generator/input/attached"
	"candor/generator/input/content"
)

// Texts is a document in the default language and its translations by tag, without
// drafts. Doc is nil if there are only translations.
type Texts struct {
	Doc          *content.Document
	Translations map[string]*content.Document
}

// In returns the document in a language: its translation, or the original if there is none.
func (t *Texts) In(tag string) *content.Document {
	if doc := t.Translations[tag]; doc != nil {
		return doc
	}
	return t.Doc
}

// add puts a document into its place.
func (t *Texts) add(doc *content.Document) {
	if doc.Place.Lang == "" {
		t.Doc = doc
		return
	}
	if t.Translations == nil {
		t.Translations = map[string]*content.Document{}
	}
	t.Translations[doc.Place.Lang] = doc
}

// StandingTexts pairs standing pages with their translations, in the order of the originals.
func StandingTexts(docs []*content.Document) []Texts {
	var list []Texts
	at := map[string]int{}
	for _, doc := range docs {
		if doc.Place.Lang == "" {
			at[doc.Place.Name] = len(list)
			list = append(list, Texts{Doc: doc})
		}
	}
	for _, doc := range docs {
		if i, ok := at[doc.Place.Name]; ok && doc.Place.Lang != "" && !doc.Front.Draft {
			list[i].add(doc)
		}
	}
	return list
}

// Source is the files of one incident.
type Source struct {
	Slug     string
	Scenario bool
	Folder   string // "incidents/<slug>"
	Index    Texts
	FAQ      Texts
	Report   Texts
	Updates  []*Texts            // by name
	Evidence []*attached.File    // with paths from the content folder
	All      []*content.Document // every text, including drafts and translations, by path
	Data     Data

	byName map[string]*Texts // of Updates
}

// NewSource returns the Source of an incident's documents, in the order of their paths. Folder is
// "incidents/<slug>" or "scenarios/<slug>".
func NewSource(folder string, docs []*content.Document) Source {
	root, slug, _ := strings.Cut(folder, "/")
	s := Source{Slug: slug, Scenario: root == domain.FolderScenarios, Folder: folder, All: docs}
	s.byName = map[string]*Texts{}
	for _, doc := range docs {
		if doc.Place.Lang != "" && doc.Front.Draft {
			continue // readers get the original
		}
		if name := doc.Place.Name; doc.Place.Kind == content.Update && s.byName[name] == nil {
			s.byName[name] = &Texts{}
		}
		if t := s.texts(doc.Place); t != nil {
			t.add(doc)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(s.byName)) {
		s.Updates = append(s.Updates, s.byName[name])
	}
	return s
}

// texts returns the texts at a place; nil if there are none.
func (s *Source) texts(place content.Place) *Texts {
	switch place.Kind {
	case content.Index:
		return &s.Index
	case content.FAQ:
		return &s.FAQ
	case content.Report:
		return &s.Report
	case content.Update:
		return s.byName[place.Name]
	}
	return nil
}

// Original returns the document in the default language at a place; nil if there is none.
func (s *Source) Original(place content.Place) *content.Document {
	if t := s.texts(place); t != nil {
		return t.Doc
	}
	return nil
}
