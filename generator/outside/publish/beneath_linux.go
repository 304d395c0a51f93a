//go:build linux && (amd64 || arm64 || riscv64 || loong64)

package publish

import (
	"io/fs"
	"os"
	"path"
	"syscall"
	"time"
	"unsafe"
)

// beneath does the work of an os.Root with openat2(2), which walks a path of any
// length in one call where os.Root makes two calls for each folder on the way:
// a publication of small pages takes half the time. It follows no link at all.
type beneath struct {
	*os.Root
	dir *os.File
}

// openFolder returns the folder of held, by the fastest means that there is.
func openFolder(h *held) folder {
	b := beneath{h.root, h.lock}
	if b.dir == nil {
		return h.root
	}
	fd, err := b.open(".", syscall.O_RDONLY|syscall.O_DIRECTORY, 0)
	if err != nil { // an old kernel, or a sandbox that does not know the call
		return h.root
	}
	info, err := fstat(fd, ".")
	syscall.Close(fd)
	if mine, errMine := h.root.Stat("."); err != nil || errMine != nil || !info.IsDir() || !sameInode(mine, info) {
		return h.root // the lock is a file, not the folder
	}
	return b
}

func sameInode(a fs.FileInfo, b entryInfo) bool {
	st, ok := a.Sys().(*syscall.Stat_t)
	return ok && st.Dev == b.st.Dev && st.Ino == b.st.Ino
}

// openHow is struct open_how of openat2(2).
type openHow struct {
	flags, mode, resolve uint64
}

const (
	sysOpenat2 = 437 // on every kind of machine
	oPath      = 0x200000
	// RESOLVE_NO_MAGICLINKS | RESOLVE_NO_SYMLINKS | RESOLVE_BENEATH
	resolveStrictly = 0x02 | 0x04 | 0x08
	atRemoveDir     = 0x200
)

// open opens a path below the folder, no part of which is a link.
func (b beneath) open(name string, flag int, perm uint32) (int, error) {
	p, err := syscall.BytePtrFromString(name)
	if err != nil {
		return 0, err
	}
	how := openHow{flags: uint64(flag | syscall.O_CLOEXEC), mode: uint64(perm), resolve: resolveStrictly}
	for {
		fd, _, errno := syscall.Syscall6(sysOpenat2, b.dir.Fd(), uintptr(unsafe.Pointer(p)),
			uintptr(unsafe.Pointer(&how)), unsafe.Sizeof(how), 0, 0)
		switch errno {
		case 0:
			return int(fd), nil
		case syscall.EINTR, syscall.EAGAIN:
		default:
			return 0, errno
		}
	}
}

// in calls do with the folder of a path and the last part of it.
func (b beneath) in(operation, name string, do func(fd int, base string) error) error {
	dir, base := path.Split(name)
	if dir == "" {
		dir = "."
	}
	fd, err := b.open(dir, oPath|syscall.O_DIRECTORY, 0)
	if err == nil {
		err = do(fd, base)
		syscall.Close(fd)
	}
	if err != nil {
		return &fs.PathError{Op: operation, Path: name, Err: err}
	}
	return nil
}

func (b beneath) OpenFile(name string, flag int, perm fs.FileMode) (*os.File, error) {
	mode := uint32(0)
	if flag&os.O_CREATE != 0 {
		mode = uint32(perm.Perm())
	}
	fd, err := b.open(name, flag|syscall.O_NOFOLLOW, mode)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	return os.NewFile(uintptr(fd), name), nil
}

func (b beneath) Lstat(name string) (fs.FileInfo, error) {
	fd, err := b.open(name, oPath|syscall.O_NOFOLLOW, 0)
	if err == syscall.ELOOP {
		err = syscall.ENOTDIR // a link on the way, which is no folder here
	}
	if err != nil {
		return nil, &fs.PathError{Op: "stat", Path: name, Err: err}
	}
	defer syscall.Close(fd)
	info, err := fstat(fd, path.Base(name))
	if err != nil {
		return nil, &fs.PathError{Op: "stat", Path: name, Err: err}
	}
	return info, nil
}

