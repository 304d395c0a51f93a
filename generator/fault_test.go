package generator

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"candor/generator/diag"
	"candor/generator/fileset"
	"candor/generator/output"
	"candor/generator/output/theme"
	"candor/generator/parallel"
	"candor/generator/site"
	"candor/generator/site/config"
	"candor/themes"
)

// failing is an output that fails where a text tells it to.
type failing struct{ settings *config.Site }

func (failing) Incident(inc *site.Incident) output.Part {
	if strings.Contains(inc.Front.Summary, "please fail") {
		parallel.Do(3, func(i int) { _ = []int{1}[inc.Day+i] }) // in another goroutine
	}
	return output.Part{}
}

func (f failing) Site(*site.Site, []output.Part) output.Part {
	if f.settings.Summary == "fail" {
		panic("the home page is at fault")
	}
	return output.Part{}
}

// withFailing makes builds use failing besides the other outputs.
func withFailing(t *testing.T) {
	before := outputs
	outputs = append(outputs[:len(outputs):len(outputs)], func(f *site.Frame, _ *theme.Theme) output.Output {
		return failing{f.Settings}
	})
	t.Cleanup(func() { outputs = before })
}

// sick returns a site of three incidents, in which Candor fails where it is told to.
func sick(t *testing.T, settings, summary string) Input {
	t.Helper()
	set, err := fileset.FromFS(themes.FS)
	require.NoError(t, err)
	files := []fileset.File{fileset.NewFile("site.toml", []byte("title = \"S\"\n"+settings))}
	for _, slug := range []string{"a", "b", "c"} {
		said := ""
		if slug == "b" {
			said = summary
		}
		text := fmt.Sprintf("+++\ntitle = \"I\"\nsummary = %q\nlevel = 2\ntype = \"experience\"\nstance = \"full\"\n"+
			"known = 2026-11-04T06:00\n+++\nText. [other](../b/index.md)\n", said)
		files = append(files, fileset.NewFile("incidents/"+slug+"/index.md", []byte(text)))
	}
	zones := func(name string) (*time.Location, error) {
		if name == "fail" {
			panic(fmt.Errorf("no zones today"))
		}
		return time.UTC, nil
	}
	now := time.Date(2026, 11, 4, 7, 0, 0, 0, time.UTC)
	return Input{Content: fileset.Must(files), Themes: set, Zones: zones, Now: now}
}

// TestFault: a fault of Candor is an error about the file or folder that it was working on. Nothing is published,
// the other incidents are checked, and the next build, of the same Generator too, is as if nothing had happened.
func TestFault(t *testing.T) {
	withFailing(t)
	for name, c := range map[string]struct{ settings, summary, path, message, call string }{
		"an incident": {summary: "please fail", path: "incidents/b",
			message: "Candor has failed here: runtime error: index out of range [1] with length 1",
			call:    "candor/generator.failing.Incident"},
		"the whole site": {settings: "summary = \"fail\"\n", path: "site.toml",
			message: "Candor has failed here: the home page is at fault", call: "candor/generator.failing.Site"},
		"the settings": {settings: "time_zone = \"fail\"\n", path: "site.toml",
			message: "Candor has failed here: no zones today", call: "candor/generator.sick.func1"},
	} {
		t.Run(name, func(t *testing.T) {
			warm := New()
			want := warm.Build(sick(t, "", ""))
			require.NotZero(t, want.Output.Len(), want.Diagnostics)
			for range 2 { // what failed is not remembered
				for _, g := range []*Generator{New(), warm} {
					got := g.Build(sick(t, c.settings, c.summary))
					assert.Zero(t, got.Output.Len())
					faults := of(got.Diagnostics, "internal-error")
					require.Len(t, faults, 1)
					assert.Equal(t, diag.Error, faults[0].Severity)
					assert.Equal(t, c.path, faults[0].Path)
					assert.Equal(t, c.message, faults[0].Message.String())
					require.NotEmpty(t, faults[0].Trace)
					assert.True(t, strings.HasPrefix(faults[0].Trace[0], c.call), faults[0].Trace[0])
				}
			}
			got := warm.Build(sick(t, "", ""))
			assert.True(t, fileset.Same(want.Output, got.Output))
			assert.Equal(t, want.Diagnostics, got.Diagnostics)
		})
	}
}

// TestFaultIsFixed: settings cannot turn a fault of Candor off, and other incidents have their findings.
func TestFaultIsFixed(t *testing.T) {
	withFailing(t)
	got := Build(sick(t, "[rules]\ninternal-error = \"off\"\n", "please fail"))
	assert.Len(t, of(got.Diagnostics, "internal-error"), 1)
	assert.Len(t, of(got.Diagnostics, "bad-value"), 1)
	others := 0
	for _, d := range got.Diagnostics {
		if strings.HasPrefix(d.Path, "incidents/a/") || strings.HasPrefix(d.Path, "incidents/c/") {
			others++
		}
	}
	assert.NotZero(t, others)
}

func of(found diag.List, rule string) (list diag.List) {
	for _, d := range found {
		if d.Rule == rule {
			list = append(list, d)
		}
	}
	return list
}
