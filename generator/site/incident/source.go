package incident

import (
	"cmp"
	"slices"
	"strings"

	"candor/generator/domain"
	"candor/generator/fileset"
	"candor/generator/input/content"
)

// Texts is a document in the default language and its translations by tag, without
// drafts. Doc is nil if there are only translations.
type Texts struct {
	Doc          *content.Document
	Translations map[string]*content.Document
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
	Evidence []fileset.File      // with paths from the content folder
	All      []*content.Document // every text, including drafts and translations, by path
	Data     Data
}

// NewSource returns the Source of an incident's documents, in the order of their paths. Folder is
// "incidents/<slug>" or "scenarios/<slug>".
func NewSource(folder string, docs []*content.Document) Source {
	root, slug, _ := strings.Cut(folder, "/")
	s := Source{Slug: slug, Scenario: root == domain.FolderScenarios, Folder: folder, All: docs}
	byName := map[string]*Texts{}
	for _, doc := range docs {
		if doc.Place.Lang != "" && doc.Front.Draft {
			continue // readers get the original
		}
		switch doc.Place.Kind {
		case content.Index:
			s.Index.add(doc)
		case content.FAQ:
			s.FAQ.add(doc)
		case content.Report:
			s.Report.add(doc)
		case content.Update:
			name := doc.Place.Name
			if byName[name] == nil {
				byName[name] = &Texts{}
				s.Updates = append(s.Updates, byName[name])
			}
			byName[name].add(doc)
		}
	}
	slices.SortFunc(s.Updates, func(x, y *Texts) int { return cmp.Compare(x.name(), y.name()) })
	return s
}

// Original returns the document in the default language at a place; nil if there is none.
func (s *Source) Original(place content.Place) *content.Document {
	switch place.Kind {
	case content.Index:
		return s.Index.Doc
	case content.FAQ:
		return s.FAQ.Doc
	case content.Report:
		return s.Report.Doc
	case content.Update:
		byName := func(t *Texts, name string) int { return cmp.Compare(t.name(), name) }
		if i, found := slices.BinarySearchFunc(s.Updates, place.Name, byName); found {
			return s.Updates[i].Doc
		}
	}
	return nil
}

// name returns the name of the update that has the texts.
func (t *Texts) name() string {
	if t.Doc != nil {
		return t.Doc.Place.Name
	}
	for _, doc := range t.Translations {
		return doc.Place.Name
	}
	return ""
}
