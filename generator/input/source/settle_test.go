package source

import (
	"fmt"
	"testing"
	"time"

	"candor/generator/fileset"
)

const ms = time.Millisecond

// file makes what a look at one file shows: "" is an empty file. Its inode tells
// it from another file; moved says whether it was renamed into place.
func file(data string, ino uint64, moved bool) known {
	k := known{file: fileset.NewFile("x", []byte(data)), stamp: stamp{mtime: 1, ctime: 1, ino: ino}}
	if moved {
		k.stamp.ctime = 2
	}
	return k
}

// TestQuiet holds for each kind of change how long it must stay as it is.
func TestQuiet(t *testing.T) {
	noTimeOfChange := file("b", 1, false)
	noTimeOfChange.stamp.ctime = 0
	for _, test := range []struct {
		name          string
		before, after known
		want          time.Duration
	}{
		{"gone", file("a", 1, false), known{}, 60 * ms},
		{"emptied", file("a", 1, false), file("", 1, false), 300 * ms},
		{"another, and empty", file("a", 1, false), file("", 2, true), 300 * ms},
		{"written in place", file("a", 1, false), file("b", 1, false), 10 * ms},
		{"written in place, and chmod", file("a", 1, false), file("b", 1, true), 10 * ms},
		{"filled", file("", 1, false), file("b", 1, false), 10 * ms},
		{"new", known{}, file("b", 1, false), 2 * ms},
		{"new and empty", known{}, file("", 1, false), 2 * ms},
		{"new, empty and chmod", known{}, file("", 1, true), 2 * ms},
		{"another", file("a", 1, false), file("b", 2, false), 2 * ms},
		{"new, where no time of change is known", known{}, noTimeOfChange, 2 * ms},
		{"new and moved here", known{}, file("b", 1, true), 0},
		{"another and moved here", file("a", 1, false), file("b", 2, true), 0},
	} {
		start := time.Unix(0, 0)
		var s settling
		s.note(change{"x", test.before, test.after}, start)
		wait, pending := s.judge(start, start)
		if wait != test.want || (len(pending) == 0) != (wait == 0) {
			t.Errorf("%s: %v %q, want %v", test.name, wait, pending, test.want)
		}
		equal(t, s.changes(), []string{"x"})
		if wait == 0 {
			continue
		}
		if due := s.due(start.Add(wait - 1)); due != nil {
			t.Errorf("%s: due too soon", test.name)
		}
		early := start.Add(wait - 1)
		if wait, _ := s.judge(early, early); wait == 0 {
			t.Errorf("%s: believed too soon", test.name)
		}
		equal(t, s.due(start.Add(wait)), []string{"x"})
		if wait, pending := s.judge(start.Add(wait), start.Add(wait)); wait != 0 || pending != nil {
			t.Errorf("%s: not believed after %v: %v %q", test.name, test.want, wait, pending)
		}
	}
}

// TestALookTakesTime measures from the end of the look that saw a change to the
// beginning of the one that sees it again.
func TestALookTakesTime(t *testing.T) {
	var s settling
	start := time.Unix(0, 0)
	end := start.Add(40 * ms)
	s.note(change{"x", known{}, file("a", 1, false)}, end)
	if wait, _ := s.judge(start, end); wait != 2*ms {
		t.Error(wait)
	}
	if s.due(end) != nil {
		t.Error("due at once")
	}
	start, end = end.Add(ms), end.Add(41*ms)
	if wait, _ := s.judge(start, end); wait != ms {
		t.Error("a look that began too soon is believed, or is never repeated:", wait)
	}
}

func TestEachIsBelievedByItself(t *testing.T) {
	var s settling
	clock := time.Unix(0, 0)
	step := func(wantWait time.Duration, wantPending ...string) {
		t.Helper()
		wait, pending := s.judge(clock, clock)
		if wait != wantWait {
			t.Errorf("wait is %v, want %v", wait, wantWait)
		}
		equal(t, pending, wantPending)
	}
	s.note(change{"gone", file("a", 1, false), known{}}, clock)
	s.note(change{"moved", known{}, file("a", 2, true)}, clock)
	s.note(change{"new", known{}, file("a", 3, false)}, clock)
	step(60*ms, "gone", "new")
	clock = clock.Add(2 * ms)
	equal(t, s.due(clock), []string{"new"})
	step(58*ms, "gone")
	clock = clock.Add(8 * ms)
	s.note(change{"new", file("a", 3, false), file("ab", 3, false)}, clock) // it was not all
	step(50*ms, "gone", "new")
	clock = clock.Add(50 * ms)
	step(0)
	equal(t, s.changes(), []string{"gone", "moved", "new"})
	s.note(change{"gone", known{}, file("a", 4, false)}, clock) // back with the same bytes
	step(0)
	equal(t, s.changes(), []string{"moved", "new"})
	s.accept()
	equal(t, s.changes(), nil)
}

// TestIdentity keeps in mind that a file has been replaced by one of the same
// bytes, as far as the accepted tree goes.
func TestIdentity(t *testing.T) {
	var s settling
	clock := time.Unix(0, 0)
	s.note(change{"x", file("a", 1, false), file("a", 2, false)}, clock)
	if wait, _ := s.judge(clock, clock); wait != 0 || s.changes() != nil {
		t.Error("a file with the same bytes is a change")
	}
	s.note(change{"x", file("a", 2, false), file("b", 2, false)}, clock)
	if wait, _ := s.judge(clock, clock); wait != 2*ms {
		t.Error("the accepted tree has another file:", wait)
	}
	clock = clock.Add(ms)
	s.note(change{"x", file("b", 2, false), file("b", 3, false)}, clock)
	if wait, _ := s.judge(clock, clock); wait != ms {
		t.Error("bytes that have been seen are waited for anew:", wait)
	}
}

func TestBulkIsMoreThanEight(t *testing.T) {
	var s settling
	clock := time.Unix(0, 0)
	for i := range 8 {
		s.note(change{fmt.Sprint(i), known{}, file("a", uint64(i), false)}, clock)
	}
	if wait, pending := s.judge(clock, clock); wait != 2*ms || len(pending) != 8 {
		t.Error(wait, pending)
	}
	s.note(change{"8", known{}, file("a", 8, true)}, clock)
	if wait, pending := s.judge(clock, clock); wait != 150*ms || len(pending) != 1 {
		t.Error(wait, pending)
	}
	s.note(change{"8", file("a", 8, true), known{}}, clock) // it came and went
	if wait, pending := s.judge(clock, clock); wait != 2*ms || len(pending) != 8 {
		t.Error(wait, pending)
	}
}
