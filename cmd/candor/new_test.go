package main

import (
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"candor/generator/fileset"
)

// TestLocale chooses language and zone of a new site as POSIX locales do.
func TestLocale(t *testing.T) {
	for _, c := range []struct {
		env        map[string]string
		lang, zone string
	}{
		{nil, "en", "UTC"},
		{map[string]string{"LANG": "zh_CN.UTF-8"}, "zh-Hans", "Asia/Shanghai"},
		{map[string]string{"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en", "UTC"},
		{map[string]string{"LC_MESSAGES": "zh_TW", "TZ": "Asia/Taipei"}, "zh-Hans", "Asia/Taipei"},
		{map[string]string{"LANG": "en_GB.UTF-8", "TZ": ":Europe/London"}, "en", "Europe/London"},
		{map[string]string{"TZ": "CET-1CEST"}, "en", "UTC"},
		{map[string]string{"TZ": "/etc/localtime"}, "en", "UTC"},
	} {
		getenv := func(name string) string { return c.env[name] }
		lang := localeLanguage(getenv)
		if zone := localeZone(getenv, lang); lang != c.lang || zone != c.zone {
			t.Errorf("%v: %s, %s", c.env, lang, zone)
		}
	}
}

// TestWriteNewUndoes leaves nothing behind when a later file cannot be written,
// and nothing touched that was there before.
func TestWriteNewUndoes(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "wall"), []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	set := fileset.Must([]fileset.File{
		fileset.NewFile("deep/er/a.md", []byte("a")),
		fileset.NewFile("wall/b.md", []byte("b")), // below a file
	})
	if err := writeNew(dir, set, "empty"); err == nil {
		t.Fatal("written below a file")
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 || entries[0].Name() != "wall" {
		t.Errorf("left behind: %v %v", entries, err)
	}
}

// TestWriteNewMakesFolders makes the folder that is missing, and those above it,
// and removes them again after a failure.
func TestWriteNewMakesFolders(t *testing.T) {
	dir := t.TempDir()
	deep := filepath.Join(dir, "a", "b")
	set := fileset.Must([]fileset.File{fileset.NewFile("c/d.md", []byte("d")), fileset.NewFile("c/d.md/e.md", []byte("e"))})
	if err := writeNew(deep, set, "empty"); err == nil {
		t.Fatal("written below a file")
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) > 0 {
		t.Errorf("left behind: %v %v", entries, err)
	}
	if err := writeNew(deep, set.Under("c/d.md"), "empty"); err != nil {
		t.Error(err)
	}
	for _, name := range []string{"c/d.md/e.md", "empty"} {
		if _, err := os.Stat(filepath.Join(deep, filepath.FromSlash(name))); err != nil {
			t.Error(err)
		}
	}
}

// TestWriteNewStaysInside follows no link out of the content folder.
func TestWriteNewStaysInside(t *testing.T) {
	dir, outside := t.TempDir(), t.TempDir()
	if err := os.Symlink(outside, filepath.Join(dir, "incidents")); err != nil {
		t.Fatal(err)
	}
	set := fileset.Must([]fileset.File{fileset.NewFile("incidents/rash/index.md", []byte("a"))})
	if err := writeNew(dir, set); err == nil {
		t.Error("written through the link")
	}
	err := filepath.WalkDir(outside, func(path string, _ fs.DirEntry, err error) error {
		if path != outside {
			t.Errorf("%s was written outside", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("nowhere", filepath.Join(dir, "a.md")); err != nil {
		t.Fatal(err)
	}
	if err := writeNew(dir, fileset.Must([]fileset.File{fileset.NewFile("a.md", []byte("a"))})); err == nil {
		t.Error("a dangling link was taken for nothing")
	}
}

// TestNewStatuses holds the exit statuses (design §5).
func TestNewStatuses(t *testing.T) {
	dir := t.TempDir()
	site := filepath.Join(dir, "site")
	content := filepath.Join(site, "content")
	incident := []string{"new", "incident", "rash", "--content", content, "--type", "attack", "--level", "2", "--stance", "full", "--at", "2026-11-04T10:00"}
	for _, c := range []struct {
		args []string
		want int
	}{
		{[]string{"new", "site", site, "--lang", "en", "--time-zone", "UTC"}, exitFine},
		{[]string{"new", "site", site}, exitUsage},
		{incident, exitFine},
		{incident, exitUsage}, // it exists
		{[]string{"new", "update", "nothing", "--content", content}, exitUsage},
		{[]string{"new", "update", "rash", "--content", filepath.Join(dir, "none")}, exitEnvironment},
		{[]string{"new", "update", "rash", "--content", content, "--at", "2026-11-04T12:00"}, exitFine},
		{[]string{"build", "--content", content, "--output", filepath.Join(dir, "public")}, exitContent},
		{[]string{"new", "thing"}, exitUsage},
		{[]string{"new", "update", "--frequency"}, exitUsage},
	} {
		var stdout, stderr strings.Builder
		if got := run(c.args, &stdout, &stderr); got != c.want {
			t.Errorf("candor %s: %d, not %d\n%s", strings.Join(c.args, " "), got, c.want, stderr.String())
		}
		if c.want != exitFine && stdout.Len() > 0 {
			t.Errorf("candor %s: printed %s", strings.Join(c.args, " "), stdout.String())
		}
	}
	if err := os.WriteFile(filepath.Join(content, "site.toml"), []byte("titel = 1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := run([]string{"new", "update", "rash", "--content", content}, io.Discard, io.Discard); got != exitContent {
		t.Errorf("a broken site.toml: %d", got)
	}
}
