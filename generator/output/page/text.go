package page

import (
	"html/template"
	"slices"

	"candor/generator/input/content"
	"candor/generator/site/incident"
	"candor/generator/site/translation"
)

// text is a document as a page in one language shows it: the translation, or the
// original if there is none. Facts are always the original's.
type text struct {
	doc      *content.Document // whose words these are
	original *content.Document
	lang     string // of doc, if it is not the page's
}

// text finds the words of a text in the planner's language.
func (p *Planner) text(t *incident.Texts) text {
	if doc := t.In(p.lang.Tag); doc != t.Doc {
		return text{doc: doc, original: t.Doc}
	}
	return p.asWritten(t.Doc)
}

// asWritten is an original, if need be for lack of a translation.
func (p *Planner) asWritten(doc *content.Document) text {
	return text{doc: doc, original: doc, lang: p.original()}
}

// original returns the language of texts without a translation, such as those in CSV
// files; empty if it is the page's.
func (p *Planner) original() string {
	if p.isDefault() {
		return ""
	}
	return p.settings.DefaultLanguage
}

func (p *Planner) isDefault() bool { return p.lang.Tag == p.settings.DefaultLanguage }

// frontText returns a field of front matter, and its language if that is not the
// page's. If a translation leaves it out, it is the original's.
func (p *Planner) frontText(t text, field func(*content.Front) string) (words, lang string) {
	if words = field(&t.doc.Front); words == "" && t.doc != t.original {
		if words = field(&t.original.Front); words != "" {
			return words, p.settings.DefaultLanguage
		}
	}
	return words, t.lang
}

func titleOf(f *content.Front) string    { return f.Title }
func summaryOf(f *content.Front) string  { return f.Summary }
func affectedOf(f *content.Front) string { return f.Affected }

// note returns a line that a text is not translated; it is empty if it is.
func (p *Planner) note(t text) string {
	if t.lang == "" {
		return ""
	}
	return p.words.Must("page.untranslated", p.words.Language(t.lang))
}

// lead fills the lead of a text, and returns its language if that is not the page's.
func (pl *incidentPlan) lead(t text, repeated bool) (html template.HTML, lang string) {
	if t.doc.Lead.Empty() && !t.original.Lead.Empty() {
		t = pl.asWritten(t.original)
	}
	return pl.fillAs(t, t.doc.Lead, repeated), t.lang
}

// passage is a section of a text.
type passage struct {
	text
	words    *content.Section
	facts    *content.Section // the original's: its id and time
	fallback bool             // the original's, amid a translation
}

// passages returns the sections of a text in the order of the original. If a
// translation leaves one out, it is the original's.
func (p *Planner) passages(t text) []passage {
	list := make([]passage, 0, len(t.original.Sections))
	for original, other := range translation.Sections(t.original, t.doc) {
		switch {
		case other == nil:
			list = append(list, passage{p.asWritten(t.original), original, original, true})
		case original == nil:
			list = append(list, passage{text: t, words: other, facts: other})
		default:
			list = append(list, passage{text: t, words: other, facts: original})
		}
	}
	return list
}

// tasks are the task items of an incident's translations in one language, by those of the originals, and the other
// way round.
type tasks struct {
	originals, translated map[*content.Task]*content.Task
}

func newTasks() tasks {
	return tasks{originals: map[*content.Task]*content.Task{}, translated: map[*content.Task]*content.Task{}}
}

// pair notes which task items of a text and of its original are the same: those with the same id, or those without
// one that have the same place among as many.
func (m tasks) pair(t text) {
	if t.doc == t.original {
		return
	}
	originals := t.original.Tasks
	byID := map[string]*content.Task{}
	for _, o := range slices.Backward(originals) {
		byID[o.ID] = o
	}
	delete(byID, "")
	for i, task := range t.doc.Tasks {
		original := byID[task.ID]
		if original == nil && len(originals) == len(t.doc.Tasks) && originals[i].ID == "" {
			original = originals[i]
		}
		if original == nil {
			continue
		}
		m.originals[task] = original
		if m.translated[original] == nil {
			m.translated[original] = task
		}
	}
}

// counterpart returns the original's task item that a text's one translates; nil if there is none.
func (m tasks) counterpart(t text, task *content.Task) *content.Task {
	if t.doc == t.original {
		return task
	}
	return m.originals[task]
}

// task returns a text's words for a task item of its original.
func (pl *incidentPlan) task(t text, task *content.Task) (words *content.Task, in text) {
	if t.doc == t.original {
		return task, t
	}
	if words := pl.tasks.translated[task]; words != nil {
		return words, t
	}
	return task, pl.asWritten(t.original)
}

// marked puts a text that is not in the page's language into an element with its language.
func (p *Planner) marked(html template.HTML, lang string) template.HTML {
	if lang == "" {
		return html
	}
	return content.Marked(html, lang, p.settings.Language(lang).Dir)
}
