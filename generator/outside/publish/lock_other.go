//go:build !(linux || darwin || freebsd || netbsd || openbsd || dragonfly)

package publish

import "os"

// lock does nothing here: these systems have no lock in the standard library,
// and builds at the same time are left to the user's care.
func lock(*os.Root) (*os.File, error) { return nil, nil }
