package publish

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"testing"

	"candor/generator/fileset"
)

// node is a file, a folder or a link of a volatile disk: as it is, and as it was when
// it was last synced.
type node struct {
	folder       bool
	data, synced string           // of a link, where it leads
	files, saved map[string]*node // of a folder
	link         bool
}

func newFolder() *node {
	return &node{folder: true, files: map[string]*node{}, saved: map[string]*node{}}
}

// volatile is a disk that also plays every call on a model that forgets, in a power
// cut, what was not synced, as POSIX allows: it promises no more.
type volatile struct {
	disk
	top *node
	cut func() // is called after each change
}

func (v *volatile) at(name string) *node {
	n := v.top
	if name != "." {
		for _, up := range append(parents(name), name) {
			n = n.files[path.Base(up)]
		}
	}
	return n
}

// play changes the model if the disk did change.
func (v *volatile) play(err error, name string, change func(folder map[string]*node, base string)) error {
	if err == nil {
		change(v.at(path.Dir(name)).files, path.Base(name))
		v.cut()
	}
	return err
}

func (v *volatile) create(name string, data []byte) error {
	return v.play(v.disk.create(name, data), name, func(in map[string]*node, base string) {
		in[base] = &node{data: string(data), synced: "torn"}
	})
}

func (v *volatile) symlink(to, name string) error {
	return v.play(v.disk.symlink(to, name), name, func(in map[string]*node, base string) {
		in[base] = &node{data: to, synced: to, link: true}
	})
}

func (v *volatile) link(from, name string) error {
	return v.play(v.disk.link(from, name), name, func(in map[string]*node, base string) { in[base] = v.at(from) })
}

func (v *volatile) mkdir(name string) error {
	return v.play(v.disk.mkdir(name), name, func(in map[string]*node, base string) {
		if in[base] == nil {
			in[base] = newFolder()
		}
	})
}

func (v *volatile) rename(from, name string) error {
	return v.play(v.disk.rename(from, name), name, func(in map[string]*node, base string) {
		in[base] = in[path.Base(from)]
		delete(in, path.Base(from))
	})
}

func (v *volatile) remove(name string) error {
	return v.play(v.disk.remove(name), name, func(in map[string]*node, base string) { delete(in, base) })
}

func (v *volatile) removeAll(name string) error {
	return v.play(v.disk.removeAll(name), name, func(in map[string]*node, base string) {
		if n := in[base]; n != nil && n.folder {
			n.files = map[string]*node{}
		}
		delete(in, base)
	})
}

func (v *volatile) sync(names []string) error {
	for _, name := range names {
		n := v.at(name)
		n.synced, n.saved = n.data, maps.Clone(n.files)
	}
	return nil
}

func (n *node) flush() {
	n.synced, n.saved = n.data, maps.Clone(n.files)
	for _, inner := range n.files {
		inner.flush()
	}
}

// read takes in what is at a path.
func (n *node) read(t *testing.T, at string) *node {
	entries, err := os.ReadDir(at)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		inner := filepath.Join(at, e.Name())
		switch {
		case e.IsDir():
			n.files[e.Name()] = newFolder().read(t, inner)
		case e.Type() == os.ModeSymlink:
			to, _ := os.Readlink(inner)
			n.files[e.Name()] = &node{data: to, link: true}
		default:
			data, _ := os.ReadFile(inner)
			n.files[e.Name()] = &node{data: string(data)}
		}
	}
	return n
}

