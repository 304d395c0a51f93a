package main

import (
	"io"
	"path"
	"strings"
	"sync"
	"time"

	"candor/generator/diag"
	"candor/generator/domain"
	"candor/generator/message"
)

// log writes to the terminal how a session goes, a line at a time.
type log struct {
	*printer
	mu    sync.Mutex
	w     io.Writer
	texts chan string
	done  chan struct{}
}

// newLog begins. What comes while nothing can be written, because the terminal is held
// or a pipe is full, is dropped after a while: it must not keep a save from going out.
func newLog(w io.Writer, say *printer) *log {
	l := &log{printer: say, w: w, texts: make(chan string, 1000), done: make(chan struct{})}
	go func() {
		defer close(l.done)
		for text := range l.texts {
			_, _ = io.WriteString(w, text)
		}
	}()
	return l
}

// close waits until all has been written, but not for long.
func (l *log) close() {
	close(l.texts)
	select {
	case <-l.done:
	case <-time.After(time.Second):
	}
}

func (l *log) write(text string) {
	select {
	case l.texts <- text:
	default:
	}
}

const stamp = "15:04:05"

// event says one thing with the time of day, broken where the terminal is narrow.
func (l *log) event(format string, args ...any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.print(l.Sayf(format, args...))
}

func (l *log) print(text string) {
	width := columns(l.w)
	indent := strings.Repeat(" ", len(stamp)+1)
	if width < 40 {
		indent = "  "
	}
	for i, line := range strings.Split(text, "\n") {
		if i == 0 {
			line = time.Now().Format(stamp) + " " + line
		} else {
			line = indent + line
		}
		l.write(message.Wrap("", line, width, indent) + "\n")
	}
}

// built says what changed, how long it took, what is wrong and what is due next.
func (l *log) built(b outcome, f *watchFlags) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.findings(b, f)
	parts := []message.Text{message.Textf("%s: %s", subject(b), lasted(b.took))}
	if b.fault != nil {
		parts = append(parts, message.Textf("%w", b.fault))
	}
	switch {
	case !b.first && len(b.added)+b.gone > 0:
		parts = append(parts, message.Textf("%s (%d new, %d fixed)", b.text(), len(b.added), b.gone))
	case len(b.found) > 0:
		parts = append(parts, b.text())
	}
	if !b.sound(f.strict) {
		parts = append(parts, message.Textf("not published"))
	} else if !b.fresh {
		parts = append(parts, message.Textf("no page has changed"))
	}
	switch {
	case len(b.Withheld) == 0:
	case b.heldAgain: // named already
		parts = append(parts, message.Plural(len(b.Withheld), "%d text is held back", "%d texts are held back"))
	default:
		parts = append(parts, held(b.Withheld))
	}
	parts = append(parts, l.deadlines(b)...)
	all := parts[0]
	for _, part := range parts[1:] {
		all = message.Textf("%s; %s", all, part)
	}
	l.print(all.In(l.Words))
}

// findings prints errors each time, and warnings when they are new.
func (l *log) findings(b outcome, f *watchFlags) {
	errors, warnings := b.found.Brief(), b.added.Brief()
	few := firstOf(errors, diag.Error, mostFindings)
	few = append(few, firstOf(warnings, diag.Warning, mostFindings-len(few))...)
	var text strings.Builder
	writeFew(&text, few, errors.Count(diag.Error)+warnings.Count(diag.Warning), f.textOptions(l.w))
	l.write(text.String())
}

// subject names what a build was about.
func subject(b outcome) message.Text {
	short := func(name string) string {
		return strings.TrimPrefix(name, domain.FolderIncidents+"/")
	}
	switch n := len(b.changes); {
	case !b.news:
		return message.Textf("its time has come")
	case n == 0:
		return message.Textf("built")
	case n == 1:
		return message.Textf("%s", short(b.changes[0]))
	case n == 2:
		return message.Textf("%s, %s", short(b.changes[0]), path.Base(b.changes[1]))
	default:
		return message.Textf("%s and %d more", short(b.changes[0]), n-1)
	}
}

func lasted(d time.Duration) message.Text {
	if d < time.Second {
		return message.Textf("%d ms", max(1, d.Milliseconds()))
	}
	return message.Textf("%.1f s", d.Seconds())
}

// deadlines says what is overdue and what is due next.
func (l *log) deadlines(b outcome) []message.Text {
	late := late(b.Deadlines, b.At)
	var parts []message.Text
	if late > 0 {
		first := b.Deadlines[0]
		text := message.Textf("overdue since %s: %s", l.Short(first.Due.In(b.At.Location())), deadlineWords(first))
		if late > 1 {
			text = message.Textf("%s and %d more", text, late-1)
		}
		parts = append(parts, text)
	}
	if late < len(b.Deadlines) {
		next := b.Deadlines[late]
		parts = append(parts, message.Textf("next in %s: %s", message.Length(next.Due.Sub(b.At)), deadlineWords(next)))
	}
	return parts
}
