package main

import (
	"runtime/debug"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestRevision(t *testing.T) {
	setting := func(key, value string) debug.BuildSetting { return debug.BuildSetting{Key: key, Value: value} }
	built := []debug.BuildSetting{setting("vcs.revision", "1a2b"), setting("vcs.time", "2026-11-04T10:00:00Z")}
	assert.Equal(t, "1a2b 2026-11-04", revision(&debug.BuildInfo{Settings: built}))
	built = append(built, setting("vcs.modified", "true"))
	assert.Equal(t, "1a2b+ 2026-11-04", revision(&debug.BuildInfo{Settings: built}))
	assert.Empty(t, revision(&debug.BuildInfo{}))
	assert.Empty(t, revision(nil))
}