// write writes what is left after a power cut: of what was not synced, lost says
// each time whether it is lost.
func (n *node) write(t *testing.T, at string, lost func() bool) {
	var err error
	data := n.data
	if !n.folder && lost() {
		data = n.synced
	}
	switch {
	case n.folder:
		err = os.MkdirAll(at, 0o755)
		names := maps.Clone(n.files)
		maps.Copy(names, n.saved)
		for name := range names {
			inner := n.files[name]
			if n.saved[name] != inner && lost() {
				inner = n.saved[name]
			}
			if inner != nil {
				inner.write(t, filepath.Join(at, name), lost)
			}
		}
	case n.link:
		err = os.Symlink(data, at)
	default:
		err = os.WriteFile(at, []byte(data), 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// powerCuts publishes to a volatile disk, and calls check with what is left after a
// power cut at any moment: all that was not synced is lost, or some of it. At the
// end, ended is true.
func powerCuts(t *testing.T, dir string, to *target, publish func() error, check func(left string, ended bool)) {
	t.Helper()
	random := rand.New(rand.NewPCG(1, 2))
	some := func() bool { return random.IntN(2) == 0 }
	all := func() bool { return true }
	v := &volatile{top: newFolder().read(t, dir)}
	v.top.flush()
	examine := func(ended bool) {
		for _, lost := range []func() bool{all, some, some} {
			left := filepath.Join(inMemory(t), "out")
			v.top.write(t, left, lost)
			check(left, ended)
			os.RemoveAll(filepath.Dir(left))
		}
	}
	moment := 0
	v.cut = func() {
		moment++
		examine(false)
		if t.Failed() {
			t.Fatal("power cut after change ", moment)
		}
	}
	to.workers, to.wrap = 1, func(d disk) disk { v.disk = d; return v }
	if err := publish(); err != nil {
		t.Fatal(err)
	}
	examine(true)
}

// TestPowerCut: whatever a power cut leaves, every file is whole and the next
// publication completes the work; after the end of a publication it takes nothing
// away, and brings nothing back.
func TestPowerCut(t *testing.T) {
	for _, s := range stories()[1:] { // the first publication does not wait for the disk
		t.Run(s.name, func(t *testing.T) {
			dir := start(t, s, Options{})
			whole, want := wholeOf(t, s, Options{}), fresh(t, s.after, Options{})
			to := newTarget(dir, Options{})
			publish := func() error { _, err := to.publish(s.after); return err }
			powerCuts(t, dir, to, publish, func(left string, ended bool) {
				checkWhole(t, left, whole)
				if ended {
					expect(t, left, want)
				}
				quick(t, left, s.after, Options{})
				expect(t, left, want)
				if exists(filepath.Join(left, journalName)) {
					t.Error("the journal stays")
				}
			})
		})
	}
}

// TestPowerCutOfTheFirst: the first publication does not wait for the disk. What a power
// cut leaves of it the next mends, even a page of the right size, and the second has
// both on the disk.
func TestPowerCutOfTheFirst(t *testing.T) {
	first, second := site("index.html", "home", "a/index.html", "1111", "b.html", "same"), site("index.html", "2222", "b.html", "same")
	for _, sets := range [][]fileset.Set{{first, first}, {first, second}} {
		dir := inMemory(t)
		to := newTarget(dir, Options{})
		publish := func() error {
			for _, set := range sets {
				if _, err := to.publish(set); err != nil {
					return err
				}
			}
			return nil
		}
		powerCuts(t, dir, to, publish, func(left string, ended bool) {
			if ended {
				expect(t, left, contents(sets[1]))
			}
			quick(t, left, sets[1], Options{})
			expect(t, left, contents(sets[1]))
		})
	}
}

// TestPowerCutOfReleases: the current release is whole at any moment, and after the
// end of a publication it is the new one.
func TestPowerCutOfReleases(t *testing.T) {
	for _, s := range releaseStories() {
		t.Run(s.name, func(t *testing.T) {
			dir := inMemory(t)
			startReleases(t, dir, s, Options{})
			whole := s.whole(t, Options{})
			next := releaseName(uint64(len(s.before)+1), s.after.Sum())
			to := newTarget(dir, Options{})
			publish := func() error { _, err := to.release(s.after); return err }
			powerCuts(t, dir, to, publish, func(left string, ended bool) {
				checkReleases(t, left, whole, s.was(), next)
				if ended && current(t, left) != next {
					t.Error(fmt.Sprint("current is ", current(t, left)))
				}
				s.checkRedone(t, left, whole, Options{})
			})
		})
	}
}
