package status_test

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"candor/generator"
	"candor/generator/fileset"
	"candor/themes"
)

// The keys that clients of the API know, sorted.
var (
	pageKeys      = []string{"id", "name", "time_zone", "updated_at", "url"}
	componentKeys = []string{"created_at", "description", "group", "group_id", "id", "name", "only_show_if_degraded", "page_id", "position", "showcase", "start_date", "status", "updated_at"}
	incidentKeys  = []string{"components", "created_at", "id", "impact", "incident_updates", "monitoring_at", "name", "page_id", "reminder_intervals", "resolved_at", "shortlink", "started_at", "status", "updated_at"}
	updateKeys    = []string{"affected_components", "body", "created_at", "custom_tweet", "deliver_notifications", "display_at", "id", "incident_id", "status", "tweet_id", "updated_at"}
)

const weird = "Down ]]> </script> \u2028 “'” 🙂 نص"

func site() map[string]string {
	front := "level = 1\ntype = \"experience\"\nstance = \"full\"\n"
	return map[string]string{
		"site.toml": "title = \"S\"\nbase_url = \"https://s.example/\"\n[languages.en]\nname = \"English\"\n[languages.zh-Hans]\nname = \"中文\"\n[[languages.zh-Hans.service]]\nid = \"app\"\nlabel = \"应用\"\n" +
			"[[service]]\nid = \"shop\"\nlabel = \"Shop\"\n[[service]]\nid = \"app\"\nlabel = \"App\"\ngroup = \"Phones\"\n[[service]]\nid = \"watch\"\nlabel = \"Watch\"\ngroup = \"Phones\"\n[rules]\nmissing-section = \"off\"\n",
		"incidents/down/index.md":     "+++\ntitle = \"" + weird + "\"\nknown = 2026-11-04T06:00\nservices = { app = \"down\" }\n" + front + "+++\nText.\n",
		"incidents/down/updates/a.md": "+++\ntitle = \"A\"\ntime = 2026-11-04T07:00\n+++\nText **a**.\n",
		"incidents/down/updates/b.md": "+++\ntitle = \"B\"\ntime = 2026-11-04T08:00\nstatus = \"monitoring\"\n+++\nText b.\n",
		"incidents/over/index.md":     "+++\ntitle = \"Over\"\nknown = 2026-11-01T06:00\n" + front + "+++\nText.\n",
		"incidents/over/updates/a.md": "+++\ntitle = \"A\"\ntime = 2026-11-01T07:00\nkind = \"resolution\"\nstatus = \"resolved\"\n+++\nText.\n",
		"incidents/test/index.md":     "+++\ntitle = \"Test\"\ndrill = true\nknown = 2026-11-04T06:00\nservices = { shop = \"down\" }\n" + front + "+++\nText.\n",
		"incidents/works/index.md":    "+++\ntitle = \"Works\"\nkind = \"maintenance\"\nknown = 2026-11-04T05:00\nstarts = 2026-11-07T01:00\nends = 2026-11-07T03:00\nservices = { shop = \"maintenance\" }\n+++\nText.\n",
	}
}

type object = map[string]any

// build returns the files of the API at an instant.
func build(t *testing.T, at time.Time) func(path string) object {
	t.Helper()
	set, err := fileset.FromFS(themes.FS)
	require.NoError(t, err)
	var list []fileset.File
	for path, text := range site() {
		list = append(list, fileset.NewFile(path, []byte(text)))
	}
	r := generator.Build(generator.Input{Content: fileset.Must(list), Themes: set, Zones: time.LoadLocation, Now: at})
	require.False(t, r.Diagnostics.HasErrors(), "%v", r.Diagnostics)
	return func(path string) object {
		f, ok := r.Output.Get(path)
		require.True(t, ok, path)
		var v object
		require.NoError(t, json.Unmarshal(f.Data, &v))
		assert.Equal(t, pageKeys, keys(v["page"]), path)
		return v
	}
}

func keys(v any) []string { return slices.Sorted(maps.Keys(v.(object))) }

func list(v object, key string) (objects []object) {
	for _, o := range v[key].([]any) {
		objects = append(objects, o.(object))
	}
	return objects
}

func names(objects []object) (list []any) {
	for _, o := range objects {
		list = append(list, o["name"])
	}
	return list
}

var now = time.Date(2026, 11, 5, 0, 0, 0, 0, time.UTC)

func TestSummary(t *testing.T) {
	v := build(t, now)("api/v2/summary.json")
	assert.Equal(t, []string{"components", "incidents", "page", "scheduled_maintenances", "status"}, keys(v))
	assert.Equal(t, object{"indicator": "critical", "description": "1 open incident"}, v["status"])
	components := list(v, "components")
	assert.Equal(t, []any{"Shop", "Phones", "App", "Watch"}, names(components))
	phones, app := components[1], components[2]
	assert.Equal(t, []any{"major_outage", true, []any{app["id"], components[3]["id"]}}, []any{phones["status"], phones["group"], phones["components"]})
	assert.Equal(t, []any{"major_outage", false, phones["id"], 3.0}, []any{app["status"], app["group"], app["group_id"], app["position"]})
	assert.Equal(t, "operational", components[0]["status"], "a drill says nothing, and the maintenance has not begun")
	assert.Equal(t, componentKeys, keys(map[string]any(app)))
	incident := list(v, "incidents")[0]
	assert.Equal(t, incidentKeys, keys(map[string]any(incident)))
	assert.Equal(t, []any{weird, "monitoring", "critical", "2026-11-04T08:00:00.000Z", nil}, []any{incident["name"], incident["status"], incident["impact"], incident["monitoring_at"], incident["resolved_at"]})
	updates := list(incident, "incident_updates")
	assert.Equal(t, updateKeys, keys(map[string]any(updates[0])))
	assert.Equal(t, []any{"Text b.", "Text a.", "investigating"}, []any{updates[0]["body"], updates[1]["body"], updates[1]["status"]})
	for _, id := range []any{incident["id"], updates[0]["id"], app["id"], v["page"].(object)["id"]} {
		assert.Regexp(t, regexp.MustCompile(`^[a-z0-9]{12}$`), id)
	}
}

func TestLists(t *testing.T) {
	get := build(t, now)
	assert.Equal(t, []string{"page", "status"}, keys(map[string]any(get("api/v2/status.json"))))
	assert.Len(t, list(get("api/v2/components.json"), "components"), 4)
	assert.Equal(t, []any{weird, "Over"}, names(list(get("api/v2/incidents.json"), "incidents")))
	assert.Equal(t, []any{weird}, names(list(get("api/v2/incidents/unresolved.json"), "incidents")))
	assert.Empty(t, list(get("api/v2/scheduled-maintenances/active.json"), "scheduled_maintenances"))
	works := list(get("api/v2/scheduled-maintenances/upcoming.json"), "scheduled_maintenances")[0]
	assert.Equal(t, []any{"Works", "scheduled", "maintenance", "2026-11-07T01:00:00.000Z", "2026-11-07T03:00:00.000Z"},
		[]any{works["name"], works["status"], works["impact"], works["scheduled_for"], works["scheduled_until"]})
	assert.Equal(t, []any{"Shop", "Phones", "应用", "Watch"}, names(list(get("zh-Hans/api/v2/components.json"), "components")))
	get = build(t, now.Add(50*time.Hour))
	assert.Equal(t, "in_progress", list(get("api/v2/scheduled-maintenances/active.json"), "scheduled_maintenances")[0]["status"])
	assert.Equal(t, "under_maintenance", list(get("api/v2/components.json"), "components")[0]["status"])
}
