package source

import (
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"candor/generator/fileset"
)

// disorder changes a folder at random and tells which paths it touched.
type disorder struct {
	*rand.Rand
	t       *testing.T
	dir     string
	written int // so that no two files have one size: their stamps tell them apart
	touched []string
}

var alphabet = []string{
	"a", "b", "c.md", "d", "e.toml", "a-b", "a.b", "a0", "é", "中.md",
	"A", "C.md", "e\u0301", "con", "z.", "\xff", // collisions and bad names
	"x~", "x.tmp", "_x", ".x", // passed over
}

func (d *disorder) at(name string) string { return filepath.Join(d.dir, filepath.FromSlash(name)) }

func (d *disorder) touch(paths ...string) { d.touched = append(d.touched, paths...) }

// try fails the test for all but what a random operation runs into.
func (d *disorder) try(err error) bool {
	if err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, fs.ErrExist) &&
		!strings.Contains(err.Error(), "directory") && !strings.Contains(err.Error(), "invalid argument") && !strings.Contains(err.Error(), "symbolic links") {
		d.t.Fatal(err)
	}
	return err == nil
}

func (d *disorder) name() string {
	n := len(alphabet)
	if d.IntN(3) > 0 { // mostly plain ones
		n = 8
	}
	return alphabet[d.IntN(n)]
}

// some returns a random path, which more often than not exists.
func (d *disorder) some() string {
	at := ""
	for {
		entries, err := os.ReadDir(d.at(at))
		if err != nil || d.isLink(at) {
			return at // a file, or what could be reached by another path
		}
		switch next := d.IntN(8); {
		case next == 0 && at != "":
			return at
		case next < 3 || len(entries) == 0:
			return path.Join(at, d.name())
		default:
			at = path.Join(at, entries[d.IntN(len(entries))].Name())
		}
	}
}

func (d *disorder) data() []byte {
	d.written++
	return []byte(strings.Repeat("x", d.written%900))
}

func (d *disorder) isLink(name string) bool {
	info, err := os.Lstat(d.at(name))
	return err == nil && info.Mode()&fs.ModeSymlink != 0
}

func (d *disorder) write(name string) bool {
	if d.isLink(name) { // writing would change what it leads to
		return d.try(os.Remove(d.at(name)))
	}
	return d.try(os.WriteFile(d.at(name), d.data(), 0o644))
}

func (d *disorder) grow(folder string) {
	if d.isLink(path.Dir(folder)) || d.isLink(folder) || !d.try(os.MkdirAll(d.at(folder), 0o755)) {
		return
	}
	d.touch(folder)
	for range d.IntN(7) {
		if d.IntN(3) == 0 && strings.Count(folder, "/") < 4 {
			d.grow(path.Join(folder, d.name()))
		} else {
			name := path.Join(folder, d.name())
			d.write(name)
			d.touch(name)
		}
	}
}

// change does one thing.
func (d *disorder) change() {
	name, other := d.some(), d.some()
	switch d.IntN(13) {
	case 0, 1, 2:
		d.write(name)
	case 3: // as careful editors do
		if at := path.Join(path.Dir(name), "t.tmp"); d.write(at) {
			d.try(os.Rename(d.at(at), d.at(name)))
			d.touch(at)
		}
	case 4:
		d.try(os.RemoveAll(d.at(name)))
	case 5, 6:
		d.try(os.Rename(d.at(name), d.at(other)))
	case 7, 8:
		d.grow(path.Join(name, d.name()))
	case 9: // a file becomes a folder, or the other way round
		info, err := os.Lstat(d.at(name))
		if d.try(err) && d.try(os.RemoveAll(d.at(name))) {
			if info.IsDir() {
				d.write(name)
			} else {
				d.grow(name)
			}
		}
	case 10: // away and back as another
		if away := d.at("_" + d.name()); d.try(os.RemoveAll(away)) && d.try(os.Rename(d.at(name), away)) {
			d.try(os.Rename(d.at(other), d.at(name)))
			if d.IntN(2) == 0 {
				d.try(os.Rename(away, d.at(other)))
			}
		}
	case 11:
		d.try(os.Chmod(d.at(name), 0o600|fs.FileMode(d.IntN(2)*0o155)|0o100))
	case 12:
		if target, err := filepath.Rel(d.at(path.Dir(name)), d.at(other)); d.IntN(2) == 0 && d.try(err) {
			d.try(os.Symlink(target, d.at(name)))
		}
	}
	d.touch(name, other)
}

