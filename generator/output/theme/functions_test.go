package theme

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"candor/generator/fileset"
)

func TestFunctions(t *testing.T) {
	call := functions()
	of, _ := cataloguesOf(Layer{"themes/plain", fileset.Must([]fileset.File{
		fileset.NewFile("i18n/en.toml", []byte("[page]\nversion = \"version {0}\"\n")),
	})})
	words, _ := readCatalogues([]catalogues{of}, "en")
	call["t"] = say(words)
	for _, c := range []struct {
		name string
		args []any
		want any
	}{
		{"t", []any{"page.version", 2}, "version 2"},
		{"dict", []any{"a", 1, "b", nil}, map[string]any{"a": 1, "b": nil}},
		{"list", []any{"a", 1}, []any{"a", 1}},
		{"dir", []any{"ar"}, "rtl"},
		{"dir", []any{"en"}, "ltr"},
		{"join", []any{", ", []string{"a", "b"}}, "a, b"},
	} {
		got, err := call[c.name](c.args...)
		assert.NoError(t, err, c.name)
		assert.Equal(t, c.want, got, c.name)
	}
	for name, wrong := range map[string][][]any{
		"t":    {{}, {1}, {nil}, {"no.key"}},
		"dict": {{"a"}, {1, 2}},
		"dir":  {{}, {1}, {"en", "ar"}},
		"join": {{}, {"x"}, {1, []string{}}, {"x", []any{"a"}}, {"x", []string{}, "y"}},
	} {
		for _, args := range wrong {
			_, err := call[name](args...)
			assert.Error(t, err, "%s %v", name, args)
		}
	}
}
