package main

import (
	"errors"
	"io/fs"
	"time"

	"candor/generator/input/source"
)

// goneFor is how long a folder must be away before it counts as gone: a checkout or
// a synchronisation may put another in its place.
const goneFor = 300 * time.Millisecond

// watchedFolder is what a session knows of one folder: the tree as it was last
// accepted, and when to look again.
type watchedFolder struct {
	reader   *source.Reader
	optional bool // the folder need not exist

	tree    source.Tree // as last accepted
	fault   error       // why there is none, if that is an error
	absent  bool        // there is none
	folders []string    // to be watched

	again   time.Time // when to look again, because the last look may have shown half a save; zero for never
	lost    time.Time // since when the folder cannot be read; zero if it can
	changes []string  // paths that differ since the last build
	news    bool      // something differs since the last build
}

// look looks at the paths, if there are any or if it is time to look again, and
// reports whether anything was new.
func (f *watchedFolder) look(paths []string, now time.Time) bool {
	again := !f.again.IsZero() && !now.Before(f.again)
	if len(paths) == 0 && !again {
		return false
	}
	tree, err := f.reader.Look(paths)
	if err != nil {
		return f.missing(err, now)
	}
	f.lost, f.again, f.folders = time.Time{}, time.Time{}, tree.Folders
	if tree.Unsettled > 0 {
		f.again = time.Now().Add(tree.Unsettled)
		return true
	}
	fresh := tree.Changed || f.absent
	f.tree, f.fault, f.absent = tree, nil, false
	f.changes = append(f.changes, tree.Changes...)
	f.news = f.news || fresh
	return fresh
}

// missing notes that the folder cannot be read, and reports whether that is new.
func (f *watchedFolder) missing(err error, now time.Time) bool {
	f.folders, f.again = nil, time.Time{}
	if f.optional && errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	if f.absent {
		f.fault = err
		return false
	}
	if f.lost.IsZero() {
		f.lost = now
	}
	if until := f.lost.Add(goneFor); now.Before(until) {
		f.again = until
		return true
	}
	f.tree, f.fault, f.absent, f.news = source.Tree{}, err, true, true
	return true
}
