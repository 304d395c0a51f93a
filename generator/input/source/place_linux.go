//go:build linux && (amd64 || arm64)

package source

import (
	"bytes"
	"encoding/binary"
	"io/fs"
	"os"
	"strings"
	"syscall"
)

// place is an open folder: a descriptor, to which single names are relative, and
// no link is followed. That is what os.Root does inside, and all that it does
// for names of one part; but os.File asks of every file whether it can be
// polled, and of every entry of a Root's folder what it is, which together
// doubles the number of calls for a tree of small files.
type place struct {
	fd int
}

// identifies says whether a stamp tells one folder from another that took its
// name.
const identifies = true

const openFlags = syscall.O_RDONLY | syscall.O_NOFOLLOW | syscall.O_NONBLOCK | syscall.O_CLOEXEC

func openTopPlace(top *os.Root) (*place, error) {
	f, err := top.Open(".")
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return (&place{int(f.Fd())}).enter(".")
}

// enter opens a folder that stands in this one.
func (p *place) enter(name string) (*place, error) {
	fd, err := again(func() (int, error) { return syscall.Openat(p.fd, name, openFlags|syscall.O_DIRECTORY, 0) })
	if err != nil {
		return nil, err
	}
	return &place{fd}, nil
}

// enterFar opens a folder anywhere in the tree, by its path without links.
func enterFar(top *os.Root, real string) (*place, error) {
	p, err := openTopPlace(top)
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

func (p *place) close() { syscall.Close(p.fd) }

// list returns the entries of the folder in any order.
func (p *place) list() ([]entry, error) {
	var entries []entry
	buffer := make([]byte, 16<<10)
	for {
		n, err := again(func() (int, error) { return syscall.Getdents(p.fd, buffer) })
		if err != nil || n <= 0 {
			return entries, err
		}
		for rest := buffer[:n]; len(rest) > 0; {
			var e entry
			e, rest = nextEntry(rest)
			if e.name == "." || e.name == ".." {
				continue
			}
			if e.mode == unknownMode {
				if e.mode, _, err = p.look(e.name); gone(err) {
					continue
				} else if err != nil {
					return nil, err
				}
			}
			entries = append(entries, e)
		}
	}
}

// unknownMode marks an entry whose file system does not say what it is.
const unknownMode = ^fs.FileMode(0)

// nextEntry takes one struct linux_dirent64 (getdents64(2)) off the buffer.
func nextEntry(buffer []byte) (entry, []byte) {
	const lengthAt, typeAt, nameAt = 16, 18, 19
	length := binary.NativeEndian.Uint16(buffer[lengthAt:])
	name, _, _ := bytes.Cut(buffer[nameAt:length], []byte{0})
	e := entry{name: string(name), mode: unknownMode}
	if kind := uint32(buffer[typeAt]); kind != syscall.DT_UNKNOWN {
		e.mode = fileMode(kind << 12) // the DT_ constants are the S_IF ones, shifted
	}
	return e, buffer[length:]
}

// look says what has the name, and its stamp.
func (p *place) look(name string) (fs.FileMode, stamp, error) {
	var st syscall.Stat_t
	if err := fstatat(p.fd, name, &st); err != nil {
		return 0, stamp{}, err
	}
	return fileMode(st.Mode), statStamp(&st), nil
}

// self returns the stamp of the folder.
func (p *place) self() (stamp, error) {
	var st syscall.Stat_t
	if _, err := again(func() (int, error) { return 0, syscall.Fstat(p.fd, &st) }); err != nil {
		return stamp{}, err
	}
	return statStamp(&st), nil
}

// read returns the bytes of a regular file of at most limit bytes.
func (p *place) read(name string, limit int64) ([]byte, stamp, error) {
	fd, err := again(func() (int, error) { return syscall.Openat(p.fd, name, openFlags, 0) })
	if err != nil {
		return nil, stamp{}, err
	}
	defer syscall.Close(fd)
	var st syscall.Stat_t
	if _, err := again(func() (int, error) { return 0, syscall.Fstat(fd, &st) }); err != nil {
		return nil, stamp{}, err
	}
	switch {
	case st.Mode&syscall.S_IFMT != syscall.S_IFREG:
		return nil, stamp{}, specialError{fileMode(st.Mode)}
	case st.Size > limit:
		return nil, stamp{}, errLarge
	}
	// One byte more than the size: a read that leaves room has met the end.
	data := make([]byte, st.Size+1)
	for n := 0; ; {
		got, err := again(func() (int, error) { return syscall.Read(fd, data[n:]) })
		if err != nil {
			return nil, stamp{}, err
		}
		n += got
		switch {
		case int64(n) > limit:
			return nil, stamp{}, errLarge
		case got == 0 || n < len(data):
			return data[:n:n], statStamp(&st), nil
		}
		data = append(data, make([]byte, n)...) // it has grown since
	}
}

// again repeats a call that a signal broke off.
func again(call func() (int, error)) (int, error) {
	for {
		n, err := call()
		if err != syscall.EINTR {
			return n, err
		}
	}
}

func fileMode(mode uint32) fs.FileMode {
	switch mode & syscall.S_IFMT {
	case syscall.S_IFREG:
		return 0
	case syscall.S_IFDIR:
		return fs.ModeDir
	case syscall.S_IFLNK:
		return fs.ModeSymlink
	case syscall.S_IFIFO:
		return fs.ModeNamedPipe
	case syscall.S_IFSOCK:
		return fs.ModeSocket
	case syscall.S_IFCHR, syscall.S_IFBLK:
		return fs.ModeDevice
	}
	return fs.ModeIrregular
}

func stampOf(info fs.FileInfo) stamp {
	if st, ok := info.Sys().(*syscall.Stat_t); ok {
		return statStamp(st)
	}
	return stamp{size: info.Size(), mtime: info.ModTime().UnixNano()}
}

func statStamp(st *syscall.Stat_t) stamp {
	return stamp{size: st.Size, mtime: st.Mtim.Nano(), ctime: st.Ctim.Nano(), dev: uint64(st.Dev), ino: st.Ino}
}
