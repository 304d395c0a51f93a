package watch

import (
	"sync"
	"time"

	"github.com/fsnotify/fsnotify"
)

// system is where events come from: fsnotify, or a stand-in for it.
type system struct {
	notifier
	events <-chan fsnotify.Event
	errors <-chan error
}

// notifier is what is asked of fsnotify. Nothing is removed: see watchAll.
type notifier interface {
	Add(folder string) error
	Close() error
}

func openSystem() (*system, error) {
	n, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	return &system{n, n.Events, n.Errors}, nil
}

const (
	gap      = time.Millisecond      // so long nothing follows, and a run of events is over
	patience = 10 * time.Millisecond // so long a run of events may keep a hint back
	maxNames = 4096                  // more than this are everything
)

// happened is what has happened since the last hint.
type happened struct {
	names       map[string]fsnotify.Op // nil if they are too many
	lost        bool                   // so were events
	first, last time.Time              // when the first and the last event came; zero for none
}

// events collects what happens. A goroutine that receives it shares this with the
// caller's; it runs at all times, so that the queue in the kernel stays short.
type events struct {
	woken chan struct{} // holds a token if there is something new
	mu    sync.Mutex
	happened
}

// receive collects events until the system is closed. It waits for no call of Add,
// because that may wait for it.
func (e *events) receive(s *system) {
	for {
		select {
		case event, ok := <-s.events:
			if !ok {
				return
			}
			if event.Op != 0 {
				e.note(event.Name, event.Op)
			}
		case _, ok := <-s.errors:
			if !ok {
				return
			}
			e.mu.Lock()
			e.lost = true
			e.mu.Unlock()
			e.note("", 0)
		}
	}
}

// note adds what has happened to a file or folder.
func (e *events) note(name string, op fsnotify.Op) {
	e.mu.Lock()
	defer e.mu.Unlock()
	now := time.Now()
	if e.last.IsZero() {
		e.first, e.names = now, map[string]fsnotify.Op{}
	}
	e.last = now
	if e.names != nil {
		e.names[name] |= op
	}
	if len(e.names) > maxNames {
		e.names = nil
	}
	select {
	case e.woken <- struct{}{}:
	default:
	}
}

// ready returns when the next hint is to be given if nothing more happens, or the
// zero Time if nothing has happened.
func (e *events) ready() time.Time {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.last.IsZero() {
		return time.Time{}
	}
	return earliest(e.last.Add(gap), e.first.Add(patience))
}

// take returns what has happened, and begins anew.
func (e *events) take() happened {
	e.mu.Lock()
	defer e.mu.Unlock()
	h := e.happened
	e.happened = happened{}
	return h
}
