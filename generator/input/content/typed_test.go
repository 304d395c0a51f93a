package content

import (
	"flag"
	"html/template"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"candor/generator/fileset"
)

var update = flag.Bool("update", false, "write what is published into testdata/typed.txt")

// TestTyped: what is typed is published as it is meant. A row of testdata/typed.txt has what is typed
// and its HTML, ↵ for a line end and # for what the page fills in; a line without an arrow is a title.
func TestTyped(t *testing.T) {
	data, err := os.ReadFile("testdata/typed.txt")
	require.NoError(t, err)
	rows := 0
	var all strings.Builder
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSuffix(line, "\n")
		typed, want, ok := strings.Cut(line, " → ")
		if ok {
			rows++
			got := published(t, strings.ReplaceAll(typed, "↵", "\n"))
			line = typed + " → " + got
			if !*update {
				assert.Equal(t, want, got, typed)
			}
		}
		all.WriteString(line + "\n")
	}
	require.Greater(t, rows, 100)
	if *update {
		require.NoError(t, os.WriteFile("testdata/typed.txt", []byte(all.String()), 0o644))
	}
}

// published returns the HTML of a body on one line.
func published(t *testing.T, typed string) string {
	t.Helper()
	file := fileset.NewFile("incidents/a/index.md", []byte(typed+"\n"))
	d := Parse(file, Place{Kind: FAQ, Slug: "a", Name: "faq"})
	fill := func(f Fragment) template.HTML { return f.Fill(func(Hole) string { return "#" }) }
	html := string(fill(d.Lead))
	for _, s := range d.Sections {
		html += string(Heading(s.ID, s.Title) + fill(s.Body))
	}
	return strings.ReplaceAll(strings.TrimSpace(html), "\n", "↵")
}
