package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"candor/generator/fileset"
)

func mustRelease(t testing.TB, dir string, set fileset.Set, opt Options) Report {
	t.Helper()
	r, err := Release(dir, set, opt)
	if err != nil {
		t.Fatal(err)
	}
	r.Head = ""
	return r
}

// quickRelease is mustRelease on an unsynced disk.
func quickRelease(t testing.TB, dir string, set fileset.Set, opt Options) Report {
	t.Helper()
	p := newTarget(dir, opt)
	p.wrap = func(d disk) disk { return unsynced{d} }
	r, err := p.release(set)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// current returns the name of the release that is out.
func current(t testing.TB, dir string) string {
	t.Helper()
	name, err := os.Readlink(filepath.Join(dir, currentName))
	if err != nil {
		t.Fatal(err)
	}
	return name
}

// releases returns what has the name of a release.
func releases(t testing.TB, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		if isRelease(e.Name()) {
			names = append(names, e.Name())
		}
	}
	return names
}

func linked(t *testing.T, a, b string) bool {
	t.Helper()
	one, errOne := os.Stat(a)
	two, errTwo := os.Stat(b)
	if errOne != nil || errTwo != nil {
		t.Fatal(errOne, errTwo)
	}
	return os.SameFile(one, two)
}

func TestReleases(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "deep", "releases")
	at := func(name string) string { return filepath.Join(dir, name) }
	one := site("index.html", "home", "a/index.html", "page", "a/b/index.html", "inner")
	first := "000001-" + one.Sum().Short()
	if r := mustRelease(t, dir, one, Options{}); r != (Report{Written: 3, Bytes: 13, Release: first}) {
		t.Fatal(r)
	}
	if current(t, dir) != first {
		t.Fatal(current(t, dir))
	}
	expect(t, at(first), contents(one))

	two := site("index.html", "home 2", "a/index.html", "page", "中文/é.html", "new")
	second := "000002-" + two.Sum().Short()
	if r := mustRelease(t, dir, two, Options{}); r != (Report{Written: 2, Deleted: 1, Unchanged: 1, Bytes: 9, Release: second}) {
		t.Fatal(r)
	}
	if current(t, dir) != second {
		t.Fatal(current(t, dir))
	}
	expect(t, at(first), contents(one))
	expect(t, at(second), contents(two))
	if !linked(t, at(first+"/a/index.html"), at(second+"/a/index.html")) {
		t.Error("an unchanged file was written again")
	}
	plain := t.TempDir()
	must(t, plain, two, Options{})
	for _, name := range []string{at(second), plain} {
		if _, err := os.Stat(filepath.Join(name, manifestName)); err != nil {
			t.Error(err)
		}
	}
	expect(t, plain, tree(t, at(current(t, dir))))
}

func TestReleaseModes(t *testing.T) {
	dir := t.TempDir()
	mustRelease(t, dir, site("a/index.html", "page"), Options{})
	filepath.WalkDir(filepath.Join(dir, current(t, dir)), func(at string, d fs.DirEntry, err error) error {
		info, _ := d.Info()
		want := fileMode
		if d.IsDir() {
			want = dirMode
		}
		if info.Mode().Perm() != want {
			t.Errorf("%s: %v", at, info.Mode())
		}
		return err
	})
}

// ages sets all times below dir to one that no clock shows.
func ages(t *testing.T, dir string) (check func()) {
	old := time.Date(2001, 2, 3, 4, 5, 6, 0, time.UTC)
	err := filepath.WalkDir(dir, func(at string, d fs.DirEntry, err error) error {
		if d.Type()&fs.ModeSymlink != 0 {
			return err
		}
		return errors.Join(err, os.Chtimes(at, old, old))
	})
	if err != nil {
		t.Fatal(err)
	}
	return func() {
		t.Helper()
		filepath.WalkDir(dir, func(at string, d fs.DirEntry, err error) error {
			if info, _ := d.Info(); info.Mode()&fs.ModeSymlink == 0 && !info.ModTime().Equal(old) {
				t.Error("touched:", at)
			}
			return err
		})
	}
}

