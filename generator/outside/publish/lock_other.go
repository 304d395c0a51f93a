//go:build !(linux || darwin || freebsd || netbsd || openbsd || dragonfly)

package publish

import "os"

// lock does nothing here, because these systems have no lock in the standard
// library: users must not start two builds at a time.
func lock(*os.Root) (*os.File, error) { return nil, nil }
