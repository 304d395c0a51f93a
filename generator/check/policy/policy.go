// Package policy has the rules for content: one file a rule or family, each a pure function with
// the passage of the playbook that it comes from. A rule sees what the site is, never how it looks.
//
// Rules about one document (Document) depend on that document and on whether it is
// published; rules about an incident (Incident) on all of it and on the instant,
// for which they ask a Clock. Findings are errors: site.toml and diag.Rule set
// their severity. In text that is not published they are warnings.
//
// Precision is more important than recall: after false alarms, editors ignore findings.
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

// Checker applies the rules of one site. It does not change and is safe for concurrent use.
type Checker struct {
	site     *config.Site
	words    *lexicon.Lexicon
	declared declared // the contacts of the site and its languages
}

// New makes the Checker of a site with its word lists.
func New(site *config.Site, words *lexicon.Lexicon) *Checker {
	k := &Checker{site: site, words: words, declared: declared{}}
	k.declared.add(site.Contacts)
	for _, l := range site.Languages {
		k.declared.add(l.Contacts)
	}
	return k
}

// Circumstance is what the findings in a document depend on besides itself.
type Circumstance struct {
	Withheld incident.Reason // why it is not published; empty for one that is
	Stance   domain.Stance   // of its incident; empty for a standing page
	Contacts []content.Contact
	Imported bool // its incident is history from elsewhere, whose words nobody can choose any more
}

// Document applies the rules about one document.
func (k *Checker) Document(doc *content.Document, c Circumstance) diag.List {
	found := append(placeholder(doc, c.Withheld), markup(doc, c)...)
	found = append(found, k.personalData(doc, c)...)
	if c.Imported {
		return found
	}
	found = append(found, k.wording(doc, c)...)
	return append(found, softened(imageText(doc), c.Withheld)...)
}

// Incident applies the rules about an incident as a whole, at the clock's instant.
// Nothing is due yet in a scenario or in an incident that is scheduled.
func (k *Checker) Incident(inc *incident.Incident, clock *incident.Clock) diag.List {
	switch inc.Withheld[inc.Index.Doc] {
	case incident.Prepared, incident.Scheduled:
		return nil
	}
	c := &incidentCheck{site: k.site, inc: inc, clock: clock}
	for _, r := range c.rules() {
		if !off(k.site.Rules, r.id) { // a rule that is off must not ask the clock
			r.find()
		}
	}
	return c.found
}

// rule is a rule about an incident.
type rule struct {
	id   string
	find func()
}

// rules returns the rules for the incident. A maintenance has no first response, no rhythm and no report;
// of history that was imported, only times and names can be wrong.
func (c *incidentCheck) rules() []rule {
	if c.inc.Front.Imported {
		return []rule{{"doubtful-time", c.doubtful}, {"approval", c.speaker}}
	}
	rules := []rule{
		{"next-update", c.nextUpdate},
		{"doubtful-time", c.doubtful},
		{"promise-overdue", c.overdue},
		{"promise-without-date", c.undated},
		{"contact", c.contact},
		{"approval", c.speaker},
	}
	if c.inc.Planned() {
		return rules
	}
	if c.inc.Front.Level > 0 { // else the level that these go by is none that anybody gave it
		rules = append(rules, []rule{
			{"first-response", c.firstResponse},
			{"cadence", c.cadence},
			{"level-too-low", c.level},
			{"escalate", c.escalate},
			{"de-escalate", c.deEscalate},
		}...)
	}
	return append(rules, []rule{
		{"missing-section", c.sections},
		{"response-elements", c.responseElements},
		{"report-missing", c.report},
		{"report-parts", c.reportParts},
		{"follow-up", c.followUp},
		{"service-open", c.servicesOpen},
		{"index-outdated", c.outdated},
	}...)
}

// Site applies the rules about what site.toml says for all incidents.
func (k *Checker) Site() diag.List { return incomplete(k.site.Contacts, k.site.AtKey) }

// incidentCheck is a run of the rules about one incident.
type incidentCheck struct {
	site  *config.Site
	inc   *incident.Incident
	clock *incident.Clock
	found diag.List

	signals []figures.Signal // nil until they are needed
}

func (c *incidentCheck) add(d diag.Diagnostic) { c.found = append(c.found, d) }

// atKey reports at a key of the incident's front matter.
func (c *incidentCheck) atKey(key, rule string, message, hint diag.Text) {
	c.add(c.inc.Index.Doc.AtKey(key, rule, message, hint))
}

// soft reports something about a document, as a warning if it is not published.
func (c *incidentCheck) soft(doc *content.Document, d diag.Diagnostic) {
	c.found = append(c.found, softened(diag.List{d}, c.inc.Withheld[doc])...)
}

// withheld returns the document of a kind that exists and is not published, or nil.
func (c *incidentCheck) withheld(kind content.Kind) *content.Document {
	for doc := range c.inc.Withheld {
		if doc.Place.Kind == kind {
			return doc
		}
	}
	return nil
}

// softened turns findings in text that is not published into warnings.
func softened(found diag.List, withheld incident.Reason) diag.List {
	if withheld != "" && withheld != incident.Scheduled {
		for i := range found {
			found[i].Severity = diag.Warning
		}
	}
	return found
}
