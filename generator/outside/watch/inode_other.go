//go:build !linux

package watch

import "io/fs"

// inode is not needed here: see the file for Linux.
type inode struct{}

func inodeOf(fs.FileInfo) inode { return inode{} }

func inodeAt(string) inode { return inode{} }
