package diag

import (
	"maps"
	"slices"
)

// defaults are the rules and their severities (design §6). A rule is listed when
// something reports it.
func defaults() map[string]Severity {
	return map[string]Severity{
		"bad-value":        Error,
		"unknown-key":      Error,
		"bad-date":         Error,
		"duplicate-id":     Error,
		"broken-link":      Error,
		"missing-file":     Error,
		"placeholder":      Error,
		"approval":         Error,
		"corrects-unknown": Error,
	}
}

// Fixed says whether a rule always stops publication: what it finds cannot be
// built, or would be built as something that the editor did not write.
func Fixed(rule string) bool {
	return rule == "bad-value" || rule == "bad-date" || rule == "duplicate-id"
}

// Rules returns the ids of all rules, sorted.
func Rules() []string { return slices.Sorted(maps.Keys(defaults())) }

// Apply gives each finding the severity that settings want for its rule and
// drops those of rules that are off. A finding that its rule made a warning,
// because what it speaks of is not published, does not become an error.
func (l List) Apply(settings map[string]Severity) List {
	if len(settings) == 0 {
		return l
	}
	kept := make(List, 0, len(l))
	for _, d := range l {
		if s, ok := settings[d.Rule]; ok {
			d.Severity = min(d.Severity, s)
		}
		if d.Severity != Off {
			kept = append(kept, d)
		}
	}
	return kept
}
