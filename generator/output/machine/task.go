package machine

import (
	"candor/generator/input/content"
	"candor/generator/site"
	"candor/generator/site/incident"
)

// Task returns the words of a promise in the language: its item in the translation of the text that
// makes it, or the original.
func (l *Language) Task(inc *site.Incident, p *incident.Promise) *content.Task {
	texts := &inc.Index
	switch {
	case p.Made != nil:
		texts = p.Made.Texts
	case inc.Report != nil && p.Doc == inc.Report.Doc:
		texts = &inc.Report.Texts
	}
	doc := texts.In(l.Tag)
	for i, t := range doc.Tasks {
		same := len(doc.Tasks) == len(p.Doc.Tasks) && p.Doc.Tasks[i] == p.Task
		if p.ID != "" && t.ID == p.ID || p.ID == "" && same {
			return t
		}
	}
	return p.Task
}
