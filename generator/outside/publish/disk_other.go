//go:build !linux

package publish

import (
	"errors"
	"io/fs"
	"os"
)

// changedAt returns when a file was last written to.
func changedAt(info fs.FileInfo) int64 { return info.ModTime().UnixNano() }

// syncAll is not available here: every file is synced by itself.
func syncAll(*os.File) error { return errors.ErrUnsupported }
