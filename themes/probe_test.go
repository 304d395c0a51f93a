package themes_test

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"candor/generator/outside/chromium/chromiumtest"

	"github.com/chromedp/chromedp"
)

// TestProbes: on a page that does everything wrong, every probe says so. Without
// this, a probe that looks at nothing would pass for a page with no fault.
func TestProbes(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.FileServer(http.Dir("testdata")))
	defer server.Close()
	b := newTab(t)
	b.Look(chromiumtest.Views[0])
	b.open(server.URL + "/faulty.html")

	requests, faults := b.Heard()
	for _, want := range []string{"elsewhere.css", "elsewhere.png"} {
		if !slices.ContainsFunc(requests, func(r string) bool { return strings.HasSuffix(r, want) }) {
			t.Errorf("the request for %s was not heard:%s", want, list(requests))
		}
	}
	if !slices.Contains(faults, "console.error") {
		t.Errorf("the message on the console was not heard:%s", list(faults))
	}

	if found := chromiumtest.Eval[[]string](b, "probe.overflow()"); len(found) != 2 {
		t.Errorf("overflow: %v", found)
	}
	if found := b.weak(7); len(found) < 3 {
		t.Errorf("contrast: %v", found)
	}
	if set := chromiumtest.Eval[[]struct{ Size, Leading, Longest float64 }](b, "probe.set()"); len(set) != 1 || set[0].Size != 10 || set[0].Leading != 1.2 || set[0].Longest < 150 {
		t.Errorf("type: %v", set)
	}
	if targets := chromiumtest.Eval[[]struct{ Height float64 }](b, "probe.targets()"); len(targets) != 2 || targets[0].Height > 20 {
		t.Errorf("targets: %v", targets)
	}
	places := chromiumtest.Eval[[]struct{ Order, Top float64 }](b, `probe.places([".strip", "h1"])`)
	if len(places) != 2 || places[0].Order <= places[1].Order || places[0].Top <= places[1].Top {
		t.Errorf("order: %v", places)
	}
	if err := chromedp.Do(b.Page, chromedp.KeyEvent("\t")); err != nil {
		t.Fatal(err)
	}
	if f := chromiumtest.Eval[*struct{ Style string }](b, "probe.focused()"); f == nil || f.Style != "none" {
		t.Errorf("focus: %v", f)
	}

	b.LoadAxe()
	_, faults = b.Axe("")
	for _, rule := range []string{"html-has-lang", "document-title", "image-alt", "color-contrast", "heading-order", "target-size"} {
		if !slices.ContainsFunc(faults, func(f string) bool { return strings.HasPrefix(f, rule+":") }) {
			t.Errorf("axe-core did not find %s:%s", rule, list(faults))
		}
	}
}
