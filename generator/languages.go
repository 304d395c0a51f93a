package generator

import (
	"strings"

	"candor/generator/diag"
	"candor/generator/input/content"
	"candor/generator/site/translation"
)

// judgeTranslations holds every translation against its original, and reports
// originals that go out and have none; of an incident of which nothing is
// translated, that once. GoesOut says whether an original is published, now or at
// its time.
func (b *build) judgeTranslations(pieces []*piece, goesOut func(*piece) bool) diag.List {
	if len(b.tags) == 0 {
		return nil
	}
	begun := map[string]bool{} // languages into which something is translated
	for _, p := range pieces {
		if p.place.Lang != "" {
			begun[p.place.Lang] = true
		}
	}
	byPath := map[string]*piece{} // where anything is
	for _, p := range pieces {
		if p.doc != nil && len(begun) > 0 {
			byPath[p.file.Path] = p
		}
	}
	var found diag.List
	for _, p := range pieces {
		if p.doc == nil || len(begun) == 0 && p.place.Kind != content.Index && p.place.Kind != content.Page {
			continue
		}
		if lang := p.place.Lang; lang != "" {
			original := strings.TrimSuffix(p.file.Path, "."+lang+".md") + ".md"
			if byPath[original] == nil && p.place.Kind != content.Index && p.place.Kind != content.Update { // of which the incident speaks
				found = append(found, p.doc.Source.Whole("missing-file", diag.Textf("this translation has no original"), diag.Textf("write %s first", original)))
			}
			continue
		}
		stem := strings.TrimSuffix(p.file.Path, ".md")
		for _, tag := range b.tags {
			switch other := byPath[stem+"."+tag+".md"]; {
			case other != nil && !other.doc.Front.Draft:
				found = append(found, other.compare(b, p.doc)...)
			case other != nil:
				found = append(found, other.compare(b, p.doc)...)
				if goesOut(p) {
					found = append(found, translation.Missing(p.doc, tag, diag.Textf("finish %s, then take the line draft out of it", other.file.Path)))
				}
			case !goesOut(p):
			case !begun[tag] && p.place.Kind == content.Index:
				found = append(found, translation.None(p.doc, tag, begin(p.place, tag)))
			case begun[tag] || p.place.Kind == content.Page:
				found = append(found, translation.Missing(p.doc, tag, begin(p.place, tag)))
			}
		}
	}
	return found
}

// compare holds a translation against its original.
func (p *piece) compare(b *build, original *content.Document) diag.List {
	if p.original != original {
		if p.memory == nil && !b.once {
			p.memory = &translation.Memory{}
		}
		pair := translation.Pair{Original: original, Translation: p.doc, From: b.site.DefaultLanguage, Memory: p.memory}
		p.original, p.compared = original, pair.Check(b.site.Zone)
	}
	return p.compared
}

// begin says how to begin a translation of the text at a place.
func begin(place content.Place, tag string) diag.Text {
	switch place.Kind {
	case content.FAQ:
		return diag.Textf("begin with: candor new faq %s --lang %s", quoted(place.Slug), tag)
	case content.Report:
		return diag.Textf("begin with: candor new report %s --lang %s", quoted(place.Slug), tag)
	case content.Update:
		return diag.Textf("begin with: candor new update %s %s --lang %s", quoted(place.Slug), quoted(place.Name), tag)
	case content.Page:
		return diag.Textf("begin with: candor new page %s --lang %s", quoted(place.Name), tag)
	}
	return diag.Textf("begin with: candor new incident %s --lang %s", quoted(place.Slug), tag)
}

// quoted writes a name as one word of a command.
func quoted(name string) string {
	if strings.ContainsAny(name, " '&;()$`*?[]#~!") {
		return "'" + strings.ReplaceAll(name, "'", `'\''`) + "'"
	}
	return name
}
