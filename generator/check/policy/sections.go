package policy

import (
	"slices"
	"time"

	"candor/generator/diag"
	"candor/generator/domain"
	"candor/generator/input/content"
)

// sections finds required sections that are missing or empty. They depend on the type (playbook §1)
// and the stance (§2): an organisation at fault must offer a remedy and change, one that corrects a
// rumour must give facts. What happened and what readers can do are required at once; the remedy,
// the FAQ and the measures within the site's time limits.
func (c *incidentCheck) sections() {
	doc := c.inc.Index.Doc
	if doc.Unread {
		return
	}
	must := slices.Clone(c.inc.Type.Must)
	ofType := len(must)
	for _, id := range stanceMust(c.inc.Front.Stance) {
		if !slices.Contains(must, id) {
			must = append(must, id)
		}
	}
	for i, id := range must {
		after, hint := c.required(id)
		key := "type"
		if i >= ofType {
			key = "stance"
		}
		switch s := doc.Section(id); {
		case s != nil && !s.Body.Empty() || !c.due(after):
		case s != nil:
			c.add(doc.Source.At(s.Start, s.End, "missing-section", diag.Textf("the section {#%s} is empty", id), hint))
		default:
			c.atKey(key, "missing-section", diag.Textf("the page has no section {#%s}", id), hint)
		}
	}
	if c.inc.FAQ == nil && c.inc.Withheld[doc] == "" && c.due(c.site.Clocks.Remedy) {
		hint := diag.Textf("collect what is asked most in faq.md: candor new faq %s", c.inc.Slug)
		if c.withheld(content.FAQ) != nil {
			hint = diag.Textf("faq.md is there but not published: have it approved, or remove draft = true")
		}
		c.atKey("title", "missing-section", diag.Textf("there are no questions and answers"), hint)
	}
}

// stanceMust returns the sections that a stance requires (playbook §2).
func stanceMust(stance domain.Stance) []domain.Section {
	switch stance {
	case domain.StanceFull:
		return []domain.Section{domain.SectionWhatHappened, domain.SectionRemedy, domain.SectionShortTerm}
	case domain.StancePartial:
		return []domain.Section{domain.SectionWhatHappened, domain.SectionKnown, domain.SectionShortTerm}
	case domain.StanceUnfounded:
		return []domain.Section{domain.SectionWhatHappened, domain.SectionKnown}
	}
	return nil
}

// required returns how long after the incident was known a section is required, and what it must
// say.
func (c *incidentCheck) required(id domain.Section) (after time.Duration, hint diag.Text) {
	measures := c.site.Clocks.Measures
	switch id {
	case domain.SectionWhatHappened:
		return 0, diag.Textf("say what happened, as far as it is known: ## What happened {#what-happened}")
	case domain.SectionKnown:
		return 0, diag.Textf("list what is established, and by whom: ## What we know {#known}")
	case domain.SectionWhatYouCanDo:
		return 0, diag.Textf("tell those affected what to do now: ## What you can do {#what-you-can-do}")
	case domain.SectionRemedy:
		return c.site.RemedyClock(c.inc.Front.Reads),
			diag.Textf("say what is done for whom, how they reach it and by when: ## What we do for you {#remedy}")
	case domain.SectionShortTerm:
		return measures, diag.Textf("say what has been changed at once: ## What we are changing now {#short-term}")
	case domain.SectionLongTerm:
		return measures, diag.Textf("say what changes for good: ## What we are changing for good {#long-term}")
	}
	return 0, diag.Textf("add it: ## … {#%s}", id)
}

// due reports whether so much time has passed since the incident was known, or it is over.
func (c *incidentCheck) due(after time.Duration) bool {
	return after == 0 || !c.inc.Open() || c.inc.Known.IsZero() || c.clock.Passed(c.inc.Known.Add(after))
}