// Rename renames within one folder.
func (b beneath) Rename(from, to string) error {
	if path.Dir(from) != path.Dir(to) {
		return b.Root.Rename(from, to)
	}
	return b.in("rename", to, func(fd int, base string) error {
		return again(func() error { return syscall.Renameat(fd, path.Base(from), fd, base) })
	})
}

func (b beneath) Link(from, to string) error {
	return b.in("link", from, func(fromFd int, fromBase string) error {
		return b.in("link", to, func(toFd int, toBase string) error {
			from, err := syscall.BytePtrFromString(fromBase)
			if err != nil {
				return err
			}
			to, err := syscall.BytePtrFromString(toBase)
			if err != nil {
				return err
			}
			return again(func() error {
				_, _, errno := syscall.Syscall6(syscall.SYS_LINKAT, uintptr(fromFd), uintptr(unsafe.Pointer(from)),
					uintptr(toFd), uintptr(unsafe.Pointer(to)), 0, 0)
				if errno != 0 {
					return errno
				}
				return nil
			})
		})
	})
}

func (b beneath) Mkdir(name string, perm fs.FileMode) error {
	return b.in("mkdir", name, func(fd int, base string) error {
		return again(func() error { return syscall.Mkdirat(fd, base, uint32(perm.Perm())) })
	})
}

// Chmod changes the mode of a folder.
func (b beneath) Chmod(name string, mode fs.FileMode) error {
	fd, err := b.open(name, syscall.O_RDONLY|syscall.O_DIRECTORY, 0)
	if err == syscall.EACCES {
		return b.Root.Chmod(name, mode) // the mode that it has does not let us in
	}
	if err == nil {
		err = again(func() error { return syscall.Fchmod(fd, uint32(mode.Perm())) })
		syscall.Close(fd)
	}
	if err != nil {
		return &fs.PathError{Op: "chmod", Path: name, Err: err}
	}
	return nil
}

func (b beneath) Remove(name string) error {
	return b.in("remove", name, func(fd int, base string) error {
		err := again(func() error { return syscall.Unlinkat(fd, base) })
		if err != syscall.EISDIR && err != syscall.EPERM {
			return err
		}
		p, errName := syscall.BytePtrFromString(base)
		if errName != nil {
			return errName
		}
		errDir := again(func() error {
			if _, _, errno := syscall.Syscall(syscall.SYS_UNLINKAT, uintptr(fd), uintptr(unsafe.Pointer(p)), atRemoveDir); errno != 0 {
				return errno
			}
			return nil
		})
		if errDir == syscall.ENOTDIR {
			return err // it was a file, and may not be removed
		}
		return errDir
	})
}

// again repeats a call that a signal broke off.
func again(call func() error) error {
	for {
		if err := call(); err != syscall.EINTR {
			return err
		}
	}
}

// entryInfo is a fs.FileInfo of fstat(2).
type entryInfo struct {
	name string
	st   syscall.Stat_t
}

func fstat(fd int, name string) (entryInfo, error) {
	info := entryInfo{name: name}
	err := again(func() error { return syscall.Fstat(fd, &info.st) })
	return info, err
}

func (i entryInfo) Name() string       { return i.name }
func (i entryInfo) Size() int64        { return i.st.Size }
func (i entryInfo) ModTime() time.Time { return time.Unix(i.st.Mtim.Unix()) }
func (i entryInfo) IsDir() bool        { return i.Mode().IsDir() }
func (i entryInfo) Sys() any           { return &i.st }
func (i entryInfo) Mode() fs.FileMode {
	mode := fs.FileMode(i.st.Mode & 0o777)
	switch i.st.Mode & syscall.S_IFMT {
	case syscall.S_IFREG:
		return mode
	case syscall.S_IFDIR:
		return mode | fs.ModeDir
	case syscall.S_IFLNK:
		return mode | fs.ModeSymlink
	}
	return mode | fs.ModeIrregular // no one here asks further
}
