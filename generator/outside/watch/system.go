package watch

import (
	"errors"
	"sync"

	"github.com/fsnotify/fsnotify"
)

// system is where events come from: fsnotify, or a stand-in for it.
type system struct {
	notifier
	events   <-chan fsnotify.Event
	errors   <-chan error
	silent   func(folder string) string // the file system of a folder, if no events can be expected of it
	received chan struct{}              // closed when receive has returned
	close    func() error               // no goroutine remains when it has returned
}

// notifier is what is asked of fsnotify.
type notifier interface {
	Add(folder string) error
	Remove(folder string) error
	Close() error
}

// buffer is how many events fsnotify may hand over without waiting.
const buffer = 256

func openSystem() (*system, error) {
	n, err := fsnotify.NewBufferedWatcher(buffer)
	if err != nil {
		return nil, err
	}
	return newSystem(n, n.Events, n.Errors), nil
}

func newSystem(n notifier, events <-chan fsnotify.Event, errors <-chan error) *system {
	s := &system{notifier: n, events: events, errors: errors, silent: silent, received: make(chan struct{})}
	s.close = sync.OnceValue(func() error {
		err := n.Close()
		<-s.received
		return err
	})
	return s
}

// watch begins the watch of a folder, or begins it anew. It must not be known to
// fsnotify then: if the folder that has the path now is known under another one,
// fsnotify 1.10.1 mixes up the two entries and panics at the next Remove.
func (s *system) watch(folder string) error {
	s.Remove(folder)
	return s.Add(folder)
}

// receive enters all events into the ledger until the system is closed. It runs
// at all times, so that the queue in the kernel stays short, and never waits for
// a call of Add or Remove, because those may wait for it.
func (s *system) receive(l *ledger) {
	defer close(s.received)
	events, faults := s.events, s.errors
	for events != nil || faults != nil {
		select {
		case event, ok := <-events:
			if !ok {
				events = nil
				continue
			}
			l.enter(event)
		case err, ok := <-faults:
			if !ok {
				faults = nil
				continue
			}
			if !errors.Is(err, fsnotify.ErrClosed) {
				l.lose()
			}
		}
	}
}
