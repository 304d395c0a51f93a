// Package parallel spreads independent calls over the processors. What comes of them does not depend on their order or
// on the number of processors.
package parallel

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// Do calls f for i from 0 to n-1 on all processors and returns when all
// calls have. The order of the calls is not defined: f writes to its own place.
func Do(n int, f func(i int)) {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), n) {
		wg.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				f(i)
			}
		})
	}
	wg.Wait()
}
