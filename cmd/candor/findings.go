package main

import (
	"cmp"
	"io"

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
// are gone. A finding is the same if it says the same of the same file, on whichever line. Only
// findings that are not surely those of the build before are worded.
func changed(before, now diag.List) (added diag.List, gone int) {
	var old, current diag.List
	for len(before) > 0 && len(now) > 0 {
		x, y := &before[0], &now[0]
		order := cmp.Or(cmp.Compare(x.Path, y.Path), cmp.Compare(x.Line, y.Line), cmp.Compare(x.Rule, y.Rule))
		differ := order != 0 || !kept(x, y)
		if order <= 0 {
			before = before[1:]
			if differ {
				old = append(old, *x)
			}
		}
		if order >= 0 {
			now = now[1:]
			if differ {
				current = append(current, *y)
			}
		}
	}
	left := map[string]int{} // what the build before said
	for _, d := range append(old, before...).Active() {
		left[d.Path+"\x00"+d.Rule+"\x00"+d.Message.String()]++
		gone++
	}
	for _, d := range append(current, now...).Active() {
		key := d.Path + "\x00" + d.Rule + "\x00" + d.Message.String()
		if left[key] == 0 {
			added = append(added, d)
			continue
		}
		left[key]--
		gone--
	}
	return added, gone
}

// kept reports whether two findings of one rule are surely the same, without wording them: one that
// was kept from the build before still has its arguments.
func kept(x, y *diag.Diagnostic) bool {
	a, b := x.Message.Args, y.Message.Args
	return x.Message.Format == y.Message.Format && (x.Suppressed == nil) == (y.Suppressed == nil) &&
		len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}
