// Package source reads a folder from disk into a fileset.Set: the edge through
// which content and themes come in.
//
// What is read: regular files, each through the open folder that holds it, so
// that nothing outside the folder can be reached. A symbolic link is followed if
// it is relative, stays in the folder and leads to nothing private; a folder may
// be linked if that makes no circle. Everything else is an Error diagnostic, and
// never a hang: links that lead out or nowhere, pipes, sockets, devices, files
// without permission, files over the caps, names that another computer could not
// hold, names that differ only by case or Unicode form.
//
// What is passed over in silence: what domain.PassedOver names, such as names that
// begin with a dot, what programs leave behind, and whatever begins with "_", which
// is private and not even opened. A file that goes away between the listing and the opening counts
// as never there.
//
// A look at everything depends only on what the folder holds: not on the order of
// reading, the number of processors or what a Reader saw before.
//
// A Reader keeps the size, the times of modification and change, the device and
// the inode of each file, and reads only what differs. A time less than two
// seconds before the look is not trusted, because the file could change again
// without the time changing.
//
// # Looking at a part
//
// A look at everything costs a call for each file. A caller that knows where
// something happened passes the paths to Look, which asks only about them and
// takes the rest to be as it was. It is no harm to name too much, or what is not
// there. What nobody named is found by the next look at everything.
//
// # Settling
//
// A save is not one step. Editors truncate a file and then write it, or rename it
// away before there is another; a checkout takes seconds. So a look may show half
// a save, and a Reader accepts a tree only if all that differs from the tree
// accepted before has stayed the same for a while: a file that is gone for 60 ms,
// one that was emptied for 300 ms, one that was written in place for 10 ms, a new
// one or one in place of another for 2 ms. One that was renamed into place is
// complete at once. If more than eight files differ, two looks at everything with
// 150 ms between them must show the same. Nothing is waited for longer than 2 s,
// or 10 s if many differ. What counts are the times of looks, not those of files.
//
// A caller that looks again when Tree says so, and does nothing with a tree that
// is not accepted, misses no change and sees half a save only if a program pauses
// in the middle of it. The first tree is accepted as it is.
package source

import (
	"io/fs"
	"os"
	"path"
	"runtime"
	"slices"
	"syscall"
	"time"

	"candor/generator/diag"
	"candor/generator/fileset"
	"candor/generator/message"
)

// Tree is what a folder held at one look.
type Tree struct {
	Files       fileset.Set // every file that may be read, by its path below the folder
	Diagnostics diag.List   // what could not be read and why, sorted
	Folders     []string    // where the folders are that were looked into, without links, each before those in it

	// Changed reports whether Files or Diagnostics differ from those of the tree
	// that was accepted before this one. Changes holds the paths of the files that
	// differ, sorted; it is empty for the first tree.
	Changed bool
	Changes []string

	// Unsettled is 0 if the tree is accepted. Otherwise the tree may show half a
	// save, and Unsettled is how long to wait before the next Look.
	Unsettled time.Duration
}

// limits bound what one look takes in. Sizes are in bytes.
type limits struct {
	text    int64 // a .md or .toml file
	other   int64 // any other file
	entries int64 // files and folders together
	depth   int   // folders inside folders
}

// Reader looks at one folder again and again and reads only what has changed.
// It is not safe for concurrent use.
type Reader struct {
	dir     string
	limits  limits
	workers int
	now     func() time.Time // the clock that the times of files are compared with, and that waits are measured by

	seen     []*entry // by the last look, sorted by key
	partly   bool     // a part of it may be looked at
	settling settling
	last     Tree // as it was returned

	accepted    []*entry // as seen when a tree was last accepted; nil before the first
	acceptedSet fileset.Set
	findings    diag.List // of the accepted tree
}

// NewReader makes a Reader of dir, which need not exist yet.
func NewReader(dir string) *Reader {
	most := limits{text: 256 << 10, other: 64 << 20, entries: 500_000, depth: 64}
	return &Reader{dir: dir, limits: most, workers: runtime.GOMAXPROCS(0), now: time.Now}
}

// Read looks at everything: it is a Look at ".". The error is about the folder itself, about too many
// files in it or about the machine; anything else wrong inside it is a diagnostic.
func (r *Reader) Read() (Tree, error) { return r.Look([]string{"."}) }

