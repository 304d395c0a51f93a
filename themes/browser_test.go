package themes_test

import (
	_ "embed"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"candor/generator/outside/chromium/chromiumtest"

	"github.com/chromedp/chromedp"
)

// These tests look at what a reader gets: the published pages, served from
// memory on the loopback interface.

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
	chromiumtest.Close()
	closeSites()
	os.Exit(code)
}

// tab is one tab of the browser.
type tab struct{ *chromiumtest.Tab }

func newTab(t testing.TB) *tab {
	t.Helper()
	return &tab{chromiumtest.New(t)}
}

//go:embed testdata/probe.js
var probe string

// open loads a page, and gives it the functions of probe.js.
func (b *tab) open(address string) {
	b.Helper()
	b.Heard()
	if err := chromedp.Do(b.Page, chromedp.Navigate(address)); err != nil {
		b.Fatalf("open %s: %v", address, err)
	}
	chromiumtest.Eval[chromedp.Void](b, probe)
}

// list prints findings one a line, at most eight.
func list(lines []string) string {
	more := ""
	if n := len(lines); n > 8 {
		lines, more = lines[:8], fmt.Sprintf("\n  … and %d more", n-8)
	}
	return "\n  " + strings.Join(lines, "\n  ") + more
}
