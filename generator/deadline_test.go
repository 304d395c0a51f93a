package generator_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"candor/generator"
)

func TestDeadlines(t *testing.T) {
	front := "level = 2\ntype = \"experience\"\nstance = \"full\"\n"
	files := map[string]string{
		"site.toml":                      "title = \"S\"\n",
		"pages/about.md":                 "+++\ntitle = \"About\"\n+++\n",
		"incidents/late/index.md":        "+++\ntitle = \"Late\"\nknown = 2026-11-04T06:00\n" + front + "+++\n",
		"incidents/draft/index.md":       "+++\ntitle = \"Draft\"\ndraft = true\nknown = 2026-11-04T05:00\n" + front + "+++\n",
		"incidents/coming/index.md":      "+++\ntitle = \"Coming\"\nknown = 2026-11-05T06:00\n" + front + "+++\n",
		"incidents/open/index.md":        "+++\ntitle = \"Open\"\nknown = 2026-11-04T06:00\n" + front + "+++\n## For good {#long-term}\n\n- [ ] A new check due:2026-12-01T12:00\n",
		"incidents/open/updates/1.md":    "+++\ntitle = \"One\"\nkind = \"response\"\ntime = 2026-11-04T07:00\nnext_update = 2026-11-04T08:00\n+++\n- [ ] Refunds due:2026-11-04T08:30 id:refunds\n- [x] A call centre due:2026-11-04T09:00\n",
		"incidents/open/updates/2.md":    "+++\ntitle = \"Two\"\ntime = 2026-11-04T10:00\n+++\n",
		"incidents/open/updates/3.md":    "+++\ntitle = \"Three\"\ndraft = true\ntime = 2026-11-04T11:00\n+++\n",
		"incidents/open/faq.md":          "## Q {#q}\n\n[A](evidence/a.txt)\n",
		"incidents/closed/index.md":      "+++\ntitle = \"Closed\"\nknown = 2026-11-04T02:00\n" + front + "+++\n",
		"incidents/closed/updates/1.md":  "+++\ntitle = \"One\"\nstatus = \"resolved\"\ntime = 2026-11-04T03:00\n+++\n",
		"incidents/closed/report.md":     "+++\ntitle = \"The report\"\ntime = 2026-11-11T12:00\n+++\n",
		"scenarios/leak/index.md":        "+++\ntitle = \"Leak\"\n" + front + "+++\n",
		"incidents/open/evidence/a.txt":  "x",
		"incidents/draft/updates/1.md":   "+++\ntitle = \"One\"\ntime = 2026-11-04T07:00\n+++\n",
		"incidents/coming/updates/up.md": "+++\ntitle = \"Up\"\ntime = 2026-11-05T07:00\n+++\n",
	}
	in := input(t, files)
	in.Now = instant(t, "2026-11-04T09:00:00Z")
	g := generator.New()
	result := g.Build(in)
	require.False(t, result.Diagnostics.HasErrors(), findings(result.Diagnostics))
	var lines []string
	for _, o := range result.Deadlines {
		lines = append(lines, fmt.Sprintf("%s %s %s %q", o.Due.UTC().Format(time.DateTime), o.Duty, o.Incident, o.What))
	}
	assert.Equal(t, []string{
		`2026-11-04 08:00:00 update open ""`,
		`2026-11-04 08:30:00 promise open "Refunds"`,
		`2026-11-04 10:00:00 publication open "Two"`,
		`2026-11-04 13:00:00 first-response draft ""`,
		`2026-11-04 14:00:00 first-response late ""`,
		`2026-11-05 06:00:00 publication coming "Coming"`,
		`2026-11-11 12:00:00 publication closed "The report"`,
		`2026-12-01 12:00:00 promise open "A new check"`,
	}, lines)

	for file, want := range map[string]string{
		"incidents/open/index.md": "/open/", "incidents/open/updates/1.md": "/open/updates/1/#u-1", "incidents/open/updates/2.md": "",
		"incidents/open/faq.md": "/open/faq/", "incidents/open/evidence/a.txt": "/open/files/evidence/a.txt", "pages/about.md": "/about/",
		"site.toml": "", "incidents/draft/index.md": "", "incidents/none/index.md": "", "scenarios/leak/index.md": "", "incidents/closed/report.md": "",
	} {
		assert.Equal(t, want, g.Address(file), file)
	}
	assert.Empty(t, generator.New().Address("pages/about.md"))
}
