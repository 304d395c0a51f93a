package preview

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"candor/generator/outside/chromium/chromiumtest"

	"github.com/chromedp/chromedp"
)

// These tests see what an editor sees.

var screenshots = flag.String("screenshots", "", "also write pictures of the overlay into this `folder`")

func TestMain(m *testing.M) {
	flag.Parse()
	code := m.Run()
	chromiumtest.Close()
	os.Exit(code)
}

// tab is one tab on a server. Whatever the browser says in it is a fault, unless the
// test says so.
type tab struct {
	*chromiumtest.Tab
	address string // of the server
}

// newTab opens a tab on a server, and in it a page.
func newTab(t *testing.T, s *Server, page string) *tab {
	t.Helper()
	b := &tab{chromiumtest.New(t), "http://" + s.opt.Host}
	b.look(1280, "light")
	b.open(page)
	t.Cleanup(func() {
		if _, faults := b.Heard(); len(faults) > 0 {
			t.Errorf("the browser complains:\n  %s", strings.Join(faults, "\n  "))
		}
	})
	return b
}

// open loads a page and waits for its panel, unless it will have none.
func (b *tab) open(page string) {
	b.Helper()
	if err := chromedp.Do(b.Page, chromedp.Navigate(b.address+page)); err != nil {
		b.Fatalf("open %s: %v", page, err)
	}
	b.wait(hasPanel)
}

func (b *tab) look(width int64, scheme string) {
	b.Helper()
	b.Look(chromiumtest.View{Width: width, Scheme: scheme})
}

// wait waits for an expression to be true, in this document or one after it.
func (b *tab) wait(expression string) {
	b.Helper()
	for {
		_, err := chromedp.Run(b.Page, chromedp.Poll[chromedp.Void](expression, chromedp.WithPollingTimeout(20*time.Second)))
		switch {
		case err == nil:
			return
		case b.Page.Err() != nil, strings.Contains(err.Error(), "timeout"), strings.Contains(err.Error(), "timed out"):
			b.shot("failed")
			b.Fatalf("waiting for %.300s: %v; the page is %s", expression, err, chromiumtest.Eval[string](b, `location.href + " " + document.body?.innerText.slice(0, 200)`))
		}
		// a new document took the place of the one that was asked
	}
}

// press presses a key.
func (b *tab) press(keys string) {
	b.Helper()
	if err := chromedp.Do(b.Page, chromedp.KeyEvent(keys)); err != nil {
		b.Fatal(err)
	}
}

// click clicks where an element is, as a person would.
func (b *tab) click(expression string) {
	b.Helper()
	at := chromiumtest.Eval[[]float64](b, `(() => { const e = (`+expression+`); e.scrollIntoView({ block: "nearest" }); const r = e.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2] })()`)
	if err := chromedp.Do(b.Page, chromedp.MouseClickXY(at[0], at[1])); err != nil {
		b.Fatal(err)
	}
}

// shot takes a picture where that is asked for.
func (b *tab) shot(name string) {
	b.Helper()
	if *screenshots == "" {
		return
	}
	png, err := chromedp.Run(b.Page, chromedp.CaptureScreenshot())
	if err == nil {
		err = os.WriteFile(filepath.Join(*screenshots, strings.ReplaceAll(b.Name(), "/", "-")+"-"+name+".png"), png, 0o644)
	}
	if err != nil {
		b.Error(err)
	}
}

// run evaluates for effect.
func (b *tab) run(expression string) {
	b.Helper()
	chromiumtest.Eval[chromedp.Void](b, "void ("+expression+")")
}

// overlay is the shadow tree, and hasPanel that there is something in it.
const (
	overlay  = `document.querySelector("candor-preview").shadowRoot`
	hasPanel = `document.querySelector("candor-preview")?.shadowRoot.querySelector(".panel")`
	panel    = overlay + `.querySelector(".panel")`
	sheet    = overlay + `.querySelector(".sheet")`
)
