package themes_test

import (
	"fmt"
	"testing"

	"candor/generator/outside/chromium/chromiumtest"
)

type contrast struct {
	At    string
	Ratio float64
}

// weak lists the texts whose contrast with what is behind them is under least.
func (b *tab) weak(least float64) []string {
	b.Helper()
	texts := chromiumtest.Eval[[]contrast](b, "probe.contrast()")
	if len(texts) < 5 {
		b.Errorf("only %d texts were found", len(texts))
	}
	var found []string
	for _, text := range texts {
		if text.Ratio < least {
			found = append(found, fmt.Sprintf("%.2f: %s", text.Ratio, text.At))
		}
	}
	return found
}

// TestContrast: all text has a contrast of 7 : 1, in light and in dark; and dark
// is dark.
func TestContrast(t *testing.T) {
	eachPage(t, func(b *tab, s *site, page string) {
		for _, v := range chromiumtest.Views {
			b.Look(v)
			if found := b.weak(7); len(found) > 0 {
				b.Errorf("%s at %v: contrast under 7:%s", page, v, list(found))
			}
			p := chromiumtest.Eval[struct{ Paper, Ink float64 }](b, "probe.page()")
			if dark := v.Scheme == "dark"; dark && (p.Paper > .03 || p.Ink < .6) || !dark && (p.Paper < .85 || p.Ink > .05) {
				b.Errorf("%s at %v: paper of luminance %.2f, ink of %.2f", page, v, p.Paper, p.Ink)
			}
		}
	})
}

// TestForcedColours: where the reader's system sets the colours, all text can be
// seen, whichever scheme it sets.
func TestForcedColours(t *testing.T) {
	eachPage(t, func(b *tab, s *site, page string) {
		for _, scheme := range []string{"light", "dark"} {
			b.Size(360, 800, 1)
			b.Media("screen", "forced-colors", "active", "prefers-color-scheme", scheme)
			if found := b.weak(4.5); len(found) > 0 {
				b.Errorf("%s with forced colours, %s:%s", page, scheme, list(found))
			}
		}
	})
}
