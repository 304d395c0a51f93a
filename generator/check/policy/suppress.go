package policy

import (
	"strings"
	"unicode/utf8"

	"candor/generator/diag"
	"candor/generator/input/content"
)

// Suppress marks the findings that authors let stand with a reason, and finds
// suppressions that give none, name no rule, or have no effect. Off are the
// settings of the site: what is off is no finding.
func Suppress(found diag.List, docs []*content.Document, settings map[string]diag.Severity) diag.List {
	byPath := map[string][]*effect{}
	for _, doc := range docs {
		for _, a := range doc.Allowed {
			byPath[doc.Source.Path] = append(byPath[doc.Source.Path], newEffect(doc, a))
		}
	}
	if len(byPath) == 0 {
		return found
	}
	found = found.Suppress(func(d diag.Diagnostic) *diag.Suppression {
		if off(settings, d.Rule) {
			return nil
		}
		for _, e := range byPath[d.Path] {
			if e.allows(d) {
				e.used[d.Rule] = true
				return e.suppression()
			}
		}
		return nil
	})
	for _, doc := range docs {
		for _, e := range byPath[doc.Source.Path] {
			found = append(found, e.faults(settings)...)
		}
	}
	return found
}

// effect is what became of one allowance.
type effect struct {
	doc  *content.Document
	of   content.Allowance
	used map[string]bool
	at   diag.Diagnostic // of the comment
}

func newEffect(doc *content.Document, a content.Allowance) *effect {
	return &effect{doc: doc, of: a, used: map[string]bool{}, at: a.At(doc, diag.Text{}, diag.Text{})}
}

func (e *effect) allows(d diag.Diagnostic) bool {
	if e.of.Reason == "" {
		return false
	}
	covered := d.Line >= e.of.From && d.Line <= e.of.To || d.Line == 0 && e.of.Whole
	if !covered {
		return false
	}
	for _, rule := range e.of.Rules {
		if rule == d.Rule {
			return true
		}
	}
	return false
}

func (e *effect) suppression() *diag.Suppression {
	return &diag.Suppression{Reason: strings.Join(strings.Fields(e.of.Reason), " "), Line: e.at.Line, Column: e.at.Column,
		Width: utf8.RuneCountInString(strings.SplitN(string(e.doc.Source.Data[e.of.Start:e.of.End]), "\n", 2)[0])}
}

func (e *effect) faults(settings map[string]diag.Severity) diag.List {
	var found diag.List
	add := func(message, hint diag.Text) { found = append(found, e.of.At(e.doc, message, hint)) }
	form := diag.Textf("write <!-- candor: allow wording, because … -->")
	switch {
	case len(e.of.Rules) == 0:
		add(diag.Textf("this suppression names no rule"), form)
		return found
	case e.of.Reason == "":
		add(diag.Textf("this suppression gives no reason, so it does not count"), form)
		return found
	}
	for _, rule := range e.of.Rules {
		_, known := diag.FindRule(rule)
		switch {
		case !known:
			add(diag.Textf("there is no rule \"%s\"", rule), diag.Textf("the rule's name stands in brackets at the end of what it finds"))
		case !diag.Suppressible(rule):
			add(diag.Textf("the rule \"%s\" cannot be suppressed", rule), diag.Textf("mend what it finds"))
		case off(settings, rule):
		case !e.used[rule]:
			add(diag.Textf("nothing is found here by the rule \"%s\"", rule), diag.Textf("take this comment out, or put it directly above what it is for"))
		}
	}
	return found
}

// off says whether the settings turn a rule off.
func off(settings map[string]diag.Severity, rule string) bool {
	severity, set := settings[rule]
	return set && severity == diag.Off
}
