//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package publish

import (
	"errors"
	"os"
	"syscall"
)

// lock takes an flock(2) on the directory itself, which leaves nothing behind. On a
// file system that locks only files that can be written to, as NFS does, it takes
// one on a dotfile.
func lock(root *os.Root) (*os.File, error) {
	f, err := root.Open(".")
	if err != nil {
		return nil, err
	}
	if err = flock(f); err == nil || errors.Is(err, errBusy) {
		return f, err
	}
	f.Close()
	if f, err = root.OpenFile(lockName, os.O_RDWR|os.O_CREATE|syscall.O_NOFOLLOW, fileMode); err != nil {
		return nil, err
	}
	return f, flock(f)
}

func flock(f *os.File) error {
	for {
		err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		switch err {
		case nil:
			return nil
		case syscall.EINTR:
		case syscall.EWOULDBLOCK:
			return errBusy
		default:
			return &os.PathError{Op: "flock", Path: f.Name(), Err: err}
		}
	}
}
