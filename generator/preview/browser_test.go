package preview

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"candor/generator/chromium"
)

// These tests see what an editor sees, in one Chromium that they share. A test
// that lacks a tool fails and says what to run; none is skipped.

var screenshots = flag.String("screenshots", "", "also write pictures of the overlay into this `folder`")

func TestMain(m *testing.M) {
	flag.Parse()
	code := m.Run()
	closeBrowser()
	os.Exit(code)
}

var closeBrowser = func() {}

// browser starts the one browser, whose first tab nobody uses.
var browser = sync.OnceValues(func() (context.Context, error) {
	ctx, stop, err := chromium.Start()
	if err == nil {
		closeBrowser = stop
	}
	return ctx, err
})

// tab is one tab, with what the console of the browser has said in it. Whatever
// that is, it is a fault, unless the test says so.
type tab struct {
	testing.TB
	ctx     context.Context
	address string // of the server

	mu     sync.Mutex
	faults []string
}

// newTab opens a tab on a server, and in it a page.
func newTab(t *testing.T, s *Server, page string) *tab {
	t.Helper()
	parent, err := browser()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancelTab := chromedp.NewContext(parent)
	t.Cleanup(cancelTab)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	ctx, cancelTime := context.WithTimeout(ctx, 2*time.Minute)
	t.Cleanup(cancelTime)
	b := &tab{TB: t, ctx: ctx, address: "http://" + s.opt.Host}
	if err := chromedp.Listen(ctx, b.hear); err != nil {
		t.Fatal(err)
	}
	call(b, log.Enable, cdp.Empty{})
	call(b, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
	b.look(1280, "light")
	b.open(page)
	t.Cleanup(func() {
		if faults := b.heard(); len(faults) > 0 {
			t.Errorf("the browser complains:\n  %s", strings.Join(faults, "\n  "))
		}
	})
	return b
}

func (b *tab) hear(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := event.(type) {
	case *log.EventEntryAdded:
		b.faults = append(b.faults, string(e.Entry.Source)+": "+e.Entry.Text+" "+e.Entry.URL)
	case *runtime.EventConsoleAPICalled:
		b.faults = append(b.faults, "console."+string(e.Type))
	case *runtime.EventExceptionThrown:
		b.faults = append(b.faults, fmt.Sprint("exception: ", e.ExceptionDetails.Text, e.ExceptionDetails.Exception))
	}
}

// heard returns what the browser complained of, and forgets it.
func (b *tab) heard() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	faults := b.faults
	b.faults = nil
	return faults
}

// open loads a page and waits for its panel, unless it will have none.
func (b *tab) open(page string) {
	b.Helper()
	if err := chromedp.Do(b.ctx, chromedp.Navigate(b.address+page)); err != nil {
		b.Fatalf("open %s: %v", page, err)
	}
	b.wait(hasPanel)
}

// look sets the width of the window and the colour scheme; what is narrow is a
// telephone, which is touched.
func (b *tab) look(width int64, scheme string) {
	b.Helper()
	call(b, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: 800, DeviceScaleFactor: 1, Mobile: width < 800})
	b.media("screen", "prefers-color-scheme", scheme)
}

// media emulates a medium and its features, given as names and values in turn.
func (b *tab) media(medium string, features ...string) {
	b.Helper()
	p := emulation.SetEmulatedMediaParams{Media: medium}
	for pair := range slices.Chunk(features, 2) {
		p.Features = append(p.Features, &emulation.MediaFeature{Name: pair[0], Value: pair[1]})
	}
	call(b, emulation.SetEmulatedMedia, p)
}

// wait waits for an expression to be true, in this document or one after it.
func (b *tab) wait(expression string) {
	b.Helper()
	for {
		_, err := chromedp.Run(b.ctx, chromedp.Poll[chromedp.Void](expression, chromedp.WithPollingTimeout(20*time.Second)))
		switch {
		case err == nil:
			return
		case b.ctx.Err() != nil, strings.Contains(err.Error(), "timeout"), strings.Contains(err.Error(), "timed out"):
			b.shot("failed")
			b.Fatalf("waiting for %.300s: %v; the page is %s", expression, err, eval[string](b, `location.href + " " + document.body?.innerText.slice(0, 200)`))
		}
		// a new document took the place of the one that was asked
	}
}

// press presses a key.
func (b *tab) press(keys string) {
	b.Helper()
	if err := chromedp.Do(b.ctx, chromedp.KeyEvent(keys)); err != nil {
		b.Fatal(err)
	}
}

// click clicks where an element is, as a person would.
func (b *tab) click(expression string) {
	b.Helper()
	at := eval[[]float64](b, `(() => { const e = (`+expression+`); e.scrollIntoView({ block: "nearest" }); const r = e.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2] })()`)
	if err := chromedp.Do(b.ctx, chromedp.MouseClickXY(at[0], at[1])); err != nil {
		b.Fatal(err)
	}
}

// shot takes a picture where that is asked for.
func (b *tab) shot(name string) {
	b.Helper()
	if *screenshots == "" {
		return
	}
	png, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	if err == nil {
		err = os.WriteFile(filepath.Join(*screenshots, strings.ReplaceAll(b.Name(), "/", "-")+"-"+name+".png"), png, 0o644)
	}
	if err != nil {
		b.Error(err)
	}
}

// call sends one command of the DevTools protocol.
func call[P, R any](b *tab, command cdp.Command[P, R], params P) R {
	b.Helper()
	result, err := chromedp.Call(b.ctx, command, params)
	if err != nil {
		b.Fatalf("%s: %v", command.Method, err)
	}
	return result
}

// eval returns what a JavaScript expression gives.
func eval[T any](b *tab, expression string) T {
	b.Helper()
	value, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.Fatalf("evaluating %.300s: %v", expression, err)
	}
	return value
}

// run evaluates for effect.
func (b *tab) run(expression string) {
	b.Helper()
	eval[chromedp.Void](b, "void ("+expression+")")
}

// overlay is the shadow tree, and hasPanel that there is something in it.
const (
	overlay  = `document.querySelector("candor-preview").shadowRoot`
	hasPanel = `document.querySelector("candor-preview")?.shadowRoot.querySelector(".panel")`
	panel    = overlay + `.querySelector(".panel")`
	sheet    = overlay + `.querySelector(".sheet")`
)