func TestUnchangedReleaseWritesNothing(t *testing.T) {
	dir := t.TempDir()
	text := strings.Repeat("text ", 100)
	set := site("index.html", "home", "a/index.html", text)
	for number, opt := range []Options{{}, {Compress: true}} {
		made := mustRelease(t, dir, set, opt)
		if !strings.HasPrefix(made.Release, fmt.Sprintf("%06d-", number+1)) {
			t.Fatal(made)
		}
		check := ages(t, dir)
		r := mustRelease(t, dir, set, opt)
		if r.Written+r.Deleted != 0 || r.Unchanged == 0 || r.Release != made.Release {
			t.Fatal(r)
		}
		check()
	}
	if _, err := os.Stat(filepath.Join(dir, currentName, "a/index.html.br")); err != nil {
		t.Error(err)
	}

	// Twins of other encoders are made anew.
	manifest := filepath.Join(dir, currentName, manifestName)
	data, err := os.ReadFile(manifest)
	if err != nil {
		t.Fatal(err)
	}
	write(t, manifest, strings.Replace(string(data), compressor, "older", 1))
	if r := mustRelease(t, dir, set, Options{Compress: true}); r.Release[:6] != "000003" {
		t.Fatal(r)
	}
}

// TestOldReleasesGo also holds that what somebody put into a release keeps it, and
// that nothing but releases with a manifest goes.
func TestOldReleasesGo(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	var made []string
	next := func() {
		t.Helper()
		made = append(made, mustRelease(t, dir, site("a/index.html", fmt.Sprint(len(made))), Options{}).Release)
	}
	for range 6 {
		next()
	}
	if got := releases(t, dir); !slices.Equal(got, made[1:]) {
		t.Fatal(got, made)
	}
	write(t, at(made[1]+"/a/theirs.txt"), "x")
	if err := os.Mkdir(at(made[2]+"/theirs"), 0o755); err != nil {
		t.Fatal(err)
	}
	write(t, at(made[3]+"/.htaccess"), "x")
	if err := os.Symlink("index.html", at(made[4]+"/a/link")); err != nil {
		t.Fatal(err)
	}
	write(t, at(made[5]+"/"+manifestName), "{")
	theirs := []string{"000000-12345678", "000003-1234567", "1-12345678", "000003-1234567g", "0000003-12345678", "000003-12345678"}
	for _, name := range append(theirs, "elsewhere") {
		write(t, at(name+"/index.html"), "theirs")
	}
	keeps := map[string]map[string]string{}
	for _, name := range slices.Concat(made[1:6], theirs, []string{"elsewhere"}) {
		keeps[name] = tree(t, at(name))
	}
	for range 8 {
		next()
	}
	for name, want := range keeps {
		if !maps.Equal(tree(t, at(name)), want) {
			t.Errorf("%s has changed", name)
		}
	}
	want := slices.Concat(made[1:6], made[9:], []string{"000003-12345678"})
	if got := releases(t, dir); !slices.Equal(got, slices.Sorted(slices.Values(want))) {
		t.Fatalf("%q, want %q", got, want)
	}
}

// TestRollback turns the link by hand, in the ways that a person may write it.
func TestRollback(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	turn := func(to string) {
		t.Helper()
		if err := errors.Join(os.Remove(at(currentName)), os.Symlink(to, at(currentName))); err != nil {
			t.Fatal(err)
		}
	}
	one, two := site("index.html", "1"), site("index.html", "2")
	first := mustRelease(t, dir, one, Options{}).Release
	second := mustRelease(t, dir, two, Options{}).Release
	for _, to := range []string{first, "./" + first, first + "/", at(first)} {
		turn(to)
		if r := mustRelease(t, dir, one, Options{}); r.Release != first || r.Written != 0 {
			t.Fatal(to, r)
		}
		if got, _ := os.Readlink(at(currentName)); got != to {
			t.Fatalf("the link was turned from %s to %s", to, got)
		}
	}
	r := mustRelease(t, dir, two, Options{})
	if r.Release != "000003-"+two.Sum().Short() || r.Release == second {
		t.Fatal(r)
	}
	expect(t, at(second), contents(two))

	// The release that is out is kept, however old.
	turn(first)
	for i := range 9 {
		name := fmt.Sprintf("%06d-%08x", i+4, i)
		must(t, at("x"), site("index.html", fmt.Sprint(i)), Options{})
		if err := os.Rename(at("x"), at(name)); err != nil {
			t.Fatal(err)
		}
	}
	mustRelease(t, dir, one, Options{})
	if got := releases(t, dir); len(got) != kept || got[0] != first || current(t, dir) != first {
		t.Fatal(got)
	}
}

