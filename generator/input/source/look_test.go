package source

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"candor/generator/fileset"
)

// clocks that are so far off that the times of files are always, or never, too
// recent to be trusted. So no test depends on the speed of the machine.
var (
	longAgo  = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	farAhead = time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC)
)

// watched is a Reader that has looked at its folder once.
type watched struct {
	*Reader
	t     testing.TB
	dir   string
	clock time.Time
}

func watch(t testing.TB, dir string, clock time.Time) *watched {
	t.Helper()
	w := &watched{Reader: NewReader(dir), t: t, dir: dir, clock: clock}
	w.now = func() time.Time { return w.clock }
	if tree := w.look("."); tree.Unsettled != 0 || !tree.Changed {
		t.Fatal("a first look is accepted at once")
	}
	return w
}

func (w *watched) look(paths ...string) Tree {
	w.t.Helper()
	tree, err := w.Look(paths)
	if err != nil {
		w.t.Fatal(err)
	}
	return tree
}

func (w *watched) settled(paths ...string) Tree {
	w.t.Helper()
	return settled(w.t, w.Reader, &w.clock, paths...)
}

func (w *watched) at(name string) string { return filepath.Join(w.dir, filepath.FromSlash(name)) }

func (w *watched) must(errs ...error) {
	w.t.Helper()
	if err := cmpOr(errs...); err != nil {
		w.t.Fatal(err)
	}
}

func (w *watched) write(name, data string) {
	w.t.Helper()
	put(w.t, w.at(name), name, data)
}

// same fails when the tree is not what a Reader that knows nothing reads.
func same(t testing.TB, got, want Tree) {
	t.Helper()
	if got.Files.Sum() != want.Files.Sum() {
		t.Fatalf("files %q, want %q; different: %v", paths(got), paths(want), fileset.Diff(got.Files, want.Files))
	}
	if !slices.Equal(got.Folders, want.Folders) {
		t.Fatalf("folders %q, want %q", got.Folders, want.Folders)
	}
	if !slices.Equal(findings(got), findings(want)) {
		t.Fatalf("findings\n\t%s\nwant\n\t%s", strings.Join(findings(got), "\n\t"), strings.Join(findings(want), "\n\t"))
	}
}

// deed is something that happens to a folder, and paths that tell of it.
type deed struct {
	name  string
	do    func(w *watched)
	paths []string
}

