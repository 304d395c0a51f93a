package main

import (
	"io"
	"strings"

	"candor/generator/diag"
	"candor/generator/message"
)

// mostFindings is how many findings a watch prints of one build, and how many the preview gets:
// about as many as a person reads. candor check lists all.
const mostFindings = 50

// tally is how many findings there are that are not suppressed.
type tally struct{ errors, warnings int }

func tallyOf(found diag.List) tally {
	return tally{found.Count(diag.Error), found.Count(diag.Warning)}
}

func (t tally) text() message.Text {
	return message.Textf("%s, %s", t.errorText(), message.Plural(t.warnings, "%d warning", "%d warnings"))
}

func (t tally) errorText() message.Text { return message.Plural(t.errors, "%d error", "%d errors") }

// count says how many findings there are.
func count(found diag.List) message.Text { return tallyOf(found).text() }

// withUnread adds what could not be read to the sorted findings of a build.
func withUnread(unread, found diag.List) diag.List {
	if len(unread) == 0 {
		return found
	}
	return append(unread, found...).Sort()
}

// firstOf returns the first few findings of a severity that are not suppressed.
func firstOf(found diag.List, s diag.Severity, most int) diag.List {
	var few diag.List
	for i := range found {
		if d := &found[i]; d.Severity == s && d.Suppressed == nil && len(few) < most {
			few = append(few, *d)
		}
	}
	return few
}

// writeFew prints some of so many findings, and says how many more there are.
func writeFew(w io.Writer, few diag.List, all int, opt diag.TextOptions) error {
	if err := diag.WriteText(w, few, opt); err != nil || all <= len(few) {
		return err
	}
	more := message.Plural(all-len(few), "and %d more finding; candor check lists them",
		"and %d more findings; candor check lists them")
	_, err := io.WriteString(w, more.In(opt.Words)+"\n")
	return err
}

// changed compares the sorted findings of two builds. It returns those that are new, and how many
// are gone. A finding is the same if it says the same of the same file, on whichever line. Messages
// are worded only for files whose findings are not those of the build before.
func changed(before, now diag.List) (added diag.List, gone int) {
	for len(before) > 0 || len(now) > 0 {
		path := firstPath(before, now)
		var old, current diag.List
		old, before = cutFile(before, path)
		current, now = cutFile(now, path)
		if unchanged(old, current) {
			continue
		}
		left := map[string]int{}
		for _, d := range old.Active() {
			left[d.Rule+"\x00"+d.Message.String()]++
			gone++
		}
		for _, d := range current.Active() {
			key := d.Rule + "\x00" + d.Message.String()
			if left[key] == 0 {
				added = append(added, d)
				continue
			}
			left[key]--
			gone--
		}
	}
	return added, gone
}

// firstPath returns the path that comes first in two sorted lists, of which one may be empty.
func firstPath(a, b diag.List) string {
	if len(a) == 0 || len(b) > 0 && strings.Compare(b[0].Path, a[0].Path) < 0 {
		return b[0].Path
	}
	return a[0].Path
}

// cutFile splits a sorted list after the findings of a file at its beginning.
func cutFile(list diag.List, path string) (file, rest diag.List) {
	n := 0
	for n < len(list) && list[n].Path == path {
		n++
	}
	return list[:n], list[n:]
}

// unchanged reports whether two lists are surely the same, without wording them: a finding that was
// kept from the build before still has its arguments.
func unchanged(a, b diag.List) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		x, y := &a[i], &b[i]
		if x.Rule != y.Rule || (x.Suppressed == nil) != (y.Suppressed == nil) || x.Message.Format != y.Message.Format ||
			len(x.Message.Args) != len(y.Message.Args) {
			return false
		}
		if len(x.Message.Args) > 0 && &x.Message.Args[0] != &y.Message.Args[0] {
			return false
		}
	}
	return true
}
