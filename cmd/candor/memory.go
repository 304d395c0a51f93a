package main

import (
	"math"
	"os"
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

// settleMemory prepares for a long run with small steps: what a build leaves
// behind is soon collected, and what the first one took is given back.
func settleMemory() {
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(math.MaxInt64)
	}
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(15)
	}
	debug.FreeOSMemory()
}
