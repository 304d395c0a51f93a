package main

import (
	"errors"
	"io/fs"
	"time"

	"candor/generator/input/source"
)

// goneFor is how long a folder must be away before that is believed: a checkout
// or a synchronisation may put another in its place.
const goneFor = 300 * time.Millisecond

// eye is what a session sees of one folder: the tree as it was last believed, and
// what is in doubt about it.
type eye struct {
	reader   *source.Reader
	optional bool // the folder need not exist

	tree    source.Tree // as last believed
	fault   error       // why there is none, where that is an error
	absent  bool        // there is none
	folders []string    // to be watched

	pending []string  // to look at again, because they may be half of a save
	again   time.Time // when; zero for nothing in doubt
	lost    time.Time // since when the folder cannot be read; zero where it can
	changes []string  // paths that differ since the last build
	news    bool      // something differs since the last build
}

// due returns what to look at for a hint, and for what is in doubt.
func (e *eye) due(hinted []string, everything bool, now time.Time) []string {
	if everything {
		return []string{"."}
	}
	if !e.again.IsZero() && !now.Before(e.again) {
		return append(hinted, e.pending...)
	}
	return hinted
}

// look looks at the paths and says whether anything was new.
func (e *eye) look(paths []string, now time.Time) bool {
	tree, err := e.reader.Look(paths)
	if err != nil {
		return e.missing(err, now)
	}
	e.lost, e.folders = time.Time{}, tree.Folders
	e.pending, e.again = tree.Pending, time.Time{}
	if tree.Unsettled > 0 {
		e.again = now.Add(tree.Unsettled)
		return true
	}
	fresh := tree.Changed || e.absent
	e.tree, e.fault, e.absent = tree, nil, false
	e.changes = append(e.changes, tree.Changes...)
	e.news = e.news || fresh
	return fresh
}

// missing takes down that the folder cannot be read, and says whether that is new.
func (e *eye) missing(err error, now time.Time) bool {
	e.folders, e.pending, e.again = nil, nil, time.Time{}
	if e.optional && errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	if e.absent {
		e.fault = err
		return false
	}
	if e.lost.IsZero() {
		e.lost = now
	}
	if until := e.lost.Add(goneFor); now.Before(until) {
		e.pending, e.again = []string{"."}, until
		return true
	}
	e.tree, e.fault, e.absent, e.news = source.Tree{}, err, true, true
	return true
}
