package site

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"candor/generator/domain"
	"candor/generator/fileset"
	"candor/generator/input/content"
	"candor/generator/site/config"
	"candor/generator/site/incident"
)

// day is a site of three services and three incidents at an instant.
func day(t *testing.T, clock string) (*config.Site, map[string]*incident.Incident) {
	t.Helper()
	settings, found := config.Read(fileset.NewFile("site.toml", []byte(`title = "S"
[[service]]
id = "checkout"
label = "Checkout"
[[service]]
id = "app"
label = "App"
[[service]]
id = "post"
label = "Post"
`)), time.LoadLocation)
	require.Empty(t, found)
	front := "level = 2\ntype = \"experience\"\nstance = \"full\"\nknown = 2026-11-04T06:00\n"
	texts := map[string]map[string]string{
		"outage": {
			"index.md":     "title = \"Outage\"\n" + front + "services = { app = \"degraded\" }\n[[service]]\nid = \"lot\"\nlabel = \"Lot\"\n",
			"updates/1.md": "title = \"1\"\ntime = 2026-11-04T07:00\nservices = { checkout = \"down\", lot = \"down\" }\n",
			"updates/2.md": "title = \"2\"\ntime = 2026-11-04T08:00\nservices = { app = \"down\", checkout = \"down\" }\n",
			"updates/3.md": "title = \"3\"\ntime = 2026-11-04T09:00\nservices = { app = \"operational\" }\n",
			"updates/4.md": "title = \"4\"\ntime = 2026-11-04T10:00\nstatus = \"resolved\"\n",
			"updates/5.md": "title = \"5\"\ntime = 2026-11-04T12:00\nstatus = \"monitoring\"\nservices = { app = \"partial\" }\n",
		},
		"works": {
			"index.md":     "title = \"Works\"\nkind = \"maintenance\"\nknown = 2026-11-04T06:00\nstarts = 2026-11-04T07:30\nends = 2026-11-04T08:30\nservices = { checkout = \"maintenance\", post = \"maintenance\" }\n",
			"updates/1.md": "title = \"Longer\"\ntime = 2026-11-04T08:15\nends = 2026-11-04T11:00\nservices = { post = \"operational\" }\n",
		},
		"drill": {"index.md": "title = \"Drill\"\ndrill = true\n" + front + "services = { post = \"down\" }\n"},
	}
	at, err := time.Parse(time.RFC3339, "2026-11-04T"+clock+":00Z")
	require.NoError(t, err)
	incidents := map[string]*incident.Incident{}
	for slug, files := range texts {
		var docs []*content.Document
		for _, name := range []string{"index.md", "updates/1.md", "updates/2.md", "updates/3.md", "updates/4.md", "updates/5.md"} {
			if text, ok := files[name]; ok {
				path := "incidents/" + slug + "/" + name
				docs = append(docs, content.Parse(fileset.NewFile(path, []byte("+++\n"+text+"+++\n")), content.Locate(path, nil)))
				require.Empty(t, docs[len(docs)-1].Findings)
			}
		}
		inc, found := incident.Assemble(settings, incident.NewSource("incidents/"+slug, docs), incident.NewClock(at))
		require.Empty(t, found)
		incidents[slug] = inc
	}
	return settings, incidents
}

// now returns how the services of the day are.
func now(t *testing.T, clock string) (list []string) {
	t.Helper()
	settings, incidents := day(t, clock)
	var effects []incident.Effect
	for _, slug := range []string{"works", "outage", "drill"} {
		effects = append(effects, incidents[slug].Effects()...)
	}
	for _, s := range Services(settings, effects) {
		list = append(list, fmt.Sprint(s.ID, " ", s.Condition, " ", s.Incident, " ", len(s.History)))
	}
	return list
}

// TestServices follows services through a day: the newest word holds until the incident is resolved, the
// worst of two incidents counts, a maintenance begins and ends by the clock, and a drill says nothing.
func TestServices(t *testing.T) {
	for clock, want := range map[string][]string{
		"05:00": {"checkout operational  0", "app operational  0", "post operational  0"},
		"06:30": {"checkout operational  0", "app degraded outage 1", "post operational  0"},
		"07:15": {"checkout down outage 1", "app degraded outage 1", "post operational  0"},
		"07:45": {"checkout down outage 2", "app degraded outage 1", "post maintenance works 1"},
		"08:20": {"checkout down outage 2", "app down outage 2", "post operational  1"},
		"09:30": {"checkout down outage 2", "app operational  2", "post operational  1"},
		"10:30": {"checkout maintenance works 2", "app operational  2", "post operational  1"},
		"11:30": {"checkout operational  2", "app operational  2", "post operational  1"},
		"12:30": {"checkout operational  2", "app partial outage 3", "post operational  1"},
	} {
		assert.Equal(t, want, now(t, clock), clock)
	}
}

// TestPhases: a maintenance is announced, under way and over by the clock; an update moves it.
func TestPhases(t *testing.T) {
	for clock, want := range map[string]domain.Phase{
		"06:30": domain.PhaseAnnounced, "07:30": domain.PhaseUnderWay, "08:20": domain.PhaseUnderWay, "10:59": domain.PhaseUnderWay,
		"11:00": domain.PhaseOver,
	} {
		_, incidents := day(t, clock)
		works := incidents["works"]
		assert.Equal(t, want, works.Maintenance.Phase, clock)
		assert.Equal(t, want != domain.PhaseOver, works.Open(), clock)
		assert.Zero(t, works.First.Due, "nobody waits for a first response")
		assert.Zero(t, works.Level)
	}
	_, incidents := day(t, "06:30")
	var deadlines []string
	for _, o := range incidents["works"].Deadlines() {
		deadlines = append(deadlines, fmt.Sprint(o.Duty, " ", o.Due.Format("15:04")))
	}
	assert.Equal(t, []string{"maintenance-starts 07:30", "publication 08:15", "maintenance-ends 08:30"}, deadlines)
}
