package diag

import (
	"slices"
	"strings"
)

// Rule is one kind of mistake that Candor looks for.
type Rule struct {
	ID       string
	Severity Severity // where site.toml says nothing
	About    string   // what it finds, in a sentence
}

// rules are all rules and their severities (design §6), by id.
var rules = [...]Rule{
	{"absolute-claim", Warning, "A claim is absolute: one exception refutes it."},
	{"approval", Error, "Text has not been approved by anybody who may approve."},
	{"bad-date", Error, "A time does not exist or cannot be meant."},
	{"bad-value", Error, "A value, a text or a file cannot be published as it is."},
	{"broken-link", Error, "A link leads nowhere."},
	{"cadence", Warning, "The page has been silent for longer than this phase of the incident allows."},
	{"contact", Warning, "Readers are not told whom to reach, when, or how soon they are answered."},
	{"contrast", Warning, "Text has too little contrast with what it is on."},
	{"copy", Warning, "A text for a channel is too long there, or says a figure that its update does not."},
	{"corrects-unknown", Error, "A correction names an update that does not exist."},
	{"de-escalate", Warning, "What the incident's files say calls for a lower level."},
	{"doubtful-time", Warning, "A time can be meant, but is likely a slip."},
	{"duplicate-id", Error, "Two things have the same name."},
	{"escalate", Warning, "What the incident's files say calls for a higher level."},
	{"first-response", Warning, "The first response is due, or came after its deadline."},
	{"follow-up", Warning, "A follow-up to the final report is due."},
	{"hidden-data", Error, "A file has in it what it does not show, such as a place, comments or a name."},
	{"image-text", Warning, "An image has no text for those who cannot see it."},
	{"image-weight", Warning, "An image keeps people on slow lines waiting."},
	{"index-outdated", Warning, "The incident is resolved, and its page has not been revised since."},
	{"internal-error", Error, "Candor itself has failed: that is a fault of the program, not of the content."},
	{"ledger", Error, "Text differs from what was sealed when it was published, or the ledger was changed."},
	{"level-too-low", Warning, "The level is too low for the scope, severity and speed of the incident."},
	{"markup", Error, "Markup has not taken effect, and its signs would be published."},
	{"missing-file", Error, "A file that is named does not exist."},
	{"missing-section", Warning, "A section that the incident's type and stance ask for is missing."},
	{"next-update", Warning, "The time of the next update is not given, or has passed."},
	{"personal-data", Error, "Text gives away a person's data, such as a phone or identity number."},
	{"placeholder", Error, "Text is still to be filled in."},
	{"promise-overdue", Warning, "A promise is due and not kept."},
	{"promise-unread", Error, "A promise is written so that it is not read as one."},
	{"promise-without-date", Warning, "A promise does not say when it will be kept."},
	{"report-missing", Warning, "The incident is resolved, and its final report is due."},
	{"report-parts", Warning, "The final report lacks one of its parts."},
	{"response-elements", Warning, "A response lacks one of its elements: empathy, explanation, solution."},
	{"service-open", Warning, "The incident is resolved, and nobody has said that a service works again."},
	{"service-unknown", Error, "Text speaks of a service that nobody has declared."},
	{"suppression", Warning, "A suppression gives no reason or has no effect."},
	{"translation-differs", Warning, "A translation and its original differ in what has to be the same."},
	{"translation-missing", Warning, "Text has not been translated into one of the site's languages."},
	{"translation-stale", Warning, "The original has changed its meaning since it was translated."},
	{"unknown-key", Error, "A file has a key that it cannot have."},
	{"unnamed-file", Error, "A file of an incident is named by no text, so nobody has said that it is public."},
	{"wording", Warning, "The wording shirks, blames, argues or hides behind stock phrases."},
}

// FindRule returns the rule with an id.
func FindRule(id string) (Rule, bool) {
	i, found := slices.BinarySearchFunc(rules[:], id, func(r Rule, id string) int { return strings.Compare(r.ID, id) })
	if !found {
		return Rule{}, false
	}
	return rules[i], true
}

// Fixed says whether a rule always stops publication: what it finds cannot be
// built, or would be built as something that the editor did not write.
func Fixed(rule string) bool {
	return slices.Contains([]string{"bad-value", "bad-date", "duplicate-id", "internal-error", "ledger"}, rule)
}

// Rules returns the ids of all rules, sorted.
func Rules() []string {
	ids := make([]string, len(rules))
	for i, r := range rules {
		ids[i] = r.ID
	}
	return ids
}

// Apply gives each finding the severity that settings want for its rule, or else
// the rule's own, and drops those of rules that are off. It only ever lowers: a
// step reports errors, of which Apply makes what the rule is worth, and a finding
// that its rule made a warning, because what it speaks of is not published, does
// not become an error.
func (l List) Apply(settings map[string]Severity) List {
	kept := make(List, 0, len(l))
	for _, d := range l {
		if s, ok := settings[d.Rule]; ok {
			d.Severity = min(d.Severity, s)
		} else if rule, ok := FindRule(d.Rule); ok {
			d.Severity = min(d.Severity, rule.Severity)
		}
		if d.Severity != Off {
			kept = append(kept, d)
		}
	}
	return kept
}
