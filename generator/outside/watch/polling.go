package watch

import (
	"errors"
	"io/fs"
	"syscall"
	"time"

	"candor/generator/message"
)

// Polling says whether looks are asked for at an interval and not after events,
// and why, in a few words to follow "polling: ". It can become true in any call
// of Cover and Wait.
func (w *Watcher) Polling() (reason message.Text, ok bool) { return w.reason, w.polling() }

func (w *Watcher) polling() bool { return w.reason.Format != "" }

// startPolling gives all watches back. What has been noticed is still hinted at.
func (w *Watcher) startPolling(reason message.Text) {
	if w.polling() {
		return
	}
	w.reason, w.rest = reason, w.poll
	if w.system != nil {
		w.system.close()
	}
	w.ledger.clear()
	for r := range w.roots {
		w.roots[r] = root{path: w.roots[r].path}
	}
}

const (
	grace       = 200 * time.Millisecond // so long an event may lag behind the change that it tells of
	toleration  = 1                      // reports of missed changes that do not yet lead to polling
	maxFailures = 5                      // attempts to watch a folder that follow at once
	pause       = 100 * time.Millisecond // before each one after these
)

// Missed says that a look after a Confirm has found changes of which no hint had
// spoken. The report is judged by a later Wait: if an event has come since that
// Confirm, the change happened just then and the report does not count. After the
// second that counts, events are not to be trusted here, and polling begins.
func (w *Watcher) Missed() {
	if w.doubt.IsZero() && !w.polling() {
		w.doubt = time.Now().Add(grace)
	}
}

// judge decides about a report of missed changes.
func (w *Watcher) judge(now time.Time, events int) {
	switch {
	case w.doubt.IsZero():
	case events != w.confirm:
		w.doubt = time.Time{}
	case !now.Before(w.doubt):
		w.doubt = time.Time{}
		w.missed++
		if w.missed > toleration {
			w.startPolling(message.Textf("changes were found here of which the system had not told"))
		}
	}
}

// silentError says of a file system that it gives no events, or none for changes
// that another machine makes.
type silentError string

func (e silentError) Error() string { return e.text().String() }

func (e silentError) text() message.Text {
	return message.Textf("this file system (%s) does not tell of changes", string(e))
}

// final says of an error that met the attempt to watch a folder whether another
// attempt would meet it too.
func final(err error) bool {
	var silent silentError
	return errors.As(err, &silent) || errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EMFILE) ||
		errors.Is(err, syscall.ENFILE) || errors.Is(err, syscall.ENOMEM)
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
	var silent silentError
	if errors.As(err, &silent) {
		return silent.text()
	}
	return message.Textf("the system does not let files be watched: %w", err)
}
