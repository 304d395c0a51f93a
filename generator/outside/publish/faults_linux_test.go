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
	"testing"

	"candor/generator/fileset"
)

// scene is a publication by another process, to be disturbed at each of the system
// calls by which it changes something.
type scene struct {
	name    string
	do      task
	whole   func(t *testing.T, dir string, end ending) // what must hold after the disturbance
	prepare func(t *testing.T, dir string)
	again   func(t *testing.T, dir string) // publishes undisturbed, and holds that all is well
}

// ending is how a disturbed publication ended.
type ending struct {
	call   call
	fault  fault
	failed bool
}

// fault is what strace does instead of the call.
type fault struct{ name, inject, words string }

func faults() []fault {
	return []fault{
		// The error keeps the call from being carried out, whatever the kernel does first.
		{"killed", "error=EIO:signal=SIGKILL", ""},
		{"disk full", "error=ENOSPC", "no space left"},
		{"disk broken", "error=EIO", "input/output error"},
	}
}

// TestFaultsAtEverySystemCall runs each scene once to see its system calls, and
// then once for each fault at each of those that change something.
func TestFaultsAtEverySystemCall(t *testing.T) {
	for _, s := range slices.Concat(plainScenes(t), releaseScenes(t)) {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			dir := s.begin(t)
			r := s.in(dir).trace(t, changing)
			if r.err != nil {
				t.Fatalf("undisturbed: %v\n%s", r.err, r.output)
			}
			s.again(t, dir)
			disturbed := 0
			for _, c := range r.calls {
				if !c.changes(dir) {
					continue
				}
				c.text = strings.ReplaceAll(c.text, dir, "DIR")
				for _, f := range faults() {
					disturbed++
					if s.disturb(t, c, f); t.Failed() {
						t.Fatalf("%s at call %d of %s(%s", f.name, c.nth, c.name, c.text)
					}
				}
			}
			t.Logf("%d faults", disturbed)
			if disturbed < 30 {
				t.Error("too few: the calls are not being recognized\n", r.log)
			}
		})
	}
}

func (s scene) in(dir string) task {
	s.do.Dir = dir
	return s.do
}

// begin makes a directory as it is before the scene.
func (s scene) begin(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(inMemory(t), "out")
	s.prepare(t, dir)
	return dir
}

// disturb plays the scene with one fault.
func (s scene) disturb(t *testing.T, c call, f fault) {
	t.Helper()
	var dir string
	var r traced
	for attempt := 1; ; attempt++ {
		dir = s.begin(t)
		defer os.RemoveAll(filepath.Dir(dir))
		r = s.in(dir).trace(t, c.name, fmt.Sprintf("%s:%s:when=%d", c.name, f.inject, c.nth))
		if len(r.calls) >= c.nth && strings.ReplaceAll(r.calls[c.nth-1].text, dir, "DIR") == c.text {
			break
		}
		if attempt == 10 { // folders are worked on in parallel, and the runtime may have had something to write
			t.Fatalf("the calls are others than before: %s\n%s", c.text, r.log)
		}
	}
	end := ending{call: c, fault: f, failed: r.err != nil}
	if f.words == "" && !r.killed() {
		t.Fatalf("not killed: %v\n%s", r.err, r.output)
	}
	if f.words != "" && end.failed && !strings.Contains(r.output, f.words) {
		t.Errorf("the error does not say %q: %s", f.words, r.output)
	}
	// What cannot be linked is written. A folder is first removed as if it were a file;
	// whole compares all that is left.
	mended := c.name == "linkat" || c.name == "unlinkat" && !s.do.Release
	if !end.failed && !mended {
		t.Errorf("no error: %s", r.output)
	}
	s.whole(t, dir, end)
	s.again(t, dir)
}

