package watch

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// pendingNow returns how many names are noted, and whether they have collapsed.
func (c *caller) pendingNow() (names int, everything bool) {
	c.w.events.mu.Lock()
	defer c.w.events.mu.Unlock()
	return len(c.w.events.names), c.w.events.names == nil && !c.w.events.last.IsZero()
}

// Nobody calls Wait while 60,000 files are written.
func TestFlood(t *testing.T) {
	if testing.Short() {
		t.Skip("writes 60,000 files")
	}
	t.Parallel()
	dir := t.TempDir()
	for f := range 60 {
		mkdir(t, filepath.Join(dir, fmt.Sprint("folder-", f)))
	}
	c := settled(t, Options{}, dir)
	for i := range 60_000 {
		f, err := os.Create(filepath.Join(dir, fmt.Sprint("folder-", i%60), fmt.Sprint(i)))
		if err != nil {
			t.Fatal(err)
		}
		f.Close()
	}
	eventually(t, "everything is noted", func() bool { _, everything := c.pendingNow(); return everything })
	if names, _ := c.pendingNow(); names != 0 {
		t.Errorf("%d names are kept", names)
	}
	c.settle()
	write(t, filepath.Join(dir, "folder-7/x"), "")
	c.expect(0, "folder-7/x")
}

func TestChmodStorm(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	const files = 10_000
	for i := range files {
		write(t, filepath.Join(dir, strconv.Itoa(i)), "")
	}
	c := settled(t, Options{}, dir)
	chmod := func(name string, mode os.FileMode) {
		if err := os.Chmod(filepath.Join(dir, name), mode); err != nil {
			t.Fatal(err)
		}
	}
	for i := range files {
		chmod(strconv.Itoa(i), 0o600)
	}
	eventually(t, "everything is noted", func() bool { _, everything := c.pendingNow(); return everything })
	if h := c.wait(); !h.Everything || h.Paths != nil {
		t.Errorf("%v", h)
	}
	c.settle()
	for i := range files {
		chmod("7", 0o600+os.FileMode(i)&7)
	}
	chmod("8", 0o600)
	for h := c.wait(); !names(h.Paths[0], "8"); h = c.wait() {
		if fmt.Sprint(h) != "{false map[0:[7]]}" {
			t.Fatalf("%v", h)
		}
	}
}

// The queue of the kernel overflows: nothing takes events from it.
func TestOverflow(t *testing.T) {
	t.Parallel()
	limit, err := os.ReadFile("/proc/sys/fs/inotify/max_queued_events")
	if err != nil {
		t.Skip(err)
	}
	n, err := strconv.Atoi(strings.TrimSpace(string(limit)))
	if err != nil || n > 1<<17 {
		t.Skipf("a queue of %d events: %v", n, err)
	}
	dir := t.TempDir()
	mkdir(t, filepath.Join(dir, "b/sub"))
	write(t, filepath.Join(dir, "x"), "")
	c := settled(t, Options{}, dir)
	c.w.events.mu.Lock()
	for range n/4 + 4096 { // four events each
		rename(t, filepath.Join(dir, "x"), filepath.Join(dir, "y"))
		rename(t, filepath.Join(dir, "y"), filepath.Join(dir, "x"))
	}
	// Of these no event is left.
	remove(t, filepath.Join(dir, "b"))
	mkdir(t, filepath.Join(dir, "b/sub"))
	c.w.events.mu.Unlock()
	c.settle()
	write(t, filepath.Join(dir, "b/sub/x"), "")
	c.expect(0, "b/sub/x")
}
