package watch

import (
	"maps"
	"path"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/fsnotify/fsnotify"
)

// ledger knows what each watch is for and notes what the events say. It is
// shared between the goroutine that receives them and the caller's; only the
// latter changes dirs, inodes and covered.
type ledger struct {
	ignore func(string) bool
	woken  chan struct{} // holds one token if there is something new

	mu       sync.Mutex
	dirs     map[string]*dir   // by the path that the system knows, without links
	inodes   map[inode]*dir    // the same, as far as inodes matter
	covered  []map[string]*dir // by root and path below it
	pending  pending
	events   int            // how many have been noted
	suspects map[place]bool // folders whose watch may not stand on what has that path now
	strayed  map[int]bool   // roots of which the way may lead elsewhere now
}

func newLedger(roots int, ignore func(string) bool) *ledger {
	l := &ledger{ignore: ignore, woken: make(chan struct{}, 1), covered: make([]map[string]*dir, roots)}
	l.clear()
	return l
}

// clear forgets all watches, but not what has been noted.
func (l *ledger) clear() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.dirs = make(map[string]*dir)
	l.inodes = make(map[inode]*dir)
	for r := range l.covered {
		l.covered[r] = make(map[string]*dir)
	}
	l.suspects = make(map[place]bool)
	l.strayed = make(map[int]bool)
}

// enter notes what an event says.
func (l *ledger) enter(event fsnotify.Event) {
	name := filepath.Clean(event.Name)
	moved := event.Has(fsnotify.Create | fsnotify.Remove | fsnotify.Rename)
	if !moved && !event.Has(fsnotify.Write|fsnotify.Chmod) {
		return
	}
	// Windows tells of a folder that it was written whenever something in it
	// was, which has an event of its own.
	written := event.Op == fsnotify.Write
	now := time.Now()
	l.mu.Lock()
	defer l.mu.Unlock()
	if d := l.dirs[name]; d != nil && !written {
		for _, at := range d.places {
			l.note(at, moved, now)
		}
		if moved {
			for _, roots := range d.names {
				l.stray(roots)
			}
		}
	}
	d := l.dirs[filepath.Dir(name)]
	if d == nil {
		return
	}
	base := filepath.Base(name)
	if roots := d.names[base]; moved {
		l.stray(roots)
	} else if !written {
		for _, r := range roots {
			l.note(place{r, "."}, false, now)
		}
	}
	for _, at := range d.places {
		at.path = path.Join(at.path, base)
		folder := l.covered[at.root][at.path] != nil
		if folder && written || !folder && l.ignore != nil && l.ignore(base) {
			continue
		}
		l.note(at, folder && moved, now)
	}
}

func (l *ledger) note(at place, suspect bool, now time.Time) {
	l.events++
	l.pending.add(at, now)
	if suspect {
		l.suspects[at] = true
	}
	l.wake()
}

func (l *ledger) stray(roots []int) {
	for _, r := range roots {
		l.events++
		l.strayed[r] = true
		l.wake()
	}
}

// lose notes that events were lost: anything may have changed, and moved.
func (l *ledger) lose() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.events++
	l.pending.all(time.Now())
	for r := range l.covered {
		l.strayed[r] = true
	}
	l.wake()
}

func (l *ledger) wake() {
	select {
	case l.woken <- struct{}{}:
	default:
	}
}

// take returns the pending hint once it is ready. Before, it returns when that
// will be, or the zero Time if nothing is pending; and in any case how many
// events have been noted.
func (l *ledger) take(now time.Time) (hint Hint, ready time.Time, events int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.pending.empty() {
		return Hint{}, time.Time{}, l.events
	}
	if ready = l.pending.ready(); now.Before(ready) {
		return Hint{}, ready, l.events
	}
	return l.pending.take(), ready, l.events
}

// hint adds to the pending hint what no event has said. If there is no other
// reason for a hint, it is to come after a delay.
func (l *ledger) hint(at place, delay time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.pending.add(at, time.Now().Add(delay))
}

// hintAll makes the pending hint Everything.
func (l *ledger) hintAll(delay time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.pending.all(time.Now().Add(delay))
}

// suspect makes the next Cover watch the folder anew, and all below it.
func (l *ledger) suspect(at place) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.suspects[at] = true
}

func (l *ledger) suspicious() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.suspects) > 0
}

// takeStrayed returns the roots to which the way is to be found again, and
// forgets them.
func (l *ledger) takeStrayed() []int {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.strayed) == 0 {
		return nil
	}
	roots := slices.Sorted(maps.Keys(l.strayed))
	clear(l.strayed)
	return roots
}

// takeStale returns the watched folders that are suspect or below one that is,
// with all their other places, and forgets the suspicion.
func (l *ledger) takeStale() []place {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.suspects) == 0 {
		return nil
	}
	var stale []place
	done := make(map[*dir]bool)
	for r, folders := range l.covered {
		for folder, d := range folders {
			if done[d] || !l.underSuspect(place{r, folder}) {
				continue
			}
			done[d] = true
			stale = append(stale, d.places...)
		}
	}
	clear(l.suspects)
	return stale
}

func (l *ledger) underSuspect(at place) bool {
	for ; !l.suspects[at]; at.path = path.Dir(at.path) {
		if at.path == "." {
			return false
		}
	}
	return true
}
