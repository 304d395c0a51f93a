package publish

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"

	"candor/generator/fileset"
)

// site makes a set of path, content, path, content …
func site(pairs ...string) fileset.Set {
	var files []fileset.File
	for i := 0; i < len(pairs); i += 2 {
		files = append(files, fileset.NewFile(pairs[i], []byte(pairs[i+1])))
	}
	return fileset.Must(files)
}

// tree reads every file below dir but Candor's papers; of a link, where it leads.
func tree(t testing.TB, dir string) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := filepath.WalkDir(dir, func(at string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(dir, at)
		if err != nil || name == manifestName || name == journalName {
			return err
		}
		if d.Type()&fs.ModeSymlink != 0 {
			to, err := os.Readlink(at)
			found[filepath.ToSlash(name)] = "-> " + to
			return err
		}
		data, err := os.ReadFile(at)
		found[filepath.ToSlash(name)] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func folders(t testing.TB, dir string) []string {
	t.Helper()
	var found []string
	filepath.WalkDir(dir, func(at string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() && at != dir {
			name, _ := filepath.Rel(dir, at)
			found = append(found, filepath.ToSlash(name))
		}
		return err
	})
	return found
}

func contents(set fileset.Set) map[string]string {
	m := map[string]string{}
	for f := range set.All() {
		m[f.Path] = string(f.Data)
	}
	return m
}

func must(t testing.TB, dir string, set fileset.Set, opt Options) Report {
	t.Helper()
	r, err := Publish(dir, set, opt)
	if err != nil || r.Head != Head(dir) || r.Head == "" {
		t.Fatal(err, r)
	}
	r.Head = ""
	return r
}

func expect(t testing.TB, dir string, want map[string]string) {
	t.Helper()
	if got := tree(t, dir); !maps.Equal(got, want) {
		t.Fatalf("directory holds %q, want %q", got, want)
	}
}

func write(t testing.TB, at, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(at, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

func exists(at string) bool {
	_, err := os.Lstat(at)
	return err == nil
}

func TestPublishWritesChangesAndDeletes(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "deep", "public")
	first := site("index.html", "home", "a/index.html", "page", "a/b/index.html", "inner", "style.css", "css")
	if r := must(t, dir, first, Options{}); r != (Report{Written: 4, Bytes: 4 + 4 + 5 + 3}) {
		t.Fatal(r)
	}
	expect(t, dir, contents(first))

	second := site("index.html", "home 2", "style.css", "css", "中文/é 😀.html", "new")
	if r := must(t, dir, second, Options{}); r != (Report{Written: 2, Deleted: 2, Unchanged: 1, Bytes: 6 + 3}) {
		t.Fatal(r)
	}
	expect(t, dir, contents(second))
	if got := folders(t, dir); !slices.Equal(got, []string{"中文"}) {
		t.Fatal("empty folders stay:", got)
	}
	if r := must(t, dir, fileset.Set{}, Options{}); r.Deleted != 3 {
		t.Fatal(r)
	}
	expect(t, dir, map[string]string{})
}

func TestUnchangedWritesNothing(t *testing.T) {
	dir := t.TempDir()
	set := site("index.html", "home", "a/index.html", strings.Repeat("text ", 100))
	for _, opt := range []Options{{}, {Compress: true}} {
		must(t, dir, set, opt)
		must(t, dir, set, opt) // the first publication does not wait for the disk
		old := time.Date(2001, 2, 3, 4, 5, 6, 0, time.UTC)
		err := filepath.WalkDir(dir, func(at string, _ fs.DirEntry, err error) error {
			return errors.Join(err, os.Chtimes(at, old, old))
		})
		if err != nil {
			t.Fatal(err)
		}
		if r := must(t, dir, set, opt); r.Written+r.Deleted != 0 || r.Unchanged == 0 {
			t.Fatal(r)
		}
		filepath.WalkDir(dir, func(at string, d fs.DirEntry, err error) error {
			if info, _ := os.Stat(at); !info.ModTime().Equal(old) {
				t.Error("touched:", at)
			}
			return err
		})
	}
}

// TestOnlyChangedFilesAreWritten looks at the files themselves: what is unchanged
// is the same file, of the same time, and what changed is another, for somebody
// may be reading the one before.
func TestOnlyChangedFilesAreWritten(t *testing.T) {
	dir := t.TempDir()
	look := func() map[string]fs.FileInfo {
		found := map[string]fs.FileInfo{}
		for name := range tree(t, dir) {
			info, err := os.Stat(filepath.Join(dir, name))
			if err != nil {
				t.Fatal(err)
			}
			found[name] = info
		}
		return found
	}
	text := strings.Repeat("text ", 100)
	must(t, dir, site("index.html", "home 1", "a/index.html", text, "b/c/data.csv", "1", "old", "x"), Options{Compress: true})
	before := look()
	must(t, dir, site("index.html", "home 2", "a/index.html", text, "b/c/data.csv", "1", "new", "x"), Options{Compress: true})
	after := look()
	for _, name := range []string{"a/index.html", "a/index.html.gz", "a/index.html.br", "b/c/data.csv"} {
		if !os.SameFile(before[name], after[name]) || !before[name].ModTime().Equal(after[name].ModTime()) {
			t.Errorf("%s was written", name)
		}
	}
	if os.SameFile(before["index.html"], after["index.html"]) {
		t.Error("index.html was written in place")
	}
}

func TestDamageIsRepaired(t *testing.T) {
	dir := t.TempDir()
	set := site("index.html", "home", "a/index.html", "page", "b/index.html", "other")
	must(t, dir, set, Options{})
	write(t, filepath.Join(dir, "index.html"), "ho")
	if err := os.RemoveAll(filepath.Join(dir, "a")); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "b/index.html"), "OTHER") // the same size
	if r := must(t, dir, set, Options{}); r.Written != 3 || r.Repaired != 3 {
		t.Fatal(r)
	}
	expect(t, dir, contents(set))
}

// TestSameSizeIsRepaired damages a page without changing its size or, where the system
// knows when something last became of a file, its time.
func TestSameSizeIsRepaired(t *testing.T) {
	set := site("index.html", "home", "a/index.html", "page", "b/index.html", strings.Repeat("text ", 100))
	for _, opt := range []Options{{}, {Compress: true}} {
		dir := t.TempDir()
		must(t, dir, set, opt)
		must(t, dir, set, opt)
		at := filepath.Join(dir, "b/index.html")
		before, err := os.Stat(at)
		if err != nil {
			t.Fatal(err)
		}
		write(t, at, strings.Repeat("TEXT ", 100))
		if runtime.GOOS == "linux" {
			if err := os.Chtimes(at, before.ModTime(), before.ModTime()); err != nil {
				t.Fatal(err)
			}
		}
		if r := must(t, dir, set, opt); r.Written != 1 || r.Repaired != 1 {
			t.Error(r)
		}
		if data, _ := os.ReadFile(at); string(data) != strings.Repeat("text ", 100) {
			t.Errorf("%s", data)
		}
		if r := must(t, dir, set, opt); r.Written != 0 {
			t.Error("again:", r)
		}
	}
}

func TestFoldersAndFilesTradePlaces(t *testing.T) {
	dir := t.TempDir()
	sets := []fileset.Set{
		site("a", "file", "b/c/d.html", "deep", "b/e", "e"),
		site("a/x/y.html", "deep", "b", "file"),
		site("a/x", "file", "b/c", "file"),
	}
	for range 2 {
		for _, set := range sets {
			must(t, dir, set, Options{})
			expect(t, dir, contents(set))
		}
	}
}

func TestForeignFilesStay(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, ".gitignore"), "*")
	write(t, filepath.Join(dir, ".well-known/theirs"), "x")
	must(t, dir, site("a/index.html", "page"), Options{})
	write(t, filepath.Join(dir, "a/theirs"), "x")
	write(t, filepath.Join(dir, "robots.txt"), "theirs")
	must(t, dir, site("b", "b"), Options{})
	left := map[string]string{".gitignore": "*", ".well-known/theirs": "x", "a/theirs": "x", "robots.txt": "theirs", "b": "b"}
	expect(t, dir, left)

	for name, set := range map[string]fileset.Set{
		"a file where a page goes":        site("robots.txt", "ours"),
		"a file where a folder goes":      site("robots.txt/index.html", "ours"),
		"a file in a folder to be a file": site("a", "ours"),
	} {
		_, err := Publish(dir, set, Options{})
		var refused *RefusedError
		if !errors.As(err, &refused) || !strings.Contains(err.Error(), "candor did not write") {
			t.Errorf("%s: %v", name, err)
		}
		expect(t, dir, left)
	}
}

