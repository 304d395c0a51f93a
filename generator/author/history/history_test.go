package history_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"candor/generator"
	"candor/generator/author/history"
	"candor/generator/diag"
	"candor/generator/domain"
	"candor/generator/fileset"
	"candor/generator/site/config"
	"candor/generator/zone"
	"candor/themes"
)

var now = time.Date(2026, 11, 4, 18, 0, 0, 0, time.UTC)

// weird are texts as people and programs have published them.
var weird = []string{
	"]]>", "a\u2028b\u2029c", "🚨👩‍👩‍👧 alert", strings.Repeat("long ", 900), "A &amp; B &lt;script&gt; &#8212;",
	"*bold* **b** _i_ `c` ~~d~~", "[Retroactive] pulls [x](y) [z]", "# heading\n- item\n1. one\n> q",
	"<your-id> and <b>bold</b> <a href=\"https://e.example/a?b=c&d=e\">link</a><br />\n<br>next",
	"<ul><li>one</li><li>two<ol><li>three</li></ol></li></ul><script>alert(1)</script>", "</script><!-- hidden -->shown <!-- open",
	"{{< track >}} {done} {#id} [ ] x due:2026-01-01T10:00 id:x", "- [ ] x due:2026-01-01T10:00", "\u202eabc \u200b\ufeff\x00\x07",
	"نص عربي “quotes” 'a'", "a" + strings.Repeat("\u0301", 1000), "| a | b |\n|--|--|\n| c | d |", "5 < 6 and 7 > 3 & more <", "",
	"   \n\n  ", "<p>para</p>\n<p>para2</p>", "18:00~20:00，约~30分钟", "http://example.com/_a_b*c*d", "+++", "---\n===", "***",
	"<?php echo 1 ?> <!DOCTYPE html>", "```\ncode\n```", "<<<<<<< HEAD", "\\[a\\] \\", "<pre>a\n b</pre><table><tr><td>c<td>d</table>", "\"\"\" '''",
}

// export is a history of incidents in the shape of Statuspage's incidents.json, the newest first.
func export(incidents int) []byte {
	type object = map[string]any
	statuses := []string{"investigating", "identified", "monitoring", "resolved"}
	conditions := []string{"degraded_performance", "partial_outage", "major_outage", "operational"}
	names := []string{"API", "Web", "API", "Dashboard [beta]", "支付", "🚀", "A.B C"}
	list := make([]object, incidents)
	for i := range incidents {
		began := time.Date(2015, 1, 1, 3, 4, 5, 0, time.UTC).Add(time.Duration(i) * 100 * time.Hour)
		id := fmt.Sprintf("%012d", i)
		component := object{"id": fmt.Sprint("c", i%len(names)), "name": names[i%len(names)], "status": "operational", "group": false}
		updates := []object{}
		for j := range i % 5 { // some have none
			at := began.Add(time.Duration(j/2) * 40 * time.Minute).Format("2006-01-02T15:04:05.000Z") // some at one time
			updates = append([]object{{"id": fmt.Sprint(id, j), "status": statuses[j], "body": weird[(i+j)%len(weird)], "created_at": at,
				"display_at": at, "affected_components": []object{{"code": component["id"], "name": component["name"],
					"old_status": "operational", "new_status": conditions[j]}}}}, updates...)
		}
		title := fmt.Sprint("Elevated errors ", i%10)
		if i%3 == 0 {
			title = weird[i/3%len(weird)]
		}
		list[incidents-1-i] = object{"id": id, "name": title, "status": "resolved", "impact": []string{"none", "minor", "major", "critical"}[i%4],
			"created_at": began.Format(time.RFC3339), "resolved_at": began.Add(2 * time.Hour).Format(time.RFC3339),
			"incident_updates": updates, "components": []object{component}, "shortlink": "https://stspg.example/x"}
	}
	data, err := json.Marshal(object{"page": object{"id": "p", "name": "P"}, "incidents": list})
	if err != nil {
		panic(err)
	}
	return data
}

