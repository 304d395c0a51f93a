//go:build !(linux && (amd64 || arm64))

package source

import (
	"io/fs"
	"os"
)

// place is an open folder, read by the means of package os alone.
type place struct {
	root *os.Root
}

// identifies says whether a stamp tells one folder from another that took its
// name. Without inodes it does not, and every look is one at everything.
const identifies = false

func openTopPlace(top *os.Root) (*place, error) { return (&place{top}).enter(".") }

// enter opens a folder that stands in this one.
func (p *place) enter(name string) (*place, error) {
	sub, err := p.root.OpenRoot(name)
	if err != nil {
		return nil, err
	}
	return &place{sub}, nil
}

// enterFar opens a folder anywhere in the tree, by its path without links.
func enterFar(top *os.Root, real string) (*place, error) { return (&place{top}).enter(real) }

func (p *place) close() { p.root.Close() }

// list returns the entries of the folder in any order.
func (p *place) list() ([]entry, error) {
	dir, err := p.root.Open(".")
	if err != nil {
		return nil, err
	}
	defer dir.Close()
	listed, err := dir.ReadDir(-1)
	entries := make([]entry, len(listed))
	for i, e := range listed {
		entries[i] = entry{name: e.Name(), mode: e.Type()}
	}
	return entries, err
}

// look says what has the name, and its stamp.
func (p *place) look(name string) (fs.FileMode, stamp, error) {
	info, err := p.root.Lstat(name)
	if err != nil {
		return 0, stamp{}, err
	}
	return info.Mode().Type(), stampOf(info), nil
}

// self returns the stamp of the folder.
func (p *place) self() (stamp, error) {
	_, s, err := p.look(".")
	return s, err
}

// read returns the bytes of a regular file of at most limit bytes.
func (p *place) read(name string, limit int64) ([]byte, stamp, error) {
	return readSlow(p.root, name, limit)
}

// stampOf knows no inode and no time of change here: size and time of
// modification must do, as they do for make.
func stampOf(info fs.FileInfo) stamp {
	return stamp{size: info.Size(), mtime: info.ModTime().UnixNano()}
}
