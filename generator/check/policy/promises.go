package policy

import (
	"slices"

	"candor/generator/diag"
	"candor/generator/input/content"
	"candor/generator/site/incident"
)

// isOverdue reports whether a promise is due and not kept.
func (c *incidentCheck) isOverdue(p *incident.Promise) bool {
	return isOpen(p) && c.clock.Passed(p.Due)
}

// overdue finds promises that are due and not kept (playbook §3: such a promise is
// a second crisis).
func (c *incidentCheck) overdue() {
	if !c.inc.Visible {
		return // nobody has seen them
	}
	for _, p := range c.inc.Promises {
		if !c.isOverdue(p) {
			continue
		}
		hint := diag.Textf("if it is done, tick it in an update: - [x] … id:%s; if not, say there why and until when", p.ID)
		if p.ID == "" {
			hint = diag.Textf(
				"give it an id (id:…), so that an update can tick it; if it is not done, say there why and until when")
		}
		c.add(p.Doc.Source.At(p.Task.Start, p.Task.End, "promise-overdue",
			diag.Textf("promised by %s and not kept: %s", c.stamp(p.Due), p.Task.Plain), hint))
	}
}

// undated finds open task items without a time (playbook §3: a promise is what has a time in it).
func (c *incidentCheck) undated() {
	for _, u := range c.inc.Hidden {
		for _, t := range u.Doc.Tasks {
			if !t.Done && t.Due.IsZero() && !c.promised(t.ID) {
				c.soft(u.Doc, undatedAt(u.Doc, t))
			}
		}
	}
	for _, u := range c.inc.Undated {
		c.add(undatedAt(u.Doc, u.Task))
	}
}

// promised reports whether there is a promise with the id.
func (c *incidentCheck) promised(id string) bool {
	return id != "" && slices.ContainsFunc(c.inc.Promises, func(p *incident.Promise) bool { return p.ID == id })
}

func undatedAt(doc *content.Document, t *content.Task) diag.Diagnostic {
	return doc.Source.At(t.Start, t.End, "promise-without-date",
		diag.Textf("this promise does not say by when"),
		diag.Textf("end it with a time that you are sure to keep: due:2026-11-04T18:00"))
}
