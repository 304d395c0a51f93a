package feed_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"strings"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"candor/generator"
	"candor/generator/fileset"
	"candor/themes"
)

// build builds a site of a few files in English and Chinese.
func build(t *testing.T, files map[string]string) generator.Result {
	t.Helper()
	set, err := fileset.FromFS(themes.FS)
	require.NoError(t, err)
	var list []fileset.File
	for path, text := range files {
		list = append(list, fileset.NewFile(path, []byte(text)))
	}
	at, err := time.Parse(time.RFC3339, "2026-11-05T00:00:00Z")
	require.NoError(t, err)
	r := generator.Build(generator.Input{Content: fileset.Must(list), Themes: set, Zones: time.LoadLocation, Now: at})
	require.False(t, r.Diagnostics.HasErrors(), "%v", r.Diagnostics)
	return r
}

// read reads a feed with somebody else's parser.
func read(t *testing.T, r generator.Result, path string) *gofeed.Feed {
	t.Helper()
	f, ok := r.Output.Get(path)
	require.True(t, ok, path)
	feed, err := gofeed.NewParser().Parse(bytes.NewReader(f.Data))
	require.NoError(t, err)
	if strings.HasSuffix(path, ".json") {
		require.True(t, json.Valid(f.Data))
		require.Equal(t, "json", feed.FeedType)
	} else {
		require.Equal(t, "atom", feed.FeedType)
	}
	return feed
}

const (
	settings = "title = \"Status\"\norganisation = \"Tarn & Moss\"\nbase_url = \"https://status.example/crisis/\"\n[languages.en]\nname = \"English\"\n[languages.zh-Hans]\nname = \"中文\"\n[rules]\nmissing-section = \"off\"\n"
	index    = "+++\ntitle = \"Rash ]]> </script> \\u2028 🙂\"\nsummary = \"Some cream\"\nlevel = 2\ntype = \"experience\"\nstance = \"full\"\nknown = 2026-11-04T06:00\n"
)

func site() map[string]string {
	return map[string]string{
		"site.toml":                             settings,
		"incidents/rash/index.md":               index + "+++\nText.\n\n## What we know {#known}\n",
		"incidents/rash/lab report.pdf":         "x",
		"incidents/rash/updates/a.md":           "+++\ntitle = \"First & foremost\"\ntime = 2026-11-04T07:00\nkind = \"response\"\n+++\nSee [known](../index.md#known) and [the report](<../lab report.pdf>).\n\n### Done {#done}\n\n- [ ] refunds due:2026-11-06T18:00 id:refunds\n",
		"incidents/rash/updates/a.zh-Hans.md":   "+++\ntitle = \"第一\"\n+++\n见[已知](../index.md#known)。\n\n### 已完成 {#done}\n\n- [ ] 退款 due:2026-11-06T18:00 id:refunds\n",
		"incidents/rash/updates/b.md":           "+++\ntitle = \"It was ten\"\ntime = 2026-11-04T08:00\nkind = \"correction\"\ncorrects = \"a\"\n+++\nNot nine, but ten.\n",
		"incidents/rash/updates/c.md":           "+++\ntitle = \"Hidden words\"\ntime = 2026-11-05T08:00\n+++\nNot yet.\n",
		"incidents/rash/updates/d.md":           "+++\ntitle = \"Hidden draft\"\ntime = 2026-11-04T09:00\ndraft = true\n+++\nNever.\n",
		"incidents/exercise/index.md":           strings.Replace(index, "level", "drill = true\nlevel", 1) + "+++\nText.\n",
		"incidents/exercise/updates/a.md":       "+++\ntitle = \"Only a test\"\ntime = 2026-11-04T07:00\n+++\nText.\n",
		"incidents/exercise/updates/missing.md": "+++\ntitle = \"More of it\"\ntime = 2026-11-04T07:30\n+++\nText.\n",
	}
}

