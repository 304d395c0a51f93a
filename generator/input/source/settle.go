package source

import (
	"slices"
	"time"
)

// How long a look must have shown the same before it is believed.
const (
	quietEmptied  = 300 * time.Millisecond // truncated, and not yet written
	quietGone     = 60 * time.Millisecond  // renamed away, and the new one not yet written
	quietInPlace  = 10 * time.Millisecond  // written in pieces
	quietNew      = 2 * time.Millisecond   // beside the silence that watch waits for
	quietBulk     = 150 * time.Millisecond
	patience      = 2 * time.Second // with one file, from when it was first in doubt
	patienceBulk  = 10 * time.Second
	fewestForBulk = 9
)

// settling tells the steps of a save from its end. It knows which files a look
// showed otherwise than the accepted tree has them, and how long they have stayed
// so; each is in doubt until it has stayed so for a while. Times are those of
// looks, never of files: the clock of a file system may be another one.
type settling struct {
	suspects  map[string]*suspect
	differing int       // how many suspects differ from the accepted tree
	began     time.Time // when the first of those was seen
	altered   time.Time // when a look last saw one otherwise than the look before
}

// suspect is a path that was not as accepted at some look since. It may be so
// again, or be another file of the same bytes: then only its identity is news.
type suspect struct {
	accepted, seen known
	first          time.Time // when it was first seen to differ
	since          time.Time // since when it has been as it is
	believed       bool
}

func (s *suspect) differs() bool { return !alike(&s.accepted, &s.seen) }

func alike(a, b *known) bool { return a.there() == b.there() && a.file.Sum == b.file.Sum }

// quiet returns how long the file must stay as it was seen.
func (s *suspect) quiet() time.Duration {
	was, is := s.accepted.there(), s.seen.there()
	empty := len(s.seen.file.Data) == 0
	switch {
	case !is:
		return quietGone
	case was && empty && len(s.accepted.file.Data) > 0:
		return quietEmptied
	case was && s.accepted.stamp.sameFile(s.seen.stamp):
		return quietInPlace
	case !empty && s.seen.stamp.moved():
		return 0
	}
	return quietNew
}

// due returns when a look that shows the file as it is ends the doubt.
func (s *suspect) due() time.Time { return earlier(s.since.Add(s.quiet()), s.first.Add(patience)) }

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// moved says whether something has become of the file since it was written, such
// as a new name: then what wrote it has done with it.
func (s stamp) moved() bool { return s.ctime != 0 && s.ctime != s.mtime }

// note takes down what a look that ended at now found changed.
func (s *settling) note(c change, now time.Time) {
	of, found := s.suspects[c.path]
	if !found {
		of = &suspect{accepted: c.before, seen: c.before}
		if s.suspects == nil {
			s.suspects = map[string]*suspect{}
		}
		s.suspects[c.path] = of
	}
	differed, same := of.differs(), alike(&of.seen, &c.after)
	of.seen = c.after
	if same {
		return
	}
	s.altered, of.since, of.believed = now, now, false
	switch differs := of.differs(); {
	case differs && !differed:
		of.first = now
		if s.differing++; s.differing == 1 {
			s.began = now
		}
	case differed && !differs:
		s.differing--
	}
}

func (s *settling) bulk() bool { return s.differing >= fewestForBulk }

func (s *settling) bulkDue() time.Time {
	return earlier(s.altered.Add(quietBulk), s.began.Add(patienceBulk))
}

// due returns the paths about which a look at the time now can end the doubt. It
// must be a look at them; "." is everything.
func (s *settling) due(now time.Time) []string {
	if s.bulk() {
		if now.Before(s.bulkDue()) {
			return nil
		}
		return []string{"."}
	}
	var paths []string
	for path, suspect := range s.suspects {
		if suspect.differs() && !suspect.believed && !now.Before(suspect.due()) {
			paths = append(paths, path)
		}
	}
	return paths
}

// judge returns what is still in doubt after a look at what was due at its start,
// and how long to wait before the next.
func (s *settling) judge(start, end time.Time) (time.Duration, []string) {
	if s.bulk() {
		if start.Before(s.bulkDue()) {
			return wait(end, s.bulkDue()), []string{"."}
		}
		return 0, nil
	}
	var longest time.Duration
	var pending []string
	for path, suspect := range s.suspects {
		if !suspect.differs() || suspect.believed {
			continue
		}
		if suspect.quiet() == 0 || !start.Before(suspect.due()) {
			suspect.believed = true
			continue
		}
		pending = append(pending, path)
		longest = max(longest, wait(end, suspect.due()))
	}
	slices.Sort(pending)
	return longest, pending
}

// wait is never 0, which means that nothing is in doubt.
func wait(now, due time.Time) time.Duration { return max(due.Sub(now), time.Millisecond) }

// changes returns the paths that differ from the accepted tree, sorted.
func (s *settling) changes() []string {
	if s.differing == 0 {
		return nil
	}
	paths := make([]string, 0, s.differing)
	for path, suspect := range s.suspects {
		if suspect.differs() {
			paths = append(paths, path)
		}
	}
	slices.Sort(paths)
	return paths
}

// accept makes what was seen last the accepted tree.
func (s *settling) accept() { *s = settling{} }
