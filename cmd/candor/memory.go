package main

import (
	"os"
	"runtime/debug"

	"candor/generator"
)

// limitMemory lets garbage pile up, because a build is soon over, but not
// beyond a few times the size of the site. GOGC and GOMEMLIMIT go before it.
func limitMemory(in generator.Input) {
	size := int64(0)
	for f := range in.Content.All() {
		size += int64(len(f.Data))
	}
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(40<<20 + 7*size)
	}
}
