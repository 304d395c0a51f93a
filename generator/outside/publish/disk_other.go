//go:build !linux

package publish

import (
	"errors"
	"os"
)

// openFolder returns the folder of root.
func openFolder(root *os.Root, _ *os.File) folder { return root }

// syncAll is not available here: every file is synced by itself.
func syncAll(*os.File) error { return errors.ErrUnsupported }