// content is a content folder with a site.toml and more files.
func content(settings string, more ...fileset.File) fileset.Set {
	return fileset.Must(append([]fileset.File{fileset.NewFile(domain.FileSite, []byte(settings))}, more...))
}

// imported returns what is made of a history, and the content folder with it.
func imported(t *testing.T, h *history.History, before fileset.Set) (history.Made, fileset.Set) {
	t.Helper()
	file, _ := before.Get(domain.FileSite)
	site, found := config.Read(file, zone.Load)
	require.False(t, found.HasErrors(), "%v", found)
	made, err := history.Maker{Site: site, Content: before, At: now, Type: domain.TypeExperience, Stance: domain.StanceFull}.Make(h)
	require.NoError(t, err)
	after := fileset.Overlay(before, made.Files)
	if made.Site != nil {
		after = fileset.Overlay(after, fileset.Must([]fileset.File{fileset.NewFile(domain.FileSite, made.Site)}))
	}
	return made, after
}

const settings = "title = \"T\"\ntime_zone = \"Europe/London\"\n"

// TestLong: a long history with texts of all kinds builds without any finding, and a second import makes
// nothing.
func TestLong(t *testing.T) {
	h, err := history.Statuspage("incidents.json", export(700))
	require.NoError(t, err)
	made, site := imported(t, h, content(settings))
	assert.Equal(t, 700, made.Incidents)
	embedded, err := fileset.FromFS(themes.FS)
	require.NoError(t, err)
	result := generator.Build(generator.Input{Content: site, Themes: embedded, Zones: zone.Load, Now: now})
	var found []string
	for _, d := range result.Diagnostics {
		if d.Severity == diag.Error || d.Rule != "contact" {
			found = append(found, fmt.Sprintf("%s:%d: %s %s", d.Path, d.Line, d.Message, d.Excerpt))
		}
	}
	assert.Empty(t, found[:min(len(found), 20)])

	again, _ := imported(t, h, site)
	assert.Zero(t, again.Files.Len())
	assert.Equal(t, made.Files.Len(), again.There)
	assert.Nil(t, again.Services)
}

// TestBodies: HTML becomes paragraphs and lists; what is no HTML is text as it was.
func TestBodies(t *testing.T) {
	for _, c := range [][2]string{
		{"One\nline.\r\n\r\nTwo", "One\\\nline.\n\nTwo\n"},
		{"<p>One</p><p>Two<br />\nthree<br><br>four</p>", "One\n\nTwo\\\nthree\n\nfour\n"},
		{"A<ul><li>b</li><li>c<ul><li>d</li></ul></li></ul>e", "A\n\n- b\n- c\n- d\n\ne\n"},
		{"<ol><li>b<li><p>c</p><p>d</p></ol>", "- 1\\. b\n- 2\\. c\n\n  d\n"},
		{"<a href='https://a.example/'>here</a>, <a href='https://a.example/'>https://a.example/</a>, <a href='/x'>x</a>",
			"here (<https://a.example/>), <https://a.example/>, x\n"},
		{"<a href='mailto:a@b.example'>a@b.example</a> <a href='javascript:x'>y</a>", "a@b.example y\n"},
		{"5 < 6 <your-id> <?x?> a<b", "5 \\< 6 \\<your-id> \\<?x?> a\\<b\n"},
		{"<img alt='Graph' src='https://a.example/g.png'><script>x</script><!-- y -->z", "Graph (<https://a.example/g.png>) z\n"},
		{"&lt;b&gt; &amp;amp; a\u2028b\u202e", "\\<b> &amp;amp; a\\\nb\n"},
		{"", ""},
	} {
		data, err := json.Marshal([]map[string]any{{"id": "a", "name": "A", "created_at": "2024-03-05T10:00:00Z", "status": "resolved",
			"resolved_at":      "2024-03-05T10:00:00Z",
			"incident_updates": []map[string]any{{"id": "u", "status": "resolved", "body": c[0], "created_at": "2024-03-05T10:00:00Z"}}}})
		require.NoError(t, err)
		h, err := history.Statuspage("a.json", data)
		require.NoError(t, err)
		made, _ := imported(t, h, content(settings))
		f, ok := made.Files.Get("incidents/2024-03-05-a/updates/2024-03-05-1000-u.md")
		require.True(t, ok)
		_, body, _ := strings.Cut(string(f.Data), "\n+++\n")
		assert.Equal(t, c[1], strings.TrimPrefix(body, "\n"), c[0])
	}
}

