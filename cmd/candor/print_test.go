package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"
)

// poppler runs one of its tools on a file. A tool that is missing fails the test.
func poppler(t *testing.T, args ...string) string {
	t.Helper()
	out, err := exec.Command(args[0], args[1:]...).Output()
	require.NoError(t, err, "%s: run .ci/setup", args[0])
	return string(out)
}

// blanks are what a line break on paper, or one glyph for two characters, changes.
var blanks = regexp.MustCompile(`\s+`)

func words(text string) string { return blanks.ReplaceAllString(norm.NFKC.String(text), "") }

// TestPrint prints the example's report: a document that a reader of paper, and one
// who hears it, can use.
func TestPrint(t *testing.T) {
	folder := t.TempDir()
	var out, said bytes.Buffer
	require.Zero(t, run([]string{"print", "claysnipe-livestream-remark", "--content", "../../content", "--lang", "zh-Hans", "--output", folder}, &out, &said), said.String())
	var names []string
	for _, page := range pageNames() {
		names = append(names, filepath.Join(folder, "claysnipe-livestream-remark-"+page+".zh-Hans.pdf"))
	}
	assert.Equal(t, strings.Join(names, "\n")+"\n", out.String())
	for _, name := range names {
		info := poppler(t, "pdfinfo", name)
		assert.Regexp(t, `Tagged: +yes`, info)
		assert.Regexp(t, `Creator: +Candor\n`, info)
		assert.Regexp(t, `\(A4\)`, info)
		data, err := os.ReadFile(name)
		require.NoError(t, err)
		assert.Contains(t, string(data), "/Outlines", "%s has bookmarks", name)
		assert.Contains(t, string(data), "https://candor.example/", "%s leads to the site", name)
		for _, elsewhere := range []string{"127.0.0.1", "localhost", "site.invalid"} {
			assert.NotContains(t, string(data), elsewhere, name)
		}
		for i, line := range strings.Split(strings.TrimSpace(poppler(t, "pdffonts", name)), "\n") {
			if fields := strings.Fields(line); i >= 2 {
				embedded := fields[len(fields)-5]
				assert.Equal(t, "yes", embedded, "%s: a font is not embedded: %s", name, line)
			}
		}
	}
	text := words(poppler(t, "pdftotext", "-enc", "UTF-8", names[0], "-"))
	for _, want := range []string{"最终报告：陶鹬直播间言论事件", "https://candor.example/claysnipe-livestream-remark/report/", "1/1", "恢复的迹象", "警戒线20%", "transcript.txt", "改进做到了哪一步"} {
		assert.Contains(t, text, words(want))
	}
	assert.NotContains(t, text, "B0001")
}

// TestPrintWithoutAddress: of a site that has no address, no link leads anywhere.
func TestPrintWithoutAddress(t *testing.T) {
	site, folder := t.TempDir(), t.TempDir()
	for name, data := range map[string]string{
		"site.toml":                         "title = \"Status\"\n",
		"incidents/outage/index.md":         "+++\ntitle = \"Outage\"\nlevel = 3\ntype = \"experience\"\nstance = \"full\"\nknown = 2026-11-04T08:00\n+++\nSee [elsewhere](https://example.org/x).\n\n- [about](#updates)\n",
		"incidents/outage/updates/first.md": "+++\ntitle = \"First\"\ntime = 2026-11-04T09:00\n+++\nText.\n",
	} {
		path := filepath.Join(site, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o777))
		require.NoError(t, os.WriteFile(path, []byte(data), 0o666))
	}
	file := filepath.Join(folder, "outage.pdf")
	var out, said bytes.Buffer
	require.Zero(t, run([]string{"print", "outage", "--content", site, "--at", "2026-11-05T08:00", "--paper", "Letter", "--output", file}, &out, &said), said.String())
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Contains(t, string(data), "https://example.org/x")
	assert.NotContains(t, string(data), "site.invalid")
	assert.Regexp(t, `\(letter\)`, poppler(t, "pdfinfo", file))
}
