package scaffold_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"candor/generator/author/scaffold"
	"candor/generator/check/lexicon"
	"candor/generator/check/policy"
	"candor/generator/fileset"
	"candor/generator/input/content"
	"candor/generator/input/source"
	"candor/generator/site/config"
	"candor/generator/site/translation"
)

// originals is the example site without its translations.
func originals(t *testing.T) *scaffold.Maker {
	t.Helper()
	tree, err := source.NewReader("../../../content").Read()
	require.NoError(t, err)
	var files []fileset.File
	for f := range tree.Files.All() {
		if !strings.HasSuffix(f.Path, ".en.md") {
			files = append(files, f)
		}
	}
	set := fileset.Must(files)
	settings, _ := set.Get("site.toml")
	site, found := config.Read(settings, time.LoadLocation)
	require.Empty(t, found)
	return &scaffold.Maker{Site: site, Content: set, At: site.At}
}

// TestTranslate: the beginning of a translation has the shape of its original, a
// mark before every text, and is nothing that a reader would see.
func TestTranslate(t *testing.T) {
	m := originals(t)
	n := 0
	for f := range m.Content.All() {
		place := content.Locate(f.Path, m.Site.Tags())
		if !strings.HasSuffix(f.Path, ".md") || place.Scenario || place.Kind == content.Stray {
			continue
		}
		req := scaffold.Translation{Kind: place.Kind, Slug: place.Slug, Lang: "en"}
		switch place.Kind {
		case content.Update:
			req.Name = place.Name
		case content.Page:
			req.Slug = place.Name
		}
		made, err := m.Translate(req)
		require.NoError(t, err, f.Path)
		for file := range made.Files.All() {
			n++
			require.Equal(t, strings.TrimSuffix(f.Path, ".md")+".en.md", file.Path)
			original, begun := content.Parse(f, place), content.Parse(file, content.Locate(file.Path, m.Site.Tags()))
			require.Empty(t, begun.Findings, file.Path)
			assert.True(t, begun.Front.Draft, file.Path)
			assert.Empty(t, translation.Pair{Original: original, Translation: begun, From: "zh-Hans"}.Check(m.Site.Zone), file.Path)
			placeholders := 0
			judge := policy.New(m.Site, &lexicon.Lexicon{})
			for _, d := range judge.Document(begun, policy.Circumstance{}) {
				if d.Rule == "placeholder" {
					placeholders++
				}
			}
			marks := strings.Count(string(file.Data), "[translate] ") - 1 // one explains them
			assert.Equal(t, marks, placeholders, file.Path)
			assert.GreaterOrEqual(t, marks, len(original.Sections)+len(original.Tasks), file.Path)
		}
	}
	assert.Greater(t, n, 30)
}

func TestTranslateRefuses(t *testing.T) {
	m := originals(t)
	const slug = "tarnmoss-essence-allergy"
	for _, c := range []struct {
		req  scaffold.Translation
		says string
	}{
		{scaffold.Translation{Kind: content.Index, Slug: slug, Lang: "fr"}, `has no language "fr"`},
		{scaffold.Translation{Kind: content.Index, Slug: slug, Lang: "zh-Hans"}, "is the language of the originals"},
		{scaffold.Translation{Kind: content.Index, Slug: "nothing", Lang: "en"}, `there is no incident "nothing"`},
		{scaffold.Translation{Kind: content.Update, Slug: slug, Name: "nothing", Lang: "en"}, `there is no update "nothing"`},
		{scaffold.Translation{Kind: content.Report, Slug: slug, Lang: "en"}, "nothing can be translated"},
		{scaffold.Translation{Kind: content.Page, Slug: "abuot", Lang: "en"}, "did you mean about?"},
	} {
		_, err := m.Translate(c.req)
		assert.ErrorContains(t, err, c.says)
	}
	first, err := m.Translate(scaffold.Translation{Kind: content.Update, Slug: slug, Lang: "en"})
	require.NoError(t, err)
	m.Content = fileset.Overlay(m.Content, first.Files)
	second, err := m.Translate(scaffold.Translation{Kind: content.Update, Slug: slug, Lang: "en"})
	require.NoError(t, err)
	for f := range second.Files.All() {
		_, there := first.Files.Get(f.Path)
		assert.False(t, there, "the next one is taken where the newest is begun")
	}
}
