package data_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"candor/generator"
	"candor/generator/diag"
	"candor/generator/fileset"
	"candor/themes"
)

// weird is what must come back as it was given.
const weird = "]]> </script> \u2028 🙂 “«'\\\"»” نص & 中文 e\u0301\u0301"

// site is one of everything, in English and Chinese.
func site() map[string]string {
	title := `"` + strings.ReplaceAll(weird, `\"`, `\"`) + `"`
	cases := "id,channel,priority,opened,reached,solved,satisfied\n"
	for i := range 20 {
		said := "yes"
		if i < 3 {
			said = "no"
		}
		cases += fmt.Sprintf("K%d,mail,low,2026-11-04T07:00,2026-11-04T07:30,2026-11-04T09:00,%s\n", i, said)
	}
	return map[string]string{
		"site.toml": "title = \"Status\"\norganisation = \"Tarn & Moss\"\nbase_url = \"https://status.example/crisis/\"\ntime_zone = \"Asia/Shanghai\"\n" +
			"[languages.en]\nname = \"English\"\n[languages.zh-Hans]\nname = \"中文\"\n[[languages.zh-Hans.service]]\nid = \"shop\"\nlabel = \"商店\"\n" +
			"[languages.zh-Hans.person.chen]\nname = \"陈\"\n[[service]]\nid = \"shop\"\nlabel = \"Shop\"\n[[service]]\nid = \"post\"\nlabel = \"Post\"\n" +
			"[[contact]]\nlabel = \"Line\"\nvalue = \"400-000-0000\"\n[[person]]\nid = \"chen\"\nname = \"Chen\"\nrole = \"Head\"\nmay = [\"speak\", \"approve\"]\n[rules]\nmissing-section = \"off\"\n",
		"incidents/rash/index.md": "+++\ntitle = " + title + "\nsummary = \"Some cream\"\nlevel = 2\ntype = \"experience\"\nstance = \"full\"\nknown = 2026-11-04T06:00\n" +
			"owner = \"chen\"\naffected = \"Those with lot 7\"\nshow = [\"cases\"]\nservices = { shop = \"degraded\" }\n[files]\n\"lab.pdf\" = \"The lab\"\n+++\nHello.\n\n## What we know {#known updated=2026-11-04T07:00}\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
		"incidents/rash/lab.pdf":              "%PDF-1.4 x",
		"incidents/rash/cases.csv":            cases,
		"incidents/rash/faq.md":               "## Is it 1 < 2? {#is-it}\n\nYes & no.\n",
		"incidents/rash/faq.zh-Hans.md":       "## 是吗？ {#is-it}\n\n是。\n",
		"incidents/rash/updates/a.md":         "+++\ntitle = \"First\"\ntime = 2026-11-04T07:00\nkind = \"response\"\napproved_by = \"chen\"\nnext_update = 2026-11-06T18:00\n+++\nSee [known](../index.md#known).\n\n- [ ] refunds due:2026-11-06T18:00 id:refunds\n- [ ] a call due:2026-11-04T08:30 id:call\n",
		"incidents/rash/updates/a.zh-Hans.md": "+++\ntitle = \"第一\"\n+++\n见[已知](../index.md#known)。\n\n- [ ] 退款 due:2026-11-06T18:00 id:refunds\n- [ ] 回电 due:2026-11-04T08:30 id:call\n",
		"incidents/rash/updates/b.md":         "+++\ntitle = \"It was ten\"\ntime = 2026-11-04T08:00\nkind = \"correction\"\ncorrects = \"a\"\nservices = { shop = \"down\" }\nnext_update = 2026-11-06T18:00\n+++\nNot nine, but ten.\n\n- [x] a call id:call\n",
		"incidents/works/index.md":            "+++\ntitle = \"Works\"\nkind = \"maintenance\"\nknown = 2026-11-04T05:00\nstarts = 2026-11-07T01:00\nends = 2026-11-07T03:00\nservices = { post = \"maintenance\" }\n+++\nText.\n",
		"incidents/over/index.md":             "+++\ntitle = \"Over\"\nlevel = 3\ntype = \"experience\"\nstance = \"full\"\nknown = 2026-11-01T05:00\n+++\nText.\n",
		"incidents/over/updates/a.md":         "+++\ntitle = \"Done\"\ntime = 2026-11-01T06:00\nkind = \"resolution\"\nstatus = \"resolved\"\n+++\nText.\n",
		"incidents/over/report.md":            "+++\ntitle = \"Report\"\ntime = 2026-11-02T06:00\n+++\nIn short.\n\n## Overview {#overview}\n\nText.\n",
		"incidents/exercise/index.md":         "+++\ntitle = \"Test\"\ndrill = true\nlevel = 2\ntype = \"experience\"\nstance = \"full\"\nknown = 2026-11-04T06:00\n+++\nText.\n",
	}
}

