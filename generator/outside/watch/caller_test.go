package watch

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// generous is longer than anything that is waited for takes on a busy machine.
const generous = 5 * time.Minute

// TestMain lets many tests run at a time: most of them wait for a second of quiet.
func TestMain(m *testing.M) {
	flag.Parse()
	flag.Set("test.parallel", "32")
	os.Exit(m.Run())
}

// caller does what candor watch does: look, name the folders, wait.
type caller struct {
	t     *testing.T
	w     *Watcher
	roots []string
	made  int // files, by settle
}

func newCaller(t *testing.T, opt Options, roots ...string) *caller {
	t.Helper()
	w, err := New(roots, opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.Close)
	c := &caller{t: t, w: w, roots: roots}
	c.look()
	if reason, ok := w.Polling(); ok && opt.Poll == 0 {
		t.Fatalf("polling: %s", reason)
	}
	return c
}

// settled makes a caller that has looked and been given the first hints.
func settled(t *testing.T, opt Options, roots ...string) *caller {
	t.Helper()
	c := newCaller(t, opt, roots...)
	c.settle()
	return c
}

// settle takes all hints at what has happened so far: events come in order, so the
// one of a file that is made now is the last.
func (c *caller) settle() {
	c.t.Helper()
	for r, root := range c.roots {
		for list(root) != nil {
			c.look()
			c.made++
			last := fmt.Sprint("last-", c.made)
			write(c.t, filepath.Join(root, last), "")
			h := c.wait()
			c.look()
			if !h.Everything && slices.Equal(h.Paths[r], []string{last}) && c.w.events.ready().IsZero() {
				break
			}
		}
	}
}

// look names the folders of each root.
func (c *caller) look() {
	for r, root := range c.roots {
		c.w.Watch(r, list(root))
	}
}

// wait returns the next hint that an event has led to.
func (c *caller) wait() Hint {
	c.t.Helper()
	if c.w.next.IsZero() {
		c.w.next = time.Now().Add(2 * generous)
	}
	return c.waitAny()
}

// waitAny returns the next hint.
func (c *caller) waitAny() Hint {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), generous)
	defer cancel()
	h, err := c.w.Wait(ctx, time.Time{})
	if err != nil {
		c.t.Fatal(err)
	}
	if reason, ok := c.w.Polling(); ok {
		c.t.Fatalf("polling: %s", reason)
	}
	return h
}

// expect looks and waits until an event has led to a hint at each path of the root,
// or a folder above it, or everything.
func (c *caller) expect(root int, paths ...string) {
	c.t.Helper()
	missing := slices.Clone(paths)
	deadline := time.Now().Add(generous)
	for len(missing) > 0 {
		h := c.wait()
		missing = slices.DeleteFunc(missing, func(p string) bool { return h.Everything || names(h.Paths[root], p) })
		c.look()
		if time.Now().After(deadline) {
			c.t.Fatalf("no hint at %q", missing)
		}
	}
}

// everything waits for a hint at everything, with or without an event.
func (c *caller) everything() {
	c.t.Helper()
	for h := c.waitAny(); !h.Everything; h = c.waitAny() {
		c.look()
	}
	c.look()
}

// follows waits until the watch has followed the root to where it is now.
func (c *caller) follows(root int) {
	c.t.Helper()
	for c.look(); ; c.look() {
		real, _ := identity(c.roots[root])
		if c.w.roots[root].real == real && real != "" && !c.w.replaced() && c.w.events.ready().IsZero() {
			return
		}
		c.waitAny()
	}
}

// names says whether one of the hinted paths is p or a folder above it.
func names(hinted []string, p string) bool {
	return slices.ContainsFunc(hinted, func(h string) bool {
		return h == p || h == "." || strings.HasPrefix(p, h+"/")
	})
}

// list returns the folders below a root, as package source does: without links, each
// before those in it.
func list(root string) []string {
	var folders []string
	var walk func(folder string)
	walk = func(folder string) {
		entries, err := os.ReadDir(filepath.Join(root, folder))
		if err != nil {
			return
		}
		folders = append(folders, folder)
		for _, e := range entries {
			if e.IsDir() {
				walk(path.Join(folder, e.Name()))
			}
		}
	}
	walk(".")
	return folders
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func mkdir(t *testing.T, name string) string {
	t.Helper()
	if err := os.MkdirAll(name, 0o755); err != nil {
		t.Fatal(err)
	}
	return name
}

func rename(t *testing.T, from, to string) {
	t.Helper()
	if err := os.Rename(from, to); err != nil {
		t.Fatal(err)
	}
}

func link(t *testing.T, target, name string) {
	t.Helper()
	if err := os.Symlink(target, name); err != nil {
		if errors.Is(err, errors.ErrUnsupported) {
			t.Skip(err)
		}
		t.Fatal(err)
	}
}

func remove(t *testing.T, name string) {
	t.Helper()
	if err := os.RemoveAll(name); err != nil {
		t.Fatal(err)
	}
}

// eventually waits for a condition.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(generous); !ok(); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("in vain: %s", what)
		}
	}
}
