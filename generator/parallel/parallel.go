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
// If calls panic, Do panics with the *Panic of the first of them in the order of i:
// the caller of Do can recover it.
func Do(n int, f func(i int)) {
	var next atomic.Int64
	var wg sync.WaitGroup
	var mu sync.Mutex
	first, fault := n, (*Panic)(nil)
	for range min(runtime.GOMAXPROCS(0), n) {
		wg.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				if p := Try(func() { f(i) }); p != nil {
					mu.Lock()
					if i < first {
						first, fault = i, p
					}
					mu.Unlock()
				}
			}
		})
	}
	wg.Wait()
	if fault != nil {
		panic(fault)
	}
}
