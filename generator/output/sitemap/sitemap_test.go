package sitemap_test

import (
	"encoding/xml"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"candor/generator/output/sitemap"
)

type urlset struct {
	XMLName xml.Name `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	URLs    []struct {
		Loc   string `xml:"loc"`
		Links []struct {
			Rel  string `xml:"rel,attr"`
			Lang string `xml:"hreflang,attr"`
			Href string `xml:"href,attr"`
		} `xml:"http://www.w3.org/1999/xhtml link"`
	} `xml:"url"`
}

func TestSitemap(t *testing.T) {
	files := sitemap.Sitemap([]sitemap.Entries{
		sitemap.SitemapEntries([]sitemap.Listed{{URL: "https://x.example/a&b/", Versions: []sitemap.Version{{"en", "https://x.example/a&b/"}, {"x-default", "https://x.example/"}}}}),
		sitemap.SitemapEntries(nil),
		sitemap.SitemapEntries([]sitemap.Listed{{URL: "https://x.example/<\"'>/"}}),
	}, "https://x.example/")
	require.Len(t, files, 1)
	var got urlset
	require.NoError(t, xml.Unmarshal(files["sitemap.xml"], &got))
	require.Len(t, got.URLs, 2)
	assert.Equal(t, "https://x.example/a&b/", got.URLs[0].Loc)
	assert.Equal(t, "x-default", got.URLs[0].Links[1].Lang)
	assert.Equal(t, "alternate", got.URLs[0].Links[1].Rel)
	assert.Equal(t, "https://x.example/<\"'>/", got.URLs[1].Loc)
}

// TestSitemapOfManyPages: no file lists more pages than a reader must take.
func TestSitemapOfManyPages(t *testing.T) {
	var all []sitemap.Entries
	for i := range 130 {
		var pages []sitemap.Listed
		for j := range 1000 {
			pages = append(pages, sitemap.Listed{URL: fmt.Sprintf("https://x.example/%d/%d/", i, j)})
		}
		all = append(all, sitemap.SitemapEntries(pages))
	}
	files := sitemap.Sitemap(all, "https://x.example/")
	require.Len(t, files, 4)
	var index struct {
		Sitemaps []string `xml:"sitemap>loc"`
	}
	require.NoError(t, xml.Unmarshal(files["sitemap.xml"], &index))
	assert.Equal(t, []string{"https://x.example/sitemap-1.xml", "https://x.example/sitemap-2.xml", "https://x.example/sitemap-3.xml"}, index.Sitemaps)
	total := 0
	for name, data := range files {
		if name != "sitemap.xml" {
			var sheet urlset
			require.NoError(t, xml.Unmarshal(data, &sheet))
			assert.LessOrEqual(t, len(sheet.URLs), 50_000)
			total += len(sheet.URLs)
		}
	}
	assert.Equal(t, 130_000, total)
}
