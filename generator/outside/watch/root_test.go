package watch

import (
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
		c.expect(0, ".")
		mkdir(t, filepath.Join(root, "a"))
		c.follows(0)
		write(t, filepath.Join(root, "a/x"), "")
		c.expect(0, "a/x")
		c.settle()
	}
}

// Between two calls of Wait the root goes and another comes.
func TestRootReplaced(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	root := mkdir(t, filepath.Join(dir, "site"))
	mkdir(t, filepath.Join(root, "a"))
	mkdir(t, filepath.Join(dir, "other/a"))
	c := settled(t, Options{}, root)
	rename(t, root, filepath.Join(dir, "old"))
	rename(t, filepath.Join(dir, "other"), root)
	c.expect(0, "a")
	c.settle()
	write(t, filepath.Join(dir, "old/a/x"), "")
	write(t, filepath.Join(root, "a/y"), "")
	if h := c.wait(); h.Everything || names(h.Paths[0], "a/x") || !names(h.Paths[0], "a/y") {
		t.Errorf("%v", h)
	}
}

func TestRootAbsent(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, below := range []string{"site", "one/two/three/site"} {
		root := filepath.Join(dir, below)
		c := newCaller(t, Options{}, root)
		c.everything()
		mkdir(t, root)
		c.follows(0)
		write(t, filepath.Join(root, "x"), "")
		c.expect(0, "x")
	}
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
		c.follows(0)
		c.settle()
		write(t, filepath.Join(dir, version, "content/a/x"), "")
		c.expect(0, "a/x")
	}
	// What the link leads to comes later than the link.
	swap("v3")
	c.everything()
	mkdir(t, filepath.Join(dir, "v3/content/a"))
	c.follows(0)
	write(t, filepath.Join(dir, "v3/content/a/x"), "")
	c.expect(0, "a/x")
}

func TestRootRelative(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	mkdir(t, "site")
	c := newCaller(t, Options{}, "site")
	t.Chdir(t.TempDir())
	c.roots[0] = filepath.Join(dir, "site")
	c.settle()
	write(t, filepath.Join(dir, "site/x"), "")
	c.expect(0, "x")
}

// A folder high above the root is renamed, of which no event tells.
func TestAncestorRenamed(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	root := mkdir(t, filepath.Join(dir, "one/two/three/site"))
	c := settled(t, Options{}, root)
	rename(t, filepath.Join(dir, "one"), filepath.Join(dir, "1"))
	c.everything()
	mkdir(t, root)
	c.follows(0)
	write(t, filepath.Join(root, "x"), "")
	c.expect(0, "x")
}
