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
// is Candor's is manifest ∪ journal, and a path in the journal may hold its old
// or its new bytes, which the next run finds out by reading them.
//
// New bytes go to temporary files beside their targets. They reach the disk
// (fsync for a few, syncfs for many; not where nothing had been published), and
// only then the renames begin: assets, pages, feeds, home page, manifest. So a
// full disk is met before the first rename. Deletions come last, then folders
// left empty. The name of a temporary file follows from that of its target, so
// that the journal names the leftovers too.
//
// Two publications into one directory at a time take turns by a lock on it.
//
// # Releases
//
// Release, for those who serve straight from the disk, makes a new folder for each
// version of the site instead, and turns the symbolic link current to it in one
// step. What a release holds is never changed: what a version has in common with
// the one before are hard links. A release has its name only when it is whole and
// on the disk, and loses it before any of it is removed.
//
// # What is refused
//
// A directory that is not empty and has neither manifest nor journal, a file
// system's root, a home directory, and whatever overlaps the folders to keep are
// refused. Dotfiles at the top of the directory are somebody else's and stay.
// A directory is for files or for releases, not for both.
package publish

import (
	"runtime"
	"time"

	"candor/generator/fileset"
)

// Options says how to publish. The zero value is right for a plain build.
type Options struct {
	Compress bool          // write .gz and .br twins of text files, where smaller
	Keep     []string      // folders that the directory may not equal, hold or be inside of
	Verify   bool          // read every published file again instead of trusting its size
	Wait     time.Duration // how long to wait for another build; 0 means 10 s, less than 0 not at all
}

// Report says what a publication did, in files; twins count as files.
type Report struct {
	Written, Deleted, Unchanged int
	Bytes                       int64  // written
	Release                     string // its name, where it is a release; see Release
}

// Publish makes dir, which need not exist, hold the files of set. The error is a
// *RefusedError where dir is not to be written to and nothing was.
func Publish(dir string, set fileset.Set, opt Options) (Report, error) {
	return New(dir, opt).Publish(set)
}

// Publisher publishes to one directory again and again; it saves reading its own
// manifest back. It is not safe for concurrent use.
type Publisher struct{ outlet }

// New makes a Publisher; it touches nothing.
func New(dir string, opt Options) *Publisher { return &Publisher{newOutlet(dir, opt)} }

// Publish makes the directory hold the files of set.
func (p *Publisher) Publish(set fileset.Set) (Report, error) { return p.publish(set, false) }

// PublishNext is Publish for who publishes often: what the Publisher has left as it
// should be is believed to be so still, unless somebody else has published since. So
// a file that was removed or damaged by hand is put back by the next Publish only.
func (p *Publisher) PublishNext(set fileset.Set) (Report, error) { return p.publish(set, true) }

func (p *Publisher) publish(set fileset.Set, trusting bool) (Report, error) {
	if err := p.check(set); err != nil {
		return Report{}, err
	}
	d, held, err := p.enter()
	if err != nil {
		return Report{}, err
	}
	defer held.release()
	own, err := recall(d, p.dir, &p.cache)
	if err != nil {
		return Report{}, err
	}
	plan, err := p.plan(d, own, set, trusting && !own.broken && p.cache.sound)
	if err != nil {
		return Report{}, err
	}
	if err := plan.apply(); err != nil {
		return Report{}, err
	}
	p.cache.keep(plan.encoded, plan.want)
	p.cache.sound = true
	return plan.report, nil
}

// outlet is a directory, how to write to it, and what is remembered of it.
type outlet struct {
	dir     string
	opt     Options
	workers int
	cache   manifestCache
	checked fileset.Set     // the last one that was found to be fit for a directory
	wrap    func(disk) disk // a test's way to stop a publication midway
}

func newOutlet(dir string, opt Options) outlet {
	// Writing waits for the disk more than it computes: on ext4, making 5,000
	// folders takes a third less time with four callers a processor than with one.
	return outlet{dir: dir, opt: opt, workers: 4 * runtime.GOMAXPROCS(0)}
}

// enter opens the directory and locks it, having made sure that it may be
// published to as far as its place goes.
func (o *outlet) enter() (disk, *held, error) {
	target, err := locate(o.dir, o.opt.Keep)
	if err != nil {
		return nil, nil, err
	}
	held, err := hold(target, o.opt.Wait)
	if err != nil {
		return nil, nil, err
	}
	var d disk = &rootDisk{root: openFolder(held), open: held.lock}
	if o.wrap != nil {
		d = o.wrap(d)
	}
	return d, held, nil
}
