package alert_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"candor/generator"
	"candor/generator/fileset"
	"candor/themes"
)

// order is the order of elements in CAP 1.2, by the one that has them; a star is for those that may be missing.
var order = map[string][]string{
	"alert": {"identifier", "sender", "sent", "status", "msgType", "source*", "scope", "restriction*", "addresses*", "code*", "note*", "references*", "incidents*", "info*"},
	"info": {"language*", "category", "event", "responseType*", "urgency", "severity", "certainty", "audience*", "eventCode*", "effective*", "onset*", "expires*",
		"senderName*", "headline*", "description*", "instruction*", "web*", "contact*", "parameter*", "resource*", "area*"},
	"area": {"areaDesc", "polygon*", "circle*", "geocode*", "altitude*", "ceiling*"},
}

// alert is what a reader gets of a message.
type alert struct {
	XMLName                                                            xml.Name `xml:"urn:oasis:names:tc:emergency:cap:1.2 alert"`
	Identifier, Sender, Sent, Status, MsgType, Scope, References, Note string
	Infos                                                              []info `xml:"info"`
}

type info struct {
	Language, Category, Event, ResponseType, Urgency, Severity, Certainty, Effective, Headline, Description, Instruction, Web, Contact string
	Area                                                                                                                               string `xml:"area>areaDesc"`
}

// read reads a message, and checks the order of its elements.
func read(t *testing.T, data []byte) alert {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(data))
	var open []string
	children := map[string][]string{}
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
		switch e := token.(type) {
		case xml.StartElement:
			if n := len(open); n > 0 {
				children[open[n-1]] = append(children[open[n-1]], e.Name.Local)
			}
			open = append(open, e.Name.Local)
		case xml.EndElement:
			name := open[len(open)-1]
			open = open[:len(open)-1]
			checkOrder(t, name, children[name])
			delete(children, name)
		}
	}
	var a alert
	require.NoError(t, xml.Unmarshal(bytes.NewBuffer(lower(data)).Bytes(), &a))
	return a
}

// lower lets encoding/xml find the fields of alert, which have other capitals.
func lower(data []byte) []byte {
	for _, name := range []string{"identifier", "sender", "sent", "status", "scope", "references", "language", "category", "event", "urgency", "severity", "certainty",
		"effective", "headline", "description", "instruction", "web", "contact", "msgType", "responseType"} {
		for _, bracket := range []string{"<", "</"} {
			data = bytes.ReplaceAll(data, []byte(bracket+name+">"), []byte(bracket+strings.ToUpper(name[:1])+name[1:]+">"))
		}
	}
	return data
}

func checkOrder(t *testing.T, name string, got []string) {
	t.Helper()
	want, at := order[name], 0
	for _, child := range got {
		i := slices.IndexFunc(want, func(w string) bool { return strings.TrimSuffix(w, "*") == child })
		require.GreaterOrEqual(t, i, at, "%s in %s is out of order", child, name)
		at = i
	}
	for _, w := range want {
		if !strings.HasSuffix(w, "*") {
			assert.Contains(t, got, w, name)
		}
	}
}

const index = "+++\ntitle = \"Kettle ]]> & <b> 🙂\"\nsummary = \"It overheats.\"\nlevel = 1\ntype = \"product-quality\"\nstance = \"full\"\nknown = 2026-11-04T06:00\nsafety = true\narea = \"Everywhere\"\n"

func site() map[string]string {
	return map[string]string{
		"site.toml": "title = \"S\"\norganisation = \"Fern\"\nbase_url = \"https://status.example/\"\n[[contact]]\nlabel = \"Line\"\nvalue = \"400-000-0000\"\n" +
			"[languages.en]\nname = \"English\"\n[languages.zh-Hans]\nname = \"中文\"\n[languages.ar]\nname = \"ar\"\n[rules]\nmissing-section = \"off\"\n",
		"incidents/a kettle, red/index.md":         index + "+++\n## What you can do {#what-you-can-do}\n\nUnplug it.\n",
		"incidents/a kettle, red/index.zh-Hans.md": "+++\ntitle = \"水壶\"\narea = \"所有地方\"\n+++\n## 你可以做什么 {#what-you-can-do}\n\n拔掉插头。\n",
		"incidents/a kettle, red/updates/1.md":     "+++\ntitle = \"First\"\ntime = 2026-11-04T07:00\n+++\nText 1.\n",
		"incidents/quiet/index.md":                 strings.Replace(index, "safety = true\n", "", 1) + "+++\nText.\n",
	}
}

