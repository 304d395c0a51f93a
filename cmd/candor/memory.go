package main

import (
	"math"
	"os"
	"runtime"
	"runtime/debug"

	"candor/generator"
)

// limitMemory lets garbage pile up, because a build is soon over, but not
// beyond a few times the size of the site. GOGC and GOMEMLIMIT go before it.
func limitMemory(in generator.Input) { limitMemoryTo(in, 7) }

// limitMemoryTo is limitMemory for a build of which more is kept.
func limitMemoryTo(in generator.Input, times int64) {
	size := int64(0)
	for f := range in.Content.All() {
		size += int64(len(f.Data))
	}
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(40<<20 + times*size)
	}
}

// room is how much garbage a watch lets pile up, in bytes: enough for some saves,
// and little beside a large site.
const room = 16 << 20

// settleMemory prepares for a long run with small steps: what the first build took
// is given back, and garbage is collected when there is room's worth of it.
func settleMemory() {
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(math.MaxInt64)
	}
	debug.FreeOSMemory()
	if os.Getenv("GOGC") == "" {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		debug.SetGCPercent(int(max(5, min(1000, 100*room/max(1, m.HeapAlloc)))))
	}
}