func deeds() []deed {
	return []deed{
		{"a file", func(w *watched) { w.write("a/b/c.md", "other text") }, []string{"a/b/c.md"}},
		{"its folder", func(w *watched) { w.write("a/b/c.md", "other text") }, []string{"a/b"}},
		{"a new file", func(w *watched) { w.write("a/b/new.md", "text") }, []string{"a/b/new.md"}},
		{"a file of a new folder", func(w *watched) { w.write("n/e/w/x.md", "text") }, []string{"n/e/w/x.md"}},
		{"a file that came and went in a new folder", func(w *watched) { w.write("n/e/w/x.md", "text") }, []string{"n/e/none.md"}},
		{"a new folder", func(w *watched) { w.write("a/n/e/x.md", "text") }, []string{"a/n"}},
		{"the folder of a new folder", func(w *watched) { w.write("a/n/e/x.md", "text") }, []string{"a"}},
		{"a file that is gone", func(w *watched) { w.must(os.Remove(w.at("a/b/c.md"))) }, []string{"a/b/c.md"}},
		{"a folder that is gone", func(w *watched) { w.must(os.RemoveAll(w.at("a"))) }, []string{"a"}},
		{"a file of a folder that is gone", func(w *watched) { w.must(os.RemoveAll(w.at("a"))) }, []string{"a/b/c.md"}},
		{"a folder that was moved", func(w *watched) { w.must(os.Rename(w.at("a/b"), w.at("d/z"))) }, []string{"a/b", "d/z"}},
		{"folders that were swapped", func(w *watched) {
			w.must(os.Rename(w.at("a"), w.at("x")), os.Rename(w.at("d"), w.at("a")), os.Rename(w.at("x"), w.at("d")))
		}, []string{"a/none", "d"}},
		{"the folder of a folder that was replaced", func(w *watched) {
			w.must(os.Rename(w.at("a/b"), w.at("_b")), os.Rename(w.at("d"), w.at("a/b")))
		}, []string{"a", "d"}},
		{"a file below a folder that was replaced", func(w *watched) {
			w.must(os.Rename(w.at("a/b"), w.at("_b")), os.Rename(w.at("d"), w.at("a/b")))
		}, []string{"a/b/none.md", "d"}},
		{"a folder with what was in the one before", func(w *watched) {
			w.write("a/b/n/m/deep.md", "other text")
			w.must(os.Rename(w.at("a"), w.at("_a")), os.Mkdir(w.at("a"), 0o755), os.Rename(w.at("_a/b"), w.at("a/b")))
		}, []string{"a"}},
		{"a folder with a folder with what was in the one before", func(w *watched) {
			w.write("a/b/n/m/deep.md", "other text")
			w.must(os.Rename(w.at("a/b"), w.at("_b")), os.Mkdir(w.at("a/b"), 0o755), os.Rename(w.at("_b/n"), w.at("a/b/n")))
		}, []string{"a"}},
		{"a folder in which a file came", func(w *watched) { w.write("a/b/n/new.md", "text") }, []string{"a/b"}},
		{"a file that is a folder now", func(w *watched) {
			w.must(os.Remove(w.at("a/b/c.md")))
			w.write("a/b/c.md/x", "text")
		}, []string{"a/b/c.md"}},
		{"a folder that is a file now", func(w *watched) {
			w.must(os.RemoveAll(w.at("a/b")))
			w.write("a/b", "text")
		}, []string{"a/b/c.md"}},
		{"a folder that could be passed over as a file", func(w *watched) {
			w.write("x.tmp/y", "text")
		}, []string{"x.tmp/y"}},
		{"a name that collides", func(w *watched) { w.write("a/b/C.md", "text") }, []string{"a/b/C.md"}},
		{"a bad name", func(w *watched) { w.write("con/x", "text") }, []string{"con/x"}},
		{"a link", func(w *watched) { link(w.t, "c.md", w.at("a/b/link.md")) }, []string{"a/b/link.md"}},
		{"a link in a new folder", func(w *watched) {
			w.write("n/x", "text")
			link(w.t, "../a/b/c.md", w.at("n/link.md"))
		}, []string{"n"}},
		{"nothing of ours", func(w *watched) {
			w.write("a/.git/x", "text")
			w.write("a/_x/y", "text")
			w.write("a/b/c.md~", "text")
		}, []string{"a/.git/x", "a/_x", "a/_x/y", "a/b/c.md~", "none", "none/at/all", "/", "/etc/passwd", "..", "../x", "a/", "a//b/./", "x\x00y"}},
	}
}

func TestLookSeesWhatIsNamed(t *testing.T) {
	for _, test := range deeds() {
		for _, clock := range []time.Time{longAgo, farAhead} {
			t.Run(test.name, func(t *testing.T) {
				w := watch(t, plant(t, map[string]string{"a/b/c.md": "c", "a/b/d.md": "d", "a/b/n/m/deep.md": "n", "d/e/f.md": "f", "d/c.md": "dc", "top.md": "t"}), clock)
				test.do(w)
				same(t, w.settled(test.paths...), read(t, w.dir))
				same(t, w.settled(), read(t, w.dir))
			})
		}
	}
}

// TestLookTrustsTheRest is what makes a look cheap: what is not named is not
// looked at.
func TestLookTrustsTheRest(t *testing.T) {
	if !identifies {
		t.Skip("every look is one at everything")
	}
	w := watch(t, plant(t, map[string]string{"a/b/c.md": "c", "a/d.md": "d", "e.md": "e"}), farAhead)
	w.write("a/b/c.md", "other")
	w.write("e.md", "other")
	w.write("a/d.md", "other")
	equal(t, w.settled("a/d.md").Changes, []string{"a/d.md"})
	equal(t, w.settled("a").Changes, []string{"a/b/c.md"}) // all below it
	equal(t, w.settled().Changes, nil)
	tree, err := w.Read()
	if err != nil {
		t.Fatal(err)
	}
	equal(t, tree.Changes, []string{"e.md"})
	same(t, tree, read(t, w.dir))
}

// TestLookAtAFolder finds what changed below it, however recent its times are.
func TestLookAtAFolder(t *testing.T) {
	w := watch(t, plant(t, map[string]string{"a/b/c.md": "c"}), longAgo)
	w.write("a/b/c.md", "other")
	equal(t, w.settled("a").Changes, []string{"a/b/c.md"})
}

