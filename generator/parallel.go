package generator

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// workers is how many calls of parallel's f run at a time.
func workers() int { return runtime.GOMAXPROCS(0) }

// parallel calls f for i from 0 to n-1 on all processors and returns when all
// calls have. The order of the calls is not defined: f writes to its own place.
// Calls with one worker number, from 0 on, never overlap.
func parallel(n int, f func(worker, i int)) {
	var next atomic.Int64
	var wg sync.WaitGroup
	for worker := range min(workers(), n) {
		wg.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				f(worker, i)
			}
		})
	}
	wg.Wait()
}
