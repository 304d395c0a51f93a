// Package source reads a folder from disk into a fileset.Set: the edge through
// which content and themes come in.
//
// What is read: regular files, through os.Root, one folder at a time, so that
// nothing outside the folder can be reached. A symbolic link is followed when
// it is relative, stays in the folder and leads to nothing private; a folder
// may be linked when that makes no circle. Everything else — links that lead
// out or nowhere, pipes, sockets, devices, files without permission, files over
// the caps, names that another computer could not hold, names that differ only
// by case or Unicode form — is an Error diagnostic, and never a hang.
//
// What is passed over in silence: names that begin with a dot, what editors and
// desktops leave behind, and whatever begins with "_", which is private and not
// even opened. A file that goes away between the listing and the opening is as
// good as never there.
//
// The result depends on what the folder holds and on nothing else: not on the
// order of reading, the number of processors or what a Reader saw before.
//
// A Reader keeps of each file its size, its times of modification and change,
// its device and inode, and reads again only what differs. A time less than two
// seconds before the look is not trusted, because the file could change again
// without the time changing.
package source

import (
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"slices"
	"syscall"
	"time"

	"candor/generator/diag"
	"candor/generator/fileset"
)

// Tree is what a folder held at one look.
type Tree struct {
	Files       fileset.Set // every file that may be read, by its path below the folder
	Diagnostics diag.List   // what could not be read and why, sorted
	Folders     []string    // every folder that was looked into, sorted, "." first: what a watcher watches
	Changed     bool        // whether Files or Diagnostics differ from the Reader's look before
}

// Read looks at dir once. The error is about dir itself, about too many files in
// it or about the machine; any other thing wrong inside dir is a diagnostic.
func Read(dir string) (Tree, error) { return NewReader(dir).Read() }

// limits bound what one look takes in. Sizes are in bytes.
type limits struct {
	text    int64 // a .md or .toml file
	other   int64 // any other file
	entries int64 // files and folders together
	depth   int   // folders inside folders
}

func defaultLimits() limits {
	return limits{text: 1 << 20, other: 64 << 20, entries: 500_000, depth: 64}
}

// Reader looks at one folder again and again and reads only what has changed.
// It is not safe for concurrent use.
type Reader struct {
	dir     string
	limits  limits
	workers int
	now     func() time.Time // the clock that the times of files are held against

	looked bool
	last   Tree
	known  map[string]known
}

// known is a file as the Reader last read it.
type known struct {
	file  fileset.File
	stamp stamp
	firm  bool // the stamp is old enough to tell a later change
}

// NewReader makes a Reader of dir, which need not exist yet.
func NewReader(dir string) *Reader {
	return &Reader{dir: dir, limits: defaultLimits(), workers: runtime.GOMAXPROCS(0), now: time.Now}
}

// Read looks at the folder, as the function Read does. After an error the
// Reader still remembers what it saw before.
func (r *Reader) Read() (Tree, error) {
	w := &walk{known: r.known, limits: r.limits, firmBefore: r.now().Add(-racy)}
	root, err := openTop(r.dir)
	if err != nil {
		return Tree{}, fmt.Errorf("read folder %s: %w", r.dir, reason(err))
	}
	defer root.Close()
	w.top = root
	top := &folder{real: "."}
	if err := w.run(top, r.workers); err != nil {
		return Tree{}, fmt.Errorf("read folder %s: %w", r.dir, err)
	}
	return r.keep(w, top)
}

// openTop opens dir, having made sure that it is a folder: opening a pipe would
// wait for its other end.
func openTop(dir string) (*os.Root, error) {
	info, err := os.Stat(dir)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return nil, syscall.ENOTDIR
	}
	return os.OpenRoot(dir)
}

// racy is how long a time of change must lie back to be trusted: the coarsest
// clock of a file system in use (FAT) counts in twos of seconds.
const racy = 2 * time.Second

// keep makes the Tree of a walk and remembers it.
func (r *Reader) keep(w *walk, top *folder) (Tree, error) {
	c := collection{known: make(map[string]known, len(r.known))}
	c.add(top)
	files, err := fileset.New(c.files)
	if err != nil {
		return Tree{}, fmt.Errorf("read folder %s: %w", r.dir, err)
	}
	t := Tree{Files: files, Diagnostics: c.diagnostics.Sort(), Folders: c.folders, Changed: true}
	slices.Sort(t.Folders)
	if r.looked && sameFiles(files, r.last.Files) && slices.EqualFunc(t.Diagnostics, r.last.Diagnostics, sameFinding) {
		t.Changed = false
		t.Files = r.last.Files
	}
	r.looked, r.last, r.known = true, t, c.known
	return t, nil
}

func sameFiles(a, b fileset.Set) bool {
	return a.Len() == b.Len() && len(fileset.Diff(b, a)) == 0
}

func sameFinding(a, b diag.Diagnostic) bool {
	return a.Path == b.Path && a.Rule == b.Rule && a.Message.String() == b.Message.String()
}

// collection gathers a finished walk, folder by folder. The items of a folder
// are in the order of the paths below them, so the files come out sorted.
type collection struct {
	files       []fileset.File
	diagnostics diag.List
	folders     []string
	known       map[string]known
}

func (c *collection) add(f *folder) {
	if f.entered {
		c.folders = append(c.folders, f.label())
	}
	c.diagnostics = append(c.diagnostics, f.faults...)
	for i := range f.items {
		it := &f.items[i]
		switch {
		case it.fault != nil:
			c.diagnostics = append(c.diagnostics, *it.fault)
		case it.child != nil:
			c.add(it.child)
		case it.read:
			c.files = append(c.files, it.known.file)
			c.known[it.known.file.Path] = it.known
		}
	}
}

// reason takes the path out of an error of package os, whose caller names it.
func reason(err error) error {
	switch e := err.(type) {
	case *fs.PathError:
		return e.Err
	case *os.LinkError:
		return e.Err
	}
	return err
}
