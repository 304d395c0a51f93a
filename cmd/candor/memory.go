package main

import (
	"math"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"

	"candor/generator/fileset"
	"candor/generator/input/picture"
)

// spare is how much memory a build may use in addition to a multiple of its content.
const spare = 96 << 20

// limitMemory makes garbage collection rare, because a build is soon over, but keeps
// memory to about twice what a build needs: its documents, and then its pages, take eight times as
// much as the texts. Photos are larger than all texts, and the pixels of only a few are in memory.
// With less, collecting takes longer than building. GOGC and GOMEMLIMIT override it.
func limitMemory(content fileset.Set) {
	size := int64(0)
	for f := range content.All() {
		times := int64(15)
		if picture.Is(f.Path) {
			times = 3
		}
		size += times * int64(len(f.Data))
	}
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(spare + size)
	}
}

// room is how much garbage a watch leaves uncollected, in bytes: enough for some
// saves, and little compared with a large site.
const room = 64 << 20

// settleMemory prepares for a long run with small steps: it returns what the first
// build took, and has garbage collected when there is as much as room.
func settleMemory() {
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(math.MaxInt64)
	}
	debug.FreeOSMemory()
	if os.Getenv("GOGC") == "" {
		live := measured("/gc/heap/live:bytes")
		debug.SetGCPercent(int(max(5, min(1000, 100*room/max(1, live)))))
	}
}

// muchIdle is how much memory a watch keeps for later, in bytes. A change of the theme
// takes as much as a second site, for a moment.
const muchIdle = 64 << 20

// collectGarbage collects it at a time when nobody waits, rather than in the middle
// of a save, if there is more than half of room, and returns unused memory to the system.
func collectGarbage() {
	if os.Getenv("GOGC") != "" {
		return
	}
	garbage := measured("/memory/classes/heap/objects:bytes") - measured("/gc/heap/live:bytes")
	if garbage < room/2 {
		return
	}
	if measured("/memory/classes/heap/free:bytes") > muchIdle {
		debug.FreeOSMemory() // collects, too
		return
	}
	runtime.GC()
}

// measured reads a figure of the runtime, in bytes.
func measured(name string) int64 {
	sample := []metrics.Sample{{Name: name}}
	metrics.Read(sample)
	return int64(sample[0].Value.Uint64())
}
