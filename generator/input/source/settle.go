package source

import "time"

// How long a file must have been seen unchanged before it counts as saved.
const (
	quietEmptied  = 300 * time.Millisecond // truncated, and not yet written
	quietGone     = 60 * time.Millisecond  // renamed away, and the new one not yet written
	quietInPlace  = 10 * time.Millisecond  // written in pieces
	quietNew      = 2 * time.Millisecond   // beside the silence that watch waits for
	quietBulk     = 150 * time.Millisecond
	patience      = 2 * time.Second // with one file, from when it was first seen to differ
	patienceBulk  = 10 * time.Second
	fewestForBulk = 9
)

// settling tells the steps of a save from its end. It knows the files that a look
// showed otherwise than the accepted tree has them, and how long each has stayed
// so. Times are those of looks, never of files: the clock of a file system may be
// another one.
type settling struct {
	files   map[string]*unsettled
	began   time.Time // when the first of them was seen
	altered time.Time // when a look last saw one otherwise than the look before
}

// unsettled is a file that differs from the accepted tree.
type unsettled struct {
	change
	first time.Time // when it was first seen to differ
	since time.Time // since when it has been as it is
}

// quiet returns how long the file must stay as it was seen.
func (u *unsettled) quiet() time.Duration {
	was, is := u.before.isFile(), u.after.isFile()
	switch {
	case !is:
		return quietGone
	case was && len(u.after.file.Data) == 0 && len(u.before.file.Data) > 0:
		return quietEmptied
	case was && u.before.stamp.sameFile(u.after.stamp):
		return quietInPlace
	case len(u.after.file.Data) > 0 && u.after.stamp.moved():
		return 0
	}
	return quietNew
}

// due returns when a look that shows the file as it is settles it.
func (u *unsettled) due() time.Time { return earlier(u.since.Add(u.quiet()), u.first.Add(patience)) }

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// note takes in all that differs from the accepted tree after a look that ended at
// now.
func (s *settling) note(changes []change, now time.Time) {
	files := make(map[string]*unsettled, len(changes))
	if len(s.files) == 0 {
		s.began = now
	}
	for _, c := range changes {
		u := s.files[c.path]
		switch {
		case u == nil:
			u = &unsettled{first: now, since: now}
			s.altered = now
		case !alike(u.after, c.after):
			u.since, s.altered = now, now
		}
		delete(s.files, c.path)
		u.change = c
		files[c.path] = u
	}
	if len(s.files) > 0 { // what is left is again as it was
		s.altered = now
	}
	s.files = files
}

// bulkWait returns how long to wait before the next look if many files differ,
// else 0.
func (s *settling) bulkWait(now time.Time) time.Duration {
	if len(s.files) < fewestForBulk {
		return 0
	}
	return max(0, earlier(s.altered.Add(quietBulk), s.began.Add(patienceBulk)).Sub(now))
}

// due returns the paths that a look at the time now must be at to settle them; "."
// is everything.
func (s *settling) due(now time.Time) []string {
	if len(s.files) >= fewestForBulk {
		return []string{"."}
	}
	var paths []string
	for path, u := range s.files {
		if !now.Before(u.due()) {
			paths = append(paths, path)
		}
	}
	return paths
}

// wait returns how long to wait before the next look, after one that began at
// start and was at what was due then; 0 if all has settled.
func (s *settling) wait(start, end time.Time) time.Duration {
	const atLeast = time.Millisecond
	if len(s.files) >= fewestForBulk {
		if s.bulkWait(start) == 0 {
			return 0
		}
		return max(atLeast, s.bulkWait(end))
	}
	var longest time.Duration
	for _, u := range s.files {
		if u.quiet() > 0 && start.Before(u.due()) {
			longest = max(longest, atLeast, u.due().Sub(end))
		}
	}
	return longest
}
