package themes_test

import (
	"fmt"
	"strings"
	"testing"

	"candor/generator/outside/chromium/chromiumtest"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// TestOverflow: nothing sticks out sideways: not on the narrowest screen, not
// with the text at twice its size, not with the page zoomed to twice its size.
func TestOverflow(t *testing.T) {
	eachPage(t, func(b *tab, s *site, page string) { b.overflow(page) })
}

func (b *tab) overflow(page string) {
	b.Helper()
	for _, size := range []struct {
		name  string
		width int64
		scale float64 // of the page: at 2 a window shows half its width
	}{
		{"320 px", 320, 1}, {"360 px", 360, 1}, {"768 px", 768, 1}, {"1280 px", 1280, 1},
		{"1280 px at 200 %", 640, 2}, {"1280 px at 400 %", 320, 4},
	} {
		b.Size(size.width, 800, size.scale)
		if found := chromiumtest.Eval[[]string](b, "probe.overflow()"); len(found) > 0 {
			b.Errorf("%s at %s:%s", page, size.name, list(found))
		}
	}
}

// TestLargeText: with the text alone at twice its size, as telephones and
// browsers let their owners set it, nothing sticks out either.
func TestLargeText(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		b := newTab(t)
		chromiumtest.Call(b, page.SetFontSizes, page.SetFontSizesParams{FontSizes: &page.FontSizes{Standard: 32, Fixed: 26}})
		for _, page := range s.looked {
			b.open(s.url(page))
			if size := chromiumtest.Eval[float64](b, "parseFloat(getComputedStyle(document.body).fontSize)"); size < 34 {
				t.Fatalf("%s: the text did not grow: %v px", page, size)
			}
			for _, width := range []int64{360, 1280} {
				b.Size(width, 800, 1)
				if found := chromiumtest.Eval[[]string](b, "probe.overflow()"); len(found) > 0 {
					t.Errorf("%s at %d with text of twice the size:%s", page, width, list(found))
				}
			}
		}
	})
}

// TestMeasure: type and measure are those of look.md.
func TestMeasure(t *testing.T) {
	type block struct {
		At                     string
		Chinese                bool
		Size, Leading, Longest float64
	}
	eachPage(t, func(b *tab, s *site, page string) {
		measured := 0
		for _, v := range []chromiumtest.View{{Width: 360, Scheme: "light"}, {Width: 1280, Scheme: "light"}} {
			b.Look(v)
			var found []string
			for _, m := range chromiumtest.Eval[[]block](b, "probe.set()") {
				measured++
				most, lo, hi, body := 72.0, 1.5, 1.7, 18.0
				if m.Chinese {
					most, lo, hi, body = 38, 1.7, 1.8, 17
				}
				most *= max(1, body/m.Size) // small print has the same column
				switch {
				case m.Longest > most:
					found = append(found, fmt.Sprintf("%.1f characters a line, over %.0f: %s", m.Longest, most, m.At))
				case m.Leading < lo-.001 || m.Leading > hi+.001:
					found = append(found, fmt.Sprintf("line height %.2f, not %.1f to %.1f: %s", m.Leading, lo, hi, m.At))
				case m.Size < body*.8:
					found = append(found, fmt.Sprintf("%.1f px: %s", m.Size, m.At))
				}
			}
			if size := chromiumtest.Eval[float64](b, "parseFloat(getComputedStyle(document.body).fontSize)"); size < 17 {
				found = append(found, fmt.Sprintf("body text of %.1f px", size))
			}
			if len(found) > 0 {
				b.Errorf("%s at %d:%s", page, v.Width, list(found))
			}
		}
		if measured == 0 && len(s.html(page)) > 20_000 {
			b.Errorf("%s: nothing was measured", page)
		}
	})
}

// TestTargets: what is meant to be tapped is 44 px high where fingers tap, and
// 24 where a mouse points (WCAG 2.2, 2.5.5 and 2.5.8).
func TestTargets(t *testing.T) {
	eachPage(t, func(b *tab, s *site, page string) { b.targets(page) })
}

