package watch

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"syscall"
	"time"

	"github.com/fsnotify/fsnotify"

	"candor/generator/message"
)

// Cover says which folders a root holds now: slash paths below it, "." for the
// root itself, all those that the look has looked into. These are watched from
// here on, with those above them, and no others.
//
// A folder that is newly watched, or watched again because it may have been
// moved, is in the next hint, since something may have happened in it before the
// watch stood; if it is the root itself, the hint is Everything. One that is
// watched no longer is in the next hint as well. So a caller that looks and covers
// once more after each hint misses nothing. A call that repeats the one before
// costs next to nothing.
func (w *Watcher) Cover(root int, folders []string) {
	if w.polling() {
		return
	}
	t := &w.roots[root]
	if slices.Equal(t.folders, folders) && !w.ledger.suspicious() {
		return
	}
	wanted := closure(folders)
	fresh := w.uncover(root, wanted)
	for folder := range wanted {
		if w.ledger.covered[root][folder] == nil {
			fresh = append(fresh, place{root, folder})
		}
	}
	// Outer folders first: the path of an inner one is made from the outer one's.
	slices.SortFunc(fresh, func(a, b place) int {
		return cmp.Or(cmp.Compare(a.root, b.root), cmp.Compare(depth(a), depth(b)), cmp.Compare(a.path, b.path))
	})
	t.folders = slices.Clone(folders)
	w.coverAll(root, fresh)
}

// closure returns the folders and all above them. When a folder is moved, those
// in it have no event, so none is watched without the one that holds it.
func closure(folders []string) map[string]bool {
	all := make(map[string]bool, len(folders))
	for _, folder := range folders {
		for ; !all[folder]; folder = path.Dir(folder) {
			all[folder] = true
		}
	}
	return all
}

// depth is 0 for a root, and for another folder its distance from it.
func depth(at place) int {
	if at.path == "." {
		return 0
	}
	n := 1
	for i := range len(at.path) {
		if at.path[i] == '/' {
			n++
		}
	}
	return n
}

// uncover ends the watches of folders that are not wanted, and those that may
// not stand where they should. It returns the folders of other roots that have
// lost theirs. All this comes before any new watch: a folder that was moved is
// known to the system by its old path until that is given up.
func (w *Watcher) uncover(root int, wanted map[string]bool) []place {
	var others []place
	var leading []*dir
	stale := w.ledger.takeStale()
	for _, at := range stale {
		if d := w.ledger.covered[at.root][at.path]; len(d.names) > 0 && !slices.Contains(leading, d) {
			leading = append(leading, d)
		}
		w.drop(at)
		if at.root != root {
			others = append(others, at)
		}
	}
	gone := slices.DeleteFunc(stale, func(at place) bool { return at.root != root || wanted[at.path] })
	for folder := range w.ledger.covered[root] {
		if !wanted[folder] {
			gone = append(gone, place{root, folder})
		}
	}
	for _, at := range gone {
		if w.ledger.covered[at.root][at.path] != nil {
			w.drop(at)
		}
		// If it was a link whose target has gone, and the event is still to
		// come, the event will say so of the target alone.
		w.ledger.hint(at, 0)
	}
	for _, d := range leading {
		w.system.Remove(d.path)
	}
	for _, d := range leading {
		w.system.watch(d.path) // if it has gone, compare sees it
	}
	if len(leading) > 0 {
		w.compare()
	}
	return others
}

// coverAll watches the folders and makes them part of the next hint. They are the
// root's, and some of others.
func (w *Watcher) coverAll(root int, fresh []place) {
	t := &w.roots[root]
	var delay time.Duration
	if t.failures > maxFailures {
		delay = pause
	}
	var failed error
	for _, at := range fresh {
		err := w.cover(at)
		switch {
		case errors.Is(err, fsnotify.ErrClosed):
			return
		case err != nil && final(err):
			w.startPolling(refusal(err))
			return
		case err != nil:
			failed = err
			w.roots[at.root].folders = nil // try again in any case
		}
		if at.path == "." {
			w.ledger.hintAll(delay)
		} else {
			w.ledger.hint(at, delay)
		}
	}
	if failed == nil {
		t.failures = 0
		return
	}
	if t.failures++; t.failures > maxFailures && !vanished(failed) {
		w.startPolling(refusal(failed))
	}
}

// vanished says that a folder is no longer where the look found it.
func vanished(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)
}

// cover watches one folder.
func (w *Watcher) cover(at place) error {
	real, node, err := w.locate(at)
	if err != nil {
		return err
	}
	if name := w.system.silent(real); name != "" {
		return silentError(name)
	}
	d, moved := w.ledger.enlist(at, real, node)
	w.giveUp(moved)
	if len(d.places) == 1 {
		if err := w.system.watch(real); err != nil {
			w.drop(at)
			return message.Errorf("watch %s: %w", real, err)
		}
		if len(d.names) > 0 {
			w.compare() // for the same reason as in settle
		}
	}
	// Events speak of a place once it is enlisted. What was changed before, such
	// as a link on the way, had made its event already.
	if nowReal, nowNode, err := w.locate(at); err != nil || nowReal != real || nowNode != node {
		w.drop(at)
		return message.Errorf("watch %s: %w", real, fs.ErrNotExist)
	}
	return nil
}

// giveUp ends watches. That the system does not know one any more is usual: the
// folder may have been removed.
func (w *Watcher) giveUp(paths []string) {
	for _, real := range paths {
		w.system.Remove(real)
	}
}

// drop ends the watch of one folder, unless it serves another purpose too.
func (w *Watcher) drop(at place) {
	if real, last := w.ledger.strike(at); last {
		w.system.Remove(real)
	}
}

// locate returns the path of a folder without links, which is how the system
// names it in events, and which two places have in common if they are one folder.
func (w *Watcher) locate(at place) (real string, node inode, err error) {
	if at.path == "." {
		if _, real = way(w.roots[at.root].path); real == "" {
			_, err := os.Stat(w.roots[at.root].path)
			return "", inode{}, cmp.Or(err, fs.ErrNotExist)
		}
	} else {
		outer, name := path.Split(at.path)
		d := w.ledger.covered[at.root][path.Clean(outer)]
		if d == nil { // its turn came before, and it could not be watched
			return "", inode{}, fs.ErrNotExist
		}
		real = filepath.Join(d.path, name)
	}
	info, err := os.Lstat(real)
	if err == nil && info.Mode()&fs.ModeSymlink != 0 {
		if real, err = filepath.EvalSymlinks(real); err == nil {
			info, err = os.Lstat(real)
		}
	}
	if err != nil {
		return "", inode{}, err
	}
	node = inodeOf(info)
	// By a mount a folder can have two paths without links.
	if d := w.ledger.inodes[node]; d != nil && d.path != real && inodeAt(d.path) == node {
		real = d.path
	}
	return real, node, nil
}

// enlist enters a folder, before there is a watch: the first event may come before
// the attempt to make one has returned. For moved, see claim.
func (l *ledger) enlist(at place, real string, node inode) (d *dir, moved []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	d = l.dir(real)
	moved = l.claim(d, node)
	d.places = append(d.places, at)
	l.covered[at.root][at.path] = d
	return d, moved
}

// strike takes a folder out. It returns the path of its watch and whether that
// has become useless.
func (l *ledger) strike(at place) (real string, last bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	d := l.covered[at.root][at.path]
	delete(l.covered[at.root], at.path)
	d.places = slices.DeleteFunc(d.places, func(p place) bool { return p == at })
	return d.path, l.useless(d)
}
