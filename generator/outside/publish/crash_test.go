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

	"candor/generator/fileset"
)

// saboteur is a disk that stops working after some steps: killed, it panics and
// does no more; full, it fails that once, having written half of a file.
type saboteur struct {
	disk
	steps int // that still succeed
	kill  bool
	only  string // the operation that counts; "" for all
	dead  bool
	dir   string
}

type killed struct{}

func (s *saboteur) step(operation, name string, half func()) error {
	if s.dead {
		panic(killed{})
	}
	if s.only != "" && s.only != operation {
		return nil
	}
	if s.steps--; s.steps != -1 {
		return nil
	}
	if s.kill {
		half()
		s.dead = true
		panic(killed{})
	}
	return fmt.Errorf("%s %s: %w", operation, name, syscall.ENOSPC)
}

func (s *saboteur) create(name string, data []byte) error {
	half := func() { os.WriteFile(filepath.Join(s.dir, name), data[:len(data)/2], 0o644) }
	if err := s.step("create", name, half); err != nil {
		return err
	}
	return s.disk.create(name, data)
}

func (s *saboteur) rename(from, to string) error {
	if err := s.step("rename", to, func() {}); err != nil {
		return err
	}
	return s.disk.rename(from, to)
}

func (s *saboteur) remove(name string) error {
	if err := s.step("remove", name, func() {}); err != nil {
		return err
	}
	return s.disk.remove(name)
}

func (s *saboteur) removeAll(name string) error {
	if err := s.step("removeAll", name, func() { removeSome(filepath.Join(s.dir, name)) }); err != nil {
		return err
	}
	return s.disk.removeAll(name)
}

// removeSome removes the first file that it finds below a path.
func removeSome(at string) {
	filepath.WalkDir(at, func(at string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return nil
		}
		os.Remove(at)
		return fs.SkipAll
	})
}

func (s *saboteur) mkdir(name string) error {
	if err := s.step("mkdir", name, func() {}); err != nil {
		return err
	}
	return s.disk.mkdir(name)
}

func (s *saboteur) link(from, to string) error {
	if err := s.step("link", to, func() {}); err != nil {
		return err
	}
	return s.disk.link(from, to)
}

func (s *saboteur) symlink(to, name string) error {
	if err := s.step("symlink", name, func() {}); err != nil {
		return err
	}
	return s.disk.symlink(to, name)
}

func (s *saboteur) sync(names []string) error {
	return s.step("sync", names[0], func() {})
}

// unsynced is a disk that is never waited for; the tests publish thousands of
// times.
type unsynced struct{ disk }

func (unsynced) sync([]string) error { return nil }

// quick is must on an unsynced disk.
func quick(t testing.TB, dir string, set fileset.Set, opt Options) {
	t.Helper()
	p := newTarget(dir, opt)
	p.wrap = func(d disk) disk { return unsynced{d} }
	if _, err := p.publish(set); err != nil {
		t.Fatal(err)
	}
}

// sabotaged publishes and says whether the saboteur had anything to do.
func sabotaged(dir string, set fileset.Set, opt Options, s *saboteur) (struck bool, err error) {
	p := newTarget(dir, opt)
	return s.strike(p, func() error { _, err := p.publish(set); return err })
}

// strike calls do, which publishes to the target.
func (s *saboteur) strike(o *target, do func() error) (struck bool, err error) {
	o.workers = 1
	o.wrap = func(d disk) disk { s.disk, s.dir = d, o.dir; return s }
	defer func() {
		switch e := recover().(type) {
		case nil:
		case killed:
			struck = true
		default:
			panic(e)
		}
	}()
	err = do()
	return s.steps < 0, err
}

// story is one change of a site, to be interrupted.
type story struct {
	name        string
	before      []fileset.Set // published whole, in turn
	after, next fileset.Set   // interrupted; published afterwards by somebody who wants something else
}

func stories() []story {
	long := strings.Repeat("<p>公布第三方检测报告。</p>", 20)
	a := site("index.html", "home "+long, "style.css", "css "+long, "feed.xml", "feed", "a/index.html", "a "+long, "a/old/index.html", "old", "gone.html", "gone "+long)
	b := site("index.html", "home2 "+long, "style.css", "css2 "+long, "feed.xml", "feed2", "a/index.html", "a "+long, "b/c/new.html", "new "+long)
	c := site("index.html", "home "+long, "gone.html", "gone2 "+long, "b/d.html", "d")
	trade := site("index.html", "home", "a", "a file now", "gone.html/index.html", "a folder now")
	return []story{
		{"first", nil, a, c},
		{"change", []fileset.Set{a}, b, c},
		{"back again", []fileset.Set{a}, b, a},
		{"files and folders", []fileset.Set{a}, trade, a},
		{"to nothing", []fileset.Set{a}, fileset.Set{}, b},
		{"from nothing", []fileset.Set{a, {}}, b, c},
	}
}

func start(t *testing.T, s story, opt Options) string {
	dir := inMemory(t)
	write(t, filepath.Join(dir, ".theirs"), "stays")
	for _, set := range s.before {
		quick(t, dir, set, opt)
	}
	return dir
}

// wholeOf returns every content that a path may have in the course of a story.
func wholeOf(t *testing.T, s story, opt Options) map[string][]string {
	whole := map[string][]string{".theirs": {"stays"}}
	for _, set := range append(s.before, s.after) {
		dir := inMemory(t)
		quick(t, dir, set, opt)
		for name, data := range tree(t, dir) {
			whole[name] = append(whole[name], data)
		}
	}
	return whole
}

