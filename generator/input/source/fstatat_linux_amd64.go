package source

import (
	"syscall"
	"unsafe"
)

// fstatat is lstat(2) of a name in the folder fd; package syscall has it for
// every Linux but this.
func fstatat(fd int, name string, st *syscall.Stat_t) error {
	p, err := syscall.BytePtrFromString(name)
	if err != nil {
		return err
	}
	_, err = again(func() (int, error) {
		_, _, errno := syscall.Syscall6(syscall.SYS_NEWFSTATAT,
			uintptr(fd), uintptr(unsafe.Pointer(p)), uintptr(unsafe.Pointer(st)), atSymlinkNofollow, 0, 0)
		if errno != 0 {
			return 0, errno
		}
		return 0, nil
	})
	return err
}

const atSymlinkNofollow = 0x100 // AT_SYMLINK_NOFOLLOW, fcntl.h
