// Package chromiumtest lets tests look at pages as people get them: in one Chromium
// that all tests of a package share. A test that lacks a tool fails and says what to
// run; none is skipped.
package chromiumtest

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"candor/generator/outside/chromium"
)

// tabLimit is how long one tab may be open.
const tabLimit = 10 * time.Minute

var (
	stop = func() {}

	// browser starts the one browser, whose first tab nobody uses.
	browser = sync.OnceValues(func() (context.Context, error) {
		ctx, end, err := chromium.Start(context.Background())
		if err == nil {
			stop = end
		}
		return ctx, err
	})
)

// Close ends the browser, if there is one. TestMain calls it after the tests.
func Close() { stop() }

// Open opens a tab, which cancel closes.
func Open() (ctx context.Context, cancel context.CancelFunc, err error) {
	parent, err := browser()
	if err != nil {
		return nil, nil, err
	}
	ctx, cancelTab := chromedp.NewContext(parent)
	if err := chromedp.Do(ctx); err != nil {
		cancelTab()
		return nil, nil, err
	}
	ctx, cancelTime := context.WithTimeout(ctx, tabLimit)
	return ctx, func() { cancelTime(); cancelTab() }, nil
}

// Tab is one tab, with what the page in it has asked for and what the browser has
// complained of.
type Tab struct {
	testing.TB
	Page context.Context // of chromedp

	mu       sync.Mutex
	requests []string
	faults   []string
}

// New opens a tab that is closed at the end of the test.
func New(t testing.TB) *Tab {
	t.Helper()
	ctx, cancel, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(cancel)
	b := &Tab{TB: t, Page: ctx}
	if err := chromedp.Listen(ctx, b.hear); err != nil {
		t.Fatal(err)
	}
	Call(b, log.Enable, cdp.Empty{})
	Call(b, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
	return b
}

func (b *Tab) hear(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		b.requests = append(b.requests, string(e.Type)+" "+e.Request.URL)
	case *log.EventEntryAdded:
		b.faults = append(b.faults, string(e.Entry.Source)+": "+e.Entry.Text+" "+e.Entry.URL)
	case *runtime.EventConsoleAPICalled:
		b.faults = append(b.faults, "console."+string(e.Type))
	case *runtime.EventExceptionThrown:
		b.faults = append(b.faults, fmt.Sprint("exception: ", e.ExceptionDetails.Text, e.ExceptionDetails.Exception))
	}
}

// Heard returns the requests since the last call, as "Type address" and only where
// the network domain is enabled, and the faults: what the console has said,
// exceptions, violations of the page's policy.
func (b *Tab) Heard() (requests, faults []string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	requests, faults = b.requests, b.faults
	b.requests, b.faults = nil, nil
	return requests, faults
}

// Size sets the window, in CSS pixels; what is narrow is a telephone, which is
// touched.
func (b *Tab) Size(width, height int64, scale float64) {
	b.Helper()
	phone := width < 800
	Call(b, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: height, DeviceScaleFactor: scale, Mobile: phone})
	Call(b, emulation.SetTouchEmulationEnabled, emulation.SetTouchEmulationEnabledParams{Enabled: phone})
}

// Media emulates a medium and its features, given as names and values in turn.
func (b *Tab) Media(medium string, features ...string) {
	b.Helper()
	p := emulation.SetEmulatedMediaParams{Media: medium}
	for pair := range slices.Chunk(features, 2) {
		p.Features = append(p.Features, &emulation.MediaFeature{Name: pair[0], Value: pair[1]})
	}
	Call(b, emulation.SetEmulatedMedia, p)
}

// View is how a page is looked at: the width of the window and the colour scheme.
type View struct {
	Width  int64
	Scheme string // "light" or "dark"
}

// Views are those in which every page has to be right.
var Views = []View{{360, "light"}, {360, "dark"}, {1280, "light"}, {1280, "dark"}}

func (v View) String() string { return fmt.Sprintf("%d-%s", v.Width, v.Scheme) }

// Look sets the window and the colour scheme.
func (b *Tab) Look(v View) {
	b.Helper()
	b.Size(v.Width, 800, 1)
	b.Media("screen", "prefers-color-scheme", v.Scheme)
}

// tabbed is a Tab, or what has one in it.
type tabbed interface{ tab() *Tab }

func (b *Tab) tab() *Tab { return b }

// Call sends one command of the DevTools protocol.
func Call[P, R any](in tabbed, command cdp.Command[P, R], params P) R {
	b := in.tab()
	b.Helper()
	result, err := chromedp.Call(b.Page, command, params)
	if err != nil {
		b.Fatalf("%s: %v", command.Method, err)
	}
	return result
}

// Eval returns what a JavaScript expression gives.
func Eval[T any](in tabbed, expression string) T {
	b := in.tab()
	b.Helper()
	value, err := chromedp.Run(b.Page, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.Fatalf("evaluating %.300s: %v", expression, err)
	}
	return value
}
