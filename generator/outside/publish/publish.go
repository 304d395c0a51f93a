// Package publish writes a fileset.Set into a directory: the edge through which
// what was built goes out.
//
// # What it promises
//
// Stopped at any point, every file of the directory is whole, old or new, and
// the next publication completes the work. When Publish returns no error, the
// directory holds the set and nothing else that Candor ever wrote there. Only
// what Candor wrote is overwritten or deleted. An unchanged set writes nothing
// at all. Modes are 0644 and 0755 whatever the umask. No symbolic link inside
// the directory is followed.
//
// # How
//
// A manifest, .candor-manifest.json, lists what was published: path, size and
// SHA-256. Before anything else is touched a journal, .candor-journal.json, names
// every path about to be written or deleted; it goes last. So at any moment what
// is Candor's is manifest ∪ journal, and a path in the journal may have its old or its
// new bytes: the next run writes it anew.
//
// New bytes go to temporary files beside their targets. They are written to disk
// (fsync for a few, syncfs for many; not if nothing had been published), and only
// then the renames begin: assets, pages, feeds, home page, manifest. So a full
// disk is met before the first rename. Deletions come last, then folders left
// empty. Every folder with a rename or deletion is synced before the manifest is
// replaced and before the journal goes, because only then a power cut cannot undo
// them. The name of a temporary file follows from that of its target, so that the
// journal names the leftovers too.
//
// Nothing is remembered between two publications: each reads the manifest and lists
// every folder that files are published in. A file that something has become of after
// the manifest, which is always written last, is read. The first publication does not
// wait for the disk, and its manifest says so: the next one reads everything, and has
// it on the disk before it ends. Two publications into one directory at a time take
// turns by a lock on it.
//
// On a disk that does not tell upper from lower case, a file or folder of ours that
// differs only in case from what must be written goes first.
//
// # Releases
//
// Release, for sites that are served straight from the disk, makes a new folder for
// each version of the site instead, and switches the symbolic link current to it in
// one step. A release is never changed; files that a version shares with the one
// before are hard links. A release has its name only when it is whole and on the
// disk, and loses it before any of it is removed.
//
// # What is refused
//
// A directory that is not empty and has neither manifest nor journal, a file
// system's root, a home directory, and whatever overlaps the folders to keep are
// refused. Dotfiles at the top of the directory belong to others and stay.
// A directory is for files or for releases, not for both.
package publish

import (
	"runtime"
	"time"

	"candor/generator/fileset"
)

// Options says how to publish. The zero value is right for a plain build.
type Options struct {
	Compress bool          // write .gz and .br copies of text files, if smaller
	Keep     []string      // folders that the directory may not equal, hold or be inside of
	Wait     time.Duration // how long to wait for another build; 0 means 10 s, less than 0 not at all
	Origin   Origin        // of the set, for the manifest

	// Locked, if not nil, is called while no other build can publish, and says what to
	// publish instead: an older reading of the content must not go out over a newer one.
	Locked func() (fileset.Set, Origin, error)
}

// Report says what a publication did, in files; compressed copies count as files.
type Report struct {
	Written, Deleted, Unchanged int
	Repaired                    int    // of those written: published before, and damaged or removed since
	Bytes                       int64  // written
	Release                     string // its name, if it is a release; see Release
	Head                        string // see Head
	Modeless                    bool   // the file system refuses to change modes: files have those that it gives
}

// Publish makes dir, which need not exist, hold the files of set. The error is a
// *RefusedError if dir must not be written to and nothing was.
func Publish(dir string, set fileset.Set, opt Options) (Report, error) {
	return newTarget(dir, opt).publish(set)
}

// target is a directory and how to write to it.
type target struct {
	dir     string
	opt     Options
	workers int
	wrap    func(disk) disk // a test's way to stop a publication midway
}

func newTarget(dir string, opt Options) *target {
	// Writing waits for the disk more than it computes: on ext4, making 5,000
	// folders takes a third less time with four callers a processor than with one.
	return &target{dir: dir, opt: opt, workers: 4 * runtime.GOMAXPROCS(0)}
}

func (t *target) publish(set fileset.Set) (Report, error) {
	return t.locked(set, func(d disk, _ string, set fileset.Set) (Report, error) {
		own, err := readRecord(d, t.dir)
		if err != nil {
			return Report{}, err
		}
		plan, err := t.plan(d, own, set)
		if err == nil {
			err = plan.apply()
		}
		if err != nil {
			return Report{}, err
		}
		return plan.report, nil
	})
}

// publication publishes a set to a locked directory, whose path without links is target.
type publication func(d disk, target string, set fileset.Set) (Report, error)

// locked opens the directory and locks it for do, if its place allows publishing to it
// and the set can be a directory.
func (t *target) locked(set fileset.Set, do publication) (Report, error) {
	if err := checkSet(set); err != nil {
		return Report{}, err
	}
	place, err := locate(t.dir, t.opt.Keep)
	if err != nil {
		return Report{}, err
	}
	held, err := hold(place, t.opt.Wait)
	if err != nil {
		return Report{}, err
	}
	defer held.release()
	var d disk = held.disk
	if t.wrap != nil {
		d = t.wrap(d)
	}
	if t.opt.Locked != nil {
		if set, t.opt.Origin, err = t.opt.Locked(); err == nil {
			err = checkSet(set)
		}
		if err != nil {
			return Report{}, err
		}
	}
	report, err := do(d, held.path, set)
	report.Head = Head(held.path)
	report.Modeless = held.disk.modeless.Load()
	return report, err
}
