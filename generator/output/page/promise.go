package page

import (
	"cmp"
	"html/template"

	"candor/generator/domain"
	"candor/generator/input/content"
	"candor/generator/site/incident"
)

// taskMark returns the class of a task item: an item of an old update is done
// once its promise is kept.
func (pl *incidentPlan) taskMark(in text, task *content.Task) string {
	t := cmp.Or(pl.tasks.counterpart(in, task), task)
	if promise := pl.promiseOf(t); t.Done || promise != nil && !isDue(promise) {
		return "done"
	}
	return "open"
}

func (pl *incidentPlan) promiseOf(t *content.Task) *incident.Promise {
	if promise := pl.promises[t]; promise != nil {
		return promise
	}
	return pl.byID[t.ID]
}

// taskState words the state of a task item's promise.
func (pl *incidentPlan) taskState(in text, task *content.Task) string {
	t := pl.tasks.counterpart(in, task)
	if t == nil {
		return ""
	}
	promise := pl.promiseOf(t)
	if promise == nil || t.Done && promise.State == domain.PromiseKept {
		return ""
	}
	marks := ""
	if in.lang != "" { // the words are the page's, whatever the text around them
		marks = ` lang="` + pl.lang.Tag + `" dir="` + pl.lang.Dir + `"`
	}
	return ` <span class="due"` + marks + `>` + template.HTMLEscapeString(pl.stateWord(promise)) + `</span>`
}

func (pl *incidentPlan) stateWord(p *incident.Promise) string {
	due := pl.short(p.Due)
	switch p.State {
	case domain.PromiseOverdue:
		return pl.words.Must("promises.overdue", due)
	case domain.PromiseOpen:
		return pl.words.Must("promises.open", due)
	case domain.PromiseKeptLate:
		return pl.words.Must("promises.kept-late", pl.short(p.KeptAt), pl.words.Duration(p.Late()))
	}
	if p.KeptAt.IsZero() {
		return pl.words.Must("promises.kept-some-time")
	}
	return pl.words.Must("promises.kept", pl.short(p.KeptAt))
}

// record words the promises.
func (pl *incidentPlan) record() []Promise {
	rows := make([]Promise, len(pl.inc.Promises))
	for i, p := range pl.inc.Promises {
		words, in := pl.task(pl.madeIn(p), p.Task)
		rows[i] = Promise{
			ID: p.ID, Text: pl.fill(in, words.Text), Lang: in.lang, Due: pl.when(p.Due),
			State: string(p.State), StateWord: pl.stateWord(p), Live: pl.liveOf(p),
			Made: pl.entryOf(p.Made), Kept: pl.entryOf(p.KeptBy),
		}
		if p.State == domain.PromiseOpen {
			rows[i].StateWord = pl.words.Must("promises.pending") // the due time is beside it
		}
		if p.State == domain.PromiseKeptLate {
			rows[i].Late = pl.words.Must("live.promise-late", pl.words.Duration(p.Late()))
		}
		if !p.Moved.IsZero() {
			moved := pl.when(p.Moved)
			rows[i].Moved = &moved
		}
	}
	return rows
}

// madeIn returns the text that makes a promise.
func (pl *incidentPlan) madeIn(p *incident.Promise) text {
	switch {
	case p.Made != nil:
		return pl.text(p.Made.Texts)
	case pl.inc.Report != nil && p.Doc == pl.inc.Report.Doc:
		return pl.text(&pl.inc.Report.Texts)
	}
	return pl.index
}
