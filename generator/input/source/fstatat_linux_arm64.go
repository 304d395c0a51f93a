package source

import "syscall"

// fstatat is lstat(2) of a name in the folder fd.
func fstatat(fd int, name string, st *syscall.Stat_t) error {
	_, err := again(func() (int, error) { return 0, syscall.Fstatat(fd, name, st, atSymlinkNofollow) })
	return err
}

const atSymlinkNofollow = 0x100 // AT_SYMLINK_NOFOLLOW, fcntl.h
