package publish

import (
	"io/fs"
	"os"

	"golang.org/x/sys/unix"
)

// syncAll writes everything that was written to the file system of f to the disk.
// It reports failures since f was opened, so f must be opened before the writing.
func syncAll(f *os.File) error {
	if err := unix.Syncfs(int(f.Fd())); err != nil {
		return &fs.PathError{Op: "syncfs", Path: f.Name(), Err: err}
	}
	return nil
}
