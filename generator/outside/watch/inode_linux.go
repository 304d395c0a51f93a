package watch

import (
	"io/fs"
	"os"
	"syscall"
)

// inode tells a folder from all others, whatever its path. That matters on Linux,
// where inotify knows a folder by its inode and fsnotify by the path under which
// it was first watched: until that watch is given up, another of the same folder
// under a new path does not come about.
type inode struct {
	device, number uint64
}

// inodeOf returns the inode of what info describes.
func inodeOf(info fs.FileInfo) inode {
	st, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return inode{}
	}
	return inode{uint64(st.Dev), uint64(st.Ino)}
}

// inodeAt returns the inode that is at a path, none if nothing is.
func inodeAt(name string) inode {
	info, err := os.Lstat(name)
	if err != nil {
		return inode{}
	}
	return inodeOf(info)
}
