package policy

import (
	"regexp"
	"slices"

	"candor/generator/diag"
	"candor/generator/domain"
	"candor/generator/input/content"
	"candor/generator/site/incident"
)

// part is one of the six of the final report (playbook §5): what it says, and the headings that it
// usually has.
type part struct {
	id       domain.Section
	what     diag.Text
	headings *regexp.Regexp
}

var parts = [...]part{
	{domain.PartOverview, diag.Textf("what happened and how it ended, in a page"),
		headings(`overview|summary|what happened|background`, `概要|概述|摘要|综述|发生了什么|基本情况`)},
	{domain.PartData, diag.Textf("how it spread, what people felt, what was done when"),
		headings(`timeline|chronology|data|figures|how it went`, `经过|时间线|数据`)},
	{domain.PartCause, diag.Textf("the trigger, the deeper cause, why it was not seen earlier"),
		headings(`causes?|why (it|this) happened|contributing factors`, `原因|成因|为什么`)},
	{domain.PartAssessment, diag.Textf("what went well and what did not, judged by figures"),
		headings(`assessment|evaluation|lessons|what (went|we did) (well|wrong|right|badly)`,
			`得失|教训|反思|评估|复盘|做对了|没做好`)},
	{domain.PartImprovements, diag.Textf("what changes in process, product and people"),
		headings(`improvements?|corrective|preventi(on|ve)|action items|what we( are| will)? chang(e|ing)`,
			`改进|整改|改什么|措施`)},
	{domain.PartTimetable, diag.Textf("who does what by when"),
		headings(`timetable|schedule|next steps|deadlines|milestones|who does what`,
			`时间表|进度表|谁在什么时候|计划`)},
}

// headings makes an expression of words and of Chinese words.
func headings(words, chinese string) *regexp.Regexp {
	return regexp.MustCompile(`(?i)\b(` + words + `)\b|` + chinese)
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
// an empty one. The page computes the timeline, and the promises that are open: these
// parts may have nothing but that, or no heading at all.
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
		s := part.in(doc)
		computed := part.id == domain.PartData || part.id == domain.PartTimetable
		switch {
		case s == nil && (part.id == domain.PartData || computed && slices.ContainsFunc(c.inc.Promises, isOpen)):
		case s == nil:
			c.soft(doc, doc.AtKey("title", "report-parts", diag.Textf("the report has no part {#%s}", part.id), hint))
		case s.Body.Empty() && !computed:
			c.soft(doc, doc.Source.At(s.Start, s.End, "report-parts", diag.Textf("the part {#%s} is empty", part.id), hint))
		}
	}
}

func isOpen(p *incident.Promise) bool {
	return p.State == domain.PromiseOpen || p.State == domain.PromiseOverdue
}

// in returns the section of a report that is the part: by its id, or by a heading that is usual for it.
func (p part) in(doc *content.Document) *content.Section {
	if s := doc.Section(p.id); s != nil {
		return s
	}
	for i := range doc.Sections {
		if s := &doc.Sections[i]; !s.Explicit && p.headings.MatchString(s.Title) {
			return s
		}
	}
	return nil
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