// unlink takes away the links, so that most looks are at a part.
func (d *disorder) unlink() {
	err := filepath.WalkDir(d.dir, func(at string, e fs.DirEntry, err error) error {
		if err == nil && e.Type() == fs.ModeSymlink {
			d.try(os.Remove(at))
			name, _ := filepath.Rel(d.dir, at)
			d.touch(filepath.ToSlash(name))
		}
		return nil
	})
	d.try(err)
}

// TestLookIsRead changes a folder at random, thousands of times, looks at what was
// touched, and compares with a Reader that knows nothing.
func TestLookIsRead(t *testing.T) {
	for _, test := range []struct {
		name    string
		clock   time.Time
		parents bool // the folders of what was touched are named, not the paths
	}{
		{"paths", longAgo, false}, {"parents", longAgo, true},
		{"paths, by their stamps", farAhead, false}, {"parents, by their stamps", farAhead, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			// A file system that gives a new folder the number and the time of one
			// just removed needs the two seconds, which these clocks take away.
			dir, err := os.MkdirTemp("/dev/shm", "candor-look-")
			if err == nil {
				t.Cleanup(func() { os.RemoveAll(dir) })
			} else if dir = t.TempDir(); test.clock == farAhead {
				t.Skip("no /dev/shm")
			}
			w := &watched{Reader: NewReader(dir), t: t, dir: dir, clock: test.clock}
			w.now = func() time.Time { return w.clock }
			d := &disorder{Rand: rand.New(rand.NewPCG(7, uint64(len(test.name)))), t: t, dir: dir}
			before := open()
			random(w, d, test.parents)
			if after := open(); after > before {
				t.Errorf("%d files are left open", after-before)
			}
		})
	}
}

// open counts the open files of this process, where the system lists them.
func open() int {
	entries, _ := os.ReadDir("/proc/self/fd")
	return len(entries)
}

func random(w *watched, d *disorder, parents bool) {
	limits := limits{text: 700, other: 800, entries: 60, depth: 4}
	w.limits = limits
	var before Tree
	parts, failed, held := 0, 0, 0
	for step := range 600 {
		d.touched = nil
		if d.IntN(2) == 0 {
			d.unlink()
		}
		for range 1 + d.IntN(3) {
			d.change()
		}
		named := slices.Clone(d.touched)
		if parents {
			for i := range named {
				named[i] = path.Dir(named[i])
			}
		}
		if w.partly {
			parts++
		}
		fresh := NewReader(w.dir)
		fresh.limits = limits
		want, err := fresh.Read()
		if err != nil {
			if _, again := w.Look(named); again == nil || again.Error() != err.Error() {
				w.t.Fatalf("step %d: %v, want %v", step, again, err)
			}
			failed++
			w.must(os.RemoveAll(d.at(d.some())))
			continue
		}
		got := w.settled(named...)
		same(w.t, got, want)
		var differ []string
		for _, change := range fileset.Diff(before.Files, got.Files) {
			differ = append(differ, change.Path)
		}
		if step > 0 && !slices.Equal(got.Changes, differ) && before.Files.Len() > 0 {
			w.t.Fatalf("step %d: changes %q, want %q", step, got.Changes, differ)
		}
		if got.Changed != (len(differ) > 0 || !slices.EqualFunc(before.Diagnostics, got.Diagnostics, sameFinding)) && before.Files.Len() > 0 {
			w.t.Fatalf("step %d: changed is %v", step, got.Changed)
		}
		before = got
		held += got.Files.Len()
		w.entire(step)
	}
	w.t.Logf("%d looks at a part, %d at too many files, at %d files on average", parts, failed, held/600)
}

// entire checks what the Reader keeps.
func (w *watched) entire(step int) {
	w.t.Helper()
	for i := 1; i < len(w.seen); i++ {
		if w.seen[i-1].key >= w.seen[i].key {
			w.t.Fatalf("step %d: %q before %q", step, w.seen[i-1].key, w.seen[i].key)
		}
	}
	if len(w.seen) != len(w.accepted) {
		w.t.Fatalf("step %d: what is accepted is not what was seen", step)
	}
}