func TestLinksInsideAreNotFollowed(t *testing.T) {
	dir, outside := t.TempDir(), t.TempDir()
	write(t, filepath.Join(outside, "index.html"), "outside")
	must(t, dir, site("a/index.html", "1", "c/index.html", "3", "d/index.html", "4"), Options{})
	for link, to := range map[string]string{"a": outside, "c": "d"} {
		if err := os.RemoveAll(filepath.Join(dir, link)); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(to, filepath.Join(dir, link)); err != nil {
			t.Fatal(err)
		}
	}
	for _, set := range []fileset.Set{site("a/index.html", "22"), site("c/index.html", "22")} {
		if _, err := Publish(dir, set, Options{}); err == nil {
			t.Error("wrote through a link")
		}
	}
	must(t, dir, site("d/index.html", "4"), Options{}) // deletes a/index.html and c/index.html, which are not there
	if got := tree(t, outside); got["index.html"] != "outside" {
		t.Error("reached through a link:", got)
	}
	if data, _ := os.ReadFile(filepath.Join(dir, "d/index.html")); string(data) != "4" {
		t.Error("deleted through a link")
	}
}

func TestTwins(t *testing.T) {
	dir := t.TempDir()
	text := strings.Repeat("<p>公布第三方检测报告。</p>\n", 50)
	set := site("index.html", text, "small.html", "<p>", "image.png", text, "given.css", text, "given.css.gz", "as given")
	must(t, dir, set, Options{Compress: true})
	got := tree(t, dir)
	names := slices.Sorted(maps.Keys(got))
	want := []string{"given.css", "given.css.br", "given.css.gz", "image.png", "index.html", "index.html.br", "index.html.gz", "small.html"}
	if !slices.Equal(names, want) || got["given.css.gz"] != "as given" {
		t.Fatal(names)
	}
	z, err := gzip.NewReader(strings.NewReader(got["index.html.gz"]))
	if err != nil {
		t.Fatal(err)
	}
	if plain, err := io.ReadAll(z); err != nil || string(plain) != text {
		t.Fatal("gzip:", err)
	}
	if plain, err := io.ReadAll(brotli.NewReader(strings.NewReader(got["index.html.br"]))); err != nil || string(plain) != text {
		t.Fatal("brotli:", err)
	}
	other := t.TempDir()
	must(t, other, set, Options{Compress: true})
	if !maps.Equal(tree(t, other), got) {
		t.Fatal("twins differ between two runs")
	}
	if err := os.Remove(filepath.Join(dir, "index.html.br")); err != nil {
		t.Fatal(err)
	}
	if r := must(t, dir, set, Options{Compress: true}); r.Written != 1 {
		t.Fatal(r)
	}
	expect(t, dir, got)
	must(t, dir, set, Options{})
	expect(t, dir, contents(set))
}

