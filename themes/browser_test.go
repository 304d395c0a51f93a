package themes_test

import (
	"context"
	_ "embed"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"candor/generator/chromium"
)

// These tests look at what a reader gets: the published pages, served from
// memory on the loopback interface, in one Chromium that all tests share. A test
// that lacks a tool fails and says what to run; none is skipped.

var screenshots = flag.String("screenshots", "", "run no test: write pictures of the example site's pages into this `folder`")

func TestMain(m *testing.M) {
	flag.Parse()
	var code int
	if *screenshots != "" {
		if err := takeScreenshots(*screenshots); err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = 1
		}
	} else {
		code = m.Run()
	}
	closeBrowser()
	closeSites()
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

// tab is one tab of the browser and what it has reported since it was opened or
// last told to forget.
type tab struct {
	testing.TB
	ctx context.Context

	mu       sync.Mutex
	requests []string // "Type address"
	faults   []string // console errors, exceptions, violations of the policy
}

// newTab opens a tab that is closed at the end of the test.
func newTab(t testing.TB) *tab {
	t.Helper()
	ctx, cancel, err := openTab()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(cancel)
	b := &tab{TB: t, ctx: ctx}
	if err := chromedp.Listen(ctx, b.hear); err != nil {
		t.Fatal(err)
	}
	call(b, log.Enable, cdp.Empty{})
	call(b, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
	return b
}

func openTab() (context.Context, context.CancelFunc, error) {
	parent, err := browser()
	if err != nil {
		return nil, nil, err
	}
	ctx, cancelTab := chromedp.NewContext(parent)
	if err := chromedp.Do(ctx); err != nil {
		cancelTab()
		return nil, nil, err
	}
	ctx, cancelTime := context.WithTimeout(ctx, 10*time.Minute)
	return ctx, func() { cancelTime(); cancelTab() }, nil
}

func (b *tab) hear(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		b.requests = append(b.requests, string(e.Type)+" "+e.Request.URL)
	case *log.EventEntryAdded:
		b.faults = append(b.faults, string(e.Entry.Source)+": "+e.Entry.Text)
	case *runtime.EventConsoleAPICalled:
		b.faults = append(b.faults, "console."+string(e.Type))
	case *runtime.EventExceptionThrown:
		b.faults = append(b.faults, "exception: "+e.ExceptionDetails.Text)
	}
}

// heard returns what was reported, and forgets it.
func (b *tab) heard() (requests, faults []string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	requests, faults = b.requests, b.faults
	b.requests, b.faults = nil, nil
	return requests, faults
}

//go:embed testdata/probe.js
var probe string

// open loads a page, and gives it the functions of probe.js.
func (b *tab) open(address string) {
	b.Helper()
	b.heard()
	if err := chromedp.Do(b.ctx, chromedp.Navigate(address)); err != nil {
		b.Fatalf("open %s: %v", address, err)
	}
	eval[chromedp.Void](b, probe)
}

// view is how a page is looked at.
type view struct {
	width  int64
	scheme string
}

var views = []view{{360, "light"}, {360, "dark"}, {1280, "light"}, {1280, "dark"}}

func (v view) String() string { return fmt.Sprintf("%d-%s", v.width, v.scheme) }

// look sets the size and the colour scheme; what is narrow is a telephone, which
// is touched.
func (b *tab) look(v view) {
	b.Helper()
	b.size(v.width, 800, 1)
	b.media("screen", "prefers-color-scheme", v.scheme)
}

func (b *tab) size(width, height int64, scale float64) {
	b.Helper()
	phone := width < 800
	call(b, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: height, DeviceScaleFactor: scale, Mobile: phone})
	call(b, emulation.SetTouchEmulationEnabled, emulation.SetTouchEmulationEnabledParams{Enabled: phone})
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
		b.Fatalf("evaluating %.200s: %v", expression, err)
	}
	return value
}

// list prints findings one a line, at most eight.
func list(lines []string) string {
	more := ""
	if n := len(lines); n > 8 {
		lines, more = lines[:8], fmt.Sprintf("\n  … and %d more", n-8)
	}
	return "\n  " + strings.Join(lines, "\n  ") + more
}
