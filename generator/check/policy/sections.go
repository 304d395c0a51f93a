package policy

import (
	"slices"
	"time"

	"candor/generator/diag"
	"candor/generator/domain"
	"candor/generator/input/content"
)

// wanted is a section that a page has to have, and from when on.
type wanted struct {
	id    domain.Section
	after time.Duration // after the organisation knew of the incident
	hint  diag.Text
}

// sections finds required sections that are missing or empty. Which ones are
// required, the type says (playbook §1) and the stance (§2): who is at fault owes
// a remedy and change, who corrects a rumour owes facts. What happened and what
// readers can do are wanted at once; the remedy, the FAQ and the measures by the
// site's clocks, for nobody knows them in the first hour.
func (c *inquiry) sections() {
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
		w := c.wanted(id)
		s := doc.Section(id)
		if s != nil && !s.Body.Empty() || !c.due(w.after) {
			continue
		}
		if s != nil {
			c.add(doc.Source.At(s.Start, s.End, "missing-section", diag.Textf("the section {#%s} is empty", id), w.hint))
			continue
		}
		asks := "type"
		if i >= ofType {
			asks = "stance"
		}
		c.atKey(asks, "missing-section", diag.Textf("the page has no section {#%s}", id), w.hint)
	}
	if c.inc.FAQ == nil && c.inc.Withheld[doc] == "" && c.due(c.site.Clocks.Remedy) {
		hint := diag.Textf("collect what is asked most in faq.md: candor new faq %s", c.inc.Slug)
		if c.withheld(content.FAQ) != nil {
			hint = diag.Textf("faq.md is there and not published: have it approved, or take out draft = true")
		}
		c.atKey("title", "missing-section", diag.Textf("there are no questions and answers"), hint)
	}
}

// stanceMust are the sections that a stance asks for (playbook §2).
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

// wanted says from when on a section is missed, and what belongs into it.
func (c *inquiry) wanted(id domain.Section) wanted {
	clocks := c.site.Clocks
	w := wanted{id: id}
	switch id {
	case domain.SectionWhatHappened:
		w.hint = diag.Textf("say what happened, as far as it is known: ## What happened {#what-happened}")
	case domain.SectionKnown:
		w.hint = diag.Textf("list what is established, and by whom: ## What we know {#known}")
	case domain.SectionWhatYouCanDo:
		w.hint = diag.Textf("tell those affected what to do now: ## What you can do {#what-you-can-do}")
	case domain.SectionRemedy:
		w.after = c.site.RemedyClock(c.inc.Front.Reads)
		w.hint = diag.Textf("say what is done for whom, how they reach it and by when: ## What we do for you {#remedy}")
	case domain.SectionShortTerm:
		w.after = clocks.Measures
		w.hint = diag.Textf("say what has been changed at once: ## What we change now {#short-term}")
	case domain.SectionLongTerm:
		w.after = clocks.Measures
		w.hint = diag.Textf("say what changes for good: ## What we change for good {#long-term}")
	default:
		w.hint = diag.Textf("add it: ## … {#%s}", id)
	}
	return w
}

// due says whether so much time has passed since the organisation knew. One that
// is over needs all that it needs.
func (c *inquiry) due(after time.Duration) bool {
	return after == 0 || !c.inc.Open() || c.inc.Known.IsZero() || c.clock.Passed(c.inc.Known.Add(after))
}
