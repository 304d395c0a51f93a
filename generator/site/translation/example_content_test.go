package translation

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"candor/generator/diag"
	"candor/generator/fileset"
	"candor/generator/input/content"
)

// examples are the originals and the English translations of the example site.
func examples(t testing.TB) []Pair {
	t.Helper()
	var pairs []Pair
	tags := []string{"en"}
	root := "../../../content"
	err := filepath.WalkDir(root, func(name string, e fs.DirEntry, err error) error {
		stem, translated := strings.CutSuffix(name, ".en.md")
		if err != nil || !translated {
			return err
		}
		pairs = append(pairs, Pair{Original: parse(t, root, stem+".md", tags), Translation: parse(t, root, name, tags), From: "zh-Hans"})
		return nil
	})
	require.NoError(t, err)
	require.NotEmpty(t, pairs)
	return pairs
}

func parse(t testing.TB, root, name string, tags []string) *content.Document {
	t.Helper()
	data, err := os.ReadFile(name)
	require.NoError(t, err)
	path := filepath.ToSlash(strings.TrimPrefix(name, root+"/"))
	return content.Parse(fileset.NewFile(path, data), content.Locate(path, tags))
}

func messages(list diag.List) []string {
	var texts []string
	for _, d := range list {
		texts = append(texts, d.Path+": "+d.Message.String())
	}
	return texts
}

// TestExamples: the translations of the example site are equal to their originals.
func TestExamples(t *testing.T) {
	for _, p := range examples(t) {
		assert.Empty(t, messages(p.Check(time.UTC)))
	}
}