func (b *tab) targets(page string) {
	b.Helper()
	for _, v := range []struct {
		width int64
		touch bool
		least float64
	}{{360, true, 44}, {1280, true, 44}, {1280, false, 24}} {
		b.Size(v.width, 800, 1)
		chromiumtest.Call(b, emulation.SetTouchEmulationEnabled, emulation.SetTouchEmulationEnabledParams{Enabled: v.touch})
		var found []string
		for _, target := range chromiumtest.Eval[[]struct {
			At            string
			Height, Width float64
		}](b, "probe.targets()") {
			if target.Height < v.least-.1 || target.Width < 24 {
				found = append(found, fmt.Sprintf("%.0f × %.0f px: %s", target.Width, target.Height, target.At))
			}
		}
		if len(found) > 0 {
			b.Errorf("%s at %d, touched %v:%s", page, v.width, v.touch, list(found))
		}
	}
}

// TestOrder: the progress page says things in the order of look.md, in the
// document and to the eye.
func TestOrder(t *testing.T) {
	order := []string{".strip", "h1", ".summary", ".first", ".next", "#newest", "#affected", "#remedy", "#contacts",
		"#what-happened", "#known", "#unknown", "#promises", "#short-term", "#long-term", "#questions", "#updates", "#report", "#files"}
	eachPage(t, func(b *tab, s *site, page string) {
		if own := "/" + strings.TrimPrefix(strings.TrimPrefix(page, "/"+s.langOf(page)), "/"); strings.Count(strings.Trim(own, "/"), "/") > 0 || own == "/" || strings.HasPrefix(own, "/about") || own == "/services/" || strings.HasSuffix(own, ".html") {
			return
		}
		for _, v := range []chromiumtest.View{{Width: 360, Scheme: "light"}, {Width: 1280, Scheme: "light"}} {
			b.Look(v)
			places := chromiumtest.Eval[[]struct {
				At         string
				Order, Top float64
			}](b, fmt.Sprintf("probe.places(%s)", quoteAll(order)))
			if len(places) < 5 {
				b.Errorf("%s at %d: only %v were found", page, v.Width, places)
			}
			for i := 1; i < len(places); i++ {
				if before, after := places[i-1], places[i]; before.Order >= after.Order || before.Top >= after.Top {
					b.Errorf("%s at %d: %s must come before %s", page, v.Width, before.At, after.At)
				}
			}
		}
	})
}

func quoteAll(words []string) string { return `["` + strings.Join(words, `","`) + `"]` }

// TestFocus: every link can be reached with the tabulator key, and nobody can
// miss where the focus is.
func TestFocus(t *testing.T) {
	eachPage(t, func(b *tab, s *site, page string) {
		for _, v := range chromiumtest.Views[1:3] { // narrow and dark, wide and light
			b.Look(v)
			b.open(s.url(page))
			var found []string
			reached, all := 0, chromiumtest.Eval[int](b, "probe.focusable()")
			for range all + 5 {
				if err := chromedp.Do(b.Page, chromedp.KeyEvent("\t")); err != nil {
					b.Fatal(err)
				}
				f := chromiumtest.Eval[*struct {
					At, Style    string
					Width, Ratio float64
					Seen         bool
				}](b, "probe.focused()")
				if f == nil {
					break
				}
				reached++
				switch {
				case f.Style != "solid" || f.Width < 3:
					found = append(found, fmt.Sprintf("a ring of %v px %s: %s", f.Width, f.Style, f.At))
				case f.Ratio < 3:
					found = append(found, fmt.Sprintf("a ring with a contrast of %.1f: %s", f.Ratio, f.At))
				case !f.Seen:
					found = append(found, "focused out of sight: "+f.At)
				}
			}
			if reached < all {
				found = append(found, fmt.Sprintf("%d of %d reached", reached, all))
			}
			if len(found) > 0 {
				b.Errorf("%s at %v:%s", page, v, list(found))
			}
		}
	})
}
