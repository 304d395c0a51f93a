package main

import (
	"math"
	"os"
	"runtime"
	"runtime/debug"

	"candor/generator"
)

// limitMemory makes garbage collection rare, because a build is soon over, but keeps
// memory below a few times the size of the site and spare bytes. GOGC and GOMEMLIMIT
// override it.
func limitMemory(in generator.Input, spare int64) {
	size := int64(0)
	for f := range in.Content.All() {
		size += int64(len(f.Data))
	}
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(spare + 7*size)
	}
}

// spareToBuild and spareToWatch are what a build may use in addition to seven times
// its content: in a watch less, because it keeps more.
const (
	spareToBuild = 48 << 20
	spareToWatch = 36 << 20
)

// room is how much garbage a watch leaves uncollected, in bytes: enough for some
// saves, and little compared with a large site.
const room = 16 << 20

// settleMemory prepares for a long run with small steps: it returns what the first
// build took, and has garbage collected when there is as much as room, if it was not
// collected before while there was nothing to do.
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

// muchIdle is how much memory a watch keeps for later, in bytes. A change of the theme
// takes as much as a second site, for a moment.
const muchIdle = 64 << 20

// collectGarbage collects it at a time when nobody waits, rather than in the middle
// of a save, and returns unused memory to the system.
func collectGarbage() {
	if os.Getenv("GOGC") != "" {
		return
	}
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	if m.HeapIdle-m.HeapReleased > muchIdle {
		debug.FreeOSMemory()
	}
}
