package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestReplace: a file that somebody has changed since it was read is left alone, and so is one that cannot be written;
// nothing is left beside it.
func TestReplace(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "a.md")
	f := &checkFlags{siteFlags: siteFlags{content: dir}}
	require.NoError(t, os.WriteFile(name, []byte("was"), 0o640))
	require.NoError(t, os.Chmod(name, 0o640))

	require.ErrorIs(t, f.replace("a.md", []byte("other"), []byte("now")), errChanged)
	data, err := os.ReadFile(name)
	require.NoError(t, err)
	assert.Equal(t, "was", string(data))

	require.NoError(t, f.replace("a.md", []byte("was"), []byte("now")))
	data, err = os.ReadFile(name)
	require.NoError(t, err)
	assert.Equal(t, "now", string(data))
	info, err := os.Stat(name)
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o640), info.Mode().Perm())

	require.ErrorIs(t, f.replace("gone.md", nil, []byte("now")), os.ErrNotExist)
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	assert.Len(t, entries, 1)
}
