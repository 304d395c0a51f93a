//go:build linux || darwin || freebsd

package source

import (
	"io/fs"
	"os"
	"strings"

	"golang.org/x/sys/unix"
)

// place is an open folder, to whose descriptor single names are relative; no link
// is followed. That is what os.Root does inside, too, but os.File asks of every
// file whether it can be polled, and of every entry of a Root's folder what it is:
// measured at 23,001 files, 370 ms of processor time in place of 210 for a first
// look, and 160 in place of 95 for one that finds nothing new.
type place struct {
	dir *os.File
}

// identifies says whether a stamp tells one folder from another that took its
// name.
const identifies = true

const openFlags = unix.O_RDONLY | unix.O_NOFOLLOW | unix.O_CLOEXEC

func openTopPlace(root *os.Root) (*place, error) {
	f, err := root.Open(".")
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return (&place{f}).enter(".")
}

// enter opens a folder that is in this one.
func (p *place) enter(name string) (*place, error) {
	fd, err := again(func() (int, error) { return unix.Openat(p.fd(), name, openFlags|unix.O_DIRECTORY, 0) })
	if err != nil {
		return nil, err
	}
	return &place{os.NewFile(uintptr(fd), p.dir.Name()+"/"+name)}, nil
}

// enterFar opens a folder anywhere in the tree, by its path without links.
func enterFar(root *os.Root, real string) (*place, error) {
	p, err := openTopPlace(root)
	for part := range strings.SplitSeq(real, "/") {
		if err != nil {
			return nil, err
		}
		outer := p
		p, err = outer.enter(part)
		outer.close()
	}
	return p, err
}

func (p *place) close()  { p.dir.Close() }
func (p *place) fd() int { return int(p.dir.Fd()) }

// list returns the entries of the folder in any order.
func (p *place) list() ([]child, error) {
	listed, err := p.dir.ReadDir(-1)
	children := make([]child, len(listed))
	for i, e := range listed {
		children[i] = child{e.Name(), e.Type()}
	}
	return children, err
}

// look says what has the name, and its stamp.
func (p *place) look(name string) (fs.FileMode, stamp, error) {
	var st unix.Stat_t
	_, err := again(func() (int, error) { return 0, unix.Fstatat(p.fd(), name, &st, unix.AT_SYMLINK_NOFOLLOW) })
	return fileMode(&st), stampOf(&st), err
}

// self returns the stamp of the folder.
func (p *place) self() (stamp, error) {
	var st unix.Stat_t
	_, err := again(func() (int, error) { return 0, unix.Fstat(p.fd(), &st) })
	return stampOf(&st), err
}

// read returns the bytes of a regular file of at most limit bytes.
func (p *place) read(name string, limit int64) ([]byte, stamp, error) {
	// A pipe that took the place of the file since the listing must not be waited for.
	fd, err := again(func() (int, error) { return unix.Openat(p.fd(), name, openFlags|unix.O_NONBLOCK, 0) })
	if err != nil {
		return nil, stamp{}, err
	}
	defer unix.Close(fd)
	var st unix.Stat_t
	if _, err := again(func() (int, error) { return 0, unix.Fstat(fd, &st) }); err != nil {
		return nil, stamp{}, err
	}
	switch {
	case !fileMode(&st).IsRegular():
		return nil, stamp{}, specialError{fileMode(&st)}
	case st.Size > limit:
		return nil, stamp{}, errLarge
	}
	// One byte more than the size: a read that leaves room has met the end.
	data := make([]byte, st.Size+1)
	for n := 0; ; {
		got, err := again(func() (int, error) { return unix.Read(fd, data[n:]) })
		if err != nil {
			return nil, stamp{}, err
		}
		n += got
		switch {
		case int64(n) > limit:
			return nil, stamp{}, errLarge
		case got == 0 || n < len(data):
			return data[:n:n], stampOf(&st), nil
		}
		data = append(data, make([]byte, n)...) // it has grown since
	}
}

// again repeats a call that a signal broke off.
func again(call func() (int, error)) (int, error) {
	for {
		n, err := call()
		if err != unix.EINTR {
			return n, err
		}
	}
}

func fileMode(st *unix.Stat_t) fs.FileMode {
	switch uint32(st.Mode) & unix.S_IFMT {
	case unix.S_IFREG:
		return 0
	case unix.S_IFDIR:
		return fs.ModeDir
	case unix.S_IFLNK:
		return fs.ModeSymlink
	case unix.S_IFIFO:
		return fs.ModeNamedPipe
	case unix.S_IFSOCK:
		return fs.ModeSocket
	case unix.S_IFCHR, unix.S_IFBLK:
		return fs.ModeDevice
	}
	return fs.ModeIrregular
}

func stampOf(st *unix.Stat_t) stamp {
	return stamp{size: st.Size, mtime: st.Mtim.Nano(), ctime: st.Ctim.Nano(), dev: uint64(st.Dev), ino: st.Ino}
}
