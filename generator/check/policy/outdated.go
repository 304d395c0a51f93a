package policy

import (
	"time"

	"candor/generator/diag"
	"candor/generator/domain"
	"candor/generator/input/content"
)

// outdated finds a resolved incident whose index.md nobody has revised since: most readers see only its
// title and summary, which then still say that things fail.
func (c *incidentCheck) outdated() {
	if c.inc.Open() || !c.revised(c.inc.Index.Doc).Before(c.inc.Resolved) {
		return
	}
	key := "title"
	if c.inc.Front.Summary != "" {
		key = "summary"
	}
	c.atKey(key, "index-outdated",
		diag.Textf("this was resolved on %s, and the page has not been revised since", c.stamp(c.inc.Resolved)),
		diag.Textf("say in title, summary and {#%s} how it ended, then add revised = %s",
			domain.SectionWhatHappened, c.stamp(c.inc.Resolved)))
}

// revised returns when a document says that it was changed last; zero if it does not say.
func (c *incidentCheck) revised(doc *content.Document) time.Time {
	last := doc.Front.Revised.In(c.site.Zone)
	for _, s := range doc.Sections {
		if t := s.Updated.In(c.site.Zone); t.After(last) {
			last = t
		}
	}
	return last
}
