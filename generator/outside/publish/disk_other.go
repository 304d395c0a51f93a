//go:build !linux

package publish

import (
	"errors"
	"os"
)

// syncAll is not available here: every file is synced by itself.
func syncAll(*os.File) error { return errors.ErrUnsupported }
