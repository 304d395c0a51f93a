package generator_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"candor/generator"
)

// TestSites builds every site in testdata/site. Of what a case may want,
//
//	want/diagnostics       all findings
//	want/files             the paths of the output
//	want/next              NextChange, or never
//	want/contains/<path>   lines each of which the page holds, as HTML or as text
//	want/lacks/<path>      lines none of which it holds; of every page where path is *
//
// -update writes the first three anew; diagnostics always, the others where the
// case has them.
func TestSites(t *testing.T) {
	eachCase(t, "site", func(t *testing.T, file string, c siteCase) {
		result := generator.New().Build(c.input)
		if result.Diagnostics.HasErrors() {
			assert.Zero(t, result.Output.Len(), "nothing is published where there is an error")
		}
		got := map[string]string{"diagnostics": findings(result.Diagnostics), "files": paths(result.Output), "next": "never\n"}
		if !result.NextChange.IsZero() {
			got["next"] = result.NextChange.Format(time.RFC3339) + "\n"
		}
		if *update {
			c.update(t, file, got)
			return
		}
		for name, text := range got {
			if want, ok := c.want[name]; ok || name == "diagnostics" {
				assert.Equal(t, want, text, "want/%s", name)
			}
		}
		c.checkPages(t, result)
	})
}

// idAttribute finds the ids of a page: text holds no quotation marks.
var idAttribute = regexp.MustCompile(` id="[^"]*"`)

func (c siteCase) checkPages(t *testing.T, result generator.Result) {
	t.Helper()
	for f := range result.Output.All() {
		if strings.HasSuffix(f.Path, ".html") {
			seen := map[string]bool{}
			for _, id := range idAttribute.FindAllString(string(f.Data), -1) {
				assert.False(t, seen[id], "%s has%s twice", f.Path, id)
				seen[id] = true
			}
		}
	}
	for name, want := range c.want {
		kind, path, isPage := strings.Cut(name, "/")
		if !isPage {
			continue
		}
		for file := range result.Output.All() {
			if path != "*" && path != file.Path {
				continue
			}
			page := string(file.Data) + "\n" + text(file.Data)
			for line := range strings.Lines(want) {
				line = strings.TrimSpace(line)
				switch {
				case kind == "contains" && !strings.Contains(page, line):
					t.Errorf("%s does not hold\n\t%s\nit says\n%s", file.Path, line, text(file.Data))
				case kind == "lacks" && strings.Contains(page, line):
					t.Errorf("%s holds\n\t%s", file.Path, line)
				}
			}
		}
		if _, ok := result.Output.Get(path); !ok && path != "*" {
			t.Errorf("there is no page %s; there are\n%s", path, paths(result.Output))
		}
	}
}

func (c siteCase) update(t *testing.T, file string, got map[string]string) {
	t.Helper()
	for _, name := range []string{"diagnostics", "files", "next"} {
		at := slices.IndexFunc(c.archive.Files, func(f txtar.File) bool { return f.Name == "want/"+name })
		switch {
		case at >= 0:
			c.archive.Files[at].Data = []byte(got[name])
		case name == "diagnostics":
			c.archive.Files = append(c.archive.Files, txtar.File{Name: "want/diagnostics", Data: []byte(got[name])})
		}
	}
	require.NoError(t, os.WriteFile(file, txtar.Format(c.archive), 0o644))
}
