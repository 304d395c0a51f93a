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
// A look at everything depends on what the folder holds and on nothing else: not
// on the order of reading, the number of processors or what a Reader saw before.
//
// A Reader keeps of each file its size, its times of modification and change,
// its device and inode, and reads again only what differs. A time less than two
// seconds before the look is not trusted, because the file could change again
// without the time changing.
//
// # Looking at a part
//
// To look at everything costs a call for each file. Who is told by the system
// where something happened passes that to Look, which asks about the places named
// and takes the rest to be as it was. What is told is a hint, the folder is the
// truth: it is no harm to name too much, or what is not there.
//
// # Settling
//
// A save is not one step. Editors truncate a file and then write it, or rename it
// away before there is another; a checkout takes seconds. So a tree that was looked
// at may show half a save, and a Reader accepts it only when all that differs from
// the tree accepted before has stayed the same for a while: a file that is gone for
// 60 ms, one that was emptied for 300 ms, one that was written in place for 10 ms, a
// new one or one in place of another for 3 ms. One that was renamed into place is
// complete and believed at once. When more than eight files differ, all must stay
// the same for 150 ms. Nothing is waited for longer than 2 s, or 10 s when many
// differ. Each is judged by the times of looks, not by those of files, and when its
// time has come the next Look is at it, too.
//
// Who looks again when and where Tree says so, and does nothing with a tree that is
// not accepted, misses no change and never sees half a save but of a program that
// rests in the middle of it. The first tree is accepted as it is.
package source

import (
	"cmp"
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

	// Changed says whether Files or Diagnostics differ from those of the tree that
	// was accepted before this one, and Changes which files, by their paths, sorted.
	// Before the first there is none: all has changed, and Changes is empty.
	Changed bool
	Changes []string

	// Unsettled is 0 when the tree is accepted: all that changed can be believed.
	// Otherwise the tree may show half a save, and Unsettled is how long to wait
	// before the look at Pending, sorted paths, that may end the doubt.
	Unsettled time.Duration
	Pending   []string
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
	now     func() time.Time // the clock that the times of files are held against, and that waits are measured by

	top      *folder // as last seen; nil before the first look
	entries  int     // how many items are in it
	partly   bool    // whether a part of it may be looked at by itself
	seen     Tree    // the tree in the form in which it is handed out, not yet judged
	settling settling
	accepted bool      // whether any tree was
	findings diag.List // of the tree accepted last
}

// NewReader makes a Reader of dir, which need not exist yet.
func NewReader(dir string) *Reader {
	return &Reader{dir: dir, limits: defaultLimits(), workers: runtime.GOMAXPROCS(0), now: time.Now}
}

// Read looks at everything: it is a Look at ".".
func (r *Reader) Read() (Tree, error) { return r.Look([]string{"."}) }

func (r *Reader) walk(root *os.Root) *walk {
	return &walk{top: root, limits: r.limits, workers: r.workers, firmBefore: r.now().Add(-racy)}
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

// begin takes the first tree.
func (r *Reader) begin(top *folder) {
	r.top, r.seen = top, Tree{Files: fileset.Must(top.files(nil))}
	r.apply(&delta{entries: top.entries(), folders: true, findings: true})
}

// apply takes over what a look has found in the tree.
func (r *Reader) apply(d *delta) {
	now := r.now()
	// One path may have changed twice while it was looked at: the last stands.
	slices.SortStableFunc(d.changes, func(a, b change) int { return cmp.Compare(a.path, b.path) })
	var files []fileset.File
	var gone []string
	for i, c := range d.changes {
		r.settling.note(c, now)
		switch {
		case i+1 < len(d.changes) && d.changes[i+1].path == c.path:
		case c.after.there():
			files = append(files, c.after.file)
		default:
			gone = append(gone, c.path)
		}
	}
	r.seen.Files = r.seen.Files.With(files, gone)
	r.entries += d.entries
	if d.folders {
		r.seen.Folders = r.top.folders(nil)
		slices.Sort(r.seen.Folders)
	}
	if d.findings {
		r.seen.Diagnostics = r.top.findings(nil).Sort()
	}
}

// judge makes the Tree of a look that began at start.
func (r *Reader) judge(start time.Time) Tree {
	t := r.seen
	t.Changes = r.settling.changes()
	t.Changed = !r.accepted || len(t.Changes) > 0 || !slices.EqualFunc(t.Diagnostics, r.findings, sameFinding)
	t.Unsettled, t.Pending = r.settling.judge(start, r.now())
	if t.Unsettled == 0 {
		r.settling.accept()
		r.accepted, r.findings = true, t.Diagnostics
	}
	return t
}

func sameFinding(a, b diag.Diagnostic) bool {
	return a.Path == b.Path && a.Rule == b.Rule && a.Message.String() == b.Message.String()
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
