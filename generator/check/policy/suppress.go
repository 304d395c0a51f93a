package policy

import (
	"slices"
	"strings"
	"unicode/utf8"

	"candor/generator/diag"
	"candor/generator/input/content"
)

// Mentions are, by the path of a file that is no text, the places at which texts name it: what is found
// in the file can be suppressed there.
type Mentions map[string][]diag.Diagnostic

// Suppress marks the findings that authors suppress with a reason, and finds
// suppressions that give none, name no rule, or have no effect. The settings of the
// site may turn rules off: these find nothing.
func Suppress(
	found diag.List, docs []*content.Document, settings map[string]diag.Severity, mentions Mentions,
) diag.List {
	byPath := map[string][]*suppression{}
	for _, doc := range docs {
		for _, a := range doc.Allowed {
			byPath[doc.Source.Path] = append(byPath[doc.Source.Path], &suppression{a, doc, map[string]bool{}})
		}
	}
	if len(byPath) == 0 {
		return found
	}
	found = found.Suppress(func(d diag.Diagnostic) *diag.Suppression {
		if off(settings, d.Rule) {
			return nil
		}
		for _, place := range append(mentions[d.Path], d) {
			for _, s := range byPath[place.Path] {
				if s.covers(place.Line, d.Rule) {
					s.used[d.Rule] = true
					return s.reason()
				}
			}
		}
		return nil
	})
	for _, doc := range docs {
		for _, s := range byPath[doc.Source.Path] {
			found = append(found, s.faults(settings)...)
		}
	}
	return found
}

// suppression is a comment that suppresses rules, and those that it was used for.
type suppression struct {
	content.Allowance
	doc  *content.Document
	used map[string]bool
}

// covers reports whether the comment suppresses what a rule finds in a line.
func (s *suppression) covers(line int, rule string) bool {
	here := line >= s.From && line <= s.To || line == 0 && s.Whole
	return here && s.Reason != "" && slices.Contains(s.Rules, rule)
}

func (s *suppression) reason() *diag.Suppression {
	at := s.At(s.doc, diag.Text{}, diag.Text{})
	line, _, _ := strings.Cut(string(s.doc.Source.Data[s.Start:s.End]), "\n")
	return &diag.Suppression{Reason: strings.Join(strings.Fields(s.Reason), " "), Line: at.Line, Column: at.Column,
		Width: utf8.RuneCountInString(line)}
}

func (s *suppression) faults(settings map[string]diag.Severity) diag.List {
	var found diag.List
	add := func(message, hint diag.Text) { found = append(found, s.At(s.doc, message, hint)) }
	form := diag.Textf("write <!-- candor: allow wording, because … -->")
	switch {
	case len(s.Rules) == 0:
		add(diag.Textf("this suppression names no rule"), form)
		return found
	case s.Reason == "":
		add(diag.Textf("this suppression gives no reason, so it does not count"), form)
		return found
	}
	for _, rule := range s.Rules {
		_, known := diag.FindRule(rule)
		switch {
		case !known:
			add(diag.Textf("there is no rule \"%s\"", rule),
				diag.Textf("the rule's name is in brackets at the end of each finding"))
		case !diag.Suppressible(rule):
			add(diag.Textf("the rule \"%s\" cannot be suppressed", rule), diag.Textf("fix what it finds"))
		case off(settings, rule):
		case !s.used[rule]:
			add(diag.Textf("nothing is found here by the rule \"%s\"", rule),
				diag.Textf("remove this comment, or put it directly above what it is for"))
		}
	}
	return found
}

// off reports whether the settings turn a rule off.
func off(settings map[string]diag.Severity, rule string) bool {
	severity, set := settings[rule]
	return set && severity == diag.Off
}
