package themes_test

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestProbes: on a page that does everything wrong, every probe says so. Without
// this, a probe that looks at nothing would pass for a page with no fault.
func TestProbes(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.FileServer(http.Dir("testdata")))
	defer server.Close()
	b := newTab(t)
	b.look(views[0])
	b.open(server.URL + "/faulty.html")

	requests, faults := b.heard()
	for _, want := range []string{"elsewhere.css", "elsewhere.png"} {
		if !slices.ContainsFunc(requests, func(r string) bool { return strings.HasSuffix(r, want) }) {
			t.Errorf("the request for %s was not heard:%s", want, list(requests))
		}
	}
	if !slices.Contains(faults, "console.error") {
		t.Errorf("the message on the console was not heard:%s", list(faults))
	}

	if found := eval[[]string](b, "probe.overflow()"); len(found) != 2 {
		t.Errorf("overflow: %v", found)
	}
	if found := b.weak(7); len(found) < 3 {
		t.Errorf("contrast: %v", found)
	}
	if set := eval[[]struct{ Size, Leading, Longest float64 }](b, "probe.set()"); len(set) != 1 || set[0].Size != 10 || set[0].Leading != 1.2 || set[0].Longest < 150 {
		t.Errorf("type: %v", set)
	}
	if targets := eval[[]struct{ Height float64 }](b, "probe.targets()"); len(targets) != 2 || targets[0].Height > 20 {
		t.Errorf("targets: %v", targets)
	}
	places := eval[[]struct{ Order, Top float64 }](b, `probe.places([".strip", "h1"])`)
	if len(places) != 2 || places[0].Order <= places[1].Order || places[0].Top <= places[1].Top {
		t.Errorf("order: %v", places)
	}
	if err := chromedp.Do(b.ctx, chromedp.KeyEvent("\t")); err != nil {
		t.Fatal(err)
	}
	if f := eval[*struct{ Style string }](b, "probe.focused()"); f == nil || f.Style != "none" {
		t.Errorf("focus: %v", f)
	}

	axe, err := axeSource()
	if err != nil {
		t.Fatalf("axe-core is missing: run .ci/setup (%v)", err)
	}
	eval[chromedp.Void](b, axe)
	result := eval[axeResult](b, runAxe)
	for _, rule := range []string{"html-has-lang", "document-title", "image-alt", "color-contrast", "heading-order", "target-size"} {
		if !slices.ContainsFunc(result.Faults, func(f string) bool { return strings.HasPrefix(f, rule+":") }) {
			t.Errorf("axe-core did not find %s:%s", rule, list(result.Faults))
		}
	}
}