func checkWhole(t *testing.T, dir string, whole map[string][]string) {
	t.Helper()
files:
	for name, data := range tree(t, dir) {
		if strings.HasPrefix(filepath.Base(name), tempPrefix) {
			continue
		}
		for _, w := range whole[name] {
			if data == w {
				continue files
			}
		}
		t.Errorf("%s is torn: %q", name, data)
	}
}

// fresh returns the directory that publishing a set to nowhere gives.
func fresh(t *testing.T, set fileset.Set, opt Options) map[string]string {
	dir := inMemory(t)
	write(t, filepath.Join(dir, ".theirs"), "stays")
	quick(t, dir, set, opt)
	return tree(t, dir)
}

// TestKilledAtEveryStep stops a publication before each of its steps, half way
// into the files that it writes. What is there must be whole; what comes next
// must be as if nothing had happened: the same set, another one, or the same one
// killed again.
func TestKilledAtEveryStep(t *testing.T) {
	for _, opt := range []Options{{}, {Compress: true}} {
		for _, s := range stories() {
			whole := wholeOf(t, s, opt)
			same, other := fresh(t, s.after, opt), fresh(t, s.next, opt)
			for k := 0; ; k++ {
				dir := start(t, s, opt)
				struck, err := sabotaged(dir, s.after, opt, &saboteur{steps: k, kill: true})
				if err != nil {
					t.Fatal(err)
				}
				if !struck {
					break
				}
				checkWhole(t, dir, whole)
				switch k % 3 {
				case 0:
					quick(t, dir, s.after, opt)
					expect(t, dir, same)
				case 1:
					quick(t, dir, s.next, opt)
					expect(t, dir, other)
				case 2:
					sabotaged(dir, s.after, opt, &saboteur{steps: k / 2, kill: true})
					checkWhole(t, dir, whole)
					quick(t, dir, s.next, opt)
					expect(t, dir, other)
				}
				if exists(filepath.Join(dir, journalName)) {
					t.Error("the journal stays")
				}
				noEmptyFolders(t, dir)
				if t.Failed() {
					t.Fatalf("%s, compress %v, killed after %d steps", s.name, opt.Compress, k)
				}
				os.RemoveAll(dir)
			}
		}
	}
}

// recorder notes the order of what changes the directory.
type recorder struct {
	disk
	done []string
}

func (r *recorder) rename(from, to string) error {
	r.done = append(r.done, to)
	return r.disk.rename(from, to)
}

func (r *recorder) remove(name string) error {
	r.done = append(r.done, "-"+name)
	return r.disk.remove(name)
}

func (r *recorder) sync(names []string) error {
	r.done = append(r.done, "sync")
	return r.disk.sync(names)
}

func TestOrder(t *testing.T) {
	dir := t.TempDir()
	before := site("index.html", "1", "a.html", "1", "feed.xml", "1", "z.css", "1", "old/gone.html", "1")
	must(t, dir, before, Options{})
	r := &recorder{}
	p := newTarget(dir, Options{})
	p.workers, p.wrap = 1, func(d disk) disk { r.disk = d; return r }
	if _, err := p.publish(site("index.html", "2", "a.html", "2", "feed.xml", "2", "z.css", "2")); err != nil {
		t.Fatal(err)
	}
	want := []string{"sync", journalName, "sync", "sync", "z.css", "a.html", "feed.xml", "index.html", "sync",
		manifestName, "sync", "-old/gone.html", "-old", "sync", "-" + journalName, "sync"}
	if !slices.Equal(r.done, want) {
		t.Fatalf("%q", r.done)
	}
}

func noEmptyFolders(t *testing.T, dir string) {
	t.Helper()
	for _, name := range folders(t, dir) {
		if entries, _ := os.ReadDir(filepath.Join(dir, name)); len(entries) == 0 {
			t.Errorf("%s is left empty", name)
		}
	}
}

// TestAnyStepFails lets each step fail as a full disk does. The error comes out,
// no temporary file stays, every file is whole, and a rerun completes.
func TestAnyStepFails(t *testing.T) {
	for _, s := range stories() {
		whole := wholeOf(t, s, Options{})
		for k := 0; ; k++ {
			dir := start(t, s, Options{})
			before := tree(t, dir)
			sab := &saboteur{steps: k}
			struck, err := sabotaged(dir, s.after, Options{}, sab)
			if !struck {
				break
			}
			if !errors.Is(err, syscall.ENOSPC) {
				t.Fatalf("%s, step %d: %v", s.name, k, err)
			}
			checkWhole(t, dir, whole)
			for name := range tree(t, dir) {
				if strings.Contains(name, tempPrefix) {
					t.Errorf("left behind: %s", name)
				}
			}
			if !exists(filepath.Join(dir, journalName)) && !maps.Equal(tree(t, dir), before) && !maps.Equal(tree(t, dir), fresh(t, s.after, Options{})) {
				t.Error("half done, and the journal gone")
			}
			quick(t, dir, s.after, Options{})
			expect(t, dir, fresh(t, s.after, Options{}))
			if t.Failed() {
				t.Fatalf("%s, failing after %d steps", s.name, k)
			}
			os.RemoveAll(dir)
		}
	}
}

// TestFullDisk lets only the writing of files fail: nothing that was published
// changes, and nothing of the attempt stays.
func TestFullDisk(t *testing.T) {
	s := stories()[1]
	for k := 0; ; k++ {
		dir := start(t, s, Options{})
		before := tree(t, dir)
		struck, err := sabotaged(dir, s.after, Options{}, &saboteur{steps: k, only: "create"})
		if !struck {
			break
		}
		if err == nil || exists(filepath.Join(dir, journalName)) {
			t.Error("the journal stays:", err)
		}
		expect(t, dir, before)
	}
}
