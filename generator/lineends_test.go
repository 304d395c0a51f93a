package generator_test

import (
	"bytes"
	"path"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"candor/generator"
	"candor/generator/fileset"
)

// TestLineEnds: line ends and a byte order mark are an editor's habit. The pages are the
// same, version numbers included.
func TestLineEnds(t *testing.T) {
	in := example(t)
	want := generator.Build(in)
	var files []fileset.File
	for f := range in.Content.All() {
		if ext := path.Ext(f.Path); ext == ".md" || ext == ".toml" {
			data := bytes.ReplaceAll(f.Data, []byte("\n"), []byte("\r\n"))
			f = fileset.NewFile(f.Path, append([]byte("\ufeff"), data...))
		}
		files = append(files, f)
	}
	in.Content = fileset.Must(files)
	got := generator.Build(in)
	require.False(t, got.Diagnostics.HasErrors(), got.Diagnostics)
	for _, d := range fileset.Diff(want.Output, got.Output) {
		assert.Fail(t, "differs: "+d.Path)
	}
}