func build(t *testing.T, files map[string]string) generator.Result {
	t.Helper()
	set, err := fileset.FromFS(themes.FS)
	require.NoError(t, err)
	var list []fileset.File
	for path, text := range files {
		list = append(list, fileset.NewFile(path, []byte(text)))
	}
	r := generator.Build(generator.Input{Content: fileset.Must(list), Themes: set, Zones: time.LoadLocation, Now: time.Date(2026, 11, 5, 0, 0, 0, 0, time.UTC)})
	for _, d := range r.Diagnostics {
		require.NotEqual(t, diag.Error, d.Severity, "%s:%d: %s", d.Path, d.Line, d.Message)
	}
	return r
}

// read reads a file of data, after its schema: the one that it names, as it is published.
func read(t *testing.T, r generator.Result, path string) map[string]any {
	t.Helper()
	f, ok := r.Output.Get(path)
	require.True(t, ok, path)
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	const home = "https://status.example/crisis/"
	for _, name := range []string{"schema/incident.json", "schema/history.json"} {
		schema, ok := r.Output.Get(name)
		require.True(t, ok)
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(schema.Data))
		require.NoError(t, err)
		require.NoError(t, c.AddResource(home+name, doc))
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(f.Data))
	require.NoError(t, err)
	s, err := c.Compile(doc.(map[string]any)["$schema"].(string))
	require.NoError(t, err)
	require.NoError(t, s.Validate(doc), path)
	var v map[string]any
	require.NoError(t, json.Unmarshal(f.Data, &v))
	return v
}

// list returns the objects at a key.
func list(v map[string]any, key string) (objects []map[string]any) {
	for _, o := range v[key].([]any) {
		objects = append(objects, o.(map[string]any))
	}
	return objects
}

func moment(utc, local string) map[string]any { return map[string]any{"utc": utc, "local": local} }

