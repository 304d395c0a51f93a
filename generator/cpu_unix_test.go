//go:build unix

package generator_test

import (
	"time"

	"golang.org/x/sys/unix"
)

// cpuTime returns how long this process has computed, on all processors together: that does not grow while others
// use the machine.
func cpuTime() time.Duration {
	var use unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &use); err != nil {
		panic(err)
	}
	return time.Duration(use.Utime.Nano() + use.Stime.Nano())
}
