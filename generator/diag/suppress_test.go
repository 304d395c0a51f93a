package diag

import (
	"bytes"
	"strings"
	"testing"
)

func TestSuppress(t *testing.T) {
	list := List{
		{Rule: "placeholder", Severity: Error, Path: "a"},
		{Rule: "wording", Severity: Warning, Path: "b"},
		{Rule: "bad-value", Severity: Error, Path: "c"},
		{Rule: "approval", Severity: Error, Path: "d"},
		{Rule: "suppression", Severity: Warning, Path: "e"},
	}
	asked := ""
	all := list.Suppress(func(d Diagnostic) *Suppression {
		asked += d.Path
		return &Suppression{Reason: "because"}
	})
	if asked != "ab" || len(all.Active()) != 3 || len(list.Active()) != 5 {
		t.Errorf("asked about %q: %v; the list itself: %v", asked, all, list)
	}
	if all.Count(Error) != 2 || all.Count(Warning) != 1 || !all.HasErrors() {
		t.Errorf("%d errors, %d warnings", all.Count(Error), all.Count(Warning))
	}
	if all[:2].HasErrors() || !list[:2].HasErrors() {
		t.Error("a suppressed error is none")
	}
	all.Suppress(func(d Diagnostic) *Suppression {
		if d.Suppressed != nil || d.Path == "a" {
			t.Error("asked twice about", d.Path)
		}
		return nil
	})
}

func TestSuppressedIsPrintedWhenAskedFor(t *testing.T) {
	print := func(suppressed bool) string {
		var b bytes.Buffer
		WriteText(&b, allowed(), TextOptions{Suppressed: suppressed})
		WriteJSON(&b, allowed(), JSONOptions{Suppressed: suppressed})
		WriteGitHub(&b, allowed(), GitHubOptions{Suppressed: suppressed})
		WriteSARIF(&b, allowed(), SARIFOptions{Suppressed: suppressed})
		return b.String()
	}
	if without := print(false); strings.Contains(without, "wide-mark") || !strings.Contains(without, "a/tabs.md") {
		t.Error(without)
	}
	if n := strings.Count(print(true), "it is <U+202E>quoted"); n != 3 {
		t.Errorf("the reason stands in %d printers of text", n)
	}
}

func TestSortKeepsWhatCountsMore(t *testing.T) {
	suppressed := Diagnostic{Rule: "wording", Severity: Error, Path: "a", Suppressed: &Suppression{Reason: "r"}}
	warning := Diagnostic{Rule: "wording", Severity: Warning, Path: "a"}
	failure := Diagnostic{Rule: "wording", Severity: Error, Path: "a"}
	for _, list := range []List{{suppressed, warning, failure}, {failure, warning, suppressed}, {warning, suppressed, failure}} {
		if got := list.Sort(); len(got) != 1 || got[0].Severity != Error || got[0].Suppressed != nil {
			t.Errorf("%v", got)
		}
	}
	if got := (List{suppressed, warning}).Sort(); len(got) != 1 || got[0].Suppressed != nil {
		t.Errorf("%v", got)
	}
}
