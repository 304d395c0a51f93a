package page

import (
	"html/template"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"candor/generator/fileset"
	"candor/generator/input/content"
	"candor/generator/site/config"
	"candor/generator/site/incident"
)

func TestAddress(t *testing.T) {
	for value, want := range map[string][2]string{
		"400-000-0000":            {"phone", "tel:4000000000"},
		"+86 (10) 8888.0000":      {"phone", "tel:+861088880000"},
		"12345":                   {"phone", "tel:12345"},
		"110":                     {"text", ""},
		"400-000-0000 转 2":        {"text", ""},
		"care@huailu.example":     {"mail", "mailto:care@huailu.example"},
		"care+1@huailu.example":   {"mail", "mailto:care+1@huailu.example"},
		"a?b=c@huailu.example":    {"mail", "mailto:a%3Fb=c@huailu.example"},
		"care@huailu":             {"text", ""},
		"a b@huailu.example":      {"text", ""},
		"https://a.example/x?y=z": {"web", "https://a.example/x?y=z"},
		"http://a.example":        {"web", "http://a.example"},
		"HTTPS://a.example":       {"text", ""},
		"javascript:alert(1)":     {"text", ""},
		"javascript:a@b.example":  {"mail", "mailto:javascript:a@b.example"},
		"//a.example":             {"text", ""},
		"tel:110":                 {"text", ""},
		"柜台":                      {"text", ""},
		"":                        {"text", ""},
		"2026-11-04":              {"phone", "tel:20261104"}, // nobody gives a date as a contact
	} {
		kind, href := address(value)
		assert.Equal(t, want, [2]string{kind, string(href)}, value)
	}
}

func TestSize(t *testing.T) {
	for n, want := range map[int]string{0: "0 B", 1: "1 B", 999: "999 B", 1000: "1 KB", 1499: "1 KB", 1500: "2 KB", 84_321: "84 KB", 999_499: "999 KB", 999_500: "1.0 MB", 1_000_000: "1.0 MB", 1_250_000: "1.2 MB", 64 << 20: "67.1 MB"} {
		assert.Equal(t, strings.ReplaceAll(want, " ", "\u00a0"), size(n, func(v float64) string { return strconv.FormatFloat(v, 'f', 1, 64) }), "%d", n)
	}
}

func TestAddresses(t *testing.T) {
	for base, want := range map[string][2]string{
		"":                              {"/%E7%9A%AE%20a/faq/", ""},
		"https://x.example/":            {"/%E7%9A%AE%20a/faq/", "https://x.example/%E7%9A%AE%20a/faq/"},
		"https://x.example:8080/a/":     {"/a/%E7%9A%AE%20a/faq/", "https://x.example:8080/a/%E7%9A%AE%20a/faq/"},
		"https://x.example/a b/中/":      {"/a%20b/%E4%B8%AD/%E7%9A%AE%20a/faq/", "https://x.example/a%20b/%E4%B8%AD/%E7%9A%AE%20a/faq/"},
		"https://x.example/a%2fb/":      {"/a%2fb/%E7%9A%AE%20a/faq/", "https://x.example/a%2fb/%E7%9A%AE%20a/faq/"},
		"http://user@x.example/crisis/": {"/crisis/%E7%9A%AE%20a/faq/", "http://x.example/crisis/%E7%9A%AE%20a/faq/"},
	} {
		site := config.Default()
		site.BaseURL = base
		a := NewAddresses(site)
		assert.Equal(t, want, [2]string{a.URL("皮 a/faq/"), a.Canonical("皮 a/faq/")}, base)
	}
}

// linkSite is a site of one incident and one page, to follow links in.
func linkSite(t testing.TB) (*Links, *content.Document, *content.Document) {
	t.Helper()
	parse := func(path, text string) *content.Document {
		d := content.Parse(fileset.NewFile(path, []byte(text)), content.Locate(path, nil))
		require.Empty(t, d.Findings)
		return d
	}
	index := parse("incidents/rash/index.md", "+++\ntitle = \"R\"\nlevel = 2\ntype = \"experience\"\nstance = \"full\"\nknown = 2026-11-04T06:00\n+++\n## Known {#known}\n")
	update := parse("incidents/rash/updates/one.md", "+++\ntitle = \"U\"\ntime = 2026-11-04T07:00\n+++\n")
	about := parse("pages/about.md", "+++\ntitle = \"A\"\n+++\n")
	site := config.Default()
	src := incident.NewSource(index.Place)
	src.Add(incident.Read(site, index))
	src.Add(incident.Read(site, update))
	src.Evidence = []fileset.File{fileset.NewFile("incidents/rash/lab.pdf", []byte("x"))}
	at, err := time.Parse(time.RFC3339, "2026-11-05T00:00:00Z")
	require.NoError(t, err)
	inc, found := incident.Assemble(site, src, incident.NewClock(at))
	require.Empty(t, found)
	a := NewAddresses(site)
	own, pages := a.IncidentTargets(src, inc), a.PageTargets([]*content.Document{about})
	return NewLinks(a, []string{"en"}, own, []*Targets{own, pages}), index, update
}

// FuzzLinks: whatever is written as an address leads to something of the site,
// in letters that need no escaping, or is reported.
func FuzzLinks(f *testing.F) {
	for _, seed := range []string{"index.md", "#known", "updates/one.md", "../../pages/about.md", "/about/", "/about", "/", "", "lab.pdf", "lab%2epdf", "../..", "/rash/updates/1/#u-one", "/rash/index.html", "//x", "/%2e%2e/", "%zz", "a:b", "index.en.md",
		"?x", "#", "/#", "\x00", "../index.md#known", "#u-one", "/rash/files/lab.pdf", "index.md/", "/about//", "updates/../index.md", "\"><script>"} {
		f.Add(seed, true)
		f.Add(seed, false)
	}
	links, index, update := linkSite(f)
	f.Fuzz(func(t *testing.T, dest string, fromIndex bool) {
		doc := index
		if !fromIndex {
			doc = update
		}
		link := content.NewLink(doc.Source.Path, dest)
		href := links.href(doc, link)
		one := *doc
		one.Links = []*content.Link{link}
		found := links.Check(&one, true)
		if (href == "") != (len(found) > 0) {
			t.Fatalf("%q leads to %q and is reported as %v", dest, href, found)
		}
		if href != "" && (!strings.HasPrefix(href, "/") || strings.HasPrefix(href, "//") || href != template.HTMLEscapeString(href) || strings.ContainsAny(href, "\"'<> ")) {
			t.Fatalf("%q leads to %q", dest, href)
		}
	})
}
