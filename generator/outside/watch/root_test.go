package watch

import (
	"os"
	"path/filepath"
	"testing"
)

func TestRootRemoved(t *testing.T) {
	t.Parallel()
	root := mkdir(t, filepath.Join(t.TempDir(), "site"))
	mkdir(t, filepath.Join(root, "a"))
	c := settled(t, Options{}, root)
	for range 3 {
		remove(t, root)
		c.everything()
		mkdir(t, filepath.Join(root, "a"))
		c.everything()
		c.confirm()
		write(t, filepath.Join(root, "a/x"), "")
		c.expect(0, "a/x")
		c.confirm()
	}
}

// Between two calls of Wait the root goes and comes back.
func TestRootReplaced(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	root := mkdir(t, filepath.Join(dir, "site"))
	mkdir(t, filepath.Join(root, "a"))
	mkdir(t, filepath.Join(dir, "other/a"))
	c := settled(t, Options{}, root)
	rename(t, root, filepath.Join(dir, "old"))
	rename(t, filepath.Join(dir, "other"), root)
	c.everything()
	c.confirm()
	write(t, filepath.Join(dir, "old/a/x"), "")
	write(t, filepath.Join(root, "a/y"), "")
	if h := c.wait(); names(h.Paths[0], "a/x") || !names(h.Paths[0], "a/y") {
		t.Errorf("%v", h)
	}
}

func TestRootAbsent(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, below := range []string{"site", "one/two/three/site"} {
		t.Run(below, func(t *testing.T) {
			root := filepath.Join(dir, below)
			c := newCaller(t, Options{}, root)
			c.look()
			mkdir(t, root)
			for list(root) == nil {
				c.everything()
			}
			c.everything()
			c.confirm()
			write(t, filepath.Join(root, "x"), "")
			c.expect(0, "x")
		})
	}
}

// Each folder on the way comes after the one before was noticed.
func TestRootComesSlowly(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	root := filepath.Join(dir, "one/two/site")
	c := newCaller(t, Options{}, root)
	for _, name := range []string{"one", "one/two", "one/two/site"} {
		mkdir(t, filepath.Join(dir, name))
		c.everything()
	}
	c.confirm()
	write(t, filepath.Join(root, "x"), "")
	c.expect(0, "x")
	rename(t, filepath.Join(dir, "one/two"), filepath.Join(dir, "one/2"))
	c.everything()
	rename(t, filepath.Join(dir, "one/2"), filepath.Join(dir, "one/two"))
	c.everything()
}

func TestRootIsLink(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	mkdir(t, filepath.Join(dir, "v1/content/a"))
	mkdir(t, filepath.Join(dir, "v2/content/a"))
	link(t, "v1", filepath.Join(dir, "current"))
	link(t, filepath.Join(dir, "current/content"), filepath.Join(dir, "site"))
	c := settled(t, Options{}, filepath.Join(dir, "site"))
	swap := func(target string) {
		link(t, target, filepath.Join(dir, "new"))
		rename(t, filepath.Join(dir, "new"), filepath.Join(dir, "current"))
	}
	for _, version := range []string{"v2", "v1", "v2"} {
		swap(version)
		c.everything()
		c.confirm()
		write(t, filepath.Join(dir, version, "content/a/x"), "")
		c.expect(0, "a/x")
		c.confirm()
	}
	// What the link leads to comes later than the link.
	swap("v3")
	c.everything()
	mkdir(t, filepath.Join(dir, "v3/content/a"))
	for list(c.roots[0]) == nil {
		c.everything()
	}
	c.everything()
	c.confirm()
	write(t, filepath.Join(dir, "v3/content/a/x"), "")
	c.expect(0, "a/x")
}

// A link on the way to the root that stands in the root: it must not keep the
// watcher busy for ever.
func TestRootThroughItself(t *testing.T) {
	t.Parallel()
	dir := mkdir(t, filepath.Join(t.TempDir(), "dir"))
	link(t, ".", filepath.Join(dir, "self"))
	c := newCaller(t, Options{}, filepath.Join(dir, "self"))
	look := func() { c.w.Cover(0, []string{"."}) }
	quiet := func() {
		for look(); !c.wait().Confirm; look() {
		}
	}
	quiet()
	remove(t, filepath.Join(dir, "self"))
	link(t, ".", filepath.Join(dir, "self"))
	quiet()
	write(t, filepath.Join(dir, "x"), "")
	if h := c.wait(); !names(h.Paths[0], "x") {
		t.Errorf("%v", h)
	}
}

func TestRootRelative(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	mkdir(t, "site")
	c := settled(t, Options{}, "site")
	t.Chdir(t.TempDir())
	c.roots[0] = filepath.Join(dir, "site")
	write(t, filepath.Join(dir, "site/x"), "")
	c.expect(0, "x")
}

// An ancestor that is renamed above all watches is found by comparing.
func TestAncestorRenamed(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	root := mkdir(t, filepath.Join(dir, "one/two/three/site"))
	c := settled(t, Options{}, root)
	rename(t, filepath.Join(dir, "one"), filepath.Join(dir, "1"))
	c.w.beat, c.w.rest = c.w.beat.Add(-heartbeat), 0
	if h := c.wait(); !h.Everything || h.Confirm {
		t.Errorf("%v", h)
	}
	mkdir(t, root)
	for list(root) == nil {
		c.everything()
	}
	c.everything()
	c.confirm()
	write(t, filepath.Join(root, "x"), "")
	c.expect(0, "x")
}

func TestWay(t *testing.T) {
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	mkdir(t, filepath.Join(dir, "a/b"))
	link(t, "../a/./b", filepath.Join(dir, "a/l"))
	link(t, "circle", filepath.Join(dir, "circle"))
	at := func(where, name string) step { return step{filepath.Join(dir, where), name} }
	for _, c := range []struct {
		path  string
		steps []step
		real  string
	}{
		{"a/b", []step{at("a", "b")}, "a/b"},
		{"a/l", []step{at("a", "l"), at("a", "b")}, "a/b"},
		{"a/l/c/d", []step{at("a", "l"), at("a/b", "c")}, ""},
		{"circle", []step{at(".", "circle")}, ""},
	} {
		steps, real := way(filepath.Join(dir, c.path))
		if c.real != "" {
			c.real = filepath.Join(dir, c.real)
		}
		if real != c.real || len(steps) != len(c.steps) {
			t.Errorf("%s: %v %q", c.path, steps, real)
			continue
		}
		for i := range steps {
			if steps[i] != c.steps[i] {
				t.Errorf("%s: %v", c.path, steps)
			}
		}
	}
	if steps, real := way(string(os.PathSeparator)); len(steps) != 0 || real != string(os.PathSeparator) {
		t.Errorf("%v %q", steps, real)
	}
}
