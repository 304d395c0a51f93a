package generator_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/require"

	"candor/generator"
)

// FuzzTwoLanguages builds a small site in two languages from whatever stands in each of its texts and their
// translations: it is published, side by side too, or refused with findings, and Candor never fails. The theme is
// loaded once. The seeds are the texts of the example site and of the sites of other tests.
func FuzzTwoLanguages(f *testing.F) {
	for original := range example(f).Content.All() {
		stem, isText := strings.CutSuffix(original.Path, ".md")
		if translated, ok := example(f).Content.Get(stem + ".en.md"); ok && isText {
			f.Add(string(original.Data), string(translated.Data), body(original.Data))
		}
	}
	cases, err := filepath.Glob("testdata/site/*.txtar")
	require.NoError(f, err)
	for _, name := range cases {
		archive, err := txtar.ParseFile(name)
		require.NoError(f, err)
		for _, file := range archive.Files {
			if strings.HasSuffix(file.Name, ".md") {
				f.Add(string(file.Data), string(file.Data), body(file.Data))
			}
		}
	}
	front := "+++\ntitle = \"U\"\ntime = 2026-11-04T07:00\n+++\n"
	for _, text := range []string{
		"See [the notice][n].\n\n[n]: https://e.example/\n", "[n]: https://e.example/\n", "<!-- only a comment -->\n", "- [ ] a due:2026-11-05T07:00 id:a\n\n[n]: x\n",
		"## {#done}\n", "| a |\n|-|\n| b |\n", "```\ncode\n```\n\n---\n", "![](x.png)\n", "> a\n> - b\n",
	} {
		f.Add(front+text, "+++\ntitle = \"T\"\n+++\n"+text, text)
	}
	index := "+++\ntitle = \"I\"\nlevel = 2\ntype = \"experience\"\nstance = \"full\"\nknown = 2026-11-04T06:00\n+++\n"
	warm := generator.New()
	f.Fuzz(func(t *testing.T, original, translated, text string) {
		in := input(t, map[string]string{
			"site.toml":                        "title = \"S\"\nbase_url = \"https://s.example/\"\n" + languages + dutiesOff,
			"pages/about.md":                   "+++\ntitle = \"A\"\n+++\n" + text,
			"pages/about.zh-Hans.md":           translated,
			"incidents/a/index.md":             index + text,
			"incidents/a/index.zh-Hans.md":     translated,
			"incidents/a/faq.md":               text,
			"incidents/a/faq.zh-Hans.md":       body([]byte(translated)),
			"incidents/a/updates/u.md":         original,
			"incidents/a/updates/u.zh-Hans.md": translated,
			"incidents/a/report.md":            "+++\ntitle = \"R\"\ntime = 2026-11-04T08:00\n+++\n" + text,
			"incidents/a/report.zh-Hans.md":    "+++\ntitle = \"R\"\n+++\n" + body([]byte(translated)),
			"incidents/b/index.md":             index + "Text.\n",
			"incidents/b/updates/u.md":         original,
			"incidents/b/updates/u.zh-Hans.md": translated,
			"incidents/b/report.md":            "+++\ntitle = \"R\"\ntime = 2026-11-04T08:00\n+++\n" + body([]byte(original)),
			"incidents/b/report.zh-Hans.md":    "+++\ntitle = \"R\"\n+++\n" + text,
			"incidents/c/index.md":             index + text,
			"incidents/c/index.zh-Hans.md":     "+++\n+++\n" + body([]byte(translated)),
		})
		r := warm.Build(in)
		for _, d := range r.Diagnostics {
			require.NotEqual(t, "internal-error", d.Rule, "%s: %s\n%s", d.Path, d.Message, strings.Join(d.Trace, "\n"))
		}
		if r.Diagnostics.HasErrors() {
			require.Zero(t, r.Output.Len())
			return
		}
		for _, page := range []string{"a/updates/1/index.html", "a/bilingual/index.html", "a/bilingual/report/index.html"} {
			_, published := r.Output.Get(page)
			require.True(t, published, page)
		}
	})
}

// body returns a text without its front matter.
func body(data []byte) string {
	text := string(data)
	if _, rest, ok := strings.Cut(text, "\n+++\n"); ok && strings.HasPrefix(text, "+++\n") {
		return rest
	}
	return text
}
