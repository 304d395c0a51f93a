package generator_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"candor/generator"
	"candor/generator/fileset"
)

// TestHomeIsOfWhatItShows: the home page, its version included, is another one when
// something that it shows changes, and stays as it is with every other text.
func TestHomeIsOfWhatItShows(t *testing.T) {
	const folder = "incidents/rash/"
	files := map[string]string{
		"site.toml":             "title = \"S\"\n" + dutiesOff,
		folder + "index.md":     "+++\ntitle = \"Rash\"\nsummary = \"Some cream\"\nlevel = 2\ntype = \"experience\"\nstance = \"full\"\nknown = 2026-11-04T06:00\n+++\nWhat we know.\n",
		folder + "updates/1.md": "+++\ntitle = \"One\"\ntime = 2026-11-04T07:00\n+++\nA text.\n",
		folder + "faq.md":       "## May I use it? {#use}\n\nNo.\n",
	}
	in := input(t, files)
	in.Now = instant(t, "2026-11-04T09:00:00Z")
	home := func(g *generator.Generator, file, old, new string) (string, fileset.Set) {
		edited := in
		text := strings.Replace(files[file], old, new, 1)
		edited.Content = in.Content.With([]fileset.File{fileset.NewFile(file, []byte(text))}, nil)
		result := g.Build(edited)
		page, there := result.Output.Get("index.html")
		require.True(t, there, findings(result.Diagnostics))
		return string(page.Data), result.Output
	}
	g := generator.New()
	before, output := home(g, "site.toml", "", "")
	for _, c := range []struct {
		file, old, new string
		same           bool
	}{
		{folder + "index.md", "What we know", "All that we know", true},
		{folder + "updates/1.md", "A text", "Another text", true},
		{folder + "faq.md", "No.", "No, please not.", true},
		{folder + "index.md", "Rash", "A rash", false},
		{folder + "index.md", "Some cream", "A cream", false},
		{folder + "index.md", "level = 2", "level = 1", false},
		{folder + "index.md", "T06:00", "T06:01", false},
		{folder + "updates/1.md", "One", "The first", false},
		{folder + "updates/1.md", "time", "status = \"resolved\"\ntime", false},
		{folder + "faq.md", "No.", "No.\n\n## And then? {#then}\n\nNothing.", false},
	} {
		after, changed := home(g, c.file, c.old, c.new)
		assert.Equal(t, c.same, before == after, "%s: %s", c.file, c.new)
		assert.False(t, fileset.Same(output, changed), "%s: %s", c.file, c.new)
	}
}

// TestErrorPageSpeaksAllLanguages: there is one, whatever language a reader has.
func TestErrorPageSpeaksAllLanguages(t *testing.T) {
	in := input(t, map[string]string{
		"site.toml": "title = \"S\"\nbase_url = \"https://status.example/crisis/\"\ndefault_language = \"zh-Hans\"\n[languages.en]\ntitle = \"S\"\n[languages.ar]\ntitle = \"S\"\n" + dutiesOff,
	})
	result := generator.Build(in)
	page, there := result.Output.Get("404.html")
	require.True(t, there, findings(result.Diagnostics))
	html := string(page.Data)
	assert.Contains(t, html, "<h1>这个地址没有页面</h1>")
	assert.Contains(t, html, `<p lang="en" dir="ltr">There is no page at this address<br><a href="/crisis/en/">`)
	assert.Contains(t, html, `<p lang="ar" dir="rtl">`)
	assert.NotContains(t, html, `<p lang="zh-Hans"`)
	for file := range result.Output.All() {
		assert.False(t, strings.HasSuffix(file.Path, "/404.html"), file.Path)
	}
}
