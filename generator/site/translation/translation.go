// Package translation holds a translation against its original.
//
// Align says which blocks of the two belong together, for a page that shows them
// side by side. Check reports what has to be the same and is not: sections,
// blocks, items, task items with their tokens, links, images, and the numbers
// and times of each block; and an original that was revised after it was
// translated. Missing reports that there is no translation at all.
//
// A difference that is reported is one: numbers are compared by what they mean,
// however a language writes them (14,160 and 1.416万, 6 pm and 下午6点, 4
// November and 11月4日), a number written as a word excuses one in digits, and
// where nobody knows how a language names numbers, only what cannot be such a
// name is compared. Whether the words mean the same, no rule can say.
package translation

import (
	"time"

	"candor/generator/diag"
	"candor/generator/input/content"
	"candor/generator/input/tomldoc"
)

// Pair is an original with one of its translations.
type Pair struct {
	Original, Translation *content.Document
	From                  string // BCP 47 tag of the original's language
	Memory                *Memory
}

// Memory holds what the last Check of a pair of the same languages found in blocks:
// of a text that is being written, most are as they were. The zero value is empty;
// it is for one goroutine at a time.
type Memory struct{ blocks map[blockPair][]difference }

// blockPair is two blocks as they are written.
type blockPair struct{ original, translation string }

// Check applies the rules to a pair. Zone is the site's.
func (p Pair) Check(zone *time.Location) diag.List {
	if p.Original.Unread || p.Translation.Unread {
		return nil // what is missing may be there
	}
	return append(p.stale(zone), p.differences()...)
}

// Missing says that an original has no translation into a language. Hint says how
// to begin one.
func Missing(original *content.Document, tag string, hint diag.Text) diag.Diagnostic {
	return original.Source.Whole("translation-missing", diag.Textf("this is not translated into \"%s\": readers of that language get the original", tag), hint)
}

// None says the same of an incident, by its index, of which nothing is translated.
func None(index *content.Document, tag string, hint diag.Text) diag.Diagnostic {
	return index.Source.Whole("translation-missing", diag.Textf("nothing of this incident is translated into \"%s\": readers of that language get the original", tag), hint)
}

// stale reports that the original changed its meaning after it was translated. A
// translation that does not say when it was revised is of the first version.
func (p Pair) stale(zone *time.Location) diag.List {
	var found diag.List
	original, translation := p.Original.Front.Revised, p.Translation.Front.Revised
	if original.IsZero() || !original.Exists(zone) {
		return append(found, p.staleSections(zone)...)
	}
	hint := diag.Textf("translate what has changed, then write revised = %s here", tomldoc.FormatTime(original.In(zone)))
	switch {
	case translation.IsZero():
		found = append(found, p.Translation.Source.Whole("translation-stale", diag.Textf("the original was revised on %s, and this does not say that it has followed", tomldoc.FormatTime(original.In(zone))), hint))
	case translation.In(zone).Before(original.In(zone)):
		found = append(found, p.Translation.AtKey("revised", "translation-stale", diag.Textf("the original was revised on %s, after this", tomldoc.FormatTime(original.In(zone))), hint))
	}
	return append(found, p.staleSections(zone)...)
}

// staleSections compares the times at headings. A heading without one says
// nothing.
func (p Pair) staleSections(zone *time.Location) diag.List {
	var found diag.List
	for _, s := range sections(p.Original, p.Translation) {
		if s.original < 0 || s.translation < 0 {
			continue
		}
		before, after := p.Original.Sections[s.original].Updated, p.Translation.Sections[s.translation].Updated
		if later(before, after, zone) {
			section := p.Translation.Sections[s.translation]
			found = append(found, p.Translation.Source.At(section.Start, section.End, "translation-stale", diag.Textf("this part of the original was updated on %s, after this", tomldoc.FormatTime(before.In(zone))),
				diag.Textf("translate what has changed, then write updated=%s here", tomldoc.FormatTime(before.In(zone)))))
		}
	}
	return found
}

func later(a, b tomldoc.Time, zone *time.Location) bool {
	return !a.IsZero() && !b.IsZero() && a.In(zone).After(b.In(zone))
}
