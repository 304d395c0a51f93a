package publish

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// refused publishes to dir and expects to be refused with the words, and that
// nothing is written.
func refused(t *testing.T, dir string, opt Options, words string) {
	t.Helper()
	_, err := Publish(dir, site("index.html", "x"), opt)
	var r *RefusedError
	if !errors.As(err, &r) || !strings.Contains(err.Error(), words) || r.Advice.Format == "" {
		t.Errorf("%s: %v, want a refusal that says %q", dir, err, words)
	}
	if exists(filepath.Join(dir, manifestName)) && words != "cannot be trusted" {
		t.Errorf("%s was written to", dir)
	}
}

func TestRefusals(t *testing.T) {
	base := t.TempDir()
	at := func(name string) string { return filepath.Join(base, name) }
	write(t, at("file"), "x")
	write(t, at("full/theirs.txt"), "x")
	write(t, at("someone/.bashrc"), "x")
	write(t, at("content/site.toml"), "x")
	write(t, at("home/.config/x"), "x")
	t.Setenv("HOME", at("home"))
	t.Setenv("USERPROFILE", at("home"))

	refused(t, "", Options{}, "no name")
	refused(t, filepath.VolumeName(base)+string(filepath.Separator), Options{}, "root of the file system")
	refused(t, at("home"), Options{}, "home folder")
	refused(t, at("someone"), Options{}, "looks like a home folder")
	refused(t, at("file"), Options{}, "it is a file")
	refused(t, at("file/public"), Options{}, "a file is in its place or above it")
	refused(t, at("full"), Options{}, `it holds "theirs.txt"`)

	keep := Options{Keep: []string{at("content"), at("no such themes")}}
	refused(t, at("content"), keep, "it is the folder")
	refused(t, at("content/public"), keep, "it is inside the folder")
	refused(t, at("content/a/b"), keep, "it is inside the folder")
	refused(t, base, keep, "it holds the folder")
	must(t, at("content-public"), site("index.html", "x"), keep)
	must(t, at("home/site/public"), site("index.html", "x"), keep)
}

func TestLinksToTheDirectory(t *testing.T) {
	base := t.TempDir()
	at := func(name string) string { return filepath.Join(base, name) }
	for link, to := range map[string]string{"link": "real", "dangling": "nowhere", "out": "content", "loop": "loop"} {
		if err := os.Symlink(to, at(link)); err != nil {
			t.Fatal(err)
		}
	}
	write(t, at("content/site.toml"), "x")
	if err := os.Mkdir(at("real"), 0o755); err != nil {
		t.Fatal(err)
	}
	set := site("index.html", "x")
	must(t, at("link"), set, Options{})
	expect(t, at("real"), contents(set))
	must(t, at("link/inner"), set, Options{})
	if !exists(at("real/inner/index.html")) {
		t.Error("a folder behind a link was not made there")
	}
	refused(t, at("dangling"), Options{}, "link to a folder that does not exist")
	refused(t, at("out"), Options{Keep: []string{at("content")}}, "it is the folder")
	if _, err := Publish(at("loop"), set, Options{}); err == nil {
		t.Error("published to a circle of links")
	}
}

func TestSpoiltPapers(t *testing.T) {
	const entry = `{"path": %PATH, "size": 1, "sha256": "a1fce4363854ff888cff4b8e7875d600c2682390412a8cf79b37d0b11148b0fa"}`
	victim := filepath.Join(t.TempDir(), "victim")
	write(t, victim, "x")
	manifests := []string{"", "{", "null", "[]", `{"version": 1}x`, `{"version": 2, "files": []}`, `{"version": 1, "files": [{"path": "a"}]}`,
		`{"version": 1, "files": [` + strings.ReplaceAll(entry, "%PATH", `"b"`) + "," + strings.ReplaceAll(entry, "%PATH", `"a"`) + "]}"}
	for _, path := range []string{`"../victim"`, `"/etc/passwd"`, `"a/../../victim"`, `"a//b"`, `"."`, `""`, `"a\\..\\b"`, `"a\u0000"`, `".candor-manifest.json"`, `".git/config"`, `".htaccess"`, `"a/.x"`} {
		manifests = append(manifests, `{"version": 1, "files": [`+strings.ReplaceAll(entry, "%PATH", path)+"]}")
	}
	for _, data := range manifests {
		dir := t.TempDir()
		write(t, filepath.Join(dir, manifestName), data)
		write(t, filepath.Join(dir, "theirs"), "x")
		refused(t, dir, Options{}, "cannot be trusted")
		expect(t, dir, map[string]string{"theirs": "x"})
	}
	for _, data := range []string{"", "{", `{"version": 1, "write": ["../victim"]}`, `{"version": 1, "delete": ["/etc/passwd"]}`, `{"version": 1, "delete": [".git/config"]}`} {
		dir := t.TempDir()
		must(t, dir, site("index.html", "home"), Options{})
		write(t, filepath.Join(dir, journalName), data)
		refused(t, dir, Options{}, "cannot be trusted")
	}
	if !exists(victim) {
		t.Fatal("reached outside")
	}
}

func TestASecondBuildWaitsOrSaysNo(t *testing.T) {
	dir := t.TempDir()
	target, err := resolve(dir)
	if err != nil {
		t.Fatal(err)
	}
	first, err := hold(target, -1)
	if err != nil {
		t.Fatal(err)
	}
	if first.lock == nil {
		first.release()
		t.Fatal("no locks here")
	}
	if _, err := Publish(dir, site("a", "a"), Options{Wait: -1}); !errors.Is(err, errBusy) {
		t.Fatal(err)
	}
	done := make(chan error)
	go func() {
		_, err := Publish(dir, site("a", "a"), Options{Wait: time.Hour})
		done <- err
	}()
	first.release()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
}

// FuzzPapers holds that no manifest or journal leads outside the directory.
func FuzzPapers(f *testing.F) {
	f.Add(string(manifest{compressor: compressor, files: []entry{{path: "a/b", size: 3}}}.encode()), string(journal{Write: []string{"a"}}.encode()))
	f.Add(`{"version":1,"files":[{"path":"../x","size":1}]}`, `{"version":1,"delete":["/x"]}`)
	f.Fuzz(func(t *testing.T, m, j string) {
		if parsed, err := parseManifest([]byte(m)); err == nil {
			for _, e := range parsed.files {
				if !filepath.IsLocal(e.path) || checkPath(e.path) != nil {
					t.Errorf("%q", e.path)
				}
			}
			again, err := parseManifest(parsed.encode())
			if err != nil || len(again.files) != len(parsed.files) || again.compressor != parsed.compressor {
				t.Errorf("encoded again: %v", err)
			}
		}
		if parsed, err := parseJournal([]byte(j)); err == nil {
			for _, p := range append(parsed.Write, parsed.Delete...) {
				if !filepath.IsLocal(p) || checkPath(p) != nil {
					t.Errorf("%q", p)
				}
			}
		}
	})
}
