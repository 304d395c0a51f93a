package watch

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

func TestSave(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	mkdir(t, filepath.Join(dir, "a"))
	write(t, filepath.Join(dir, "a", "x.md"), "1")
	c := settled(t, Options{}, dir)

	write(t, filepath.Join(dir, "a", "x.md"), "2")
	c.expect(0, "a/x.md")
	if err := os.Chmod(filepath.Join(dir, "a", "x.md"), 0o600); err != nil {
		t.Fatal(err)
	}
	c.expect(0, "a/x.md")
	write(t, filepath.Join(dir, "a", "x.new"), "3")
	rename(t, filepath.Join(dir, "a", "x.new"), filepath.Join(dir, "a", "x.md"))
	c.expect(0, "a/x.md")
	remove(t, filepath.Join(dir, "a", "x.md"))
	c.expect(0, "a/x.md")
	write(t, filepath.Join(dir, "top.md"), "4")
	c.expect(0, "top.md")
}

// A hint is about what has happened and nothing else.
func TestPrecise(t *testing.T) {
	t.Parallel()
	one, two := t.TempDir(), t.TempDir()
	mkdir(t, filepath.Join(one, "a"))
	c := settled(t, Options{}, one, two)
	write(t, filepath.Join(two, "x"), "") // one event; with text, two
	if got := fmt.Sprint(c.wait()); got != "{false map[1:[x]]}" {
		t.Error(got)
	}
	write(t, filepath.Join(one, "a", "x"), "")
	if got := fmt.Sprint(c.wait()); got != "{false map[0:[a/x]]}" {
		t.Error(got)
	}
}

func TestNewFolders(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	c := settled(t, Options{}, dir)
	mkdir(t, filepath.Join(dir, "a/b/c/d"))
	for _, name := range []string{"a/1", "a/b/2", "a/b/c/3", "a/b/c/d/4"} {
		write(t, filepath.Join(dir, name), "")
	}
	c.expect(0, "a/1", "a/b/2", "a/b/c/3", "a/b/c/d/4")
	c.settle()
	write(t, filepath.Join(dir, "a/b/c/d/4"), "again")
	c.expect(0, "a/b/c/d/4")
}

// What happens in a new folder before it is watched is in the next hint.
func TestBeforeTheWatch(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	c := settled(t, Options{}, dir)
	mkdir(t, filepath.Join(dir, "a/b"))
	for h := c.wait(); !names(h.Paths[0], "a"); h = c.wait() {
	}
	folders := list(dir)
	write(t, filepath.Join(dir, "a/b/late"), "")
	c.w.Watch(0, folders)
	if h := c.wait(); !names(h.Paths[0], "a") || !names(h.Paths[0], "a/b") {
		t.Errorf("%v", h)
	}
}

func TestMovedIn(t *testing.T) {
	t.Parallel()
	dir, other := t.TempDir(), t.TempDir()
	mkdir(t, filepath.Join(other, "full/sub"))
	write(t, filepath.Join(other, "full/sub/x"), "")
	c := settled(t, Options{}, dir)
	rename(t, filepath.Join(other, "full"), filepath.Join(dir, "full"))
	c.expect(0, "full/sub/x")
	c.settle()
	write(t, filepath.Join(dir, "full/sub/y"), "")
	c.expect(0, "full/sub/y")
	rename(t, filepath.Join(dir, "full"), filepath.Join(other, "full"))
	c.expect(0, "full")
	c.settle()
	write(t, filepath.Join(other, "full/sub/z"), "")
	write(t, filepath.Join(dir, "end"), "")
	if h := c.wait(); h.Everything || names(h.Paths[0], "full/sub/z") {
		t.Errorf("a hint at what was moved out: %v", h)
	}
}

