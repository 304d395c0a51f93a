//go:build !(linux || darwin || freebsd)

package source

import (
	"io"
	"io/fs"
	"os"
	"syscall"
)

// place is an open folder, read only by the means of package os.
type place struct {
	root *os.Root
}

// identifies says whether a stamp tells one folder from another that took its
// name. Without inodes it does not, and every look is one at everything.
const identifies = false

func openTopPlace(root *os.Root) (*place, error) { return (&place{root}).enter(".") }

// enter opens a folder that is in this one.
func (p *place) enter(name string) (*place, error) {
	sub, err := p.root.OpenRoot(name)
	if err != nil {
		return nil, err
	}
	return &place{sub}, nil
}

// enterFar opens a folder anywhere in the tree, by its path without links.
func enterFar(root *os.Root, real string) (*place, error) { return (&place{root}).enter(real) }

func (p *place) close() { p.root.Close() }

// list returns the entries of the folder in any order.
func (p *place) list() ([]child, error) {
	dir, err := p.root.Open(".")
	if err != nil {
		return nil, err
	}
	defer dir.Close()
	listed, err := dir.ReadDir(-1)
	children := make([]child, len(listed))
	for i, e := range listed {
		children[i] = child{e.Name(), e.Type()}
	}
	return children, err
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
	// A pipe that took the place of the file since the listing must not be waited for.
	f, err := p.root.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, stamp{}, err
	}
	defer f.Close()
	info, err := f.Stat()
	switch {
	case err != nil:
		return nil, stamp{}, err
	case !info.Mode().IsRegular():
		return nil, stamp{}, specialError{info.Mode()}
	}
	data, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err == nil && int64(len(data)) > limit {
		err = errLarge
	}
	return data, stampOf(info), err
}

// stampOf knows no inode and no time of change here: size and time of
// modification must do, as they do for make.
func stampOf(info fs.FileInfo) stamp {
	return stamp{size: info.Size(), mtime: info.ModTime().UnixNano()}
}
