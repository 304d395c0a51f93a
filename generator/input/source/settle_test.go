package source

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"candor/generator/fileset"
)

const ms = time.Millisecond

// file makes what a look at one file shows: "" is an empty file. Its inode tells
// it from another file; moved says whether it was renamed into place.
func file(data string, ino uint64, moved bool) *entry {
	e := &entry{key: "x", file: fileset.NewFile("x", []byte(data)), stamp: stamp{mtime: 1, ctime: 1, ino: ino}}
	if moved {
		e.stamp.ctime = 2
	}
	return e
}

// looks are looks at a tree of which only the changes matter.
type looks struct {
	t *testing.T
	settling
	differ map[string]change
	clock  time.Time
}

func newLooks(t *testing.T) *looks {
	return &looks{t: t, differ: map[string]change{}, clock: time.Unix(0, 0)}
}

// sees is a look at the end of which a file is as given; nil is not there.
func (l *looks) sees(path string, before, after *entry) {
	l.differ[path] = change{path, before, after}
	if alike(before, after) {
		delete(l.differ, path)
	}
	l.note(slices.Collect(maps.Values(l.differ)), l.clock)
}

func (l *looks) waits(want time.Duration) {
	l.t.Helper()
	if wait := l.wait(l.clock, l.clock); wait != want {
		l.t.Errorf("wait is %v, want %v", wait, want)
	}
}

// TestQuiet holds for each kind of change how long it must stay as it is.
func TestQuiet(t *testing.T) {
	noTimeOfChange := file("b", 1, false)
	noTimeOfChange.stamp.ctime = 0
	for _, test := range []struct {
		name          string
		before, after *entry
		want          time.Duration
	}{
		{"gone", file("a", 1, false), nil, 60 * ms},
		{"gone, and something else in its place", file("a", 1, false), &entry{key: "x"}, 60 * ms},
		{"emptied", file("a", 1, false), file("", 1, false), 300 * ms},
		{"another, and empty", file("a", 1, false), file("", 2, true), 300 * ms},
		{"written in place", file("a", 1, false), file("b", 1, false), 10 * ms},
		{"written in place, and chmod", file("a", 1, false), file("b", 1, true), 10 * ms},
		{"filled", file("", 1, false), file("b", 1, false), 10 * ms},
		{"new", nil, file("b", 1, false), 2 * ms},
		{"new and empty", nil, file("", 1, false), 2 * ms},
		{"new, empty and chmod", nil, file("", 1, true), 2 * ms},
		{"another", file("a", 1, false), file("b", 2, false), 2 * ms},
		{"new, where no time of change is known", nil, noTimeOfChange, 2 * ms},
		{"new and moved here", nil, file("b", 1, true), 0},
		{"another and moved here", file("a", 1, false), file("b", 2, true), 0},
	} {
		l := newLooks(t)
		l.sees("x", test.before, test.after)
		if wait := l.wait(l.clock, l.clock); wait != test.want {
			t.Errorf("%s: %v, want %v", test.name, wait, test.want)
		}
		if test.want == 0 {
			continue
		}
		early := l.clock.Add(test.want - 1)
		if due := l.due(early); due != nil {
			t.Errorf("%s: due too soon", test.name)
		}
		if l.wait(early, early) == 0 {
			t.Errorf("%s: settled too soon", test.name)
		}
		l.clock = l.clock.Add(test.want)
		equal(t, l.due(l.clock), []string{"x"})
		l.waits(0)
	}
}

// TestALookTakesTime measures from the end of the look that saw a change to the
// beginning of the one that sees it again.
func TestALookTakesTime(t *testing.T) {
	l := newLooks(t)
	start := l.clock
	l.clock = start.Add(40 * ms)
	l.sees("x", nil, file("a", 1, false))
	if wait := l.wait(start, l.clock); wait != 2*ms {
		t.Error(wait)
	}
	if l.due(l.clock) != nil {
		t.Error("due at once")
	}
	if wait := l.wait(l.clock.Add(ms), l.clock.Add(41*ms)); wait != ms {
		t.Error("a look that began too soon settles it, or is never repeated:", wait)
	}
}

func TestEachSettlesByItself(t *testing.T) {
	l := newLooks(t)
	l.sees("gone", file("a", 1, false), nil)
	l.sees("moved", nil, file("a", 2, true))
	l.sees("new", nil, file("a", 3, false))
	l.waits(60 * ms)
	l.clock = l.clock.Add(2 * ms)
	equal(t, slices.Sorted(slices.Values(l.due(l.clock))), []string{"moved", "new"})
	l.waits(58 * ms)
	l.clock = l.clock.Add(8 * ms)
	l.sees("new", nil, file("ab", 3, false)) // it was not all
	l.waits(50 * ms)
	l.clock = l.clock.Add(50 * ms)
	l.waits(0)
	l.sees("gone", file("a", 1, false), file("a", 4, false)) // back with the same bytes
	l.waits(0)
}

// TestSameBytes waits no longer for a file that is replaced by one of the same
// bytes while it settles.
func TestSameBytes(t *testing.T) {
	l := newLooks(t)
	l.sees("x", file("a", 1, false), file("b", 2, false))
	l.waits(2 * ms)
	l.clock = l.clock.Add(ms)
	l.sees("x", file("a", 1, false), file("b", 3, false))
	l.waits(ms)
}

func TestBulkIsMoreThanEight(t *testing.T) {
	l := newLooks(t)
	for i := range 8 {
		l.sees(fmt.Sprint(i), nil, file("a", uint64(i), false))
	}
	l.waits(2 * ms)
	l.sees("8", nil, file("a", 8, true))
	l.waits(150 * ms)
	if wait := l.bulkWait(l.clock); wait != 150*ms {
		t.Error(wait)
	}
	l.sees("8", nil, nil) // it came and went
	l.waits(2 * ms)
}
