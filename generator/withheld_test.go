package generator_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"candor/generator"
	"candor/generator/site/incident"
)

// TestWithheld: each text that is not published is counted once, an incident as a whole.
func TestWithheld(t *testing.T) {
	index := func(more string) string {
		return "+++\ntitle = \"I\"\nlevel = 2\ntype = \"experience\"\nstance = \"full\"\nknown = 2026-11-04T06:00\n" + more + "+++\nText.\n"
	}
	update := func(time, more string) string {
		return "+++\ntitle = \"U\"\ntime = " + time + "\n" + more + "+++\nText.\n"
	}
	approved := "approved_by = \"chen\"\n"
	files := map[string]string{
		"site.toml": "title = \"S\"\nrequire_approval = true\n[[person]]\nid = \"chen\"\nname = \"Chen\"\nmay = [\"approve\"]\n" +
			languages + dutiesOff,
		"pages/about.md":                     "+++\ntitle = \"A\"\ndraft = true\n+++\n",
		"pages/rules.md":                     "+++\ntitle = \"R\"\n+++\n",
		"incidents/a/index.md":               index(approved),
		"incidents/a/index.zh-Hans.md":       "+++\ndraft = true\n+++\n",
		"incidents/a/faq.md":                 "+++\ndraft = true\n+++\n## Q?\n\nA.\n",
		"incidents/a/updates/1.md":           update("2026-11-04T07:00", approved),
		"incidents/a/updates/2.md":           update("2026-11-04T07:30", ""),
		"incidents/a/updates/3.md":           update("2027-11-04T08:00", approved),
		"incidents/a/updates/3.zh-Hans.md":   "+++\ntitle = \"T\"\n+++\n",
		"incidents/a/report.md":              update("2026-11-14T08:00", approved),
		"incidents/draft/index.md":           index("draft = true\n"),
		"incidents/draft/updates/1.md":       update("2026-11-04T07:00", approved),
		"incidents/unapproved/index.md":      index(""),
		"scenarios/leak/index.md":            index(approved),
		"incidents/scheduled/index.md":       strings.Replace(index(approved), "2026", "2027", 1),
		"incidents/scheduled/updates/one.md": update("2027-11-04T07:00", approved),
	}
	got := generator.Build(input(t, files))
	at := func(s string) time.Time { return instant(t, s).In(got.Settings.Zone) }
	assert.Equal(t, []generator.Withheld{
		{Path: "incidents/a/report.md", Reason: incident.Scheduled, Until: at("2026-11-14T08:00:00Z")},
		{Path: "incidents/scheduled/index.md", Reason: incident.Scheduled, Until: at("2027-11-04T06:00:00Z")},
		{Path: "incidents/a/updates/3.md", Reason: incident.Scheduled, Until: at("2027-11-04T08:00:00Z")},
		{Path: "incidents/a/updates/2.md", Reason: incident.Unapproved},
		{Path: "incidents/unapproved/index.md", Reason: incident.Unapproved},
		{Path: "incidents/a/faq.md", Reason: incident.Draft},
		{Path: "incidents/a/index.zh-Hans.md", Reason: incident.Draft},
		{Path: "incidents/draft/index.md", Reason: incident.Draft},
		{Path: "pages/about.md", Reason: incident.Draft},
	}, got.Withheld)
	assert.Equal(t, "scheduled", got.Withheld[1].Name())
	assert.Equal(t, "a/updates/3.md", got.Withheld[2].Name())
}
