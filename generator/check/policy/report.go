package policy

import (
	"candor/generator/diag"
	"candor/generator/domain"
	"candor/generator/input/content"
)

// parts are the six of the final report (playbook §5).
var parts = [...]struct {
	id   domain.Section
	what diag.Text
}{
	{domain.PartOverview, diag.Textf("what happened and how it ended, in a page")},
	{domain.PartData, diag.Textf("how it spread, what people felt, what was done when")},
	{domain.PartCause, diag.Textf("the trigger, the deeper cause, why it was not seen earlier")},
	{domain.PartAssessment, diag.Textf("what went well and what did not, judged by figures")},
	{domain.PartImprovements, diag.Textf("what changes in process, product and people")},
	{domain.PartTimetable, diag.Textf("who does what by when")},
}

// report finds a report that is due and missing, and one that lacks a part.
func (c *incidentCheck) report() {
	due := c.inc.After.Report
	if due.IsZero() || !c.clock.Passed(due) {
		return
	}
	hint := diag.Textf("write it: candor new report %s", c.inc.Slug)
	if c.withheld(content.Report) != nil {
		hint = diag.Textf("report.md is there but not published: have it approved, or look at its draft and time")
	}
	for _, u := range c.inc.Updates {
		if u.Time.Equal(c.inc.Resolved) {
			c.add(u.Doc.AtKey("status", "report-missing",
				diag.Textf("resolved on %s; the final report was due by %s", c.stamp(c.inc.Resolved), c.stamp(due)), hint))
		}
	}
}

// reportParts finds a report, published or being written, that lacks a part or has
// an empty one. The page computes the timeline and the record of promises: the data
// and the timetable may have only these under their headings.
func (c *incidentCheck) reportParts() {
	doc := c.withheld(content.Report)
	if c.inc.Report != nil {
		doc = c.inc.Report.Doc
	}
	if doc == nil || doc.Unread {
		return
	}
	for _, part := range parts {
		hint := diag.Textf("add ## … {#%s}: %s", part.id, part.what)
		s := doc.Section(part.id)
		computed := part.id == domain.PartData || part.id == domain.PartTimetable
		switch {
		case s == nil:
			c.soft(doc, doc.AtKey("title", "report-parts", diag.Textf("the report has no part {#%s}", part.id), hint))
		case s.Body.Empty() && !computed:
			c.soft(doc, doc.Source.At(s.Start, s.End, "report-parts", diag.Textf("the part {#%s} is empty", part.id), hint))
		}
	}
}

// followUp finds a quarterly follow-up, or the full review, that is due and has
// not come (playbook §5).
func (c *incidentCheck) followUp() {
	due := c.inc.After.FollowUp.At
	if due.IsZero() || !c.clock.Passed(due) {
		return
	}
	message := diag.Textf("a follow-up to the report was due by %s", c.stamp(due))
	if c.inc.After.Review {
		message = diag.Textf("the full review was due by %s", c.stamp(due))
	}
	c.add(c.inc.Report.Doc.AtKey("time", "follow-up", message,
		diag.Textf("say what has become of the improvements: candor new update %s --kind follow-up", c.inc.Slug)))
}
