package site

import (
	"html/template"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"candor/generator/fileset"
	"candor/generator/input/attached"
	"candor/generator/input/content"
	"candor/generator/input/picture"
	"candor/generator/site/config"
	"candor/generator/site/incident"
)

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
func linkSite(t testing.TB) (*Frame, *Resolver, *content.Document, *content.Document) {
	t.Helper()
	parse := func(path, text string) *content.Document {
		d := content.Parse(fileset.NewFile(path, []byte(text)), content.Locate(path, nil))
		require.Empty(t, d.Findings)
		return d
	}
	index := parse("incidents/rash/index.md", "+++\ntitle = \"R\"\nlevel = 2\ntype = \"experience\"\nstance = \"full\"\nknown = 2026-11-04T06:00\n[files]\n\"lab.pdf\" = \"x\"\n+++\n## Known {#known}\n")
	update := parse("incidents/rash/updates/one.md", "+++\ntitle = \"U\"\ntime = 2026-11-04T07:00\n+++\n")
	about := parse("pages/about.md", "+++\ntitle = \"A\"\n+++\n")
	settings := config.Default()
	src := incident.NewSource("incidents/rash", []*content.Document{index, update})
	src.Evidence = []*attached.File{attached.Read(fileset.NewFile("incidents/rash/lab.pdf", []byte("x")))}
	at, err := time.Parse(time.RFC3339, "2026-11-05T00:00:00Z")
	require.NoError(t, err)
	inc, found := incident.Assemble(settings, src, incident.NewClock(at))
	require.Empty(t, found)
	f := &Frame{Settings: settings, Addresses: NewAddresses(settings), Standing: []incident.Texts{{Doc: about}}}
	return f, NewResolver(f, []*Incident{NewIncident(f, src, inc, at)}, new(picture.Converter).New), index, update
}

// FuzzLinks: whatever is written as an address leads to something of the site,
// in letters that need no escaping, or is reported.
func FuzzLinks(f *testing.F) {
	for _, seed := range []string{"index.md", "#known", "updates/one.md", "../../pages/about.md", "/about/", "/about", "/", "", "lab.pdf", "lab%2epdf", "../..", "/rash/updates/1/#u-one", "/rash/index.html", "//x", "/%2e%2e/", "%zz", "a:b", "index.en.md",
		"?x", "#", "/#", "\x00", "../index.md#known", "#u-one", "/rash/files/lab.pdf", "index.md/", "/about//", "updates/../index.md", "\"><script>"} {
		f.Add(seed, true)
		f.Add(seed, false)
	}
	frame, resolver, index, update := linkSite(f)
	f.Fuzz(func(t *testing.T, dest string, fromIndex bool) {
		doc := index
		if !fromIndex {
			doc = update
		}
		link := content.NewLink(doc.Source.Path, dest)
		one := *doc
		one.Links = []*content.Link{link}
		target := resolver.Resolve([]*content.Document{&one})[link]
		href := frame.Addresses.Link(target.Place)
		if (href == "") != (target.Problem.Format != "") {
			t.Fatalf("%q leads to %q and is reported as %v", dest, href, target.Problem)
		}
		if href != "" && (!strings.HasPrefix(href, "/") || strings.HasPrefix(href, "//") || href != template.HTMLEscapeString(href) || strings.ContainsAny(href, "\"'<> ")) {
			t.Fatalf("%q leads to %q", dest, href)
		}
	})
}