func TestFeeds(t *testing.T) {
	r := build(t, site())
	f := read(t, r, "rash/feed.json")
	assert.Equal(t, "Rash ]]> </script> \u2028 🙂", f.Title)
	assert.Equal(t, "Some cream", f.Description)
	assert.Equal(t, "https://status.example/crisis/rash/", f.Link)
	assert.Equal(t, "https://status.example/crisis/rash/feed.json", f.FeedLink)
	assert.Equal(t, "en", f.Language)
	assert.Equal(t, "Tarn & Moss", f.Authors[0].Name)
	require.Len(t, f.Items, 2)
	correction, first := f.Items[0], f.Items[1]
	assert.Equal(t, "tag:status.example,2026:rash/a", first.GUID)
	assert.Equal(t, "https://status.example/crisis/rash/updates/1/#u-a", first.Link)
	assert.Equal(t, "First & foremost", first.Title)
	assert.Equal(t, "2026-11-04T07:00:00Z", first.Published)
	assert.Equal(t, "2026-11-04T08:00:00Z", first.Updated, "the correction is newer")
	assert.Equal(t, []string{"response"}, first.Categories)
	assert.True(t, strings.HasPrefix(first.Content, "<blockquote><p><strong>Correction · 08:00 on 4 November 2026 (UTC)</strong></p><p>Not nine, but ten.</p></blockquote><p>See "), first.Content)
	for _, part := range []string{`<a href="https://status.example/crisis/rash/#known">`, `<a href="https://status.example/crisis/rash/files/lab%20report.pdf">`, "refunds · Due 18:00 on 6 November 2026 (UTC)"} {
		assert.Contains(t, first.Content, part)
	}
	assert.Equal(t, "It was ten", correction.Title)
	assert.Equal(t, correction.Published, correction.Updated)
}

// TestFormats: both formats say the same.
func TestFormats(t *testing.T) {
	r := build(t, site())
	for _, name := range []string{"feed", "rash/feed", "zh-Hans/rash/feed", "exercise/feed"} {
		atom, other := read(t, r, name+".atom"), read(t, r, name+".json")
		for _, of := range []func(*gofeed.Feed) string{
			func(f *gofeed.Feed) string { return f.Title },
			func(f *gofeed.Feed) string { return f.Description },
			func(f *gofeed.Feed) string { return f.Link },
			func(f *gofeed.Feed) string {
				return strings.TrimSuffix(strings.TrimSuffix(f.FeedLink, ".atom"), ".json")
			},
			func(f *gofeed.Feed) string { return f.Language },
			func(f *gofeed.Feed) string { return f.Authors[0].Name },
		} {
			assert.Equal(t, of(other), of(atom), name)
		}
		require.Len(t, atom.Items, len(other.Items))
		for i, want := range other.Items {
			it := atom.Items[i]
			assert.Equal(t, []string{want.GUID, want.Title, want.Link, want.Content, want.Published, want.Updated},
				[]string{it.GUID, it.Title, it.Link, it.Content, it.Published, it.Updated})
			assert.Equal(t, want.Categories, it.Categories)
		}
	}
	atom := read(t, r, "rash/feed.atom")
	assert.Equal(t, "2026-11-04T08:00:00Z", atom.Updated, "when the newest of it was written")
	data, _ := r.Output.Get("zh-Hans/rash/feed.atom")
	assert.Equal(t, 1, bytes.Count(data.Data, []byte(`<entry xml:lang="en">`)), "the correction is not translated")
}

// many is a site with an incident of n updates, whose last one corrects the first.
func many(n int) map[string]string {
	files := site()
	for i := range n {
		at := time.Date(2026, 11, 4, 10, i, 0, 0, time.UTC).Format(time.RFC3339)
		files["incidents/other/updates/"+at[11:13]+at[14:16]+".md"] = "+++\ntitle = \"Other\"\ntime = " + at + "\n+++\nText.\n"
	}
	at := time.Date(2026, 11, 4, 10, n, 0, 0, time.UTC).Format(time.RFC3339)
	files["incidents/other/updates/last.md"] = "+++\ntitle = \"Sorry\"\nkind = \"correction\"\ncorrects = \"1000\"\ntime = " + at + "\n+++\nIt was blue.\n"
	files["incidents/other/index.md"] = index + "+++\nText.\n"
	return files
}

// linksOf returns the links of an Atom feed by their relation, and whether it is an archive.
func linksOf(t *testing.T, r generator.Result, path string) (links map[string]string, archive bool) {
	t.Helper()
	f, ok := r.Output.Get(path)
	require.True(t, ok, path)
	var doc struct {
		Links []struct {
			Rel  string `xml:"rel,attr"`
			Href string `xml:"href,attr"`
		} `xml:"http://www.w3.org/2005/Atom link"`
		Archive *struct{} `xml:"http://purl.org/syndication/history/1.0 archive"`
	}
	require.NoError(t, xml.Unmarshal(f.Data, &doc))
	links = map[string]string{}
	for _, l := range doc.Links {
		links[l.Rel] = strings.TrimPrefix(l.Href, "https://status.example/crisis/")
	}
	return links, doc.Archive != nil
}

