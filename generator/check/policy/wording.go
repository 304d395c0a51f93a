package policy

import (
	"candor/generator/check/lexicon"
	"candor/generator/diag"
	"candor/generator/input/content"
	"candor/generator/input/prose"
)

// wording finds words that a page should not have, by the word lists of the
// document's language: blame, non-apologies, stock phrases, quarrels, solutions
// without a date (rule wording), and absolute claims (absolute-claim); playbook §7.
func (k *Checker) wording(doc *content.Document, c Circumstance) diag.List {
	language := k.site.LanguageOf(doc.Place)
	var found diag.List
	places := doc.Source.InOrder()
	for _, h := range k.words.Find(language, string(c.Stance), doc.Prose) {
		text := string(doc.Source.Data[h.Start:h.End])
		message, hint := wordingTexts(h, text)
		found = append(found, places.At(h.Start, h.End, h.Category.Rule(), message, hint))
	}
	for _, f := range frontTexts(doc.Front) {
		for _, h := range k.words.Find(language, string(c.Stance), prose.Plain(f.text, 0)) {
			if f.key == "title" && h.Category == lexicon.VagueSolution {
				continue // a title has no room for a date
			}
			message, hint := wordingTexts(h, f.text[h.Start:h.End])
			found = append(found, doc.AtKey(f.key, h.Category.Rule(), message, hint))
		}
	}
	return softened(found, c.Withheld)
}

func wordingTexts(h lexicon.Hit, text string) (message, hint diag.Text) {
	const most = 60 // code points; a gap in a pattern can be long
	return h.Category.About(diag.Cut(text, most)), advice(h.Entry)
}

// advice returns what to write instead: in the words of the list if it has the
// reader's language, else in its English ones, or their translation.
func advice(e *lexicon.Entry) diag.Text {
	return diag.Text{Format: e.InsteadEN}.Also(e.Language, e.Instead)
}
