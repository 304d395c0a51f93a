package page_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"candor/generator"
	"candor/generator/fileset"
	"candor/themes"
)

// linked returns what a page says to search engines.
func linked(t *testing.T, r generator.Result, path string) map[string]any {
	t.Helper()
	f, ok := r.Output.Get(path + "index.html")
	require.True(t, ok, path)
	_, data, has := strings.Cut(string(f.Data), `<script type="application/ld+json">`)
	data, _, _ = strings.Cut(data, "</script>")
	if !has {
		return nil
	}
	var v map[string]any
	require.NoError(t, json.Unmarshal([]byte(data), &v))
	return v
}

// TestLinked: search engines get what each page is, with the texts as they were given, and nothing of a drill.
func TestLinked(t *testing.T) {
	set, err := fileset.FromFS(themes.FS)
	require.NoError(t, err)
	index := "+++\ntitle = \"Rash ]]> </script> & 🙂\"\nlevel = 3\ntype = \"experience\"\nstance = \"full\"\nknown = 2026-11-04T06:00\n"
	var list []fileset.File
	for path, text := range map[string]string{
		"site.toml":                   "title = \"S\"\norganisation = \"Fern\"\nbase_url = \"https://s.example/\"\n[rules]\nmissing-section = \"off\"\n",
		"incidents/rash/index.md":     index + "+++\nText.\n",
		"incidents/rash/faq.md":       "## Is it 1 < 2? {#q}\n\nYes & no.\n",
		"incidents/rash/report.md":    "+++\ntitle = \"Report\"\ntime = 2026-11-04T09:00\n+++\nText.\n",
		"incidents/rash/updates/a.md": "+++\ntitle = \"First\"\ntime = 2026-11-04T07:00\nstatus = \"resolved\"\n+++\nText.\n",
		"incidents/test/index.md":     index + "drill = true\n+++\nText.\n",
	} {
		list = append(list, fileset.NewFile(path, []byte(text)))
	}
	r := generator.Build(generator.Input{Content: fileset.Must(list), Themes: set, Zones: time.LoadLocation, Now: time.Date(2026, 11, 5, 0, 0, 0, 0, time.UTC)})
	require.False(t, r.Diagnostics.HasErrors(), "%v", r.Diagnostics)
	assert.Equal(t, map[string]any{"@context": "https://schema.org", "@type": "Organization", "name": "Fern", "url": "https://s.example/"}, linked(t, r, ""))
	blog := linked(t, r, "rash/")
	assert.Equal(t, []any{"LiveBlogPosting", "Rash ]]> </script> & 🙂", "2026-11-04T06:00:00Z", "2026-11-04T07:00:00Z"},
		[]any{blog["@type"], blog["headline"], blog["datePublished"], blog["coverageEndTime"]})
	assert.Equal(t, []any{map[string]any{"@type": "BlogPosting", "headline": "First", "datePublished": "2026-11-04T07:00:00Z", "url": "https://s.example/rash/updates/1/#u-a"}}, blog["liveBlogUpdate"])
	faq := linked(t, r, "rash/faq/")
	assert.Equal(t, []any{map[string]any{"@type": "Question", "name": "Is it 1 < 2?", "acceptedAnswer": map[string]any{"@type": "Answer", "text": "Yes & no."}}}, faq["mainEntity"])
	assert.Equal(t, "https://s.example/rash/", faq["breadcrumb"].(map[string]any)["itemListElement"].([]any)[1].(map[string]any)["item"])
	assert.Equal(t, "Report", linked(t, r, "rash/report/")["mainEntity"].(map[string]any)["@type"])
	assert.Equal(t, "WebPage", linked(t, r, "rash/updates/1/")["@type"])
	assert.Nil(t, linked(t, r, "test/"))
}
