package watch

import (
	"context"
	"errors"
	"flag"
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

// caller does what candor watch does: look, cover, wait.
type caller struct {
	t     *testing.T
	w     *Watcher
	roots []string
}

func newCaller(t *testing.T, opt Options, roots ...string) *caller {
	t.Helper()
	w, err := New(roots, opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	if reason, ok := w.Polling(); ok && opt.Poll == 0 {
		t.Fatalf("polling: %s", reason)
	}
	return &caller{t, w, roots}
}

// settled makes a caller that has looked and been given the first hints.
func settled(t *testing.T, opt Options, roots ...string) *caller {
	t.Helper()
	c := newCaller(t, opt, roots...)
	c.look()
	for {
		h := c.wait()
		if h.Confirm {
			return c
		}
		c.look()
	}
}

// look covers each root that there is.
func (c *caller) look() {
	for r, root := range c.roots {
		if folders := list(root); folders != nil {
			c.w.Cover(r, folders)
		}
	}
}

func (c *caller) wait() Hint {
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

// expect looks and waits until each path of the root has been named by a hint, or
// a folder above it, or everything.
func (c *caller) expect(root int, paths ...string) {
	c.t.Helper()
	missing := slices.Clone(paths)
	deadline := time.Now().Add(generous)
	for len(missing) > 0 {
		h := c.wait()
		if h.Everything && !h.Confirm {
			missing = nil
		}
		missing = slices.DeleteFunc(missing, func(p string) bool { return names(h.Paths[root], p) })
		c.look()
		if time.Now().After(deadline) {
			c.t.Fatalf("no hint at %q", missing)
		}
	}
}

// everything waits for a hint at everything that is not just to make sure.
func (c *caller) everything() {
	c.t.Helper()
	for deadline := time.Now().Add(generous); time.Now().Before(deadline); {
		if h := c.wait(); h.Everything && !h.Confirm {
			c.look()
			return
		}
		c.look()
	}
	c.t.Fatal("no hint at everything")
}

// confirm waits for a Confirm, looking after every hint before it.
func (c *caller) confirm() {
	c.t.Helper()
	for {
		h := c.wait()
		c.look()
		if h.Confirm {
			return
		}
	}
}

// names says whether one of the hinted paths is p or a folder above it.
func names(hinted []string, p string) bool {
	return slices.ContainsFunc(hinted, func(h string) bool {
		return h == p || h == "." || strings.HasPrefix(p, h+"/")
	})
}

// list returns the folders below a root, as package source does: links to folders
// are followed.
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
			isDir := e.IsDir()
			if e.Type()&os.ModeSymlink != 0 {
				info, err := os.Stat(filepath.Join(root, folder, e.Name()))
				isDir = err == nil && info.IsDir()
			}
			if isDir {
				walk(path.Join(folder, e.Name()))
			}
		}
	}
	walk(".")
	slices.Sort(folders)
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
