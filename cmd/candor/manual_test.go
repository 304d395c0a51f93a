package main

import (
	"bytes"
	"encoding/base64"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"candor/generator/diag"
)

var updateManual = flag.Bool("update-manual", false, "write what candor says into the manual's pages of the rules")

// block is a fenced block of a page. A path in `backquotes` on the line before it
// makes it a file; text without one is what candor prints.
type block struct {
	path       string
	kind       string
	text       string
	start, end int // of the text in the page
}

var fenced = regexp.MustCompile("(?m)(?:^`([^`\n]+)`\n\n)?^```([a-z0-9]*)\n((?s:.*?))^```$")

func blocks(page string) []block {
	var list []block
	for _, m := range fenced.FindAllStringSubmatchIndex(page, -1) {
		b := block{kind: page[m[4]:m[5]], text: page[m[6]:m[7]], start: m[6], end: m[7]}
		if m[2] >= 0 {
			b.path = page[m[2]:m[3]]
		}
		list = append(list, b)
	}
	return list
}

// example is a run of files on a page, up to what candor prints of them or to the
// end of their part.
type example struct {
	heading string
	about   string // the text before and between the blocks
	files   []block
	said    *block // nil where it prints nothing
}

var partHeading = regexp.MustCompile(`(?m)^## .*$`)

func examples(page string) []example {
	var list []example
	var e example
	at := 0
	end := func() {
		if e.files != nil {
			list = append(list, e)
		}
		e = example{}
	}
	for _, b := range blocks(page) {
		between := page[at:b.start]
		at = b.end
		if h := partHeading.FindAllString(between, -1); h != nil {
			end()
			e.heading = h[len(h)-1]
		}
		e.about += between
		switch {
		case b.path != "":
			e.files = append(e.files, b)
		case b.kind == "text" && e.files != nil:
			e.said = &b
			heading := e.heading
			end()
			e.heading = heading
		}
	}
	end()
	return list
}

// TestRulePages holds the manual's pages of the rules against the program. Each
// run of files on a page is an example: with these files over the small site of
// README.md, candor check --rule prints what stands in the block of text behind
// them, and nothing where there is none. An example is looked at as of the instant
// that is named after "As of", else of the site's own; a file in a fence named base64 is binary;
// the language of the site is
// that of which it says `default_language = "…"`, that of the program the page's.
func TestRulePages(t *testing.T) {
	for _, manual := range []struct{ name, folder, examples string }{
		{"en", "../../docs/rules", "The examples"},
		{"zh-Hans", "../../docs/zh/rules", "例子"},
	} {
		folder, err := filepath.Abs(manual.folder)
		require.NoError(t, err)
		t.Run(manual.name, func(t *testing.T) { checkManual(t, folder, manual.name, manual.examples) })
	}
}

// checkManual holds the pages in a folder against the program, in their language.
// The site of the examples stands in README.md under a heading.
func checkManual(t *testing.T, folder, lang, heading string) {
	read := func(t *testing.T, name string) string {
		t.Helper()
		data, err := os.ReadFile(filepath.Join(folder, name))
		require.NoError(t, err)
		return string(data)
	}
	index := read(t, "README.md")
	_, site, found := strings.Cut(index, "\n## "+heading+"\n")
	require.True(t, found, "README.md has no site for the examples")
	for _, rule := range diag.Rules() {
		t.Run(rule, func(t *testing.T) {
			name := rule + ".md"
			page := read(t, name)
			assert.True(t, strings.HasPrefix(page, "# "+rule+"\n"), "%s begins with another title", name)
			assert.Contains(t, index, "]("+name+")", "README.md does not list it")
			if rule == "internal-error" || rule == "ledger" {
				return // no content that is known makes Candor fail; a ledger is made by candor seal
			}
			trips, quiet := false, false
			for _, e := range slices.Backward(examples(page)) {
				got := checkExample(t, rule, lang, blocks(site), e)
				if e.said == nil {
					quiet = true
					assert.Equal(t, count(nil).In(wordsIn(lang))+"\n", got, "%s\n%s", e.heading, e.about)
					continue
				}
				trips = true
				assert.Contains(t, got, "["+rule+"]", e.heading)
				if *updateManual {
					page = page[:e.said.start] + got + page[e.said.end:]
					continue
				}
				assert.Equal(t, e.said.text, got, e.heading)
			}
			assert.True(t, trips, "%s has no example that trips the rule", name)
			assert.True(t, quiet, "%s has no example that does not", name)
			if *updateManual {
				require.NoError(t, os.WriteFile(filepath.Join(folder, name), []byte(page), 0o644))
			}
		})
	}
}

var (
	asOf       = regexp.MustCompile("As of `([^`]+)`")
	inLanguage = regexp.MustCompile("`(default_language = \"[^`]+\")`")
)

// checkExample returns what candor check says of a site made of files.
func checkExample(t *testing.T, rule, lang string, site []block, e example) string {
	t.Helper()
	t.Chdir(t.TempDir())
	for _, f := range append(site, e.files...) {
		if f.kind == "base64" {
			data, err := base64.StdEncoding.DecodeString(f.text)
			require.NoError(t, err, f.path)
			f.text = string(data)
		}
		if m := inLanguage.FindStringSubmatch(e.about); m != nil && f.path == "content/site.toml" {
			f.text = m[1] + "\n" + f.text
		}
		require.True(t, filepath.IsLocal(f.path), f.path)
		require.NoError(t, os.MkdirAll(filepath.Dir(f.path), 0o755))
		require.NoError(t, os.WriteFile(f.path, []byte(f.text), 0o644))
	}
	args := []string{"--lang", lang, "check", "--rule", rule}
	if m := asOf.FindStringSubmatch(e.about); m != nil {
		args = append(args, "--at", m[1])
	}
	var stdout, stderr bytes.Buffer
	status := run(args, &stdout, &stderr)
	assert.Less(t, status, exitUsage, stderr.String())
	return stderr.String()
}

// TestContentFormat holds that the files on the page of the content format are a site that can be
// published, in both languages of the manual.
func TestContentFormat(t *testing.T) {
	for _, page := range []string{"../../docs/content-format.md", "../../docs/zh/content-format.md"} {
		text, err := os.ReadFile(page)
		require.NoError(t, err)
		t.Run(page, func(t *testing.T) {
			t.Chdir(t.TempDir())
			for _, b := range blocks(string(text)) {
				if b.path != "" {
					require.NoError(t, os.MkdirAll(filepath.Dir(b.path), 0o755))
					require.NoError(t, os.WriteFile(b.path, []byte(b.text), 0o644))
				}
			}
			var stdout, stderr bytes.Buffer
			assert.Equal(t, exitFine, run([]string{"build"}, &stdout, &stderr), stderr.String())
			assert.NotContains(t, stderr.String(), "wording")
		})
	}
}
