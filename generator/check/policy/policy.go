// Package policy holds the rules that content is judged by: one file a rule or
// family, each a pure function with the passage of the playbook that it comes
// from. A rule sees what the site is, never how it will look.
//
// Rules about one document (Document) depend on that document and on how it is
// published; rules about an incident (Incident) on all of it and on the instant,
// which they ask a Clock for. Findings are errors: what a rule is worth is set by
// site.toml and by diag.Rule. A rule that speaks of text which is not published
// makes warnings, for nothing of it can go out.
//
// Precision goes before recall. Whoever is called wrongly at three in the morning
// does not listen the next time.
package policy

import (
	"candor/generator/check/lexicon"
	"candor/generator/diag"
	"candor/generator/domain"
	"candor/generator/input/content"
	"candor/generator/input/figures"
	"candor/generator/site/config"
	"candor/generator/site/incident"
)

// Judge applies the rules of one site. It does not change and is safe for
// concurrent use.
type Judge struct {
	site     *config.Site
	words    *lexicon.Lexicon
	declared declared // the contacts of the site and its languages
}

// New makes the Judge of a site with its word lists.
func New(site *config.Site, words *lexicon.Lexicon) *Judge {
	j := &Judge{site: site, words: words, declared: declared{}}
	j.declared.add(site.Contacts)
	for _, l := range site.Languages {
		j.declared.add(l.Contacts)
	}
	return j
}

// Circumstance is what a document's judgement depends on besides itself.
type Circumstance struct {
	Withheld incident.Reason // why it is not published; empty for one that is
	Stance   domain.Stance   // of its incident; empty for a standing page
	Contacts []content.Contact
}

// Same says whether two circumstances are equal.
func (c Circumstance) Same(other Circumstance) bool {
	if c.Withheld != other.Withheld || c.Stance != other.Stance || len(c.Contacts) != len(other.Contacts) {
		return false
	}
	for i := range c.Contacts {
		if c.Contacts[i] != other.Contacts[i] {
			return false
		}
	}
	return true
}

// Document applies the rules that concern one document.
func (j *Judge) Document(doc *content.Document, c Circumstance) diag.List {
	found := placeholder(doc, c.Withheld)
	found = append(found, j.wording(doc, c)...)
	found = append(found, j.personalData(doc, c)...)
	return append(found, softened(imageText(doc), c.Withheld)...)
}

// Incident applies the rules that concern an incident as a whole, at the clock's
// instant. A scenario and one whose time has not come owe nobody anything yet.
func (j *Judge) Incident(inc *incident.Incident, clock *incident.Clock) diag.List {
	switch inc.Withheld[inc.Index.Doc] {
	case incident.Prepared, incident.Scheduled:
		return nil
	}
	c := &inquiry{site: j.site, inc: inc, clock: clock}
	for _, r := range [...]struct {
		id   string
		find func()
	}{
		{"first-response", c.firstResponse},
		{"cadence", c.cadence},
		{"next-update", c.nextUpdate},
		{"promise-overdue", c.overdue},
		{"promise-without-date", c.undated},
		{"missing-section", c.sections},
		{"response-elements", c.responseElements},
		{"contact", c.contact},
		{"level-too-low", c.level},
		{"escalate", c.escalate},
		{"de-escalate", c.deEscalate},
		{"approval", c.speaker},
		{"report-missing", c.report},
		{"report-parts", c.reportParts},
		{"follow-up", c.followUp},
	} {
		if !off(j.site.Rules, r.id) { // one that is off asks the clock nothing
			r.find()
		}
	}
	return c.found
}

// Site applies the rules that concern what site.toml says for all incidents.
func (j *Judge) Site() diag.List { return siteContacts(j.site) }

// inquiry is one incident under judgement.
type inquiry struct {
	site  *config.Site
	inc   *incident.Incident
	clock *incident.Clock
	found diag.List

	signals []figures.Signal // once they were asked for
}

func (c *inquiry) add(d diag.Diagnostic) { c.found = append(c.found, d) }

// atKey reports at a key of the incident's front matter.
func (c *inquiry) atKey(key, rule string, message, hint diag.Text) {
	c.add(c.inc.Index.Doc.AtKey(key, rule, message, hint))
}

// soft reports something about a document, as a warning where it is not published.
func (c *inquiry) soft(doc *content.Document, d diag.Diagnostic) {
	c.found = append(c.found, softened(diag.List{d}, c.inc.Withheld[doc])...)
}

// withheld returns the document of a kind that is there and not published, or nil.
func (c *inquiry) withheld(kind content.Kind) *content.Document {
	for doc := range c.inc.Withheld {
		if doc.Place.Kind == kind {
			return doc
		}
	}
	return nil
}

// softened makes warnings of findings in text that is not published.
func softened(found diag.List, withheld incident.Reason) diag.List {
	if withheld != "" && withheld != incident.Scheduled {
		for i := range found {
			found[i].Severity = diag.Warning
		}
	}
	return found
}
