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

// claim enters that an inode is at the path of d. If that shows that watches do
// not stand on what is at their paths, it returns these paths: the watches are to
// be given up. Events that say so too may be still to come, or may be lost with
// another watch that is made anew.
func (l *ledger) claim(d *dir, node inode) (moved []string) {
	if node == (inode{}) || d.inode == node {
		return nil
	}
	for _, wrong := range []*dir{l.inodes[node], d} {
		if wrong != nil && wrong.inode != (inode{}) {
			l.disown(wrong)
			moved = append(moved, wrong.path)
		}
	}
	d.inode = node
	l.inodes[node] = d
	return moved
}

// disown enters that the watch of d is given up. The next Cover makes another.
func (l *ledger) disown(d *dir) {
	now := time.Now()
	delete(l.inodes, d.inode)
	d.inode = inode{}
	for _, at := range d.places {
		l.note(at, true, now)
	}
	for _, roots := range d.names {
		l.stray(roots)
	}
}
