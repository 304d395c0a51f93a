package generator_test

import (
	"encoding/base64"
	"flag"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"candor/generator"
	"candor/generator/diag"
	"candor/generator/fileset"
	"candor/generator/input/tomldoc"
	"candor/generator/zone"
	"candor/themes"
)

var update = flag.Bool("update", false, "write what is expected into the cases")

// embedded returns the themes that come with Candor.
var embedded = sync.OnceValue(func() fileset.Set {
	set, err := fileset.FromFS(themes.FS)
	if err != nil {
		panic(err)
	}
	return set
})

// siteCase is a site in one text file: the comment is a title and, on lines of
// their own, settings (now: at: base-url: theme: rules:); files below themes/ are the
// site's own themes; files below want/ are what is expected. A file whose name
// begins with escaped: has Go escapes in it, one with base64: is binary. Where a
// case does not say rules: on, the rules on duties and on personal data are off.
type siteCase struct {
	archive *txtar.Archive
	input   generator.Input
	want    map[string]string
}

// eachCase runs a test for each case in a folder of testdata.
func eachCase(t *testing.T, folder string, run func(t *testing.T, file string, c siteCase)) {
	t.Helper()
	files, err := filepath.Glob("testdata/" + folder + "/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			require.NoError(t, err)
			run(t, file, parseCase(t, archive))
		})
	}
}

var setting = regexp.MustCompile(`(?m)^(now|at|base-url|theme|rules): (.*)$`)

func parseCase(t testing.TB, archive *txtar.Archive) siteCase {
	t.Helper()
	c := siteCase{archive: archive, want: map[string]string{}}
	c.input = input(t, nil)
	quiet := true
	for _, m := range setting.FindAllStringSubmatch(string(archive.Comment), -1) {
		switch m[1] {
		case "now":
			c.input.Now = instant(t, m[2])
		case "at":
			c.input.Instant = written(t, m[2])
		case "base-url":
			c.input.BaseURL = m[2]
		case "theme":
			c.input.Theme = m[2]
		case "rules":
			quiet = m[2] != "on"
		}
	}
	var content, own []fileset.File
	for _, f := range archive.Files {
		name, data := f.Name, f.Data
		if rest, ok := strings.CutPrefix(name, "want/"); ok {
			c.want[rest] = string(data)
			continue
		}
		if rest, ok := strings.CutPrefix(name, "escaped:"); ok {
			name, data = rest, unescape(t, data)
		}
		if rest, ok := strings.CutPrefix(name, "base64:"); ok {
			decoded, err := base64.StdEncoding.DecodeString(strings.TrimSpace(string(data)))
			require.NoError(t, err)
			name, data = rest, decoded
		}
		if rest, ok := strings.CutPrefix(name, "themes/"); ok {
			own = append(own, fileset.NewFile(rest, data))
			continue
		}
		if name == "site.toml" && quiet && !strings.Contains(string(data), "[rules]") {
			data = slices.Concat(data, []byte(dutiesOff))
		}
		content = append(content, fileset.NewFile(name, data))
	}
	set, err := fileset.New(content)
	require.NoError(t, err)
	c.input.Content = set
	c.input.Themes = fileset.Overlay(embedded(), fileset.Must(own))
	return c
}

// dutiesOff are settings for a site of which something else is tested.
const dutiesOff = `
[rules]
first-response = "off"
cadence = "off"
next-update = "off"
promise-overdue = "off"
promise-without-date = "off"
missing-section = "off"
response-elements = "off"
contact = "off"
level-too-low = "off"
report-missing = "off"
report-parts = "off"
follow-up = "off"
escalate = "off"
de-escalate = "off"
personal-data = "off"
`

// unescape reads the escapes of a Go string in a text of several lines.
func unescape(t testing.TB, data []byte) []byte {
	t.Helper()
	var b strings.Builder
	for line := range strings.Lines(string(data)) {
		s, err := strconv.Unquote(`"` + strings.ReplaceAll(strings.TrimSuffix(line, "\n"), `"`, `\"`) + `"`)
		require.NoError(t, err, line)
		b.WriteString(s + "\n")
	}
	return []byte(b.String())
}

// input returns the Input of a site with the embedded themes, an hour after the
// incidents of the tests begin.
func input(t testing.TB, files map[string]string) generator.Input {
	t.Helper()
	var content []fileset.File
	for path, text := range files {
		content = append(content, fileset.NewFile(path, []byte(text)))
	}
	return generator.Input{
		Content: fileset.Must(content), Themes: embedded(), Zones: zone.Load,
		Now: instant(t, "2026-11-04T09:00:00Z"),
	}
}

func instant(t testing.TB, s string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, s)
	require.NoError(t, err)
	return at
}

// written reads a time as --at does.
func written(t testing.TB, s string) tomldoc.Time {
	t.Helper()
	at, ok := tomldoc.ParseTime(s)
	require.True(t, ok, s)
	return at
}

// findings writes diagnostics as the golden cases hold them.
func findings(list diag.List) string {
	var b strings.Builder
	for _, d := range list {
		b.WriteString(d.Path)
		if d.Line > 0 {
			b.WriteString(":" + strconv.Itoa(d.Line) + ":" + strconv.Itoa(d.Column))
		}
		b.WriteString(": " + d.Severity.String() + ": " + d.Message.String() + " [" + d.Rule + "]\n")
		if hint := d.Hint.String(); hint != "" {
			b.WriteString("  hint: " + hint + "\n")
		}
		if d.Suppressed != nil {
			b.WriteString("  let stand: " + d.Suppressed.Reason + "\n")
		}
	}
	return strconvSafe(b.String())
}

// strconvSafe spells out the characters that a person could not review.
func strconvSafe(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r == '\n' || strconv.IsPrint(r) || r == '\u00a0' {
			b.WriteRune(r)
		} else {
			b.WriteString(strings.Trim(strconv.QuoteRuneToASCII(r), "'"))
		}
	}
	return b.String()
}

func paths(set fileset.Set) string {
	var b strings.Builder
	for f := range set.All() {
		b.WriteString(f.Path + "\n")
	}
	return b.String()
}

// text returns what a page says, one block a line.
func text(page []byte) string {
	root, err := html.Parse(strings.NewReader(string(page)))
	if err != nil {
		panic(err)
	}
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		switch n.DataAtom {
		case atom.Style, atom.Head, atom.Script:
			return
		case atom.Time, atom.A, atom.B, atom.Span, atom.Small, atom.Code, atom.Em, atom.Strong, atom.Del:
		default:
			if n.Type == html.ElementNode {
				b.WriteByte('\n')
			}
		}
		if n.Type == html.TextNode {
			b.WriteString(strings.NewReplacer("\n", " ", "\u00a0", " ").Replace(n.Data))
		}
		for child := range n.ChildNodes() {
			walk(child)
		}
		switch n.DataAtom {
		case atom.P, atom.Li, atom.H1, atom.H2, atom.H3, atom.H4, atom.Td, atom.Th:
			b.WriteByte('\n')
		}
	}
	walk(root)
	var lines []string
	for line := range strings.Lines(b.String()) {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n") + "\n"
}