// TestDeep: HTML that is too deep is text, and that is said.
func TestDeep(t *testing.T) {
	data, err := json.Marshal([]map[string]any{{"id": "a", "name": "A", "created_at": "2024-03-05T10:00:00Z", "status": "resolved",
		"incident_updates": []map[string]any{{"id": "u", "status": "resolved", "body": strings.Repeat("<div>", 5000) + "x",
			"created_at": "2024-03-05T10:00:00Z"}}}})
	require.NoError(t, err)
	h, err := history.Statuspage("a.json", data)
	require.NoError(t, err)
	require.Len(t, h.Losses, 1)
	assert.Contains(t, h.Losses[0].What.String(), "too deep")
}

// TestOdd: what a history lacks is said, and the rest is imported.
func TestOdd(t *testing.T) {
	h, err := history.Statuspage("a.json", []byte(`{"incidents": [
		{"id": "future", "name": "F", "created_at": "2030-01-01T00:00:00Z", "status": "investigating"},
		{"id": "open", "name": "", "created_at": "2024-01-03T00:00:00Z", "status": "identified", "incident_updates": [
			{"id": "u", "status": "puzzled", "body": "x", "created_at": "2024-01-02T23:00:00Z"}, {"id": "v", "status": "identified", "created_at": "?"}]},
		{"id": "same", "name": "A", "created_at": "2024-01-01T00:00:00Z", "status": "resolved"},
		{"id": "same", "name": "B", "created_at": "2024-01-01T05:00:00Z", "status": "resolved", "resolved_at": "2024-01-01T06:00:00Z"}],
		"scheduled_maintenances": [{"id": "m", "name": "M", "created_at": "2024-01-01T05:00:00Z", "status": "scheduled",
			"scheduled_for": "2024-01-09T05:00:00Z", "scheduled_until": "2024-01-09T05:00:00Z"}]}`))
	require.NoError(t, err)
	made, _ := imported(t, h, content(settings))
	var losses []string
	for _, l := range made.Losses {
		losses = append(losses, l.Place+": "+l.What.String())
	}
	assert.Equal(t, []string{
		"incidents[2]: nobody says when this was resolved: the time at which it began is written",
		"incidents[1].incident_updates[0]: the status \"puzzled\" is left out",
		"incidents[1]: there is no title: its id is in its place",
		"incidents[1].incident_updates[1]: this update has no time between 2000 and 2199 and is left out",
		"incidents[1]: this is not resolved: it is open until an update resolves it",
		"incidents[0]: this is not resolved: it is open until an update resolves it",
		"scheduled_maintenances[0]: this maintenance has no end after its start: it is written as an incident",
		"scheduled_maintenances[0]: this is not resolved: it is open until an update resolves it",
		"incidents[3]: another one has the same id: this is left out",
		"incidents[0]: this lies in the future: it is published when its time has come",
	}, losses)
	assert.Equal(t, 4, made.Incidents)
}

// FuzzStatuspage: whatever is in an export, the import ends, and its files are read as content.
func FuzzStatuspage(f *testing.F) {
	for _, text := range weird {
		f.Add(text, "2024-03-05T10:00:00Z", "resolved")
	}
	f.Fuzz(func(t *testing.T, text, at, status string) {
		data, err := json.Marshal([]map[string]any{{"id": status, "name": text, "created_at": at, "status": status,
			"incident_updates": []map[string]any{{"id": text, "status": status, "body": text, "display_at": at}}}})
		require.NoError(t, err)
		h, err := history.Statuspage("a.json", data)
		require.NoError(t, err)
		imported(t, h, content(settings))
	})
}