// The watch of a moved folder, and of those in it, must speak of the new path.
func TestMovedWithin(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	mkdir(t, filepath.Join(dir, "a/sub/deep"))
	mkdir(t, filepath.Join(dir, "c/sub/deep"))
	c := settled(t, Options{}, dir)
	rename(t, filepath.Join(dir, "a"), filepath.Join(dir, "b"))
	c.expect(0, "b/sub/deep")
	c.settle()
	write(t, filepath.Join(dir, "b/sub/deep/x"), "")
	c.expect(0, "b/sub/deep/x")
	c.settle()

	// Another comes to a path that was watched all along.
	rename(t, filepath.Join(dir, "b"), filepath.Join(dir, "a"))
	rename(t, filepath.Join(dir, "c"), filepath.Join(dir, "b"))
	rename(t, filepath.Join(dir, "a"), filepath.Join(dir, "c"))
	c.expect(0, "b/sub/deep", "c/sub/deep")
	c.settle()
	for _, name := range []string{"b/sub/deep/y", "c/sub/deep/y", "b/sub/deep/z"} {
		write(t, filepath.Join(dir, name), "")
		if h := c.wait(); h.Everything || !names(h.Paths[0], name) {
			t.Errorf("%v", h)
		}
		c.settle()
	}
}

// A folder that was removed and made again between two looks has the same path
// and no watch.
func TestReplacedFolder(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	mkdir(t, filepath.Join(dir, "a/sub"))
	c := settled(t, Options{}, dir)
	remove(t, filepath.Join(dir, "a"))
	mkdir(t, filepath.Join(dir, "a/sub"))
	c.expect(0, "a/sub")
	c.settle()
	write(t, filepath.Join(dir, "a/sub/x"), "")
	c.expect(0, "a/sub/x")
}

// One root in another, and one twice.
func TestRootsInRoots(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	inner := mkdir(t, filepath.Join(dir, "in/ner"))
	c := settled(t, Options{}, dir, inner, dir)
	write(t, filepath.Join(inner, "x"), "")
	if got := fmt.Sprint(c.wait()); got != "{false map[0:[in/ner/x] 1:[x] 2:[in/ner/x]]}" {
		t.Error(got)
	}
	rename(t, filepath.Join(dir, "in"), filepath.Join(dir, "out"))
	c.everything()
	rename(t, filepath.Join(dir, "out"), filepath.Join(dir, "in"))
	c.follows(1)
	write(t, filepath.Join(inner, "y"), "")
	c.expect(1, "y")
}

func TestIgnore(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	ignore := func(name string) bool { return name[0] == '.' || strings.HasSuffix(name, "~") }
	mkdir(t, filepath.Join(dir, ".site"))
	c := settled(t, Options{Ignore: ignore}, filepath.Join(dir, ".site"))
	root := c.roots[0]
	write(t, filepath.Join(root, ".x.swp"), "")
	write(t, filepath.Join(root, "x~"), "")
	remove(t, filepath.Join(root, ".x.swp"))
	write(t, filepath.Join(root, "x"), "")
	if h := c.wait(); len(h.Paths[0]) != 1 || h.Paths[0][0] != "x" {
		t.Errorf("%v", h)
	}
	// The name of the root itself is not up to Ignore.
	remove(t, root)
	c.expect(0, ".")
}

func TestNothingWithoutEvents(t *testing.T) {
	t.Parallel()
	c := settled(t, Options{}, t.TempDir())
	c.w.next = time.Now().Add(time.Hour)
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	if h, err := c.w.Wait(ctx, time.Time{}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v %v", h, err)
	}
}

// Not parallel: it looks at all goroutines.
func TestClose(t *testing.T) {
	c := settled(t, Options{}, t.TempDir())
	ended := make(chan error)
	go func() {
		for {
			if _, err := c.w.Wait(context.Background(), time.Time{}); err != nil {
				ended <- err
				return
			}
		}
	}()
	c.w.Close()
	if err := <-ended; !errors.Is(err, fs.ErrClosed) {
		t.Errorf("Wait returned %v", err)
	}
	c.w.Close()
	c.w.Watch(0, []string{".", "a"})
	if _, err := c.w.Wait(context.Background(), time.Time{}); !errors.Is(err, fs.ErrClosed) {
		t.Errorf("Wait returned %v", err)
	}
	if reason, ok := c.w.Polling(); ok {
		t.Errorf("polling after Close: %s", reason)
	}
	all := make([]byte, 1<<20)
	all = all[:runtime.Stack(all, true)]
	for _, part := range []string{"fsnotify.", "watch.(*events)"} {
		if runtime.GOOS == "linux" && strings.Contains(string(all), part) {
			t.Errorf("a goroutine remains:\n%s", all)
		}
	}
}
