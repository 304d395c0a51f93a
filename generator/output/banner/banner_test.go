package banner_test

import (
	"encoding/xml"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"candor/generator"
	"candor/generator/fileset"
	"candor/themes"
)

// site is a site with a serious incident, another one, a drill and a maintenance that has not begun.
func site() map[string]string {
	front := "type = \"experience\"\nstance = \"full\"\nknown = 2026-11-04T06:00\n"
	return map[string]string{
		"site.toml":                   "title = \"S\"\norganisation = \"Fern & Co\"\nbase_url = \"https://s.example/\"\n[languages.en]\nname = \"English\"\n[languages.zh-Hans]\nname = \"中文\"\n[rules]\nmissing-section = \"off\"\n",
		"incidents/mild/index.md":     "+++\ntitle = \"Mild\"\nlevel = 3\n" + front + "+++\nText.\n",
		"incidents/rash/index.md":     "+++\ntitle = \"Rash ]]> </script> \u2028 “'\\\"” 🙂\"\nlevel = 1\n" + front + "+++\nText.\n",
		"incidents/rash/updates/a.md": "+++\ntitle = \"A\"\ntime = 2026-11-04T07:00\nnext_update = 2026-11-05T18:00\n+++\nText.\n",
		"incidents/drill/index.md":    "+++\ntitle = \"Exercise\"\ndrill = true\nlevel = 1\n" + front + "+++\nText.\n",
		"incidents/works/index.md":    "+++\ntitle = \"Works\"\nkind = \"maintenance\"\nknown = 2026-11-04T05:00\nstarts = 2026-11-07T01:00\nends = 2026-11-07T03:00\n+++\nText.\n",
	}
}

// build returns the files of a site at an instant.
func build(t *testing.T, files map[string]string, at time.Time) func(path string) string {
	t.Helper()
	set, err := fileset.FromFS(themes.FS)
	require.NoError(t, err)
	var list []fileset.File
	for path, text := range files {
		list = append(list, fileset.NewFile(path, []byte(text)))
	}
	r := generator.Build(generator.Input{Content: fileset.Must(list), Themes: set, Zones: time.LoadLocation, Now: at})
	require.False(t, r.Diagnostics.HasErrors(), "%v", r.Diagnostics)
	return func(path string) string {
		f, ok := r.Output.Get(path)
		require.True(t, ok, path)
		return string(f.Data)
	}
}

var now = time.Date(2026, 11, 5, 0, 0, 0, 0, time.UTC)

// run runs a script in a page at an instant, and returns what it put there.
func run(t *testing.T, script string, at time.Time) string {
	t.Helper()
	page := `
Date.now = () => ` + at.Format("Date.parse('2006-01-02T15:04:05Z')") + `;
class Node {
	constructor(n) { this.n = n; this.a = {}; this.c = []; this.style = {}; this.firstChild = null }
	appendChild(x) { this.c.push(x) } insertBefore(x) { this.c.unshift(x) }
	setAttribute(k, v) { this.a[k] = v } attachShadow() { return this.r = new Node("#shadow") }
	all() { return (this.textContent || "") + this.c.map(x => x.all()).join("") + (this.href ? " <" + this.href + ">" : "") + (this.a["aria-label"] ? " [" + this.a.role + " " + this.a["aria-label"] + "]" : "") + (this.r ? this.r.all() : "") }
}
const document = { body: new Node("body"), createElement: n => new Node(n) };
` + script + `
process.stdout.write(document.body.all());`
	out, err := exec.Command("node", "-e", page).CombinedOutput()
	require.NoError(t, err, string(out))
	return string(out)
}

func TestScript(t *testing.T) {
	get := build(t, site(), now)
	script := get("banner.js")
	assert.Less(t, len(script), 1500)
	assert.NotContains(t, script, "</script>")
	line := "Rash ]]> </script> \u2028 “'\"” 🙂 <https://s.example/rash/> and 1 more"
	label := " [region Fern & Co]"
	assert.Equal(t, line+label, run(t, script, now))
	assert.Equal(t, line+" The next update is overdue."+label, run(t, script, now.Add(19*time.Hour)))
	assert.Empty(t, run(t, script, now.Add(9*24*time.Hour)), "the file is older than what it says")
	assert.Contains(t, run(t, get("zh-Hans/banner.js"), now), "<https://s.example/zh-Hans/rash/> 另有1个事件")
	quiet := map[string]string{"site.toml": site()["site.toml"]}
	assert.Empty(t, run(t, build(t, quiet, now)("banner.js"), now))
}

func TestFrame(t *testing.T) {
	get := build(t, site(), now)
	assert.Contains(t, get("banner/index.html"), `<a href="https://s.example/rash/" target="_top">Rash ]]&gt; &lt;/script&gt; `)
	assert.NotContains(t, get("banner/index.html"), "overdue")
	assert.Contains(t, build(t, site(), now.Add(19*time.Hour))("banner/index.html"), "<strong>The next update is overdue.</strong>")
	assert.NotContains(t, build(t, map[string]string{"site.toml": site()["site.toml"]}, now)("banner/index.html"), "<p>")
}

func TestBadge(t *testing.T) {
	var svg struct {
		Label string `xml:"aria-label,attr"`
		Text  string `xml:"text"`
		Rect  struct {
			Fill string `xml:"fill,attr"`
		} `xml:"rect"`
	}
	read := func(files map[string]string, path string) {
		svg.Text = ""
		require.NoError(t, xml.Unmarshal([]byte(build(t, files, now)(path)), &svg))
		assert.Equal(t, svg.Label, svg.Text)
	}
	read(site(), "badge.svg")
	assert.Equal(t, []string{"2 open incidents", "#b91c1c"}, []string{svg.Text, svg.Rect.Fill})
	read(site(), "zh-Hans/badge.svg")
	assert.Equal(t, "2个事件未解决", svg.Text)
	files := site()
	files["incidents/rash/index.md"] = strings.Replace(files["incidents/rash/index.md"], "level = 1", "draft = true\nlevel = 1", 1)
	read(files, "badge.svg")
	assert.Equal(t, "1 open incident", svg.Text)
	read(map[string]string{"site.toml": site()["site.toml"]}, "badge.svg")
	assert.Equal(t, "No open incidents", svg.Text)
}
