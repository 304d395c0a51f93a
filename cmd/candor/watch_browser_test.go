package main

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"candor/generator/outside/chromium/chromiumtest"
)

// page is a page that an editor has open while writing.
type page struct{ *chromiumtest.Tab }

func openPage(t *testing.T, address string) page {
	t.Helper()
	t.Cleanup(chromiumtest.Close)
	p := page{chromiumtest.New(t)}
	p.Size(1280, 800, 1)
	require.NoError(t, chromedp.Do(p.Page, chromedp.Navigate(address)))
	return p
}

// until waits until an expression is true.
func (p page) until(expression string) {
	p.Helper()
	for deadline := time.Now().Add(time.Minute); !chromiumtest.Eval[bool](p, expression); time.Sleep(5 * time.Millisecond) {
		require.True(p, time.Now().Before(deadline), "not within a minute: %s", expression)
	}
}

// marked is what is marked as changed, in words.
const marked = `document.getAnimations().filter(a => a.id === "candor-changed").map(a => a.effect.target.textContent).join("|")`

// overlay is what the preview says over the page.
const overlay = `[...document.querySelectorAll("*")].filter(e => e.shadowRoot).map(e => [...e.shadowRoot.querySelectorAll("[role=alertdialog]")].filter(d => d.checkVisibility()).map(d => d.textContent).join("")).join("")`

// TestWatchInABrowser is an editor's session: scroll, save and see the mark where
// the page stands; break the file and see why; mend it.
func TestWatchInABrowser(t *testing.T) {
	w := watchSite(t)
	var long strings.Builder
	for i := range 60 {
		fmt.Fprintf(&long, "Paragraph %d of what happened, which is long enough to fill a line or two of the page.\n\n", i)
	}
	const index = "content/incidents/outage/index.md"
	w.write(index, watchedIndex+long.String())
	w.shows("outage/", "Paragraph 59")
	p := openPage(t, w.address+"outage/")
	p.until(`document.body.textContent.includes("Paragraph 59")`)

	chromiumtest.Eval[any](p, `window.same = true; window.scrollTo(0, 900)`)
	p.until(`window.scrollY === 900`)
	chromiumtest.Eval[any](p, `document.querySelector("header a").focus({preventScroll: true})`)
	top := chromiumtest.Eval[float64](p, `[...document.querySelectorAll("p")].find(e => e.textContent.startsWith("Paragraph 20 ")).getBoundingClientRect().top`)

	w.write(index, watchedIndex+strings.Replace(long.String(), "Paragraph 20 of", "Paragraph 20 (as saved) of", 1))
	p.until(`document.body.textContent.includes("Paragraph 20 (as saved)")`)
	assert.Contains(t, chromiumtest.Eval[string](p, marked), "Paragraph 20 (as saved)")
	assert.NotContains(t, chromiumtest.Eval[string](p, marked), "Paragraph 21")
	assert.True(t, chromiumtest.Eval[bool](p, `window.same === true`), "the page was loaded anew")
	assert.Equal(t, 900.0, chromiumtest.Eval[float64](p, `window.scrollY`))
	assert.InDelta(t, top, chromiumtest.Eval[float64](p, `[...document.querySelectorAll("p")].find(e => e.textContent.startsWith("Paragraph 20 ")).getBoundingClientRect().top`), 1)
	assert.True(t, chromiumtest.Eval[bool](p, `document.activeElement === document.querySelector("header a")`), "the focus is lost")

	w.write(index, strings.Replace(watchedIndex, "level = 2", "level = 7", 1)+long.String())
	p.until(`(` + overlay + `).includes("index.md:")`)
	assert.Contains(t, chromiumtest.Eval[string](p, overlay), "level = 7")
	assert.Contains(t, chromiumtest.Eval[string](p, overlay), "hint:")
	assert.True(t, chromiumtest.Eval[bool](p, `document.body.textContent.includes("Paragraph 20 (as saved)")`), "the last good page is gone")

	w.write(index, watchedIndex+long.String())
	p.until(`(` + overlay + `) === ""`)
	p.until(`!document.body.textContent.includes("(as saved)")`)
	assert.True(t, chromiumtest.Eval[bool](p, `window.same === true && window.scrollY === 900`))
	w.published()
}
