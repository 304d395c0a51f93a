//go:build darwin || freebsd

package source

import (
	"io/fs"
	"syscall"
)

// identifies reports whether a stamp tells one folder from another that took its
// name.
const identifies = true

func stampOf(info fs.FileInfo) stamp {
	st := info.Sys().(*syscall.Stat_t)
	return stamp{size: st.Size, mtime: st.Mtimespec.Nano(), ctime: st.Ctimespec.Nano(),
		dev: uint64(st.Dev), ino: st.Ino}
}
