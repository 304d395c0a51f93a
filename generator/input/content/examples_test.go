package content

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"
)

// plainGoldmark reads GitHub Flavored Markdown; ours the same with our inline parsers.
func plainGoldmark() goldmark.Markdown {
	return goldmark.New(goldmark.WithExtensions(extension.GFM))
}

func ours() goldmark.Markdown {
	p := parser.NewParser(parser.WithBlockParsers(parser.DefaultBlockParsers()...),
		parser.WithInlineParsers(inlineParsers()...),
		parser.WithParagraphTransformers(parser.DefaultParagraphTransformers()...))
	m := goldmark.New(goldmark.WithParser(p), goldmark.WithExtensions(extension.Table, extension.TaskList))
	m.Renderer().AddOptions(renderer.WithNodeRenderers(
		util.Prioritized(extension.NewStrikethroughHTMLRenderer(), 500)))
	return m
}

func convert(t testing.TB, m goldmark.Markdown, text string) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, m.Convert([]byte(text), &b))
	return b.String()
}

// differing are the examples that are read otherwise, on purpose: a product, and a single tilde.
var differing = map[string]string{
	"5*6*78\n":             "<p>5*6*78</p>\n",
	"~Hi~ Hello, world!\n": "<p>~Hi~ Hello, world!</p>\n",
}

// TestExamples: the examples of CommonMark's specification (0.31.2), and those of GitHub's for
// tables, strikethrough, bare links and task items, are read as goldmark reads them. They come with
// goldmark's module, so no copy is kept here: the specifications are under CC BY-SA 4.0.
func TestExamples(t *testing.T) {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/yuin/goldmark").Output()
	require.NoError(t, err)
	module := strings.TrimSpace(string(out))
	data, err := os.ReadFile(filepath.Join(module, "_test", "spec.json"))
	require.NoError(t, err)
	var examples []struct{ Markdown string }
	require.NoError(t, json.Unmarshal(data, &examples))
	require.Greater(t, len(examples), 600)
	for _, name := range []string{"table", "strikethrough", "linkify", "tasklist"} {
		data, err := os.ReadFile(filepath.Join(module, "extension", "_test", name+".txt"))
		require.NoError(t, err)
		parts := strings.Split(string(data), "//- - - - - - - - -//\n") // number, Markdown, HTML and number, …
		require.Greater(t, len(parts), 2)
		for i := 1; i < len(parts); i += 2 {
			examples = append(examples, struct{ Markdown string }{parts[i]})
		}
	}
	differ := 0
	for _, e := range examples {
		got, want := convert(t, ours(), e.Markdown), convert(t, plainGoldmark(), e.Markdown)
		if other, ok := differing[e.Markdown]; ok {
			want = other
			differ++
		}
		assert.Equal(t, want, got, e.Markdown)
	}
	assert.Len(t, differing, differ)
}
