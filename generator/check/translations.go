package check

import (
	"strings"

	"candor/generator/diag"
	"candor/generator/input/content"
	"candor/generator/site/translation"
)

// translations compares every translation with its original, and reports
// originals that are published and have none; of an incident of which nothing is
// translated, that once. Public reports whether an original is published, now or at
// its time.
func (c *Checker) translations(docs []*content.Document, public func(*content.Document) bool) diag.List {
	tags := c.settings.Tags()
	if len(tags) == 0 {
		return nil
	}
	begun := map[string]bool{} // languages into which something is translated
	byPath := map[string]*content.Document{}
	for _, doc := range docs {
		byPath[doc.Source.Path] = doc
		if doc.Place.Lang != "" {
			begun[doc.Place.Lang] = true
		}
	}
	var found diag.List
	for _, doc := range docs {
		kind := doc.Place.Kind
		if lang := doc.Place.Lang; lang != "" {
			original := strings.TrimSuffix(doc.Source.Path, "."+lang+".md") + ".md"
			if byPath[original] == nil && kind != content.Index && kind != content.Update { // of which the incident speaks
				found = append(found, doc.Source.Whole("missing-file", diag.Textf("this translation has no original"),
					diag.Textf("write %s first", original)))
			}
			continue
		}
		stem := strings.TrimSuffix(doc.Source.Path, ".md")
		for _, tag := range tags {
			other := byPath[stem+"."+tag+".md"]
			if other != nil {
				pair := translation.Pair{Original: doc, Translation: other, From: c.settings.DefaultLanguage}
				found = append(found, pair.Check(c.settings.Zone)...)
			}
			switch {
			case other != nil && !other.Front.Draft || !public(doc):
			case other != nil:
				found = append(found, translation.Draft(doc, tag, other.Source.Path,
					diag.Textf("finish the translation, then delete its line draft")))
			case !begun[tag] && kind == content.Index:
				found = append(found, translation.None(doc, tag, begin(doc.Place, tag)))
			case begun[tag] || kind == content.Page:
				found = append(found, translation.Missing(doc, tag, begin(doc.Place, tag)))
			}
		}
	}
	return found
}

// begin says how to begin a translation of the text at a place.
func begin(place content.Place, tag string) diag.Text {
	switch place.Kind {
	case content.FAQ:
		return diag.Textf("start with: candor new faq %s --lang %s", quoted(place.Slug), tag)
	case content.Report:
		return diag.Textf("start with: candor new report %s --lang %s", quoted(place.Slug), tag)
	case content.Update:
		return diag.Textf("start with: candor new update %s %s --lang %s", quoted(place.Slug), quoted(place.Name), tag)
	case content.Page:
		return diag.Textf("start with: candor new page %s --lang %s", quoted(place.Name), tag)
	}
	return diag.Textf("start with: candor new incident %s --lang %s", quoted(place.Slug), tag)
}

// quoted writes a name as one word of a command.
func quoted(name string) string {
	if strings.ContainsAny(name, " '&;()$`*?[]#~!") {
		return "'" + strings.ReplaceAll(name, "'", `'\''`) + "'"
	}
	return name
}
