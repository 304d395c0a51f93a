package generator

import "slices"

// recentUnits is how many incidents keep their documents between builds beside
// the large ones: an editor is at work on one, and comes back to a few.
const recentUnits = 8

// remember prepares a build to be the last one of the next.
func (b *build) remember() {
	var before []*unit
	if b.last != nil {
		before = b.last.recent
	}
	b.last = nil
	b.byName = make(map[string]*unit, len(b.units))
	for _, u := range b.units {
		b.byName[u.folder] = u
		if u.pieces != nil && !u.large() && !slices.Contains(before, u) {
			b.recent = append(b.recent, u)
		}
	}
	for _, u := range before {
		if b.byName[u.folder] == u {
			b.recent = append(b.recent, u)
		}
	}
	for len(b.recent) > recentUnits {
		b.recent[len(b.recent)-1].letGo(b)
		b.recent = b.recent[:len(b.recent)-1]
	}
}
