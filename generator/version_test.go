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

// TestVersionSideBySide: a page with the languages side by side is another one with
// either of its texts, and with no other.
func TestVersionSideBySide(t *testing.T) {
	const folder = "incidents/rash/"
	front := "+++\ntitle = \"Rash\"\nsummary = \"S\"\nlevel = 2\ntype = \"experience\"\nstance = \"full\"\nknown = 2026-11-04T06:00\n+++\n"
	files := map[string]string{
		"site.toml":         "title = \"S\"\n[languages.zh-Hans]\ntitle = \"S\"\n" + dutiesOff,
		folder + "index.md": front + "What we know.\n", folder + "index.zh-Hans.md": "+++\ntitle = \"皮疹\"\n+++\n已知。\n",
		folder + "faq.md": "## May I use it? {#use}\n\nNo.\n", folder + "faq.zh-Hans.md": "## 能用吗？ {#use}\n\n不能。\n",
	}
	in := input(t, files)
	in.Now = instant(t, "2026-11-04T09:00:00Z")
	output := func(file, old, new string) fileset.Set {
		edited := in
		edited.Content = in.Content.With([]fileset.File{fileset.NewFile(file, []byte(strings.Replace(files[file], old, new, 1)))}, nil)
		result := generator.Build(edited)
		require.NotZero(t, result.Output.Len(), findings(result.Diagnostics))
		return result.Output
	}
	version := func(set fileset.Set, page string) string {
		f, there := set.Get(page)
		require.True(t, there, page)
		_, after, found := strings.Cut(string(f.Data), "ersion ")
		require.True(t, found, string(f.Data))
		return after[:8]
	}
	before := output(folder+"index.md", "", "")
	const own, questions = "rash/bilingual/index.html", "rash/bilingual/faq/index.html"
	for _, c := range []struct {
		file, old, new string
		own, questions bool // change
	}{
		{folder + "index.md", "What we", "All that we", true, false},
		{folder + "index.zh-Hans.md", "已知", "都已知", true, false},
		{folder + "faq.md", "No.", "Not now.", true, true},
		{folder + "faq.zh-Hans.md", "不能", "现在不能", true, true},
	} {
		after := output(c.file, c.old, c.new)
		assert.Equal(t, c.own, version(before, own) != version(after, own), "%s: %s", own, c.file)
		assert.Equal(t, c.questions, version(before, questions) != version(after, questions), "%s: %s", questions, c.file)
	}
}
