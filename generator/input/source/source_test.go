package source

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// plant writes files into a new folder; a name that ends in a slash is a folder.
func plant(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, data := range files {
		put(t, filepath.Join(dir, filepath.FromSlash(name)), name, data)
	}
	return dir
}

func put(t testing.TB, at, name, data string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
		t.Fatal(err)
	}
	var err error
	if strings.HasSuffix(name, "/") {
		err = os.MkdirAll(at, 0o755)
	} else {
		err = os.WriteFile(at, []byte(data), 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func link(t testing.TB, target string, at ...string) {
	t.Helper()
	if err := os.Symlink(target, filepath.Join(at...)); err != nil {
		t.Fatal(err)
	}
}

func read(t testing.TB, dir string) Tree {
	t.Helper()
	tree, err := NewReader(dir).Read()
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

func paths(tree Tree) []string {
	var names []string
	for f := range tree.Files.All() {
		names = append(names, f.Path)
	}
	return names
}

// findings returns "path rule message" for each diagnostic.
func findings(tree Tree) []string {
	var found []string
	for _, d := range tree.Diagnostics {
		found = append(found, fmt.Sprintf("%s [%s] %s", d.Path, d.Rule, d.Message))
		if d.Hint.String() == "" {
			found = append(found, d.Path+" has no hint")
		}
	}
	return found
}

func equal(t *testing.T, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("got\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
	}
}

func TestReadsWhatIsToBeRead(t *testing.T) {
	dir := plant(t, map[string]string{
		"site.toml": "x", "a/b/c.md": "deep", "a-b/x": "1", "a.md": "2", "中文 é 😀.md": "3", "empty.md": "", "none/": "",
		"_private/x": "", "a/_x.md": "", ".git/x": "", ".hidden": "", "a/b/.DS_Store": "",
		"x~": "", "#x#": "", ".x.swp": "", "x.SWX": "", "4913": "", "x.tmp": "", "x.bak": "", "x.orig": "", "Thumbs.db": "", "desktop.ini": "",
	})
	tree := read(t, dir)
	equal(t, paths(tree), []string{"a-b/x", "a.md", "a/b/c.md", "empty.md", "site.toml", "中文 é 😀.md"})
	equal(t, tree.Folders, []string{".", "a-b", "a", "a/b", "none"})
	equal(t, findings(tree), nil)
	if f, _ := tree.Files.Get("a/b/c.md"); string(f.Data) != "deep" {
		t.Errorf("%q", f.Data)
	}
	if !tree.Changed {
		t.Error("a first look changes everything")
	}
}

func TestRootThatCannotBeRead(t *testing.T) {
	dir := plant(t, map[string]string{"file": ""})
	for _, bad := range []string{filepath.Join(dir, "none"), filepath.Join(dir, "file")} {
		if _, err := NewReader(bad).Read(); err == nil || !strings.Contains(err.Error(), bad) {
			t.Errorf("%s: %v", bad, err)
		}
	}
}

func TestLinks(t *testing.T) {
	outside := plant(t, map[string]string{"secret.md": "secret"})
	dir := plant(t, map[string]string{"a/real.md": "real", "a/b/deep.md": "deep", "_private/x.md": "secret", "z/": ""})
	link(t, "a/real.md", dir, "file.md")
	link(t, "../file.md", dir, "a/twice.md")
	link(t, "../a/b", dir, "z/folder")
	link(t, "nowhere", dir, "dangling")
	link(t, "..", dir, "out1")
	link(t, outside, dir, "out2")
	link(t, "../../"+filepath.Base(outside)+"/secret.md", dir, "a/out3.md")
	link(t, filepath.Join(dir, "a/real.md"), dir, "absolute.md")
	link(t, "_private/x.md", dir, "leak1.md")
	link(t, "_private", dir, "leak2")
	link(t, "self", dir, "self")
	link(t, "..", dir, "a/b/up")
	link(t, ".", dir, "top")
	tree := read(t, dir)
	equal(t, paths(tree), []string{"a/b/deep.md", "a/real.md", "a/twice.md", "file.md", "z/folder/deep.md"})
	equal(t, findings(tree), []string{
		"a/b/up [bad-value] this link leads in a circle, to a folder that it is in",
		"a/out3.md [missing-file] this link leads out of the folder",
		"absolute.md [missing-file] this link leads out of the folder",
		"dangling [missing-file] this link leads to a file that does not exist",
		`leak1.md [missing-file] this link leads to "_private/x.md", which is private`,
		`leak2 [missing-file] this link leads to "_private", which is private`,
		"out1 [missing-file] this link leads out of the folder",
		"out2 [missing-file] this link leads out of the folder",
		"self [bad-value] this link leads in a circle",
		"top [bad-value] this link leads in a circle, to a folder that it is in",
		"z/folder/up [bad-value] this link leads in a circle, to a folder that it is in",
	})
}

// TestLinksThatMultiply is a tree that holds few links and an endless number of
// paths: the cap ends it.
func TestLinksThatMultiply(t *testing.T) {
	files := map[string]string{}
	for i := range 30 {
		files[fmt.Sprintf("d%02d/", i)] = ""
	}
	dir := plant(t, files)
	for i := range 29 {
		for _, name := range []string{"x", "y"} {
			link(t, fmt.Sprintf("../d%02d", i+1), dir, fmt.Sprintf("d%02d", i), name)
		}
	}
	r := NewReader(dir)
	r.limits.entries = 2000
	if _, err := r.Read(); err == nil || !strings.Contains(err.Error(), "more than 2000 files") {
		t.Fatal(err)
	}
}

func TestNames(t *testing.T) {
	for name, words := range map[string]string{
		"report-2.pdf": "", "名 前.md": "", "a.b.c": "", "console.md": "", "com10.md": "", "com.md": "", "👨‍👩‍👧.png": "",
		"a\nb": "control", "a\x7f": "control", "a\u0085b": "control", "a\u202eb": "reverses", "a\u2066b": "reverses",
		`a\b`: "Windows does not allow", "a:b": "Windows does not allow", "a?": "Windows does not allow",
		"a.": "Windows removes", "a ": "Windows removes", "中.": "Windows removes",
		"con": "for itself", "CON.md": "for itself", "nul.tar.gz": "for itself", "com1.md": "for itself", "LPT9": "for itself", "com².md": "for itself",
		"\xff.md": "not valid UTF-8",
	} {
		fault := checkName("x/", name)
		switch {
		case fault == nil && words != "":
			t.Errorf("%q is taken", name)
		case fault != nil && (words == "" || !strings.Contains(fault.Message.String(), words)):
			t.Errorf("%q: %s", name, fault.Message)
		case fault != nil && (strings.ContainsAny(fault.Path, "\n\u202e") || !utf8.ValidString(fault.Path) || fault.Rule != "bad-value"):
			t.Errorf("%q: path %q", name, fault.Path)
		}
	}
}

func TestBadNamesAreNotRead(t *testing.T) {
	dir := plant(t, map[string]string{"good.md": "", "con.md": "", "aux/inner.md": ""})
	tree := read(t, dir)
	equal(t, paths(tree), []string{"good.md"})
	equal(t, findings(tree), []string{
		"aux [bad-value] Windows keeps the name aux for itself",
		"con.md [bad-value] Windows keeps the name con.md for itself",
	})
}

func TestCollisions(t *testing.T) {
	dir := plant(t, map[string]string{"a/Faq.md": "", "a/faq.md": "", "é.md": "", "e\u0301.md": "", "STRASSE": "", "straße": "", "B/x": "", "A2/faq.md": ""})
	if entries, err := os.ReadDir(dir); err != nil || len(entries) < 7 {
		t.Fatal("this file system cannot hold such names; name another one with TMPDIR")
	}
	equal(t, findings(read(t, dir)), []string{
		`a/faq.md [bad-value] the names "Faq.md" and "faq.md" are one name to many computers`,
		`straße [bad-value] the names "STRASSE" and "straße" are one name to many computers`,
		"é.md [bad-value] the names \"e\u0301.md\" and \"é.md\" are one name to many computers",
	})
}

func TestCaps(t *testing.T) {
	dir := plant(t, map[string]string{
		"fits.md": strings.Repeat("x", 100), "large.md": strings.Repeat("x", 101), "large.toml": strings.Repeat("x", 101),
		"fits.pdf": strings.Repeat("x", 200), "large.pdf": strings.Repeat("x", 201), "a/b/c/d": "",
	})
	r := NewReader(dir)
	r.limits = limits{text: 100, other: 200, entries: 9, depth: 2}
	tree, err := r.Read()
	if err != nil {
		t.Fatal(err)
	}
	equal(t, paths(tree), []string{"fits.md", "fits.pdf"})
	equal(t, findings(tree), []string{
		"a/b/c [bad-value] folders are nested more than 2 deep here",
		"large.md [bad-value] the file is larger than 0 MiB and was not read",
		"large.pdf [bad-value] the file is larger than 0 MiB and was not read",
		"large.toml [bad-value] the file is larger than 0 MiB and was not read",
	})
	r.limits.entries = 7
	if _, err := r.Read(); err == nil {
		t.Error("too many files are taken")
	}
	if want := (limits{text: 256 << 10, other: 64 << 20, entries: 500_000, depth: 64}); NewReader("x").limits != want {
		t.Error(NewReader("x").limits)
	}
}

func TestManyFilesInOneFolder(t *testing.T) {
	files := map[string]string{}
	for i := range 1000 {
		files[fmt.Sprintf("incident/updates/%d.md", i)] = fmt.Sprint(i)
	}
	dir := plant(t, files)
	for _, workers := range []int{1, 2, 16} {
		r := NewReader(dir)
		r.workers = workers
		tree, err := r.Read()
		if err != nil {
			t.Fatal(err)
		}
		equal(t, paths(tree), slices.Sorted(maps.Keys(files)))
		for f := range tree.Files.All() {
			if files[f.Path] != string(f.Data) {
				t.Fatalf("%s holds %q", f.Path, f.Data)
			}
		}
	}
}

// TestWarmIsCold changes a tree in every way and asks a Reader that knows it and
// one that does not.
func TestWarmIsCold(t *testing.T) {
	dir := plant(t, map[string]string{"a.md": "1", "b/c.md": "2", "b/d.md": "3", "e/f/g.md": "4"})
	at := func(name string) string { return filepath.Join(dir, name) }
	clock := time.Now().Add(24 * time.Hour) // so that every time of change has long passed
	warm := NewReader(dir)
	warm.now = func() time.Time { return clock }
	old := time.Now().Add(-time.Hour)
	steps := []struct {
		name    string
		changed bool
		do      func() error
	}{
		{"nothing", true, func() error { return nil }},
		{"nothing again", false, func() error { return nil }},
		{"write", true, func() error { return os.WriteFile(at("a.md"), []byte("other"), 0o644) }},
		{"touch", false, func() error { return os.Chtimes(at("a.md"), old, old) }},
		{"write the same", false, func() error { return os.WriteFile(at("a.md"), []byte("other"), 0o644) }},
		{"add", true, func() error { return os.WriteFile(at("b/new.md"), nil, 0o644) }},
		{"rename", true, func() error { return os.Rename(at("b/new.md"), at("b/newer.md")) }},
		{"swap", true, func() error {
			return cmpOr(os.Rename(at("b/c.md"), at("x")), os.Rename(at("b/d.md"), at("b/c.md")), os.Rename(at("x"), at("b/d.md")))
		}},
		{"replace", true, func() error { return cmpOr(os.WriteFile(at("x"), []byte("y"), 0o644), os.Rename(at("x"), at("a.md"))) }},
		{"move a folder", true, func() error { return os.Rename(at("e/f"), at("h")) }},
		{"remove", true, func() error { return os.RemoveAll(at("b")) }},
		{"file to folder", true, func() error {
			return cmpOr(os.Remove(at("a.md")), os.MkdirAll(at("a.md/x"), 0o755), os.WriteFile(at("a.md/x/y"), nil, 0o644))
		}},
		{"a fault", true, func() error { return os.WriteFile(at("con"), nil, 0o644) }},
		{"the same fault", false, func() error { return nil }},
		{"mend", true, func() error { return os.Remove(at("con")) }},
		{"private", false, func() error { return os.WriteFile(at("_x"), nil, 0o644) }},
	}
	for _, step := range steps {
		if err := step.do(); err != nil {
			t.Fatal(step.name, err)
		}
		got := settled(t, warm, &clock, ".")
		want := read(t, dir)
		if got.Changed != step.changed {
			t.Errorf("%s: changed is %v", step.name, got.Changed)
		}
		if got.Files.Sum() != want.Files.Sum() || !slices.Equal(got.Folders, want.Folders) || !slices.Equal(findings(got), findings(want)) {
			t.Fatalf("%s: %q, want %q", step.name, paths(got), paths(want))
		}
	}
}

// settled looks at the paths, and then as often as it takes until all has settled.
func settled(t testing.TB, r *Reader, clock *time.Time, paths ...string) Tree {
	t.Helper()
	for range 10 {
		tree, err := r.Look(paths)
		if err != nil {
			t.Fatal(err)
		}
		if tree.Unsettled == 0 {
			return tree
		}
		*clock = clock.Add(tree.Unsettled)
		paths = nil
	}
	t.Fatal("it never settles")
	return Tree{}
}

func cmpOr(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// TestRecentTimesAreNotTrusted changes a file such that its stamp stays the same,
// as happens within one tick of a coarse clock.
func TestRecentTimesAreNotTrusted(t *testing.T) {
	dir := plant(t, map[string]string{"a.md": "old"})
	r := NewReader(dir)
	if _, err := r.Read(); err != nil {
		t.Fatal(err)
	}
	if find(r.seen, "a.md").firm {
		t.Fatal("the time of a new file is trusted")
	}
	if err := os.WriteFile(filepath.Join(dir, "a.md"), []byte("new"), 0o644); err != nil {
		t.Fatal(err)
	}
	sameTick(t, r, "a.md")
	tree, err := r.Read()
	if f, _ := tree.Files.Get("a.md"); err != nil || string(f.Data) != "new" || !tree.Changed {
		t.Fatal(err, string(f.Data))
	}
	r.now = func() time.Time { return time.Now().Add(time.Hour) }
	if _, err := r.Read(); err != nil || !find(r.seen, "a.md").firm {
		t.Fatal("an old time is not trusted", err)
	}
}

// sameTick gives a file the stamp with which the Reader remembers it, as within one
// tick of a coarse clock.
func sameTick(t *testing.T, r *Reader, name string) {
	t.Helper()
	root, err := os.OpenRoot(r.dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	info, err := root.Lstat(name)
	if err != nil {
		t.Fatal(err)
	}
	find(r.seen, name).stamp = stampOf(info)
}

func TestUnchangedBytesAreKept(t *testing.T) {
	dir := plant(t, map[string]string{"a.md": "text", "b.md": "text"})
	r := NewReader(dir)
	first, err := r.Read()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "b.md"), []byte("other"), 0o644); err != nil {
		t.Fatal(err)
	}
	second, err := r.Read()
	if err != nil {
		t.Fatal(err)
	}
	a1, _ := first.Files.Get("a.md")
	a2, _ := second.Files.Get("a.md")
	if &a1.Data[0] != &a2.Data[0] {
		t.Error("bytes that are the same are held twice")
	}
}

// TestLongNames: a name that has no room for the ending of a compressed copy is a finding, not a failure
// of the disk when it is published.
func TestLongNames(t *testing.T) {
	fits, long := strings.Repeat("报", 78)+".csv", strings.Repeat("a", 249)+".csv"
	dir := plant(t, map[string]string{"a/" + fits: "x", "a/" + long: "x"})
	tree, err := NewReader(dir).Read()
	require.NoError(t, err)
	require.Equal(t, 1, tree.Files.Len())
	require.Len(t, tree.Diagnostics, 1)
	assert.Equal(t, "a/"+long, tree.Diagnostics[0].Path)
	assert.Equal(t, "the name of this file or folder is longer than 240 bytes", tree.Diagnostics[0].Message.String())
	deep := strings.Repeat(strings.Repeat("d", 200)+"/", 5)
	tree, err = NewReader(plant(t, map[string]string{deep + "x": "x"})).Read()
	require.NoError(t, err)
	require.Len(t, tree.Diagnostics, 1)
	assert.Equal(t, "the path of this file or folder is longer than 900 bytes", tree.Diagnostics[0].Message.String())
}
