// Package translation compares a translation with its original.
//
// AlignAll says which blocks belong together, for a page that shows them side by
// side. Check reports what has to be the same and is not: sections,
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
	"path"
	"time"

	"candor/generator/diag"
	"candor/generator/input/content"
	"candor/generator/input/tomldoc"
)

// Pair is an original with one of its translations.
type Pair struct {
	Original, Translation *content.Document
	From                  string // BCP 47 tag of the original's language
}

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
	return original.Source.Whole("translation-missing",
		diag.Textf("this is not translated into \"%s\": readers of that language get the original", tag), hint)
}

// Draft says that a translation, which is in a file of its own, is not published yet.
func Draft(original *content.Document, tag, file string, hint diag.Text) diag.Diagnostic {
	return original.Source.Whole("translation-missing", diag.Textf(
		`the translation into "%s" is a draft, %s: readers of that language get the original`, tag, path.Base(file)), hint)
}

// None says the same of an incident, by its index, of which nothing is translated.
func None(index *content.Document, tag string, hint diag.Text) diag.Diagnostic {
	return index.Source.Whole("translation-missing",
		diag.Textf(`nothing of this incident is translated into "%s": readers of that language get the original`, tag),
		hint)
}

// stale reports that the original changed its meaning after it was translated. A
// translation that does not say when it was revised is of the first version.
func (p Pair) stale(zone *time.Location) diag.List {
	var found diag.List
	original, translation := p.Original.Front.Revised, p.Translation.Front.Revised
	if !original.IsZero() && original.Exists(zone) {
		revised := tomldoc.FormatTime(original.In(zone))
		hint := diag.Textf("translate what has changed, then write revised = %s here", revised)
		switch {
		case translation.IsZero():
			found = append(found, p.Translation.Source.Whole("translation-stale",
				diag.Textf("the original was revised on %s, and this does not say that it has followed", revised),
				hint))
		case later(original, translation, zone):
			found = append(found, p.Translation.AtKey("revised", "translation-stale",
				diag.Textf("the original was revised on %s, after this", revised), hint))
		}
	}
	for a, b := range Sections(p.Original, p.Translation) {
		if a == nil || b == nil || !later(a.Updated, b.Updated, zone) {
			continue
		}
		updated := tomldoc.FormatTime(a.Updated.In(zone))
		found = append(found, p.Translation.Source.At(b.Start, b.End, "translation-stale",
			diag.Textf("this part of the original was updated on %s, after this", updated),
			diag.Textf("translate what has changed, then write updated=%s here", updated)))
	}
	return found
}

// later reports whether both times are given and a is after b.
func later(a, b tomldoc.Time, zone *time.Location) bool {
	return !a.IsZero() && !b.IsZero() && a.In(zone).After(b.In(zone))
}
