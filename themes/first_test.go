package themes_test

import (
	"testing"

	"candor/generator/outside/chromium/chromiumtest"
)

// TestFirstScreen: on the first screen of a phone are the state, the title, what to do, the newest
// update, when there is more, whom to call and what else there is; the newest update follows at
// once, and the page does not go on for ever.
func TestFirstScreen(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		if s.name != "example-zh-Hans" && s.name != "example-en" {
			return
		}
		b := newTab(t)
		b.Size(360, 640, 1)
		for page, screens := range map[string]float64{allergy: 14, "/en" + allergy: 19} {
			if s.name == "example-en" {
				page, screens = "/zh-Hans"+allergy, 19 // in English, apart from the frame
			}
			b.open(s.url(page))
			for _, selector := range []string{".strip small", "h1", ".summary", ".first a[href='#newest']", ".next", ".first a[href^='tel:']", ".shortcuts"} {
				bottom := chromiumtest.Eval[float64](b, `document.querySelector("main `+selector+`").getBoundingClientRect().bottom`)
				if bottom > 640 {
					t.Errorf("%s: %s ends at %.0f px", page, selector, bottom)
				}
			}
			if next := chromiumtest.Eval[string](b, `document.querySelector("main > section").id`); next != "newest" {
				t.Errorf("%s: the first part is %q", page, next)
			}
			if height := chromiumtest.Eval[float64](b, "document.documentElement.scrollHeight"); height > screens*640 {
				t.Errorf("%s: %.1f screens, more than %v", page, height/640, screens)
			}
		}
	})
}
