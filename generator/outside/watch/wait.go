package watch

import (
	"context"
	"io/fs"
	"time"

	"candor/generator/message"
)

// Wait blocks until something may have changed, until has come (never, if it is
// the zero Time), or ctx is done or the Watcher closed, which is the error. What
// happens between two calls is in the hint of the second; after an error of ctx
// nothing is lost either.
//
// The time until is held against the wall clock. A machine that slept through it
// hears of it at the next Confirm.
func (w *Watcher) Wait(ctx context.Context, until time.Time) (Hint, error) {
	until = until.Round(0)
	for {
		if err := ctx.Err(); err != nil {
			return Hint{}, err
		}
		select {
		case <-w.closed:
			return Hint{}, message.Errorf("watch: %w", fs.ErrClosed)
		default:
		}
		w.settle()
		now := time.Now()
		if w.rest > 0 {
			// Counted from here and not from the hint: a look may take long.
			w.beat, w.rest = now.Add(w.rest), 0
		}
		hint, alarm := w.next(now, until)
		if hint.Everything || hint.Due || hint.Paths != nil {
			return hint, nil
		}
		w.sleep(ctx, alarm.Sub(now))
	}
}

// next returns the hint that is due now or, if there is none, when to ask again.
func (w *Watcher) next(now, until time.Time) (Hint, time.Time) {
	hint, ready, events := w.ledger.take(now)
	hint.Due = !until.IsZero() && !now.Before(until)
	switch {
	case hint.Everything || hint.Paths != nil:
		w.rest = quiet
		if w.polling() {
			w.rest = w.poll
		}
		return hint, now
	case hint.Due:
		return hint, now
	case !ready.IsZero():
		return hint, earliest(ready, until)
	}
	if !w.polling() {
		w.judge(now, events)
	}
	switch {
	case w.rest > 0: // polling has just begun
		return hint, now
	case w.polling() && !now.Before(w.beat):
		w.rest = w.poll
		return Hint{Everything: true}, now
	case w.polling():
		return hint, earliest(w.beat, until)
	}
	if !now.Before(w.beat) || w.anyLoose() && !now.Before(w.check) {
		w.check = now.Add(w.poll)
		if w.compare() {
			return hint, now
		}
	}
	if !now.Before(w.beat) {
		w.rest, w.confirm = heartbeat, events
		return Hint{Everything: true, Confirm: true}, now
	}
	alarm := earliest(w.beat, w.doubt)
	if w.anyLoose() {
		alarm = earliest(alarm, w.check)
	}
	return hint, earliest(alarm, until)
}

// earliest returns the earlier of two times, of which the second counts only if
// it is set.
func earliest(a, b time.Time) time.Time {
	if !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// sleep returns after the time d, or earlier if there is something new.
func (w *Watcher) sleep(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-w.closed:
	case <-w.ledger.woken:
	case <-timer.C:
	}
}
