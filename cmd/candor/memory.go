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
// Spare is what it grants beside that, in bytes.
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

// What a build is granted beside seven times its content: a watch keeps more, and
// less is left to pile up.
const (
	spareToBuild = 48 << 20
	spareToWatch = 36 << 20
)

// room is how much garbage a watch lets pile up, in bytes: enough for some saves,
// and little beside a large site.
const room = 16 << 20

// settleMemory prepares for a long run with small steps: what the first build took
// is given back, and garbage is collected when there is room's worth of it, if it
// was not before while nothing was to be done.
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
// takes that of a second site, for a moment.
const muchIdle = 64 << 20

// collectGarbage collects it at a time when nobody waits, rather than in the middle
// of a save, and gives back what has been left over.
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
