package generator_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/require"

	"candor/generator"
)

var snapshot = flag.String("snapshot", "", "build every test site and the example, and write all of it below this folder")

// TestSnapshot writes what every test site and the example give, so that two revisions of the program can be
// compared: .ci/snapshot does that. Without -snapshot it only builds them.
func TestSnapshot(t *testing.T) {
	for _, folder := range []string{"site", "life", "stories"} {
		eachCase(t, folder, func(t *testing.T, file string, c siteCase) {
			writeSnapshot(t, folder+"/"+strings.TrimSuffix(filepath.Base(file), ".txtar"), generator.Build(c.input))
		})
	}
	stories, err := filepath.Glob("testdata/stories/*.txtar")
	require.NoError(t, err)
	for _, file := range stories {
		archive, err := txtar.ParseFile(file)
		require.NoError(t, err)
		in := parseCase(t, archive).input
		for _, at := range []string{"2026-03-20T12:00:00+08:00", "2026-06-01T03:00:00+08:00", "2027-02-01T00:00:00Z"} {
			in.Now = instant(t, at)
			writeSnapshot(t, "stories/"+strings.TrimSuffix(filepath.Base(file), ".txtar")+"@"+at[:10], generator.Build(in))
		}
	}
	in := example(t)
	for _, at := range []string{"2026-07-17T20:00:00+08:00", "2026-11-02T07:00:00+08:00", "2026-11-06T15:30:00+08:00", "2027-12-01T00:00:00Z"} {
		in.Now = instant(t, at)
		writeSnapshot(t, "example@"+at[:10], generator.Build(in))
	}
}

// writeSnapshot writes a result below the folder that -snapshot names.
func writeSnapshot(t *testing.T, name string, r generator.Result) {
	t.Helper()
	if *snapshot == "" {
		return
	}
	write := func(path, text string) {
		path = filepath.Join(*snapshot, name, filepath.FromSlash(path))
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
	}
	write("findings.txt", findings(r.Diagnostics))
	write("times.txt", fmt.Sprintf("at %s\nchange %s\nfinding %s\nincidents %d\nowed %v\n", r.At.Format(time.RFC3339),
		r.NextChange.Format(time.RFC3339), r.NextFinding.Format(time.RFC3339), r.Incidents, r.Deadlines))
	for f := range r.Output.All() {
		write("output/"+f.Path, string(f.Data))
	}
}
