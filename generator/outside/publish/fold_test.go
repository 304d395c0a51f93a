package publish

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"candor/generator/fileset"
)

// folding is a disk that does not tell upper from lower case but keeps what a name was
// when it was made, as exFAT, NTFS and APFS do.
type folding struct {
	disk
	dir string
}

// at returns how the disk has a name; what it does not have is as given.
func (f folding) at(name string) string {
	found := "."
	for _, part := range strings.Split(name, "/") {
		entries, _ := os.ReadDir(filepath.Join(f.dir, found))
		for _, e := range entries {
			if strings.EqualFold(e.Name(), part) {
				part = e.Name()
			}
		}
		found = path.Join(found, part)
	}
	return found
}

func (f folding) stat(name string) (fs.FileInfo, error)  { return f.disk.stat(f.at(name)) }
func (f folding) read(name string) ([]byte, error)       { return f.disk.read(f.at(name)) }
func (f folding) list(dir string) ([]fs.FileInfo, error) { return f.disk.list(f.at(dir)) }
func (f folding) create(name string, data []byte) error  { return f.disk.create(f.at(name), data) }
func (f folding) rename(from, to string) error           { return f.disk.rename(f.at(from), f.at(to)) }
func (f folding) remove(name string) error               { return f.disk.remove(f.at(name)) }
func (f folding) mkdir(name string) error                { return f.disk.mkdir(f.at(name)) }
func (f folding) sync([]string) error                    { return nil }

// TestCaseAlone changes nothing but the case of names, on a disk that does not tell it
// apart and on one that does.
func TestCaseAlone(t *testing.T) {
	sets := []fileset.Set{
		site("index.html", "home", "x/Lots.csv", "1", "Rash/Photos/a.png", "a", "Rash/index.html", "r"),
		site("index.html", "home", "x/lots.csv", "1", "rash/photos/a.png", "a", "rash/index.html", "r"),
		site("index.html", "home", "x/LOTS.csv", "2", "rash/pictures/A.png", "a", "rash/Photos", "now a file"),
		site("Index.html", "home"),
	}
	for _, folds := range []bool{true, false} {
		dir := inMemory(t)
		to := newTarget(dir, Options{})
		to.workers = 1
		to.wrap = func(d disk) disk {
			if folds {
				return folding{d, dir}
			}
			return unsynced{d}
		}
		for _, i := range []int{0, 0, 1, 1, 0, 2, 3, 1, 2, 0} {
			report, err := to.publish(sets[i])
			if err != nil {
				t.Fatal(i, err)
			}
			expect(t, dir, contents(sets[i]))
			noEmptyFolders(t, dir)
			if again, err := to.publish(sets[i]); err != nil || again.Written+again.Deleted > 0 {
				t.Fatal(i, report, again, err)
			}
		}
	}
	dir := inMemory(t)
	to := newTarget(dir, Options{})
	to.wrap = func(d disk) disk { return folding{d, dir} }
	if _, err := to.publish(sets[0]); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "Rash/Photos/theirs.png"), "theirs")
	if _, err := to.publish(sets[1]); err == nil || !strings.Contains(err.Error(), "Rash/Photos/theirs.png") {
		t.Error(err)
	}
	want := contents(sets[0])
	want["Rash/Photos/theirs.png"] = "theirs"
	expect(t, dir, want)
}
