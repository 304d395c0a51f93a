//go:build !unix

package generator_test

import "time"

var started = time.Now()

// cpuTime returns the time since the tests began: as near as one gets here to how long they have computed.
func cpuTime() time.Duration { return time.Since(started) }