// build returns the message of the kettle.
func build(t *testing.T, files map[string]string) (generator.Result, alert) {
	t.Helper()
	set, err := fileset.FromFS(themes.FS)
	require.NoError(t, err)
	var list []fileset.File
	for path, text := range files {
		list = append(list, fileset.NewFile(path, []byte(text)))
	}
	r := generator.Build(generator.Input{Content: fileset.Must(list), Themes: set, Zones: time.LoadLocation, Now: time.Date(2026, 11, 5, 0, 0, 0, 0, time.UTC)})
	require.False(t, r.Diagnostics.HasErrors(), "%v", r.Diagnostics)
	f, ok := r.Output.Get("a kettle, red/cap.xml")
	require.True(t, ok)
	return r, read(t, f.Data)
}

func TestAlert(t *testing.T) {
	r, a := build(t, site())
	_, ok := r.Output.Get("quiet/cap.xml")
	assert.False(t, ok)
	assert.Equal(t, []string{"a+kettle%2C+red%2F1", "status.example", "2026-11-04T07:00:00-00:00", "Actual", "Alert", "Public", ""},
		[]string{a.Identifier, a.Sender, a.Sent, a.Status, a.MsgType, a.Scope, a.References})
	require.Len(t, a.Infos, 2, "it is not written in the third language")
	en, zh := a.Infos[0], a.Infos[1]
	assert.Equal(t, []string{"en", "Kettle ]]> & <b> 🙂", "It overheats.\n\nFirst\nText 1.", "Unplug it.", "Line 400-000-0000", "Everywhere", "Execute", "Immediate", "Severe", "Likely"},
		[]string{en.Language, en.Headline, en.Description, en.Instruction, en.Contact, en.Area, en.ResponseType, en.Urgency, en.Severity, en.Certainty})
	assert.Equal(t, []string{"zh-Hans", "水壶", "拔掉插头。", "所有地方"}, []string{zh.Language, zh.Headline, zh.Instruction, zh.Area})
	assert.Equal(t, "https://status.example/zh-Hans/a%20kettle%2C%20red/", zh.Web)
}

// TestMessages: further updates refer to the messages before them, and the last one cancels them.
func TestMessages(t *testing.T) {
	files := site()
	files["incidents/a kettle, red/updates/2.md"] = "+++\ntitle = \"Second\"\ntime = 2026-11-04T08:00\n+++\nText.\n"
	_, a := build(t, files)
	first := "status.example,a+kettle%2C+red%2F1,2026-11-04T07:00:00-00:00"
	assert.Equal(t, []string{"Update", first}, []string{a.MsgType, a.References})
	files["incidents/a kettle, red/updates/3.md"] = "+++\ntitle = \"Over\"\ntime = 2026-11-04T09:00\nkind = \"resolution\"\nstatus = \"resolved\"\n+++\nText.\n"
	files["incidents/a kettle, red/index.md"] = strings.Replace(files["incidents/a kettle, red/index.md"], "safety", "drill = true\nsafety", 1)
	_, a = build(t, files)
	assert.Equal(t, []string{"Cancel", "Exercise", first + " status.example,a+kettle%2C+red%2F2,2026-11-04T08:00:00-00:00"}, []string{a.MsgType, a.Status, a.References})
	assert.Equal(t, []string{"AllClear", "Past"}, []string{a.Infos[0].ResponseType, a.Infos[0].Urgency})
	assert.True(t, strings.HasPrefix(a.Infos[0].Headline, "Drill: "))
}
