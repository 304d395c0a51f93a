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

// counterpart returns the original's task item that a text's one translates; nil if there is none.
func (t text) counterpart(task *content.Task) *content.Task {
	if t.doc == t.original {
		return task
	}
	tasks := t.original.Tasks
	for _, o := range tasks {
		if task.ID != "" && o.ID == task.ID {
			return o
		}
	}
	if i := slices.Index(t.doc.Tasks, task); i >= 0 && len(tasks) == len(t.doc.Tasks) && tasks[i].ID == "" {
		return tasks[i]
	}
	return nil
}

// task returns a text's words for a task item of its original.
func (p *Planner) task(t text, task *content.Task) (words *content.Task, in text) {
	if t.doc != t.original {
		for _, other := range t.doc.Tasks {
			if t.counterpart(other) == task {
				return other, t
			}
		}
		t = p.asWritten(t.original)
	}
	return task, t
}

// marked puts a text that is not in the page's language into an element with its language.
func (p *Planner) marked(html template.HTML, lang string) template.HTML {
	if lang == "" {
		return html
	}
	return content.Marked(html, lang, p.settings.Language(lang).Dir)
}
