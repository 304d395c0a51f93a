package generator_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"path"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"candor/generator"
	"candor/generator/input/content"
	"candor/generator/input/write"
)

// weirdText has what formats and scripts of pages take for their own, what ends a line in some, and a letter
// with a thousand accents.
var weirdText = "]]> </script> <!-- \u2028 “'\"” \\n; 🙂👩‍👩‍👧 نص [x] a" + strings.Repeat("\u0301", 1000) + " z"

// TestWeird: a title is in every output as it was written.
func TestWeird(t *testing.T) {
	title := "title = " + string(write.Quoted(content.Bracketed(weirdText))) + "\n"
	in := input(t, map[string]string{
		"site.toml": "title = \"S\"\nbase_url = \"https://s.example/\"\n[[service]]\nid = \"app\"\nlabel = \"App\"\n",
		"incidents/w/index.md": "+++\n" + title + "level = 1\ntype = \"product-quality\"\nstance = \"full\"\nknown = 2026-11-04T06:00\n" +
			"safety = true\narea = \"Kent\"\nservices = { app = \"down\" }\n+++\nText.\n",
		"incidents/w/updates/1.md": "+++\n" + title + "time = 2026-11-04T07:00\nnext_update = 2026-11-06T08:00\n+++\nText.\n",
	})
	in.Now = time.Date(2026, 11, 5, 0, 0, 0, 0, time.UTC)
	r := generator.Build(in)
	require.NotZero(t, r.Output.Len(), findings(r.Diagnostics))
	for _, name := range []string{"index.html", "w/index.html", "feed.atom", "feed.json", "w/feed.atom", "w/feed.json", "calendar.ics",
		"w/calendar.ics", "w/incident.json", "history.json", "api/v2/incidents.json", "api/v2/summary.json", "w/cap.xml",
		"banner/index.html"} {
		f, ok := r.Output.Get(name)
		require.True(t, ok, name)
		want, found := weirdText, false
		if path.Ext(name) == ".ics" { // what an event is called is on one line
			want = strings.Join(strings.Fields(want), " ")
		}
		for _, text := range textsOf(t, name, f.Data) {
			found = found || strings.Contains(text, want)
		}
		assert.True(t, found, name)
	}
}

// textsOf returns the texts of a file as its readers get them.
func textsOf(t *testing.T, name string, data []byte) []string {
	t.Helper()
	switch path.Ext(name) {
	case ".json":
		var v any
		require.NoError(t, json.Unmarshal(data, &v), name)
		return stringsIn(v)
	case ".ics":
		unfolded := strings.ReplaceAll(string(data), "\r\n ", "")
		return []string{strings.NewReplacer(`\\`, `\`, `\;`, ";", `\,`, ",", `\n`, "\n").Replace(unfolded)}
	case ".html":
		var texts []string
		for z := html.NewTokenizer(bytes.NewReader(data)); z.Next() != html.ErrorToken; {
			texts = append(texts, z.Token().Data)
		}
		return texts
	}
	var texts []string
	for d := xml.NewDecoder(bytes.NewReader(data)); ; {
		token, err := d.Token()
		if err != nil {
			require.ErrorContains(t, err, "EOF", name)
			return texts
		}
		if text, ok := token.(xml.CharData); ok {
			texts = append(texts, string(text))
		}
	}
}

// stringsIn returns the texts of decoded JSON.
func stringsIn(v any) []string {
	var texts []string
	switch v := v.(type) {
	case string:
		texts = append(texts, v)
	case []any:
		for _, e := range v {
			texts = append(texts, stringsIn(e)...)
		}
	case map[string]any:
		for _, e := range v {
			texts = append(texts, stringsIn(e)...)
		}
	}
	return texts
}
