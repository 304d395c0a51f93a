// Package watch says when to look at folders again, and roughly where: the edge
// through which a long-running command learns that files have changed.
//
// A hint is no more than a hint. What a folder holds, only a look at it says;
// the package reads no file, knows nothing of content, and lists no folder. The
// caller looks, tells Cover which folders there are, and calls Wait.
//
// What is promised, where the system tells of changes:
//
//   - A change in a covered folder leads to a hint that names it or a folder
//     above it, or to Everything, even if it came while no Wait was under way,
//     while the folder was still new, or while more happened than the system or
//     this package could keep count of.
//   - A hint comes about a millisecond after the last of a run of events, and
//     10 ms after the first of them at the latest.
//   - A root may be missing, and may be removed, renamed, put back or replaced,
//     itself or by a link on the way to it: the caller hears of it and the watch
//     follows. When that happens further up than the root's own parent, it is
//     found at the next Confirm.
//   - Nothing depends on the events alone. A second after the last hint, and then
//     every half minute, a Confirm asks for a look at everything, and a caller
//     that finds more than it was told of can say so: Missed.
//   - Memory does not grow with the number of events.
//
// Where the system does not tell — on network file systems and the shared
// folders of virtual machines, when its limits are reached, or when a watch
// cannot be had for another reason — or where it is found not to have told, the
// package gives its watches back and asks for a look at everything at a fixed
// interval. Polling says why. There is no way back from polling to events.
//
// What is refused: to say what has changed, how, or in what order; to report a
// change once only; to follow a folder that Cover did not name.
//
// On Linux each covered folder takes one inotify watch, on the BSDs and macOS
// one open file for each folder and each file in it.
package watch

import (
	"io/fs"
	"path/filepath"
	"sync"
	"time"

	"candor/generator/message"
)

// Options say how to watch. The zero Options ignore nothing and use events.
type Options struct {
	// Ignore says of the last part of a path that events about it mean nothing:
	// of swap and backup files, or what is hidden. A name that is ignored here
	// and not by the caller's look is found by a Confirm alone. It is called
	// from another goroutine and must not call the Watcher. nil ignores nothing.
	Ignore func(name string) bool

	// Poll, if positive, is the interval at which to look at everything, and the
	// system is asked for no events. At 0 events are used where there are any,
	// and one second is the interval where there are none.
	Poll time.Duration
}

// Watcher watches some folders, its roots. All methods but Close are for one
// goroutine.
type Watcher struct {
	roots  []root
	poll   time.Duration
	system *system // nil if there never was one
	ledger *ledger
	reason message.Text // why events are not used; empty if they are
	closed chan struct{}
	close  func()

	rest    time.Duration // from the coming Wait to the next beat; 0: the beat is set
	beat    time.Time     // when to ask for a look at everything if nothing happens
	check   time.Time     // when to see after loose roots
	confirm int           // how many events there had been at the last Confirm
	doubt   time.Time     // when to judge a report that something was missed; zero: there is none
	missed  int           // reports that were found right
}

// root is one of the folders to watch, and how the Watcher knows that it is
// still the same.
type root struct {
	path     string      // absolute
	folders  []string    // as Cover had them; nil if one of them could not be watched
	failures int         // calls of Cover, one after another, in which that was so
	steps    []step      // on the way to it
	info     fs.FileInfo // nil: it was not there
	loose    bool        // not every change of the way makes an event
}

const (
	quiet       = time.Second      // from a hint to the Confirm after it
	heartbeat   = 30 * time.Second // from one Confirm to the next
	defaultPoll = time.Second
)

// New makes a Watcher of the roots, folders on disk that need not exist yet.
// Until Cover names the folders of a root, all that is noticed of it is that it
// comes, goes or is replaced. The error is about the working directory, to which
// relative roots are relative; that events cannot be had is no error, see
// Polling.
func New(roots []string, opt Options) (*Watcher, error) {
	return newWatcher(roots, opt, openSystem)
}

func newWatcher(roots []string, opt Options, open func() (*system, error)) (*Watcher, error) {
	w := &Watcher{
		poll:   opt.Poll,
		ledger: newLedger(len(roots), opt.Ignore),
		closed: make(chan struct{}),
		rest:   heartbeat,
	}
	w.close = sync.OnceFunc(func() { close(w.closed) })
	for _, path := range roots {
		abs, err := filepath.Abs(path)
		if err != nil {
			return nil, message.Errorf("watch %s: %w", path, err)
		}
		w.roots = append(w.roots, root{path: abs})
	}
	if w.poll > 0 {
		w.startPolling(message.Textf("polling was asked for"))
		return w, nil
	}
	w.poll = defaultPoll
	system, err := open()
	if err != nil {
		w.startPolling(refusal(err))
		return w, nil
	}
	w.system = system
	go system.receive(w.ledger)
	for r := range w.roots {
		w.anchor(r)
	}
	return w, nil
}

// Close gives back what the Watcher holds of the system. A Wait under way ends
// with an error, as every later one does. Close may be called from any
// goroutine, and more than once.
func (w *Watcher) Close() error {
	w.close()
	if w.system == nil {
		return nil
	}
	return w.system.close()
}
