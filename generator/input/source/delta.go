package source

import (
	"slices"

	"candor/generator/diag"
)

// delta is what one look found otherwise than the look before.
type delta struct {
	changes  []change // of files
	entries  int      // how many more items there are
	folders  bool     // whether a folder came or went
	findings bool     // whether a finding came or went
}

// change is a path whose bytes differ, or where another file has the same ones.
type change struct {
	path          string
	before, after known
}

// folder compares two states of one folder; nil is one that is not there. What
// both share is as it was.
func (d *delta) folder(before, after *folder) {
	switch {
	case before == after:
		return
	case before == nil:
		before = &folder{path: after.path}
	case after == nil:
		after = &folder{path: before.path}
	}
	d.entries += len(after.items) - len(before.items)
	d.folders = d.folders || before.entered != after.entered
	d.finding(before.fault, after.fault)
	d.collisions(before.collisions, after.collisions)
	was, is := before.items, after.items
	for len(was) > 0 || len(is) > 0 {
		order := 0
		switch {
		case len(was) == 0:
			order = 1
		case len(is) == 0:
			order = -1
		default:
			order = compareItems(&was[0], &is[0])
		}
		var a, b *item
		if order <= 0 {
			a, was = &was[0], was[1:]
		}
		if order >= 0 {
			b, is = &is[0], is[1:]
		}
		d.item(before.path, a, b)
	}
}

// item compares what one entry of a folder was and is; nil is none.
func (d *delta) item(folder string, before, after *item) {
	var wrong, stillWrong *diag.Diagnostic
	var name string
	if before != nil {
		name, wrong = before.name, before.fault
	}
	if after != nil {
		name, stillWrong = after.name, after.fault
	}
	d.finding(wrong, stillWrong)
	was, is := before.file(), after.file()
	if was.there() != is.there() || was.file.Sum != is.file.Sum || !was.stamp.sameFile(is.stamp) {
		d.changes = append(d.changes, change{folder + name, was, is})
	}
	d.folder(before.folder(), after.folder())
}

func (d *delta) finding(before, after *diag.Diagnostic) {
	d.findings = d.findings || before != after && (before == nil || after == nil || !sameFinding(*before, *after))
}

func (d *delta) collisions(before, after diag.List) {
	d.findings = d.findings || !slices.EqualFunc(before, after, sameFinding)
}
