package watch

import (
	"slices"
	"time"
)

// Hint says why Wait has come back. At least one of its fields is set.
type Hint struct {
	// Paths holds what may have changed, by the index of its root: slash paths
	// below the root, sorted and distinct, "." for the root itself. A path may be
	// that of a folder, and then stands for what it holds directly. nil if
	// Everything.
	Paths map[int][]string

	Everything bool // anything may have changed: look at all
	Confirm    bool // Everything is only to make sure: no event speaks for a change
	Due        bool // the time given to Wait has come
}

// place is a file or folder below a root, or the root: ".".
type place struct {
	root int
	path string
}

const (
	gap       = time.Millisecond      // so long nothing follows, and a run of events is over
	patience  = 10 * time.Millisecond // so long a run of events may keep a hint back
	maxPlaces = 4096                  // more places than this are Everything
)

// pending is the hint that is to be given next.
type pending struct {
	places      map[place]struct{}
	everything  bool
	first, last time.Time // when the first and the last event of it came
}

func (p *pending) empty() bool { return !p.everything && len(p.places) == 0 }

func (p *pending) add(at place, now time.Time) {
	p.stamp(now)
	if p.everything {
		return
	}
	if p.places == nil {
		p.places = make(map[place]struct{})
	}
	p.places[at] = struct{}{}
	if len(p.places) > maxPlaces {
		p.all(now)
	}
}

func (p *pending) all(now time.Time) {
	p.stamp(now)
	p.everything, p.places = true, nil
}

func (p *pending) stamp(now time.Time) {
	if p.empty() {
		p.first = now
	}
	p.last = now
}

// ready returns when the hint is to be given if no more is added to it.
func (p *pending) ready() time.Time {
	if end := p.first.Add(patience); end.Before(p.last.Add(gap)) {
		return end
	}
	return p.last.Add(gap)
}

// take returns the hint and begins another.
func (p *pending) take() Hint {
	h := Hint{Everything: p.everything}
	for at := range p.places {
		if h.Paths == nil {
			h.Paths = make(map[int][]string)
		}
		h.Paths[at.root] = append(h.Paths[at.root], at.path)
	}
	for _, paths := range h.Paths {
		slices.Sort(paths)
	}
	*p = pending{}
	return h
}