// plainScenes are publications of files: changes, additions and deletions; the
// first; files and folders that trade places; and one whose umask takes away.
func plainScenes(t *testing.T) []scene {
	all := stories()
	trade := story{name: "all at once", before: all[1].before,
		after: fileset.Overlay(all[3].after, site("index.html", "home 2", "new/a.html", "new", "feed.xml", "feed"))}
	masked := plainScene(t, all[1])
	masked.name, masked.do.Umask = "umask", 0o77
	return []scene{plainScene(t, all[0]), plainScene(t, all[1]), plainScene(t, trade), masked}
}

func plainScene(t *testing.T, s story) scene {
	whole := wholeOf(t, s, Options{})
	want := fresh(t, s.after, Options{})
	begin := func(t *testing.T, dir string) {
		write(t, filepath.Join(dir, ".theirs"), "stays")
		for _, set := range s.before {
			quick(t, dir, set, Options{})
		}
	}
	model := t.TempDir()
	begin(t, model)
	before := tree(t, model)
	return scene{
		name: s.name, do: task{Files: contents(s.after)}, prepare: begin,
		whole: func(t *testing.T, dir string, end ending) {
			t.Helper()
			checkWhole(t, dir, whole)
			got := tree(t, dir)
			if !end.failed && !maps.Equal(got, want) {
				t.Errorf("no error, and not published: %q", got)
			}
			if end.fault.words != "" {
				checkNoTemps(t, dir)
			}
			// Making and filling files comes before the first visible change, but for
			// a file that becomes a folder.
			if end.fault.words != "" && s.name != "all at once" && (end.call.name == "write" || strings.HasPrefix(end.call.name, "open")) && !maps.Equal(got, before) {
				t.Errorf("changed on a full disk: %q", got)
			}
		},
		again: func(t *testing.T, dir string) {
			t.Helper()
			quick(t, dir, s.after, Options{})
			expect(t, dir, want)
			if exists(filepath.Join(dir, journalName)) {
				t.Error("the journal stays")
			}
			checkModes(t, dir)
			noEmptyFolders(t, dir)
		},
	}
}

func checkNoTemps(t *testing.T, dir string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(at string, d fs.DirEntry, err error) error {
		if err == nil && strings.HasPrefix(d.Name(), tempPrefix) {
			t.Errorf("left behind: %s", at)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func checkModes(t *testing.T, dir string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(at string, d fs.DirEntry, err error) error {
		if err != nil || d.Type()&fs.ModeSymlink != 0 {
			return err
		}
		info, err := d.Info()
		want := fileMode
		if d.IsDir() {
			want = dirMode
		}
		if err == nil && info.Mode().Perm() != want {
			t.Errorf("%s: %v", at, info.Mode())
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func releaseScenes(t *testing.T) []scene {
	var scenes []scene
	for _, s := range releaseStories() {
		scenes = append(scenes, releaseScene(t, s))
	}
	return scenes
}

func releaseScene(t *testing.T, s releaseStory) scene {
	whole := s.whole(t, Options{})
	next := releaseName(uint64(len(s.before)+1), s.after.Sum())
	return scene{
		name: "release, " + s.name, do: task{Release: true, Files: contents(s.after)},
		prepare: func(t *testing.T, dir string) { startReleases(t, dir, s, Options{}) },
		whole: func(t *testing.T, dir string, end ending) {
			t.Helper()
			checkReleases(t, dir, whole, s.was(), next)
			link, err := os.Readlink(filepath.Join(dir, currentName))
			if !end.failed && link != next {
				t.Errorf("no error, and not published: current leads to %q, %v", link, err)
			}
			if link != next && end.fault.words != "" && len(releases(t, dir)) != len(s.before) {
				t.Errorf("failed, and left behind: %q", releases(t, dir))
			}
			if end.fault.words != "" && end.call.name != "unlinkat" { // where the removal of an old release fails, its temporary name stays
				checkNoTemps(t, dir)
			}
			if errors.Is(err, fs.ErrNotExist) && len(s.before) > 0 {
				t.Error("current is gone")
			}
		},
		again: func(t *testing.T, dir string) {
			t.Helper()
			s.checkRedone(t, dir, whole, Options{})
			checkNoTemps(t, dir)
		},
	}
}
