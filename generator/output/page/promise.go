package page

import (
	"html/template"

	"candor/generator/domain"
	"candor/generator/input/content"
	"candor/generator/site/incident"
)

// taskMark returns the class of a task item: an item of an old update is done
// once its promise is kept.
func (w *work) taskMark(in text, task *content.Task) string {
	t := in.counterpart(task)
	if t == nil {
		t = task
	}
	if promise := w.promiseOf(t); t.Done || promise != nil && (promise.State == domain.PromiseKept || promise.State == domain.PromiseKeptLate) {
		return "done"
	}
	return "open"
}

func (w *work) promiseOf(t *content.Task) *incident.Promise {
	if promise := w.promises[t]; promise != nil {
		return promise
	}
	return w.byID[t.ID]
}

// taskState says beside a task item how its promise stands.
func (w *work) taskState(in text, task *content.Task) string {
	t := in.counterpart(task)
	if t == nil {
		return ""
	}
	promise := w.promiseOf(t)
	if promise == nil || t.Done && promise.State == domain.PromiseKept {
		return ""
	}
	marks := ""
	if in.lang != "" { // the words are the page's, whatever the text around them
		marks = ` lang="` + w.lang.Tag + `" dir="` + w.lang.Dir + `"`
	}
	return ` <span class="due"` + marks + `>` + template.HTMLEscapeString(w.stateWord(promise)) + `</span>`
}

func (w *work) moved(p *incident.Promise) *Time {
	if p.Moved.IsZero() {
		return nil
	}
	v := w.when(w.inc, p.Moved)
	return &v
}

// rowState words the state where the due time stands beside it.
func (w *work) rowState(p *incident.Promise) string {
	if p.State == domain.PromiseOpen {
		return w.words.Must("promises.pending")
	}
	return w.stateWord(p)
}

func (w *work) stateWord(p *incident.Promise) string {
	due := w.short(p.Due)
	switch p.State {
	case domain.PromiseOverdue:
		return w.words.Must("promises.overdue", due)
	case domain.PromiseOpen:
		return w.words.Must("promises.open", due)
	case domain.PromiseKeptLate:
		return w.words.Must("promises.kept-late", w.short(p.KeptAt), w.words.Duration(p.Late()))
	}
	if p.KeptAt.IsZero() {
		return w.words.Must("promises.kept-some-time")
	}
	return w.words.Must("promises.kept", w.short(p.KeptAt))
}

// record words the promises.
func (w *work) record() []Promise {
	rows := make([]Promise, len(w.inc.Promises))
	for i, p := range w.inc.Promises {
		words, in := w.task(w.madeIn(p), p.Task)
		rows[i] = Promise{
			ID: p.ID, Text: w.fill(in, words.Text), Lang: in.lang, Due: w.when(w.inc, p.Due), Moved: w.moved(p),
			State: string(p.State), StateWord: w.rowState(p), Made: w.entryOf(p.Made), Kept: w.entryOf(p.KeptBy), Live: w.liveOf(p),
		}
	}
	return rows
}

// madeIn returns the text that a promise stands in.
func (w *work) madeIn(p *incident.Promise) text {
	switch {
	case p.Made != nil:
		return w.text(p.Made.Texts)
	case w.inc.Report != nil && p.Doc == w.inc.Report.Doc:
		return w.text(&w.inc.Report.Texts)
	}
	return w.index
}
