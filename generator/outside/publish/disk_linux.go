package publish

import (
	"io/fs"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// changedAt returns when something last became of a file: of its bytes, if it has other
// names, because making and removing those counts too.
func changedAt(info fs.FileInfo) int64 {
	if stat, ok := info.Sys().(*syscall.Stat_t); ok && stat.Nlink == 1 {
		return stat.Ctim.Nano()
	}
	return info.ModTime().UnixNano()
}

// syncAll writes everything that was written to the file system of f to the disk.
// It reports failures since f was opened, so f must be opened before the writing.
func syncAll(f *os.File) error {
	if err := unix.Syncfs(int(f.Fd())); err != nil {
		return &fs.PathError{Op: "syncfs", Path: f.Name(), Err: err}
	}
	return nil
}
