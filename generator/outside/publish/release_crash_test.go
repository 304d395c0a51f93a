package publish

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"candor/generator/fileset"
)

// releaseStory is one release more, to be interrupted.
type releaseStory struct {
	name   string
	before []fileset.Set // released whole, in turn
	after  fileset.Set
}

func releaseStories() []releaseStory {
	a, b := stories()[1].before[0], stories()[1].after
	full := []fileset.Set{}
	for i := range kept {
		full = append(full, fileset.Overlay(a, site("index.html", fmt.Sprint("home ", i))))
	}
	return []releaseStory{{"first", nil, a}, {"second", []fileset.Set{a}, b}, {"sixth", full, b}}
}

func startReleases(t testing.TB, dir string, s releaseStory, opt Options) {
	t.Helper()
	write(t, filepath.Join(dir, ".theirs"), "stays")
	for _, set := range s.before {
		quickRelease(t, dir, set, opt)
	}
}

// whole returns what each set of the story is as a release, by its digest.
func (s releaseStory) whole(t testing.TB, opt Options) map[string]map[string]string {
	t.Helper()
	whole := map[string]map[string]string{}
	for _, set := range append(slices.Clone(s.before), s.after) {
		dir := inMemory(t)
		quick(t, dir, set, opt)
		quick(t, dir, set, opt) // the first publication is loose
		whole[set.Sum().Short()] = withPapers(t, dir)
	}
	return whole
}

// withPapers is tree with the manifest, and the journal that a release never has.
func withPapers(t testing.TB, dir string) map[string]string {
	t.Helper()
	files := tree(t, dir)
	for _, name := range []string{manifestName, journalName} {
		if data, err := os.ReadFile(filepath.Join(dir, name)); err == nil {
			files[name] = string(data)
		}
	}
	return files
}

// checkReleases holds that each release is whole, and that current leads to one of
// those that are allowed.
func checkReleases(t testing.TB, dir string, whole map[string]map[string]string, allowed ...string) {
	t.Helper()
	for _, name := range releases(t, dir) {
		_, sum, _ := strings.Cut(name, "-")
		if got := withPapers(t, filepath.Join(dir, name)); !maps.Equal(got, whole[sum]) {
			t.Errorf("%s holds %q", name, got)
		}
	}
	link, err := os.Readlink(filepath.Join(dir, currentName))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
	if !slices.Contains(allowed, link) {
		t.Errorf("current leads to %q, not to one of %q", link, allowed)
	}
	if link != "" && !slices.Contains(releases(t, dir), link) {
		t.Errorf("current leads to %s, which is not there", link)
	}
}

// checkTidy holds that nothing of ours lies about at the top.
func checkTidy(t testing.TB, dir string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if name := e.Name(); name != ".theirs" && name != currentName && !isRelease(name) {
			t.Errorf("left behind: %s", name)
		}
	}
}

// was returns the release that is out before the story is told: none, or the one
// of the highest number.
func (s releaseStory) was() string {
	if len(s.before) == 0 {
		return ""
	}
	return releaseName(uint64(len(s.before)), s.before[len(s.before)-1].Sum())
}

// checkRedone releases the set again, without disturbance, and holds that nothing
// is to be seen of the disturbance.
func (s releaseStory) checkRedone(t testing.TB, dir string, whole map[string]map[string]string, opt Options) {
	t.Helper()
	r := quickRelease(t, dir, s.after, opt)
	checkReleases(t, dir, whole, r.Release)
	checkTidy(t, dir)
	if got := withPapers(t, filepath.Join(dir, r.Release)); !maps.Equal(got, whole[s.after.Sum().Short()]) {
		t.Errorf("released again: %q", got)
	}
	if n := len(releases(t, dir)); n > kept {
		t.Errorf("%d releases are kept", n)
	}
}

// TestReleaseKilledAtEveryStep stops the making of a release before each of its
// steps; TestReleaseFailsAtEveryStep lets each fail.
func TestReleaseKilledAtEveryStep(t *testing.T) { interruptReleases(t, true) }

func TestReleaseFailsAtEveryStep(t *testing.T) { interruptReleases(t, false) }

func interruptReleases(t *testing.T, kill bool) {
	for _, s := range releaseStories() {
		whole := s.whole(t, Options{})
		next := releaseName(uint64(len(s.before)+1), s.after.Sum())
		for k := 0; ; k++ {
			dir := inMemory(t)
			startReleases(t, dir, s, Options{})
			p := newTarget(dir, Options{})
			sab := &saboteur{steps: k, kill: kill}
			struck, err := sab.strike(p, func() error { _, err := p.release(s.after); return err })
			if !struck {
				break
			}
			checkReleases(t, dir, whole, s.was(), next)
			if !kill {
				if err != nil && !errors.Is(err, syscall.ENOSPC) {
					t.Fatal(err)
				}
				if err == nil && current(t, dir) != next { // a file that cannot be linked is written
					t.Error("no error, and not published")
				}
				if !strings.Contains(fmt.Sprint(err), "remove old release") {
					checkTidy(t, dir)
				}
			}
			s.checkRedone(t, dir, whole, Options{})
			if t.Failed() {
				t.Fatalf("%s, interrupted after %d steps: %v", s.name, k, err)
			}
			os.RemoveAll(dir)
		}
	}
}