func TestManifestIsDeterministic(t *testing.T) {
	a, b := t.TempDir(), t.TempDir()
	set := site("index.html", "home", "é \"q\".html", "x", "a/b", "y")
	must(t, a, site("old", "x"), Options{})
	must(t, a, set, Options{})
	must(t, b, set, Options{})
	must(t, b, set, Options{})
	one, _ := os.ReadFile(filepath.Join(a, manifestName))
	two, _ := os.ReadFile(filepath.Join(b, manifestName))
	if !bytes.Equal(one, two) || len(one) == 0 {
		t.Fatalf("%s\n%s", one, two)
	}
	const want = `{"version": 1, "input": "", "instant": "", "loose": false, "twins": "", "files": [
{"path": "a/b", "size": 1, "sha256": "a1fce4363854ff888cff4b8e7875d600c2682390412a8cf79b37d0b11148b0fa"},
`
	if !strings.HasPrefix(string(one), want) {
		t.Fatalf("%s", one)
	}
	if exists(filepath.Join(a, journalName)) {
		t.Error("the journal stays")
	}
}

func TestTwoBuildsInTurn(t *testing.T) {
	dir := t.TempDir()
	p := newTarget(dir, Options{})
	for i := range 3 {
		set := site("index.html", fmt.Sprint(i), "same", "x")
		r, err := p.publish(set)
		if err != nil || i > 0 && (r.Written != 1 || r.Unchanged != 1) {
			t.Fatal(r, err)
		}
		expect(t, dir, contents(set))
	}
	must(t, dir, site("other", "by another build"), Options{})
	set := site("index.html", "2", "same", "x")
	if _, err := p.publish(set); err != nil {
		t.Fatal(err)
	}
	expect(t, dir, contents(set))
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if _, err := p.publish(set); err != nil {
		t.Fatal(err)
	}
	expect(t, dir, contents(set))
}

func TestSetsThatAreNoDirectory(t *testing.T) {
	for _, paths := range [][]string{
		{"a", "a/b"}, {"a", "a-b", "a/b/c"}, {"a", "a/b/c", "x"}, {manifestName}, {lockName}, {"x/.candor-tmp-1"}, {".gitignore"}, {".git/config"}, {"a/.x"}, {`a\b`}, {"a\x00"}, {"a\xff"},
	} {
		var files []fileset.File
		for _, p := range paths {
			files = append(files, fileset.File{Path: p})
		}
		dir := filepath.Join(t.TempDir(), "public")
		if _, err := Publish(dir, fileset.Must(files), Options{}); err == nil || exists(dir) {
			t.Errorf("%q: %v", paths, err)
		}
	}
}

// inMemory returns a folder that goes away with the test, in memory where the
// system has such: the tests publish thousands of times, and wait for no disk.
func inMemory(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "candor-test-")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}
