package theme_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"candor/generator/diag"
	"candor/generator/fileset"
	"candor/generator/output/page"
	"candor/generator/output/theme"
	"candor/generator/site/config"
	"candor/themes"
)

// withScript loads the theme "plain" with another script.
func withScript(t testing.TB, script string) (*theme.Theme, diag.List) {
	t.Helper()
	own, err := fs.Sub(themes.FS, "plain")
	require.NoError(t, err)
	files, err := fileset.FromFS(own)
	require.NoError(t, err)
	files = fileset.Overlay(files, fileset.Must([]fileset.File{fileset.NewFile("assets/page.js", []byte(script))}))
	return theme.Load([]theme.Layer{{Root: "themes/plain", Files: files}}, config.Default())
}

// rendered is a page without an incident, live or not.
func rendered(t testing.TB, th *theme.Theme, live bool) string {
	t.Helper()
	v := page.NotFound{Base: page.Base{Kind: "404", Lang: "en", Dir: "ltr", Title: "T", Policy: th.PolicyOf("404", false)}}
	if live {
		v.Live, v.Policy = &page.Time{ISO: "2026-11-04T10:00:00Z"}, th.PolicyOf("404", true)
	}
	var b bytes.Buffer
	require.Nil(t, th.Renderer("en").Render(&b, "layouts/404", v))
	return b.String()
}

var scriptElement = regexp.MustCompile(`(?s)<script type="module" data-since="2026-11-04T10:00:00Z">(.*)</script>`)

// TestScript: what is published has the hash that the policy names, whatever is
// in the script.
func TestScript(t *testing.T) {
	for _, script := range []string{
		"x()", "let a = `line\n${b} 中`; // comment\n/* another */ const re = /<\\/p>[/'\"]/g; a = a / b / c;",
		"if (a < b && c > d) e('&amp; \\u2028 </p>');", "const o = { a: { b: 1 } }; f({ o }, x => ({ y: x }))", "a <!b; a-- > b", "let π = \"'\"",
	} {
		th, found := withScript(t, script)
		require.Empty(t, found, script)
		published := scriptElement.FindStringSubmatch(rendered(t, th, true))
		require.NotNil(t, published, script)
		sum := sha256.Sum256([]byte(published[1]))
		assert.Contains(t, th.PolicyOf("404", true), "; script-src 'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'; ", script)
		assert.Equal(t, 1, strings.Count(th.PolicyOf("404", true), "script"), script)
		assert.NotContains(t, th.PolicyOf("404", false), "script")
		assert.NotContains(t, rendered(t, th, false), "<script")
	}
}

// TestNoScript: a theme may have none.
func TestNoScript(t *testing.T) {
	for _, script := range []string{"", "// Nothing.\n"} {
		th, found := withScript(t, script)
		require.Empty(t, found)
		assert.False(t, th.HasScript())
		assert.NotContains(t, rendered(t, th, true), "<script")
	}
}

// TestBadScript: a script that is too long, or that would not be published as it
// was hashed, is a fault of the theme.
func TestBadScript(t *testing.T) {
	long := "f('" + strings.Repeat("x", 1024) + "')"
	for script, want := range map[string]string{
		long:                         "the script has 1029 bytes, minified; 1024 are allowed",
		"const a = 1;\nlet b = (;\n": "the script cannot be read: ",
		"f('{{.Title}}')":            "does not stay as it is",
		"f('</script>')":             "does not stay as it is",
		"f('<!-- a')":                "does not stay as it is",
		"f(`</SCRIPT x`)":            "does not stay as it is",
	} {
		th, found := withScript(t, script)
		assert.Nil(t, th, "%.40s", script)
		require.Len(t, found, 1, "%.40s", script)
		assert.Contains(t, found[0].Message.String(), want, "%.40s", script)
		assert.Equal(t, "themes/plain/assets/page.js", found[0].Path)
		if strings.Contains(script, "\n") {
			assert.Equal(t, []int{2, 10}, []int{found[0].Line, found[0].Column})
		}
	}
	_, found := withScript(t, long[:3]+long[8:])
	assert.Empty(t, found, "1,024 bytes are allowed")
}

// TestPlainScript: the script of "plain" is as small as it has to be.
func TestPlainScript(t *testing.T) {
	own, err := fs.ReadFile(themes.FS, "plain/assets/page.js")
	require.NoError(t, err)
	th, _ := withScript(t, string(own))
	script := scriptElement.FindStringSubmatch(rendered(t, th, true))
	require.NotNil(t, script)
	assert.Less(t, len(script[1]), 1024)
	t.Logf("%d bytes", len(script[1]))
}
