package main

import (
	"io"
	"slices"

	"candor/generator/diag"
	"candor/generator/message"
)

// mostFindings is how many findings of one build a watch looks at, and the preview gets: more than a
// person reads. candor check --all lists all.
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

// withUnread adds what could not be read to the sorted findings of a build, which says
// of some of it that it is not there.
func withUnread(unread, found diag.List) diag.List {
	if len(unread) == 0 {
		return found
	}
	is := func(path string) bool {
		return slices.ContainsFunc(unread, func(d diag.Diagnostic) bool { return d.Path == path })
	}
	all := unread
	for _, d := range found {
		if d.Rule != "missing-file" || !is(d.Path) && !is(d.Path+"/index.md") {
			all = append(all, d)
		}
	}
	return all.Sort()
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
func writeFew(w io.Writer, few diag.List, all int, opt diag.TextOptions) {
	opt.Left = max(0, all-len(few))
	_ = diag.WriteText(w, few, opt) // memory takes it
}

// changed compares the sorted findings of two builds. It returns those that are new, and how many
// are gone. A finding is the same if it says the same of the same file, on whichever line. Only
// those between the first and the last that are not surely the same are worded.
func changed(before, now diag.List) (added diag.List, gone int) {
	for len(before) > 0 && len(now) > 0 && kept(&before[0], &now[0]) {
		before, now = before[1:], now[1:]
	}
	for len(before) > 0 && len(now) > 0 && kept(&before[len(before)-1], &now[len(now)-1]) {
		before, now = before[:len(before)-1], now[:len(now)-1]
	}
	left := map[string]int{} // what the build before said
	key := func(d diag.Diagnostic) string { return d.Path + "\x00" + d.Rule + "\x00" + d.Message.String() }
	for _, d := range before.Active() {
		left[key(d)]++
		gone++
	}
	for _, d := range now.Active() {
		if said := key(d); left[said] > 0 {
			left[said]--
			gone--
		} else {
			added = append(added, d)
		}
	}
	return added, gone
}

// kept reports whether two findings are surely the same, without wording them: one that was kept from
// the build before still has its arguments.
func kept(x, y *diag.Diagnostic) bool {
	a, b := x.Message.Args, y.Message.Args
	return x.Path == y.Path && x.Rule == y.Rule && x.Message.Format == y.Message.Format &&
		(x.Suppressed == nil) == (y.Suppressed == nil) && len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}
