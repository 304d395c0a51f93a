package generator_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"candor/generator"
)

// planted is in everything that is not published, in a form that no encoder changes.
const planted = "plantedword"

// plantedSite is a site in two languages that has the planted word wherever something is withheld.
func plantedSite() map[string]string {
	front := "title = \"%\"\nlevel = 1\ntype = \"product-quality\"\nstance = \"full\"\nknown = 2026-11-04T06:00\n"
	index := func(title, more string) string {
		return "+++\n" + strings.Replace(front, "%", title, 1) + more + "+++\nText.\n"
	}
	update := func(time, more string) string {
		return "+++\ntitle = \"" + planted + "\"\ntime = " + time + "\n" + more + "+++\nText [" + planted + "](../" + planted + ".pdf).\n\n- [ ] " + planted + " due:2026-11-09T18:00 id:" + planted + "\n"
	}
	return map[string]string{
		"site.toml":                              "title = \"S\"\nbase_url = \"https://s.example/\"\nrequire_approval = true\n[languages.en]\nname = \"English\"\n[languages.zh-Hans]\nname = \"中文\"\n[[person]]\nid = \"p\"\nname = \"P\"\nmay = [\"approve\"]\n[rules]\napproval = \"warning\"\n",
		"pages/secret.md":                        "+++\ntitle = \"" + planted + "\"\ndraft = true\n+++\n" + planted + "\n",
		"incidents/open/index.md":                index("Open", "approved_by = \"p\"\nshow = [\"cases\"]\n"),
		"incidents/open/index.zh-Hans.md":        "+++\ntitle = \"" + planted + "\"\ndraft = true\n+++\n" + planted + "\n",
		"incidents/open/faq.md":                  "+++\ndraft = true\n+++\n## " + planted + "? {#q}\n\n" + planted + "\n",
		"incidents/open/report.md":               "+++\ntitle = \"" + planted + "\"\ntime = 2026-11-20T06:00\napproved_by = \"p\"\n+++\n" + planted + "\n",
		"incidents/open/updates/1.md":            "+++\ntitle = \"First\"\ntime = 2026-11-04T07:00\nkind = \"response\"\napproved_by = \"p\"\n+++\nText.\n",
		"incidents/open/updates/2-draft.md":      update("2026-11-04T08:00", "draft = true\napproved_by = \"p\"\n"),
		"incidents/open/updates/3-no.md":         update("2026-11-04T09:00", ""),
		"incidents/open/updates/4-later.md":      update("2026-11-08T08:00", "approved_by = \"p\"\nkind = \"correction\"\ncorrects = \"1\"\n"),
		"incidents/open/updates/1.zh-Hans.md":    "+++\ntitle = \"" + planted + "\"\ndraft = true\n+++\n" + planted + "\n",
		"incidents/open/" + planted + ".pdf":     "%PDF-1.4 " + planted,
		"incidents/open/cases.csv":               "id,channel,priority,opened,reached,solved,satisfied\n" + planted + ",mail,low,2026-11-04T07:00,,,\n",
		"incidents/later/index.md":               strings.Replace(index(planted, "approved_by = \"p\"\n"), "2026-11-04", "2026-11-24", 1),
		"incidents/unapproved/index.md":          index(planted, ""),
		"incidents/draft/index.md":               index(planted, "draft = true\napproved_by = \"p\"\n"),
		"scenarios/" + planted + "/index.md":     index(planted, ""),
		"scenarios/" + planted + "/updates/1.md": update("2026-11-04T07:00", ""),
	}
}

// TestPlanted: nothing that is withheld, private or scheduled is in any file of any output.
func TestPlanted(t *testing.T) {
	in := input(t, plantedSite())
	in.Now = time.Date(2026, 11, 5, 0, 0, 0, 0, time.UTC)
	r := generator.Build(in)
	require.NotZero(t, r.Output.Len(), findings(r.Diagnostics))
	endings := map[string]bool{}
	for f := range r.Output.All() {
		assert.NotContains(t, strings.ToLower(f.Path+string(f.Data)), planted, f.Path)
		endings[f.Path[strings.LastIndexByte(f.Path, '.')+1:]] = true
	}
	for _, ending := range []string{"html", "xml", "json", "atom", "ics", "txt"} {
		assert.True(t, endings[ending], ending)
	}
	in.Now = time.Date(2026, 12, 5, 0, 0, 0, 0, time.UTC)
	later, _ := generator.Build(in).Output.Get("open/incident.json")
	assert.Contains(t, string(later.Data), planted, "the test looks for what would be found")
}
