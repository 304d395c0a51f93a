// Package chromium starts the browser in which tests look at pages: an edge that
// no command imports.
//
// It is found where .ci/setup finds it, headless, with a profile of its own, and
// asks nobody on the network for anything. Where there is none, the error says
// what to run: a test that lacks a tool fails and is not skipped.
package chromium

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"

	"github.com/chromedp/chromedp"
)

// Find returns the path of the browser: the one that CHROMIUM names, or else the
// first of those that .ci/setup knows.
func Find() (string, error) {
	if named := os.Getenv("CHROMIUM"); named != "" {
		return exec.LookPath(named)
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable",
		"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errors.New("there is no Chromium: run .ci/setup, or set CHROMIUM to a browser")
}

// Start starts a browser. Tabs are opened by chromedp.NewContext with the context
// that it returns, whose own tab nobody uses. Stop ends it.
func Start() (ctx context.Context, stop func(), err error) {
	path, err := Find()
	if err != nil {
		return nil, nil, err
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.DisableGPU,
		chromedp.Flag("disable-component-update", true), chromedp.Flag("hide-scrollbars", true),
		chromedp.CombinedOutput(io.Discard))
	if os.Getuid() == 0 {
		options = append(options, chromedp.NoSandbox)
	}
	allocator, closeAllocator := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, closeContext := chromedp.NewContext(allocator, chromedp.WithErrorf(func(string, ...any) {}))
	stop = func() {
		_ = chromedp.Cancel(ctx)
		closeContext()
		closeAllocator()
	}
	if err := chromedp.Do(ctx); err != nil {
		stop()
		return nil, nil, fmt.Errorf("cannot start %s (run .ci/setup): %w", path, err)
	}
	return ctx, stop, nil
}
