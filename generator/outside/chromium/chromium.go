// Package chromium drives a browser without a window: an edge. It prints pages for
// candor print, and shows them to the tests.
//
// The browser is one that the machine has: Chromium, Chrome or Edge. It gets a
// profile of its own that goes with it, and asks nobody on the network for anything
// by itself. Where there is none, the error is a Missing, which says what to install.
package chromium

import (
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"time"

	"github.com/chromedp/chromedp"

	"candor/generator/message"
)

// Missing says that the machine has no browser, or not the one that CHROMIUM names.
type Missing struct{ Named string }

// Error says what to install.
func (m Missing) Error() string { return m.In(nil) }

// In says the same in the language of the words.
func (m Missing) In(w *message.Words) string {
	if m.Named != "" {
		return w.Sayf("CHROMIUM is %q, which cannot be run\nset it to the program of Chromium, Chrome or Edge, or unset it", m.Named)
	}
	how := message.Textf("install Chromium, Google Chrome or Microsoft Edge")
	switch runtime.GOOS {
	case "linux":
		how = message.Textf("install one, such as with: apt-get install chromium, dnf install chromium or apk add chromium")
	case "darwin":
		how = message.Textf("install Google Chrome, such as with: brew install --cask google-chrome")
	case "windows":
		how = message.Textf("install Google Chrome or Microsoft Edge, such as with: winget install Google.Chrome")
	}
	return w.Sayf("there is no Chromium, Chrome or Edge on this machine\n%s; or set CHROMIUM to the program of one", how)
}

// Find returns the path of the browser: the one that CHROMIUM names, or else the
// first that stands where browsers do.
func Find() (string, error) {
	if named := os.Getenv("CHROMIUM"); named != "" {
		path, err := exec.LookPath(named)
		if err != nil {
			return "", Missing{Named: named}
		}
		return path, nil
	}
	for _, name := range places(runtime.GOOS, os.Getenv) {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", Missing{}
}

// places are where a browser may stand, by the operating system: names that PATH
// leads to, and whole paths.
func places(system string, env func(string) string) []string {
	list := []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "microsoft-edge-stable", "chrome", "msedge"}
	switch system {
	case "linux":
		list = append(list, "/snap/bin/chromium", "/opt/google/chrome/chrome", "/opt/microsoft/msedge/msedge")
	case "darwin":
		for _, folder := range []string{"/Applications", env("HOME") + "/Applications"} {
			for _, app := range []string{"Google Chrome", "Chromium", "Microsoft Edge"} {
				list = append(list, folder+"/"+app+".app/Contents/MacOS/"+app)
			}
		}
	case "windows":
		for _, folder := range []string{"ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA"} {
			if root := env(folder); root != "" {
				list = append(list, filepath.Join(root, "Google", "Chrome", "Application", "chrome.exe"),
					filepath.Join(root, "Chromium", "Application", "chrome.exe"), filepath.Join(root, "Microsoft", "Edge", "Application", "msedge.exe"))
			}
		}
	}
	return list
}

// limits on a browser, which may hang at any moment.
const (
	startLimit = time.Minute
	patience   = 2 * time.Minute // with one page
)

// Start starts a browser, which ends at the latest when ctx does. Tabs are opened by
// chromedp.NewContext with the context that it returns, whose own tab nobody uses. Stop
// kills it with its children and removes its profile.
func Start(ctx context.Context) (browser context.Context, stop func(), err error) {
	b, err := start(ctx, startLimit)
	if err != nil {
		return nil, nil, err
	}
	return b.ctx, b.stop, nil
}

// browser is a browser that runs.
type browser struct {
	ctx  context.Context
	kill context.CancelCauseFunc
	stop func()
}

// within calls do, and kills the browser if it takes too long.
func (b *browser) within(limit time.Duration, do func() error) error {
	late := message.Errorf("the browser has not answered within %s", message.Length(limit))
	timer := time.AfterFunc(limit, func() { b.kill(late) })
	defer timer.Stop()
	err := do()
	if cause := context.Cause(b.ctx); err != nil && cause != nil {
		return cause
	}
	return err
}

func start(ctx context.Context, limit time.Duration) (*browser, error) {
	path, err := Find()
	if err != nil {
		return nil, err
	}
	profile, err := os.MkdirTemp("", "candor-browser-")
	if err != nil {
		return nil, message.Errorf("cannot create a folder for the browser: %w\n"+
			"set TMPDIR to a folder that exists and may be written to", err)
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.DisableGPU,
		chromedp.UserAgent("Candor"), // which PDFs name as their creator
		chromedp.Flag("disable-component-update", true), chromedp.Flag("hide-scrollbars", true),
		chromedp.UserDataDir(profile), chromedp.ModifyCmdFunc(alone), chromedp.CombinedOutput(io.Discard))
	if os.Getuid() == 0 {
		options = append(options, chromedp.NoSandbox)
	}
	b := &browser{}
	ctx, b.kill = context.WithCancelCause(ctx)
	allocator, closeAllocator := chromedp.NewExecAllocator(ctx, options...)
	var closeContext func()
	b.ctx, closeContext = chromedp.NewContext(allocator, chromedp.WithErrorf(func(string, ...any) {}))
	b.stop = func() {
		b.kill(nil)
		closeContext()
		closeAllocator() // waits for its end
		for range 100 {  // its children may still write
			if os.RemoveAll(profile) == nil {
				return
			}
			time.Sleep(10 * time.Millisecond)
		}
	}
	if err := b.within(limit, func() error { return chromedp.Do(b.ctx) }); err != nil {
		b.stop()
		return nil, message.Errorf("cannot start %s: %w", path, err)
	}
	return b, nil
}
