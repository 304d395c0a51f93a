package generator_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"candor/generator"
)

// FuzzTwoLanguages builds a small site in two languages from whatever stands in an update, in its translation and in
// the report: it is published or refused with findings, and never panics. The theme is loaded once.
func FuzzTwoLanguages(f *testing.F) {
	names, err := filepath.Glob("../content/incidents/*/updates/*.md")
	require.NoError(f, err)
	example := example(f).Content
	for _, name := range names[:min(len(names), 8)] {
		path := strings.TrimPrefix(filepath.ToSlash(name), "../content/")
		original, _ := example.Get(path)
		translated, _ := example.Get(strings.TrimSuffix(path, ".md") + ".en.md")
		f.Add(string(original.Data), string(translated.Data), "## Cause {#cause}\n\nText.\n")
	}
	front := "+++\ntitle = \"U\"\ntime = 2026-11-04T07:00\n+++\n"
	for _, text := range []string{
		"See [the notice][n].\n\n[n]: https://e.example/\n", "[n]: https://e.example/\n", "<!-- only a comment -->\n", "- [ ] a due:2026-11-05T07:00 id:a\n\n[n]: x\n",
		"## {#done}\n", "| a |\n|-|\n| b |\n", "```\ncode\n```\n\n---\n", "![](x.png)\n", "> a\n> - b\n",
	} {
		f.Add(front+text, "+++\ntitle = \"T\"\n+++\n"+text, text)
	}
	index := "+++\ntitle = \"I\"\nlevel = 2\ntype = \"experience\"\nstance = \"full\"\nknown = 2026-11-04T06:00\n+++\nText.\n"
	warm := generator.New()
	f.Fuzz(func(t *testing.T, original, translated, report string) {
		in := input(t, map[string]string{
			"site.toml":                        "title = \"S\"\nbase_url = \"https://s.example/\"\n" + languages + dutiesOff,
			"incidents/a/index.md":             index,
			"incidents/a/index.zh-Hans.md":     translated,
			"incidents/a/updates/u.md":         original,
			"incidents/a/updates/u.zh-Hans.md": translated,
			"incidents/a/report.md":            "+++\ntitle = \"R\"\ntime = 2026-11-04T08:00\n+++\n" + report,
			"incidents/a/report.zh-Hans.md":    "+++\ntitle = \"R\"\n+++\n" + report,
		})
		if r := warm.Build(in); r.Diagnostics.HasErrors() {
			require.Zero(t, r.Output.Len())
		} else {
			_, published := r.Output.Get("a/updates/1/index.html")
			require.True(t, published)
		}
	})
}
