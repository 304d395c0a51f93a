package publish

import (
	"os"
	"path/filepath"
	"testing"

	"candor/generator/fileset"
)

// nexter is a Publisher or a Releaser.
type nexter interface {
	Publish(fileset.Set) (Report, error)
	PublishNext(fileset.Set) (Report, error)
}

func next(t *testing.T, p nexter, set fileset.Set) Report {
	t.Helper()
	r, err := p.PublishNext(set)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestNextBelieves: of what the publisher itself left, only what changes is
// touched, and the next Publish puts back what was damaged meanwhile.
func TestNextBelieves(t *testing.T) {
	dir := t.TempDir()
	p := New(dir, Options{})
	a := site("a", "1", "b/c", "1", "d", "1")
	b := site("a", "2", "b/c", "1", "d", "1")
	write(t, filepath.Join(dir, ".theirs"), "stays")
	if r := next(t, p, a); r.Written != 3 {
		t.Error(r)
	}
	remove(t, dir, "d")
	if r := next(t, p, b); r.Written != 1 || r.Unchanged != 2 {
		t.Error(r)
	}
	expect(t, dir, map[string]string{".theirs": "stays", "a": "2", "b/c": "1"})
	if r, err := p.Publish(b); err != nil || r.Written != 1 {
		t.Error(r, err)
	}
	expect(t, dir, map[string]string{".theirs": "stays", "a": "2", "b/c": "1", "d": "1"})

	remove(t, dir, "d")
	if r := next(t, New(dir, Options{}), b); r.Written != 1 {
		t.Error("a publisher believes what it has not seen:", r)
	}
	remove(t, dir, "d")
	must(t, dir, a, Options{}) // somebody else's, who puts d back, too
	remove(t, dir, "b/c")
	if r := next(t, p, a); r.Written != 1 {
		t.Error("a publisher believes what somebody else left:", r)
	}
	expect(t, dir, map[string]string{".theirs": "stays", "a": "1", "b/c": "1", "d": "1"})
}

func remove(t *testing.T, dir, name string) {
	t.Helper()
	if err := os.Remove(filepath.Join(dir, name)); err != nil {
		t.Fatal(err)
	}
}

// TestNextAfterTrouble stops and fails one publication of a publisher at each of
// its steps. The publisher's next one completes what there is to do.
func TestNextAfterTrouble(t *testing.T) {
	for _, kill := range []bool{true, false} {
		for _, s := range stories() {
			same, other := fresh(t, s.after, Options{}), fresh(t, s.next, Options{})
			for k := 0; ; k++ {
				dir := start(t, s, Options{})
				p := New(dir, Options{})
				p.wrap = func(d disk) disk { return unsynced{d} }
				if len(s.before) > 0 {
					next(t, p, s.before[len(s.before)-1])
				}
				sab := &saboteur{steps: k, kill: kill}
				struck, _ := sab.strike(&p.outlet, func() error { _, err := p.PublishNext(s.after); return err })
				if !struck {
					break
				}
				p.wrap = func(d disk) disk { return unsynced{d} }
				if k%2 == 0 {
					next(t, p, s.after)
					expect(t, dir, same)
				} else {
					next(t, p, s.next)
					expect(t, dir, other)
				}
				if exists(filepath.Join(dir, journalName)) {
					t.Error("the journal stays")
				}
				if t.Failed() {
					t.Fatalf("%s, killed %v, after %d steps", s.name, kill, k)
				}
				os.RemoveAll(dir)
			}
		}
	}
}

// TestNextRelease: a release takes over what the one before is believed to hold,
// and writes what is not there.
func TestNextRelease(t *testing.T) {
	dir := t.TempDir()
	r := NewReleaser(dir, Options{})
	a := site("a", "1", "b/c", "1", "d", "1")
	b := site("a", "2", "b/c", "1", "d", "1")
	next(t, r, a)
	first := current(t, dir)
	remove(t, dir, first+"/d")
	if report := next(t, r, a); report.Written != 0 || current(t, dir) != first {
		t.Error(report)
	}
	if report := next(t, r, b); report.Written != 2 {
		t.Error(report)
	}
	expect(t, filepath.Join(dir, current(t, dir)), contents(b))

	remove(t, dir, "current") // back to the first, by hand
	if err := os.Symlink(first, filepath.Join(dir, "current")); err != nil {
		t.Fatal(err)
	}
	next(t, r, a)
	expect(t, filepath.Join(dir, current(t, dir)), contents(a))

	remove(t, dir, current(t, dir)+"/b/c")
	if report, err := r.Publish(a); err != nil || report.Written != 1 {
		t.Error(report, err)
	}
	expect(t, filepath.Join(dir, current(t, dir)), contents(a))
}

// TestNextIsFitForADirectory: a set that no directory can hold is refused, however
// it came about.
func TestNextIsFitForADirectory(t *testing.T) {
	for _, sets := range [][]fileset.Set{
		{site("a", "1", "a/b", "1")},
		{site("a", "1"), site("a", "1", "a/b", "1")},
		{site("a/b", "1"), site("a", "1", "a/b", "1")},
		{site("a/b/c", "1", "x", "1"), site("a/b/c", "1", "a", "1", "x", "1")},
		{site("x", "1"), site("x", "1", ".candor-lock", "1")},
	} {
		p := New(t.TempDir(), Options{})
		for _, set := range sets[:len(sets)-1] {
			next(t, p, set)
		}
		for range 2 {
			if r, err := p.PublishNext(sets[len(sets)-1]); err == nil {
				t.Errorf("%v is published: %v", contents(sets[len(sets)-1]), r)
			}
		}
	}
}