// Look looks again at the paths, which are slash paths from the folder, and at
// what must be looked at to settle; the rest it takes to be as at the look before.
// A path of a folder names all that is in it, and "." everything. Paths of what
// is passed over, and of what never was there, do no harm.
//
// A look at everything is made instead if a part will not do: the first time,
// after an error, if there are links, if many files have changed, and on systems
// that do not tell one folder from another. While many files change, there is no
// look before the time that Unsettled said.
//
// After an error the Reader still remembers what it saw before.
func (r *Reader) Look(paths []string) (Tree, error) {
	start := r.now()
	if wait := r.settling.bulkWait(start); wait > 0 {
		r.last.Unsettled = wait
		return r.last, nil
	}
	root, err := openTop(r.dir)
	if err != nil {
		r.partly = false
		return Tree{}, message.Errorf("read folder %s: %w", r.dir, reason(err))
	}
	defer root.Close()
	named := slices.Concat(paths, r.settling.due(start))
	for i := range named {
		named[i] = path.Clean(named[i])
	}
	seen, err := r.look(root, named)
	if err != nil {
		return Tree{}, message.Errorf("read folder %s: %w", r.dir, err)
	}
	if !slices.EqualFunc(r.seen, seen, sameButBytes) {
		r.last.Diagnostics, r.last.Folders = survey(seen)
	}
	r.seen = seen
	r.last = r.judge(start)
	return r.last, nil
}

// look returns all that is in the folder, having looked at least at the paths.
func (r *Reader) look(root *os.Root, paths []string) ([]*entry, error) {
	if r.partly && !slices.Contains(paths, ".") {
		if seen, err := r.walk(root).parts(paths); err == nil {
			return seen, nil
		}
	}
	r.partly = false
	w := r.walk(root)
	seen, err := w.everything()
	r.partly = err == nil && identifies && !w.linked.Load()
	return seen, err
}

func (r *Reader) walk(root *os.Root) *walk {
	return &walk{
		root: root, limits: r.limits, was: r.seen, firmBefore: r.now().Add(-racy),
		slots: make(chan struct{}, 2*max(0, r.workers-1)),
	}
}

// openTop opens dir, having made sure that it is a folder: opening a pipe would
// wait for its other end.
func openTop(dir string) (*os.Root, error) {
	if info, err := os.Stat(dir); err != nil {
		return nil, err
	} else if !info.IsDir() {
		return nil, syscall.ENOTDIR
	}
	return os.OpenRoot(dir)
}

// racy is how long a time of change must lie back to be trusted: the coarsest
// clock of a file system in use (FAT) counts in twos of seconds.
const racy = 2 * time.Second

// judge makes the Tree of a look that began at start, and accepts it if it has
// settled.
func (r *Reader) judge(start time.Time) Tree {
	changes := diff(r.accepted, r.seen)
	t := Tree{Files: edit(r.acceptedSet, changes), Diagnostics: r.last.Diagnostics, Folders: r.last.Folders}
	first := r.accepted == nil
	if !first {
		now := r.now()
		r.settling.note(changes, now)
		t.Unsettled = r.settling.wait(start, now)
		for _, c := range changes {
			t.Changes = append(t.Changes, c.path)
		}
	}
	t.Changed = first || len(changes) > 0 || !slices.EqualFunc(t.Diagnostics, r.findings, sameFinding)
	if t.Unsettled == 0 {
		r.accepted, r.acceptedSet, r.findings = r.seen, t.Files, t.Diagnostics
		r.settling = settling{}
	}
	return t
}

func edit(set fileset.Set, changes []change) fileset.Set {
	var files []fileset.File
	var gone []string
	for _, c := range changes {
		if c.after.isFile() {
			files = append(files, c.after.file)
		} else {
			gone = append(gone, c.path)
		}
	}
	return set.With(files, gone)
}

func sameFinding(a, b diag.Diagnostic) bool {
	return a.Path == b.Path && a.Rule == b.Rule && a.Message.String() == b.Message.String()
}

// reason takes the path out of an error of package os; the caller names it.
func reason(err error) error {
	switch e := err.(type) {
	case *fs.PathError:
		return e.Err
	case *os.LinkError:
		return e.Err
	}
	return err
}
