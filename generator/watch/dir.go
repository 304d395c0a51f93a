package watch

import "time"

// dir is a watched folder. One can be several places, where links lead to it,
// and can hold a name on the way to a root as well.
type dir struct {
	path   string
	inode  inode
	places []place
	names  map[string][]int // the roots on whose way a name in it is
}

// dir returns the entry of a folder, a new one if there is none.
func (l *ledger) dir(real string) *dir {
	d := l.dirs[real]
	if d == nil {
		d = &dir{path: real}
		l.dirs[real] = d
	}
	return d
}

// useless deletes an entry that is not needed any more.
func (l *ledger) useless(d *dir) bool {
	if len(d.places) > 0 || len(d.names) > 0 {
		return false
	}
	delete(l.dirs, d.path)
	if d.inode != (inode{}) {
		delete(l.inodes, d.inode)
	}
	return true
}

// claim enters that an inode is at the path of d, and returns the path at which
// it was before. Events that say so may be still to come, or may be lost with a
// watch that is made anew.
func (l *ledger) claim(d *dir, node inode) (moved string) {
	if node == (inode{}) || d.inode == node {
		return ""
	}
	now := time.Now()
	if other := l.inodes[node]; other != nil {
		l.disown(other, now)
		moved = other.path
	}
	l.disown(d, now)
	d.inode = node
	l.inodes[node] = d
	return moved
}

// disown enters that the watch of d does not stand on what is at its path.
func (l *ledger) disown(d *dir, now time.Time) {
	if d.inode == (inode{}) {
		return
	}
	delete(l.inodes, d.inode)
	d.inode = inode{}
	for _, at := range d.places {
		l.note(at, true, now)
	}
	for _, roots := range d.names {
		l.stray(roots)
	}
}
