package hosting_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"candor/generator"
	"candor/generator/diag"
	"candor/generator/fileset"
	"candor/generator/output/hosting"
	"candor/themes"
)

// build builds a site of settings.
func build(t *testing.T, settings string) generator.Result {
	t.Helper()
	set, err := fileset.FromFS(themes.FS)
	require.NoError(t, err)
	files := []fileset.File{
		fileset.NewFile("site.toml", []byte("title = \"Status\"\n"+settings)),
		fileset.NewFile("pages/about.md", []byte("+++\ntitle = \"About\"\nrevised = 2026-11-03T09:00\n+++\nText.\n")),
		fileset.NewFile("incidents/rash/index.md", []byte("+++\ntitle = \"Rash\"\nlevel = 3\ntype = \"experience\"\nstance = \"full\"\nknown = 2026-11-04T06:00\n+++\nText.\n")),
		fileset.NewFile("incidents/rash/updates/a.md", []byte("+++\ntitle = \"A\"\ntime = 2026-11-04T07:00\n+++\nText.\n")),
	}
	return generator.Build(generator.Input{Content: fileset.Must(files), Themes: set, Zones: time.LoadLocation, Now: time.Date(2026, 11, 4, 8, 0, 0, 0, time.UTC)})
}

func text(r generator.Result, path string) string {
	f, _ := r.Output.Get(path)
	return string(f.Data)
}

func TestHost(t *testing.T) {
	r := build(t, "base_url = \"https://status.example/\"\n[security]\ncontact = [\"security@status.example\", \"https://status.example/report\"]\nexpires = 2027-05-01T00:00\npolicy = \"https://status.example/policy\"\n")
	assert.Equal(t, "User-agent: *\nAllow: /\n\nSitemap: https://status.example/sitemap.xml\n", text(r, "robots.txt"))
	assert.Equal(t, "Contact: mailto:security@status.example\nContact: https://status.example/report\nExpires: 2027-05-01T00:00:00Z\nPreferred-Languages: en\nCanonical: https://status.example/.well-known/security.txt\nPolicy: https://status.example/policy\n", text(r, ".well-known/security.txt"))
	assert.True(t, strings.HasPrefix(text(r, "_headers"), "/*\n  Cache-Control: no-cache\n"))
	assert.Contains(t, text(r, "_headers"), "/banner/*\n  ! Content-Security-Policy\n  Content-Security-Policy: frame-ancestors *\n")
}

// TestPath: a site below a path is no host, and one without an address is nowhere.
func TestPath(t *testing.T) {
	r := build(t, "base_url = \"https://status.example/crisis/\"\n[security]\ncontact = [\"tel:110\"]\nexpires = 2027-05-01T00:00\n")
	assert.Empty(t, text(r, "robots.txt")+text(r, ".well-known/security.txt"))
	assert.True(t, strings.HasPrefix(text(r, "_headers"), "/crisis/*\n"))
	r = build(t, "")
	require.NotZero(t, r.Output.Len())
	assert.Empty(t, text(r, "_headers"))
}

func TestBadSecurity(t *testing.T) {
	for settings, want := range map[string]string{
		"[security]\ncontact = [\"javascript:x\"]\nexpires = 2027-05-01T00:00\n":            "javascript:x",
		"[security]\ncontact = [\"a@b.example\\nHiring: x\"]\nexpires = 2027-05-01T00:00\n": "Hiring",
		"[security]\ncontact = [\"a@b.example\"]\n":                                         "no expires",
	} {
		r := build(t, "base_url = \"https://status.example/\"\n"+settings)
		require.True(t, r.Diagnostics.HasErrors(), settings)
		for _, d := range r.Diagnostics {
			if d.Severity == diag.Error {
				assert.Contains(t, d.Message.String(), want)
			}
		}
	}
}

// TestManual: the manual has the same headers for nginx and Caddy.
func TestManual(t *testing.T) {
	for _, page := range []string{"publishing.md", "zh/publishing.md"} {
		manual, err := os.ReadFile("../../../docs/" + page)
		require.NoError(t, err)
		_, nginx, _ := strings.Cut(string(manual), "```nginx")
		nginx, caddy, _ := strings.Cut(nginx, "```caddyfile")
		for _, h := range hosting.Headers() {
			if h.Path != "" {
				assert.Contains(t, caddy, "@banner path */"+h.Path+"*", page)
				assert.Contains(t, caddy, "header @banner "+h.Name+" \""+h.Value+"\"", page)
				assert.Contains(t, nginx, "~/"+h.Path+" \""+h.Value+"\";", page)
				continue
			}
			if h.Name == "Content-Security-Policy" {
				assert.Contains(t, nginx, "default \""+h.Value+"\";", page)
				assert.Contains(t, nginx, "add_header "+h.Name+" $framing always;", page)
				continue
			}
			assert.Contains(t, nginx, "add_header "+h.Name+" \""+h.Value+"\" always;", page)
			assert.Contains(t, caddy, h.Name+" \""+h.Value+"\"", page)
		}
	}
}

// TestLastModified: the sitemap says when what a page says was changed last.
func TestLastModified(t *testing.T) {
	sitemap := text(build(t, "base_url = \"https://status.example/\"\n"), "sitemap.xml")
	for page, want := range map[string]string{"": "2026-11-04T07:00:00Z", "about/": "2026-11-03T09:00:00Z", "rash/": "2026-11-04T07:00:00Z", "rash/updates/1/": "2026-11-04T07:00:00Z"} {
		assert.Contains(t, sitemap, "<loc>https://status.example/"+page+"</loc><lastmod>"+want+"</lastmod>")
	}
}
