package publish

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// refusedRelease releases to dir and expects to be refused with the words, and
// that nothing is written.
func refusedRelease(t *testing.T, dir string, opt Options, words string) {
	t.Helper()
	before := map[string]string{}
	if exists(dir) && dir != filepath.Dir(dir) {
		before = tree(t, dir)
	}
	_, err := Release(dir, site("index.html", "x"), opt)
	var r *RefusedError
	if !errors.As(err, &r) || !strings.Contains(err.Error(), words) || r.Advice.Format == "" {
		t.Errorf("%s: %v, want a refusal that says %q", dir, err, words)
	}
	if exists(dir) && dir != filepath.Dir(dir) && !maps.Equal(tree(t, dir), before) {
		t.Errorf("%s was written to", dir)
	}
}

func TestReleaseRefusals(t *testing.T) {
	base := t.TempDir()
	at := func(name string) string { return filepath.Join(base, name) }
	link := func(name, to string) {
		t.Helper()
		if err := os.MkdirAll(at(filepath.Dir(name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(to, at(name)); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("HOME", at("home"))
	t.Setenv("USERPROFILE", at("home"))
	write(t, at("home/.config/x"), "x")
	write(t, at("someone/.bashrc"), "x")
	write(t, at("content/site.toml"), "x")
	write(t, at("full/theirs.txt"), "x")
	write(t, at("pattern/000001-12345678/index.html"), "x")
	write(t, at("file/"+currentName), "x")
	write(t, at("folder/"+currentName+"/index.html"), "x")
	write(t, at("capistrano/releases/20150101/index.html"), "x")
	link("capistrano/current", "releases/20150101")
	link("away/current", "../capistrano/000001-12345678")
	link("far/current", at("capistrano/000001-12345678"))
	must(t, at("plain"), site("index.html", "x"), Options{})
	write(t, at("stopped/"+journalName), string(journal{}.encode()))

	refusedRelease(t, "", Options{}, "no name")
	refusedRelease(t, filepath.VolumeName(base)+string(filepath.Separator), Options{}, "root of the file system")
	refusedRelease(t, at("home"), Options{}, "home folder")
	refusedRelease(t, at("someone"), Options{}, "looks like a home folder")
	refusedRelease(t, at("full"), Options{}, `it holds "theirs.txt"`)
	refusedRelease(t, at("pattern"), Options{}, `it holds "000001-12345678"`)
	refusedRelease(t, at("file"), Options{}, "not a symbolic link")
	refusedRelease(t, at("folder"), Options{}, "not a symbolic link")
	refusedRelease(t, at("capistrano"), Options{}, "leads to releases/20150101")
	refusedRelease(t, at("away"), Options{}, "not a release by candor")
	refusedRelease(t, at("far"), Options{}, "not a release by candor")
	refusedRelease(t, at("plain"), Options{}, "not as a release")
	refusedRelease(t, at("stopped"), Options{}, "not as a release")
	keep := Options{Keep: []string{at("content")}}
	refusedRelease(t, at("content"), keep, "it is the folder")
	refusedRelease(t, at("content/public"), keep, "it is inside the folder")
	refusedRelease(t, base, keep, "it holds the folder")
}

// TestReleasesAreNotPublishedOver holds that the two kinds of publication keep
// away from each other.
func TestReleasesAreNotPublishedOver(t *testing.T) {
	dir := t.TempDir()
	name := mustRelease(t, dir, site("index.html", "home"), Options{}).Release
	refused(t, dir, Options{}, "it holds releases")
	for _, inner := range []string{name, currentName} {
		_, err := Publish(filepath.Join(dir, inner), site("index.html", "x"), Options{})
		var r *RefusedError
		if !errors.As(err, &r) || !strings.Contains(err.Error(), "it is a release") {
			t.Error(err)
		}
		refusedRelease(t, filepath.Join(dir, inner), Options{}, "it is a release")
	}
	expect(t, filepath.Join(dir, name), map[string]string{"index.html": "home"})
}

// TestLeftovers holds that what a stopped publication left goes, even where
// nothing is to be published, and that only our names go.
func TestLeftovers(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	set := site("index.html", "home")
	mustRelease(t, dir, set, Options{})
	ours := []string{releaseTemp + "000002-12345678", releaseTemp + "000001-abcdef01"}
	theirs := []string{".candor-tmp-release-x/file", ".candor-tmp-else/file", ".candor-other", ".git/config", "note.txt"}
	for _, name := range theirs {
		write(t, at(name), "x")
	}
	for range 2 {
		for _, name := range ours {
			write(t, at(name+"/a/b/index.html"), "x")
			if err := os.Symlink(at("note.txt"), at(name+"/a/link")); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.Symlink("000002-12345678", at(currentTemp)); err != nil {
			t.Fatal(err)
		}
		mustRelease(t, dir, set, Options{})
		for _, name := range append(ours, currentTemp) {
			if exists(at(name)) {
				t.Errorf("%s stays", name)
			}
		}
		for _, name := range theirs {
			if !exists(at(name)) {
				t.Errorf("%s is gone", name)
			}
		}
		set = site("index.html", "home 2")
	}
}

func TestNamesOfReleases(t *testing.T) {
	for name, want := range map[string]uint64{
		"000001-1a2b3c4d": 1, "000017-00000000": 17, "999999-abcdef01": 999_999, "1000000-abcdef01": 1_000_000,
		"000000-12345678": 0, "00017-12345678": 0, "0000017-12345678": 0, "000017-1234567": 0, "000017-123456789": 0,
		"000017-1234567G": 0, "000017-1234567A": 0, "000017": 0, "-12345678": 0, "+00017-12345678": 0, "000017-12345678-": 0, "": 0,
		"9999999999999-12345678": 0, "000 17-12345678": 0,
	} {
		if got := numberOf(name); got != want {
			t.Errorf("%s: %d, want %d", name, got, want)
		}
	}
	if name := releaseName(1_234_567, site().Sum()); numberOf(name) != 1_234_567 {
		t.Error(name)
	}
}