func TestIncident(t *testing.T) {
	r := build(t, site())
	v := read(t, r, "rash/incident.json")
	assert.Equal(t, strings.ReplaceAll(weird, `\"`, `"`), v["title"])
	assert.Equal(t, moment("2026-11-03T22:00:00Z", "2026-11-04T06:00:00+08:00"), v["known"])
	assert.Equal(t, "Asia/Shanghai", v["time_zone"])
	assert.Equal(t, true, v["open"])
	assert.Equal(t, "a\tb\n1\t2", list(v, "sections")[0]["text"])
	assert.Equal(t, map[string]any{"name": "Chen", "role": "Head"}, v["speaker"])
	assert.Equal(t, "tel:4000000000", list(v, "contacts")[0]["url"])
	updates := list(v, "updates")
	assert.Equal(t, []any{"tag:status.example,2026:rash/b"}, updates[0]["corrected_by"])
	assert.Equal(t, []any{"tag:status.example,2026:rash/a"}, updates[1]["corrects"])
	assert.True(t, strings.HasPrefix(updates[0]["text"].(string), "Correction · "), "what was wrong comes first")
	assert.Equal(t, updates[1]["time"], updates[0]["modified"])
	assert.Equal(t, "down", list(v, "services")[0]["condition"])
	promises := list(v, "promises")
	assert.Equal(t, "open", promises[0]["state"])
	assert.Equal(t, "kept", promises[1]["state"])
	assert.Equal(t, updates[1]["id"], promises[1]["kept"])
	question := list(v, "questions")[0]
	assert.Equal(t, "Is it 1 < 2?", question["question"])
	assert.Equal(t, map[string]any{"text": "Yes & no.", "html": "<p>Yes &amp; no.</p>"}, question["answer"])
	assert.Equal(t, "https://status.example/crisis/rash/faq/#is-it", question["url"])
	file := list(v, "files")[0]
	f, _ := r.Output.Get("rash/files/lab.pdf")
	assert.Equal(t, []any{"lab.pdf", "The lab", "https://status.example/crisis/rash/files/lab.pdf", 10.0, f.Sum.String()},
		[]any{file["name"], file["title"], file["url"], file["bytes"], file["sha256"]})
	counts := v["counts"].(map[string]any)
	assert.Equal(t, 20.0, counts["total"])
	assert.Nil(t, counts["dissatisfied"], "they are fewer than five")
}

// TestLanguages: each language has its own; what is not translated says which language it is in.
func TestLanguages(t *testing.T) {
	v := read(t, build(t, site()), "zh-Hans/rash/incident.json")
	assert.Equal(t, "zh-Hans", v["language"])
	assert.Equal(t, "en", v["texts_in"])
	updates := list(v, "updates")
	assert.Equal(t, []any{"第一", "zh-Hans"}, []any{updates[0]["title"], updates[0]["language"]})
	assert.Equal(t, []any{"It was ten", "en"}, []any{updates[1]["title"], updates[1]["language"]})
	assert.Equal(t, "退款", list(v, "promises")[0]["text"])
	assert.Equal(t, "是吗？", list(v, "questions")[0]["question"])
	assert.Equal(t, "商店", list(v, "services")[0]["label"])
	assert.Equal(t, "陈", v["speaker"].(map[string]any)["name"])
}

// TestKinds: a maintenance, a resolved incident with a report, and a drill.
func TestKinds(t *testing.T) {
	r := build(t, site())
	works := read(t, r, "works/incident.json")
	assert.Equal(t, "maintenance", works["kind"])
	assert.NotContains(t, works, "level")
	assert.Equal(t, "announced", works["maintenance"].(map[string]any)["phase"])
	over := read(t, r, "over/incident.json")
	assert.Equal(t, false, over["open"])
	assert.Equal(t, "In short.", over["report"].(map[string]any)["lead"].(map[string]any)["text"])
	assert.Equal(t, true, read(t, r, "exercise/incident.json")["drill"])
}

// TestHistory: the history has every incident, latest first, and no drill.
func TestHistory(t *testing.T) {
	r := build(t, site())
	v := read(t, r, "history.json")
	var slugs []any
	for _, inc := range list(v, "incidents") {
		slugs = append(slugs, inc["slug"])
	}
	assert.Equal(t, []any{"rash", "works", "over"}, slugs)
	services := list(v, "services")
	assert.Equal(t, []any{"down", "rash"}, []any{services[0]["condition"], services[0]["incident"]})
	assert.Equal(t, "operational", services[1]["condition"], "the maintenance has not begun")
	assert.Equal(t, "商店", list(read(t, r, "zh-Hans/history.json"), "services")[0]["label"])
	few := site()
	few["site.toml"] = strings.Replace(few["site.toml"], "base_url = \"https://status.example/crisis/\"\n", "", 1)
	for f := range build(t, few).Output.All() {
		assert.False(t, strings.HasSuffix(f.Path, ".json"), f.Path)
	}
}
