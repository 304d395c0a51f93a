//go:build unix

package chromium

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// fake makes a browser of a shell script, which never answers and has a child.
func fake(t *testing.T) (folder string) {
	t.Helper()
	folder = t.TempDir()
	program := filepath.Join(folder, "browser")
	script := `#!/bin/sh
trap '' TERM INT HUP
[ "$1" = child ] && touch "${0%/*}/started" || "$0" child &
while :; do sleep 1000; done
`
	require.NoError(t, os.WriteFile(program, []byte(script), 0o755))
	t.Setenv("CHROMIUM", program)
	t.Setenv("TMPDIR", folder)
	return folder
}

// gone holds that neither a process of the browser nor its profile is left.
func gone(t *testing.T, folder string) {
	t.Helper()
	profiles, _ := filepath.Glob(filepath.Join(folder, "candor-browser-*"))
	assert.Empty(t, profiles)
	assert.Eventually(t, func() bool { return len(running(folder)) == 0 }, time.Minute, time.Millisecond)
}

// running lists the processes that have a folder in their command line.
func running(folder string) (found []string) {
	all, _ := filepath.Glob("/proc/[0-9]*/cmdline")
	for _, name := range all {
		if line, _ := os.ReadFile(name); strings.Contains(string(line), folder) {
			found = append(found, string(line))
		}
	}
	return found
}

// TestHangingBrowser: a browser that never answers is given up and killed with its
// children, and nothing of it stays.
func TestHangingBrowser(t *testing.T) {
	folder := fake(t)
	_, err := start(t.Context(), 300*time.Millisecond)
	assert.ErrorContains(t, err, "has not answered within")
	gone(t, folder)
}

// TestInterruptedBrowser: likewise when the user interrupts.
func TestInterruptedBrowser(t *testing.T) {
	folder := fake(t)
	ctx, cancel := context.WithCancelCause(t.Context())
	go func() {
		started := func() bool { _, err := os.Stat(filepath.Join(folder, "started")); return err == nil }
		for !started() {
			time.Sleep(time.Millisecond)
		}
		cancel(errors.New("interrupted"))
	}()
	_, err := start(ctx, time.Hour)
	assert.ErrorContains(t, err, "interrupted")
	gone(t, folder)
}

// TestNoTemporaryFolder: the error says what to do.
func TestNoTemporaryFolder(t *testing.T) {
	folder := fake(t)
	t.Setenv("TMPDIR", filepath.Join(folder, "missing"))
	_, err := start(t.Context(), time.Hour)
	assert.ErrorContains(t, err, "set TMPDIR to a folder that exists")
}

// TestBrowserThatDies: one that ends at once is an error, too.
func TestBrowserThatDies(t *testing.T) {
	t.Setenv("CHROMIUM", "/bin/false")
	_, err := start(t.Context(), time.Hour)
	assert.ErrorContains(t, err, "cannot start")
}

// TestStoppedBrowser: one that is stopped in the middle of its work is killed.
func TestStoppedBrowser(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("TMPDIR", folder)
	b, err := start(t.Context(), startLimit)
	if errors.As(err, new(Missing)) {
		t.Skip(err)
	}
	require.NoError(t, err)
	pid := chromedp.FromContext(b.ctx).Browser.Process().Pid
	if runtime.GOOS == "linux" {
		require.NotEmpty(t, running(folder))
	}
	require.NoError(t, syscall.Kill(-pid, syscall.SIGSTOP))
	p := &Printer{browser: b}
	err = p.within(100*time.Millisecond, func() error { _, err := p.print("x"); return err })
	assert.ErrorContains(t, err, "has not answered within")
	p.Close()
	gone(t, folder)
}
