package watch

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"syscall"
	"time"

	"github.com/fsnotify/fsnotify"

	"candor/generator/message"
)

const (
	interval = time.Second     // from a hint to the look at everything after it, at least
	longest  = 5 * time.Second // and at most
	share    = 30              // of the caller's time, one part is spent on looks at everything
)

// Wait blocks until something may have changed, until has come (never, if it is
// the zero Time), or ctx is done or the Watcher closed, which is the error. What
// happens between two calls is in the hint of the second. After an error of ctx
// nothing is lost.
//
// The time until is compared with the wall clock: a machine that slept through it
// learns of it within a second or so.
func (w *Watcher) Wait(ctx context.Context, until time.Time) (Hint, error) {
	until = until.Round(0)
	for {
		now := time.Now()
		w.plan(now)
		ready := w.events.ready()
		switch {
		case ctx.Err() != nil:
			return Hint{}, ctx.Err()
		case w.closed.Err() != nil:
			return Hint{}, message.Errorf("watch: %w", fs.ErrClosed)
		case !now.Before(w.next):
			w.stale = w.stale || w.replaced()
			return w.give(Hint{Everything: true}), nil
		case !ready.IsZero() && !now.Before(ready):
			if hint := w.hint(w.events.take()); hint.Everything || hint.Paths != nil {
				return w.give(hint), nil
			}
		case !until.IsZero() && !now.Before(until):
			return Hint{}, nil
		default:
			w.sleep(ctx, earliest(w.next, ready, until).Sub(now))
		}
	}
}

// hint makes a hint of what has happened. It is the zero Hint if all that means
// nothing.
func (w *Watcher) hint(h happened) Hint {
	if h.lost || h.names == nil {
		w.stale = true
		return Hint{Everything: true}
	}
	paths := map[int][]string{}
	for name, op := range h.names {
		const moved = fsnotify.Create | fsnotify.Remove | fsnotify.Rename
		name = filepath.Clean(name)
		isFolder := w.watched[name]
		// Windows says of a folder that it was written if anything in it was, which
		// has an event of its own.
		ignored := w.options.Ignore != nil && w.options.Ignore(filepath.Base(name))
		if isFolder && op == fsnotify.Write || !isFolder && ignored {
			continue
		}
		w.stale = w.stale || isFolder && op.Has(moved)
		for i, r := range w.roots {
			path, err := filepath.Rel(r.real, name)
			if err == nil && filepath.IsLocal(path) {
				paths[i] = append(paths[i], filepath.ToSlash(path))
			}
		}
	}
	if len(paths) == 0 {
		return Hint{}
	}
	for _, list := range paths {
		slices.Sort(list)
	}
	return Hint{Paths: paths}
}

// give notes that a hint is given.
func (w *Watcher) give(h Hint) Hint {
	w.next, w.looking = time.Time{}, time.Time{}
	if h.Everything {
		w.looking = time.Now()
	}
	return h
}

// plan sets when to hint at everything, if that is not set. It counts from here and
// not from the hint before, because a look may take long.
func (w *Watcher) plan(now time.Time) {
	if !w.next.IsZero() {
		return
	}
	pause := cmp.Or(w.options.Poll, interval)
	if !w.polling() && !w.looking.IsZero() {
		pause = min(max(pause, share*now.Sub(w.looking)), longest)
	}
	w.next = now.Add(pause)
}

// earliest returns the earliest of the times that are set; the first must be.
func earliest(times ...time.Time) time.Time {
	first := times[0]
	for _, t := range times[1:] {
		if !t.IsZero() && t.Before(first) {
			first = t
		}
	}
	return first
}

// sleep returns after the time d, or earlier if there is something new.
func (w *Watcher) sleep(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-w.closed.Done():
	case <-w.events.woken:
	case <-timer.C:
	}
}

// Polling reports whether looks are asked for only at an interval, and why, in a
// few words to follow "polling: ". It can become true in any call of Watch.
func (w *Watcher) Polling() (reason message.Text, ok bool) { return w.reason, w.polling() }

func (w *Watcher) polling() bool { return w.reason.Format != "" }

// startPolling gives all watches back.
func (w *Watcher) startPolling(reason message.Text) {
	w.reason = reason
	w.release()
}

// refusal says in words for people why there is no watch.
func refusal(err error) message.Text {
	switch {
	case errors.Is(err, syscall.ENOSPC):
		return message.Textf("the system has no more file watches to give (fs.inotify.max_user_watches)")
	case errors.Is(err, syscall.EMFILE):
		return message.Textf("too many watchers or files are open (fs.inotify.max_user_instances, ulimit -n)")
	case errors.Is(err, syscall.ENFILE):
		return message.Textf("too many files are open on this system")
	case errors.Is(err, syscall.ENOMEM):
		return message.Textf("the system has no memory left for file watches")
	case errors.Is(err, fs.ErrPermission):
		return message.Textf("there is no permission to watch a folder")
	}
	return message.Textf("the system does not let files be watched: %w", err)
}
