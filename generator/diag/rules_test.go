package diag

import (
	"slices"
	"strings"
	"testing"
)

// TestRules holds the list of design §6, and the rules that came to it.
func TestRules(t *testing.T) {
	want := map[Severity]string{
		Error: "bad-value unknown-key bad-date duplicate-id broken-link missing-file placeholder personal-data approval corrects-unknown " +
			"internal-error ledger markup promise-unread hidden-data unnamed-file service-unknown",
		Warning: "doubtful-time first-response cadence next-update promise-overdue promise-without-date missing-section response-elements contact level-too-low " +
			"contrast copy service-open index-outdated wording absolute-claim image-text image-weight translation-missing translation-stale translation-differs report-missing report-parts follow-up " +
			"escalate de-escalate suppression",
	}
	var ids []string
	for severity, list := range want {
		for _, id := range strings.Fields(list) {
			ids = append(ids, id)
			r, found := FindRule(id)
			if !found || r.ID != id || r.Severity != severity {
				t.Errorf("%s: %v", id, r)
			}
			if !strings.HasSuffix(r.About, ".") || strings.Contains(r.About, "\n") || len(r.About) > 100 || strings.Contains(r.About, ". ") {
				t.Errorf("%s is described by %q, which is not one sentence", id, r.About)
			}
		}
	}
	slices.Sort(ids)
	if !slices.Equal(ids, Rules()) {
		t.Errorf("%v\nwant\n%v", Rules(), ids)
	}
	if _, found := FindRule("word"); found {
		t.Error("there is no such rule")
	}
}

func TestApply(t *testing.T) {
	at := func(rule string, s Severity) Diagnostic { return Diagnostic{Rule: rule, Severity: s} }
	list := List{at("placeholder", Error), at("placeholder", Warning), at("wording", Error), at("wording", Warning), at("unlisted", Error)}
	for _, c := range []struct {
		settings map[string]Severity
		want     []Severity
	}{
		{nil, []Severity{Error, Warning, Warning, Warning, Error}},
		{map[string]Severity{"wording": Error, "placeholder": Error}, []Severity{Error, Warning, Error, Warning, Error}},
		{map[string]Severity{"wording": Off, "placeholder": Warning}, []Severity{Warning, Warning, Error}},
	} {
		var got []Severity
		for _, d := range list.Apply(c.settings) {
			got = append(got, d.Severity)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%v: %v, want %v", c.settings, got, c.want)
		}
	}
}
