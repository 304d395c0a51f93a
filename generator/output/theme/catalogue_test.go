package theme

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"candor/generator/fileset"
)

// TestMissingMessages: a theme in a language that the generator does not speak says everything.
func TestMissingMessages(t *testing.T) {
	own, err := os.ReadFile("../../message/reader/en.toml")
	require.NoError(t, err)
	text := string(own)
	from := strings.Index(text, "\nresolved-after")
	require.Positive(t, from)
	lacking := text[:from+1] + text[from+1+strings.IndexByte(text[from+1:], '\n'):]
	for _, c := range []struct{ tag, text, missing string }{
		{"fr", text, ""},
		{"fr", lacking, "incident.resolved-after"},
		{"fr", "", "banner.more, banner.none, banner.open, banner.overdue, bilingual.missing, …"},
		{"en", lacking, ""},
		{"en-GB", "", ""},
		{"zh-TW", "", ""},
	} {
		path := "i18n/" + c.tag + ".toml"
		of, _ := cataloguesOf(Layer{"themes/own", fileset.Must([]fileset.File{fileset.NewFile(path, []byte(c.text))})})
		_, found := readCatalogues([]catalogues{of}, c.tag)
		if c.missing == "" {
			assert.Empty(t, found, c.tag)
			continue
		}
		require.Len(t, found, 1)
		assert.Equal(t, "messages are missing: "+c.missing, found[0].Message.String())
	}
}
