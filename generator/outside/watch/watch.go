// Package watch says when to look at folders again, and roughly where: the edge
// through which a long-running command learns that files have changed.
//
// Events of the system are only a reason to look; what a folder holds, only a look
// says. The package reads no file and lists no folder. The caller looks, names
// with Watch the folders that it has found, and calls Wait for a hint at what to
// look at next.
//
// What is promised:
//
//   - A change in a watched folder leads to a hint that names it or a folder above
//     it, about a millisecond after the last of a run of events, and 10 ms after
//     the first of them at the latest.
//   - Nothing depends on the events. A second after the last hint comes one at
//     everything, and so on every second; less often, down to every five seconds,
//     if the caller would spend more than a thirtieth of its time on these looks.
//   - A root, which is a folder to watch with all below it, may be missing, and may
//     come, go or be replaced, itself or by a link on the way to it.
//   - Memory does not grow with the number of events.
//
// If the system gives no events, because its limits are reached or for another
// reason, the package asks for a look at everything at a fixed interval. Polling
// says why. There is no way back from polling to events.
//
// On Linux each folder takes one inotify watch, on the BSDs and macOS one open file
// for each folder and each file in it.
package watch

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"syscall"
	"time"

	"github.com/fsnotify/fsnotify"

	"candor/generator/message"
)

// Options say how to watch. The zero Options ignore nothing and use events.
type Options struct {
	// Ignore reports whether events about files and folders of this name mean
	// nothing, such as those of an editor's temporary files. nil ignores nothing.
	Ignore func(name string) bool

	// Poll, if positive, is the interval at which to look at everything, and the
	// system is asked for no events. At 0 events are used if there are any, and
	// the interval is a second if there are none.
	Poll time.Duration
}

// Hint says where to look. The zero Hint says that the time given to Wait has come.
type Hint struct {
	Everything bool // anything may have changed: look at all

	// Paths holds what may have changed, by the index of its root: slash paths
	// below the root, sorted, "." for the root itself. A path may be that of a
	// folder, for all that is in it. nil if Everything.
	Paths map[int][]string
}

// Watcher watches some folders with all below them, its roots. All methods are
// for one goroutine, but Close may be called while a Wait is under way.
type Watcher struct {
	options Options
	open    func() (*system, error)
	roots   []root
	reason  message.Text // why events are not used; empty if they are
	system  *system      // nil if there are no watches
	watched map[string]bool
	stale   bool // a watch may be of a folder that has another path now
	events  events
	receive sync.WaitGroup
	closed  context.Context
	close   context.CancelFunc

	looking time.Time // when a hint at everything was given, until the next call of Wait; else zero
	next    time.Time // when to hint at everything; zero if Wait is to say
}

// root is one of the folders to watch.
type root struct {
	path    string      // absolute
	real    string      // without links, when it was last watched; "" if it was not there
	info    fs.FileInfo // of the folder then; nil if it was not there
	folders []string    // as Watch had them
}

func (r *root) at(folder string) string { return filepath.Join(r.real, filepath.FromSlash(folder)) }

// New makes a Watcher of the roots, folders on disk that need not exist yet. The
// error is about the working directory, to which relative roots are relative. That
// events cannot be had is no error: see Polling.
func New(roots []string, options Options) (*Watcher, error) {
	return newWatcher(roots, options, openSystem)
}

func newWatcher(roots []string, options Options, open func() (*system, error)) (*Watcher, error) {
	w := &Watcher{options: options, open: open, events: events{woken: make(chan struct{}, 1)}}
	w.closed, w.close = context.WithCancel(context.Background())
	for _, path := range roots {
		abs, err := filepath.Abs(path)
		if err != nil {
			return nil, message.Errorf("watch %s: %w", path, err)
		}
		w.roots = append(w.roots, root{path: abs})
	}
	if options.Poll > 0 {
		w.reason = message.Textf("polling was asked for")
	}
	return w, nil
}

// Close gives back what the Watcher holds of the system. A Wait under way ends with
// an error, as every later one does. Close may be called more than once.
func (w *Watcher) Close() {
	w.close()
	if w.system != nil {
		w.system.Close()
		w.receive.Wait()
	}
}

// release ends all watches. What has happened until then, the look at everything
// that follows finds.
func (w *Watcher) release() {
	if w.system != nil {
		w.system.Close()
		w.receive.Wait()
	}
	w.system, w.watched, w.stale = nil, map[string]bool{}, false
	w.events.take()
	w.next = time.Now()
}

// Watch says which folders a root holds now: slash paths below it, "." for the root
// itself, each before those in it. These are watched from here on, and no others.
// Those that are newly watched are in the next hint, because something may have
// happened in them before. A call that repeats the one before costs next to nothing.
func (w *Watcher) Watch(number int, folders []string) {
	r := &w.roots[number]
	if w.polling() || w.closed.Err() != nil {
		return
	}
	if slices.Equal(folders, r.folders) && !w.stale && w.system != nil {
		return
	}
	added := slices.DeleteFunc(slices.Clone(folders), func(folder string) bool { return w.watched[r.at(folder)] })
	gone := len(r.folders)+len(added) > len(folders)
	r.folders = slices.Clone(folders)
	if w.stale || w.system == nil || gone {
		w.watchAll()
		return
	}
	w.add(r, added)
	for _, folder := range added {
		if name := r.at(folder); w.watched[name] {
			w.events.note(name, fsnotify.Chmod)
		}
	}
}

// watchAll watches all folders of all roots anew, in place of ending the watches of
// single folders: the system may know a folder that was moved by its old path, and
// then takes a new watch of it for the old one.
func (w *Watcher) watchAll() {
	w.release()
	system, err := w.open()
	if err != nil {
		w.startPolling(refusal(err))
		return
	}
	w.system = system
	w.receive.Go(func() { w.events.receive(system) })
	for i := range w.roots {
		r := &w.roots[i]
		r.real, r.info = identity(r.path)
		w.add(r, r.folders)
	}
}

// add watches folders of a root. What of these is gone is left to the event or to
// the look that says so.
func (w *Watcher) add(r *root, folders []string) {
	if r.real == "" {
		return
	}
	for _, folder := range folders {
		name := r.at(folder)
		if w.watched[name] || w.polling() {
			continue
		}
		err := w.system.Add(name)
		switch {
		case err == nil:
			w.watched[name] = true
		case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR):
			// It is no longer where the look found it. The next call tries again.
			r.folders = slices.DeleteFunc(slices.Clone(r.folders), func(f string) bool { return f == folder })
		default:
			w.startPolling(refusal(err))
		}
	}
}

// identity returns the path of a folder without links, and what tells it from
// another of the same path.
func identity(path string) (real string, info fs.FileInfo) {
	real, err := filepath.EvalSymlinks(path)
	if err != nil {
		return "", nil
	}
	if info, err = os.Stat(real); err != nil {
		return "", nil
	}
	return real, info
}

// replaced reports whether a root is another folder than the one that is watched.
func (w *Watcher) replaced() bool {
	return slices.ContainsFunc(w.roots, func(r root) bool {
		real, info := identity(r.path)
		return real != r.real || real != "" && !os.SameFile(info, r.info)
	})
}