// TestArchives: from the feed a reader comes to every update, and the archives stay as they are.
func TestArchives(t *testing.T) {
	r := build(t, many(45))
	f := read(t, r, "other/feed.atom")
	assert.Len(t, f.Items, 21, "the newest, and what one of them corrects")
	assert.True(t, strings.HasPrefix(f.Items[20].Content, "<blockquote>"))
	seen := map[string]bool{}
	path, pages := "other/feed.atom", 0
	for path != "" {
		for _, it := range read(t, r, path).Items {
			seen[it.GUID] = true
		}
		links, archive := linksOf(t, r, path)
		assert.Equal(t, path, links["self"])
		assert.Equal(t, pages > 0, archive)
		if archive {
			assert.Equal(t, "other/feed.atom", links["current"])
		}
		path = links["prev-archive"]
		pages++
	}
	assert.Equal(t, 3, pages)
	assert.Len(t, seen, 46)
	before, _ := r.Output.Get("other/feed-1.atom")
	r = build(t, many(58))
	assert.Len(t, read(t, r, "other/feed-2.atom").Items, 20)
	for n, want := range map[int]bool{18: false, 19: false, 20: true, 39: true, 40: true} { // and the correction
		_, ok := build(t, many(n)).Output.Get("other/feed-1.atom")
		assert.Equal(t, want, ok, n)
	}
	after, _ := r.Output.Get("other/feed-2.atom")
	assert.NotEqual(t, before.Data, after.Data)
	files := many(58)
	files["incidents/other/updates/later.md"] = strings.Replace(files["incidents/other/updates/1055.md"], "10:55", "20:55", 1)
	again, _ := build(t, files).Output.Get("other/feed-2.atom")
	assert.Equal(t, string(after.Data), string(again.Data), "another update changes no archive")
}

// TestLanguages: each language has feeds of its own; what is not translated says in which language it is.
func TestLanguages(t *testing.T) {
	r := build(t, site())
	f := read(t, r, "zh-Hans/rash/feed.json")
	assert.Equal(t, "zh-Hans", f.Language)
	assert.Equal(t, "https://status.example/crisis/zh-Hans/rash/", f.Link)
	assert.Equal(t, "tag:status.example,2026:zh-Hans/rash/a", f.Items[1].GUID)
	assert.Equal(t, "第一", f.Items[1].Title)
	assert.Contains(t, f.Items[1].Content, `<a href="https://status.example/crisis/zh-Hans/rash/#known">已知</a>`)
	data, _ := r.Output.Get("zh-Hans/rash/feed.json")
	assert.Equal(t, 1, bytes.Count(data.Data, []byte(`"language":"en"`)), "the correction is not translated")
}

// TestSiteFeed: the feed of the site has the updates of all incidents, newest first, and no drills.
func TestSiteFeed(t *testing.T) {
	files := site()
	for i := range 30 {
		at := time.Date(2026, 11, 4, 10, i, 0, 0, time.UTC).Format(time.RFC3339)
		files["incidents/other/updates/"+at[14:16]+".md"] = "+++\ntitle = \"Other\"\ntime = " + at + "\n+++\nText.\n"
	}
	files["incidents/other/index.md"] = index + "+++\nText.\n"
	f := read(t, build(t, files), "feed.json")
	require.Len(t, f.Items, 20)
	for i, it := range f.Items {
		assert.Contains(t, it.GUID, ":other/", "drills and what is older is left out: the others fill the feed")
		if i > 0 {
			assert.True(t, it.PublishedParsed.Before(*f.Items[i-1].PublishedParsed))
		}
	}
	few := read(t, build(t, site()), "feed.json")
	assert.Len(t, few.Items, 2)
	drill := read(t, build(t, site()), "exercise/feed.json")
	assert.Equal(t, "Drill: More of it", drill.Items[0].Title)
}

// TestWithheld: nothing that is not published is in a feed, and without the site's address there is none.
func TestWithheld(t *testing.T) {
	files := site()
	for f := range build(t, files).Output.All() {
		assert.NotContains(t, string(f.Data), "Hidden", f.Path)
	}
	files["site.toml"] = strings.Replace(settings, "base_url = \"https://status.example/crisis/\"\n", "", 1)
	for f := range build(t, files).Output.All() {
		assert.NotContains(t, f.Path, "feed")
	}
}