// TestLookWithLinks changes what links lead to, under the one path that it has.
func TestLookWithLinks(t *testing.T) {
	w := watch(t, plant(t, map[string]string{"a/b.md": "b", "c/d/e.md": "e"}), longAgo)
	look := func(want int, paths ...string) {
		t.Helper()
		tree := w.settled(paths...)
		same(t, tree, read(t, w.dir))
		if len(tree.Changes) != want {
			t.Errorf("changes %q", tree.Changes)
		}
	}
	link(t, "a/b.md", w.at("file.md"))
	look(1, "file.md")
	w.write("a/b.md", "other")
	look(2, "a/b.md")
	w.must(os.Mkdir(w.at("f"), 0o755))
	link(t, "../c/d", w.at("f/folder"))
	look(1, "f")
	w.write("c/d/new.md", "new")
	look(2, "c/d/new.md")
	link(t, "../none", w.at("f/dangling"))
	look(0, "f/dangling")
	w.write("none", "new")
	look(2, "none")
	w.must(os.RemoveAll(w.at("f")), os.Remove(w.at("file.md")))
	look(4, "f", "file.md")
	if w.partly != identifies {
		t.Error("links that are gone are remembered")
	}
}

func TestFirstLookIsAtEverything(t *testing.T) {
	dir := plant(t, map[string]string{"a.md": "a", "b/c.md": "c"})
	r := NewReader(dir)
	tree, err := r.Look([]string{"a.md"})
	if err != nil || !tree.Changed || tree.Unsettled != 0 || tree.Changes != nil {
		t.Fatal(err, tree)
	}
	same(t, tree, read(t, dir))
}

func TestLookOfARecentTime(t *testing.T) {
	w := watch(t, plant(t, map[string]string{"a.md": "old", "b.md": ""}), longAgo)
	w.write("a.md", "new")
	sameTick(t, w.Reader, "a.md")
	equal(t, w.settled("a.md").Changes, []string{"a.md"})
}

// TestLookAfterAnError looks at everything, because what was named in vain may
// have changed.
func TestLookAfterAnError(t *testing.T) {
	dir := plant(t, map[string]string{"x/a.md": "a", "x/b.md": "b"})
	w := watch(t, filepath.Join(dir, "x"), longAgo)
	w.limits.entries = 3
	w.write("a.md", "other")
	w.write("c/d.md", "d")
	if _, err := w.Look([]string{"a.md", "c"}); err == nil || !strings.Contains(err.Error(), "more than 3 files") {
		t.Fatal(err)
	}
	w.must(os.RemoveAll(w.at("c")))
	equal(t, w.settled().Changes, []string{"a.md"})

	w.write("b.md", "other")
	w.must(os.Rename(w.dir, filepath.Join(dir, "y")))
	if _, err := w.Look([]string{"b.md"}); err == nil {
		t.Fatal("the folder is gone")
	}
	w.must(os.Rename(filepath.Join(dir, "y"), w.dir))
	equal(t, w.settled("a.md").Changes, []string{"b.md"})

	// Another folder may have come in its place.
	w.must(os.Rename(w.dir, filepath.Join(dir, "y")), os.Mkdir(w.dir, 0o755))
	w.write("e.md", "e")
	same(t, w.settled("none"), read(t, w.dir))
}

func TestLookKeepsTheLimits(t *testing.T) {
	w := watch(t, plant(t, map[string]string{"a/": "", "b/": ""}), longAgo)
	w.limits = limits{text: 4, other: 4, entries: 6, depth: 2}
	w.write("a/c/d/e.md", "e")
	w.write("b/large.md", "large")
	fresh := NewReader(w.dir)
	fresh.limits = w.limits
	want, err := fresh.Read()
	w.must(err)
	got := w.settled("a/c/d/e.md", "b/large.md")
	same(t, got, want)
	if len(got.Diagnostics) != 2 {
		t.Error(findings(got))
	}
	// One more at one place and one less at another is not one too many.
	w.write("b/f.md", "f")
	w.must(os.RemoveAll(w.at("a/c")))
	w.write("b/g.md", "g")
	w.settled("a", "b")
	w.write("b/h.md", "h")
	w.write("b/i.md", "i")
	if _, err := w.Look([]string{"b/h.md", "b/i.md"}); err == nil {
		t.Error("too many files are taken", len(w.seen))
	}
}