func TestDamagedReleasesAreReplaced(t *testing.T) {
	set := site("index.html", "home", "a/index.html", "page", "b/index.html", "other")
	for what, damage := range map[string]func(at string) error{
		"a file cut short":   func(at string) error { return os.WriteFile(filepath.Join(at, "index.html"), []byte("ho"), 0o644) },
		"a file removed":     func(at string) error { return os.Remove(filepath.Join(at, "index.html")) },
		"a folder removed":   func(at string) error { return os.RemoveAll(filepath.Join(at, "a")) },
		"no manifest":        func(at string) error { return os.Remove(filepath.Join(at, manifestName)) },
		"a spoilt manifest":  func(at string) error { return os.WriteFile(filepath.Join(at, manifestName), []byte("{"), 0o644) },
		"no release":         os.RemoveAll,
		"a link for a page":  func(at string) error { return swapForLink(filepath.Join(at, "index.html"), "a/index.html") },
		"a link for a place": func(at string) error { return swapForLink(filepath.Join(at, "a"), "b") },
	} {
		dir := t.TempDir()
		first := mustRelease(t, dir, set, Options{}).Release
		if err := damage(filepath.Join(dir, first)); err != nil {
			t.Fatal(err)
		}
		r := mustRelease(t, dir, set, Options{})
		if r.Release != "000002-"+set.Sum().Short() || r.Written == 0 {
			t.Error(what, r)
		}
		expect(t, filepath.Join(dir, r.Release), contents(set))
	}
	dir := t.TempDir()
	first := mustRelease(t, dir, set, Options{}).Release
	write(t, filepath.Join(dir, first, "index.html"), "HOME")
	if r := mustRelease(t, dir, set, Options{}); r.Written != 1 {
		t.Error("of the same size:", r)
	}
	expect(t, filepath.Join(dir, current(t, dir)), contents(set))
}

func swapForLink(at, to string) error { return errors.Join(os.RemoveAll(at), os.Symlink(to, at)) }

// linkless is a disk on which no link can be made.
type linkless struct {
	unsynced
	hard, symbolic error
}

func (l linkless) link(from, to string) error {
	if l.hard != nil {
		return l.hard
	}
	return l.unsynced.link(from, to)
}

func (l linkless) symlink(to, name string) error {
	if l.symbolic != nil {
		return l.symbolic
	}
	return l.unsynced.symlink(to, name)
}

func TestNoHardLinks(t *testing.T) {
	for _, err := range []error{syscall.EXDEV, syscall.EMLINK, syscall.EPERM} {
		dir := t.TempDir()
		p := newTarget(dir, Options{})
		p.wrap = func(d disk) disk { return linkless{unsynced: unsynced{d}, hard: err} }
		for i := range 2 {
			set := site("index.html", fmt.Sprint(i), "a/same", "x")
			if r, err := p.release(set); err != nil || r.Written != 2 {
				t.Fatal(r, err)
			}
			expect(t, filepath.Join(dir, current(t, dir)), contents(set))
		}
	}
}

func TestNoSymbolicLinks(t *testing.T) {
	dir := t.TempDir()
	p := newTarget(dir, Options{})
	p.wrap = func(d disk) disk { return linkless{unsynced: unsynced{d}, symbolic: syscall.EPERM} }
	var refused *RefusedError
	if _, err := p.release(site("index.html", "x")); !errors.As(err, &refused) || !strings.Contains(err.Error(), "symbolic link") {
		t.Error(err)
	}
	if entries, _ := os.ReadDir(dir); len(entries) > 0 {
		t.Error("left behind:", entries)
	}
}

func TestReleasesOfTwoBuilds(t *testing.T) {
	dir := t.TempDir()
	p := newTarget(dir, Options{})
	for i := range 3 {
		set := site("index.html", fmt.Sprint(i), "same", "x")
		if r, err := p.release(set); err != nil || i > 0 && (r.Written != 1 || r.Unchanged != 1) {
			t.Fatal(r, err)
		}
	}
	mustRelease(t, dir, site("other", "by another build"), Options{})
	set := site("index.html", "2", "same", "x")
	if r, err := p.release(set); err != nil || r.Release[:6] != "000005" {
		t.Fatal(r, err)
	}
	expect(t, filepath.Join(dir, current(t, dir)), contents(set))
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if r, err := p.release(set); err != nil || r.Release[:6] != "000001" {
		t.Fatal(r, err)
	}
	expect(t, filepath.Join(dir, current(t, dir)), contents(set))
}
