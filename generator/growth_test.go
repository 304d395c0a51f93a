package generator_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"candor/generator"
	"candor/generator/fileset"
)

// longFiles are those of an incident with n updates, some of which link to others,
// correct them, change the status, or keep what was promised.
func longFiles(n int) map[string]string {
	files := map[string]string{
		"site.toml":             "title = \"Status\"\n",
		"incidents/rash/faq.md": "## Can I get my money back? {#refund}\n\nYes, see [what we do](index.md#remedy).\n",
		"incidents/rash/index.md": "+++\ntitle = \"Rash\"\nsummary = \"S\"\nlevel = 2\ntype = \"experience\"\nstance = \"full\"\nknown = 2026-01-01T00:00\n+++\n" +
			"Text.\n\n## What we do {#remedy}\n\n- [ ] The report due:2026-12-01T18:00 id:report\n- [ ] The test due:2026-12-02T18:00 id:test\n",
		"incidents/rash/report.md": "+++\ntitle = \"Report\"\ntime = 2026-01-01T12:00\n+++\n## What happened {#overview}\n\nText.\n",
	}
	for i := range n {
		files[longName(i)] = longUpdate(i)
	}
	return files
}

func longName(i int) string { return fmt.Sprintf("incidents/rash/updates/%05d.md", i) }

func longUpdate(i int) string {
	at := time.Date(2026, 1, 1, 1, 0, 0, 0, time.UTC).Add(time.Duration(i) * time.Minute)
	front, text := "", ""
	switch {
	case i%13 == 12:
		front = fmt.Sprintf("kind = \"correction\"\ncorrects = \"%05d\"\n", i-5)
	case i%17 == 3:
		front = fmt.Sprintf("status = %q\n", []string{"investigating", "identified", "monitoring"}[i/17%3])
	}
	switch {
	case i%8 == 7:
		text = fmt.Sprintf("\nSee [that](%05d.md) of before.\n", i-3)
	case i%4 == 1:
		text = "\nSee [what we do](../index.md#remedy) and [the answers](../faq.md#refund).\n"
	case i%500 == 30:
		text = fmt.Sprintf("\n- [ ] Answer %d due:2026-12-03T18:00 id:answer-%d\n", i, i)
	}
	return fmt.Sprintf("+++\ntitle = \"Update %d\"\ntime = %s\n%s+++\nWhat is new in the minute %d.\n\n## Done {#done}\n\n- One thing, and another.\n%s", i, at.Format(time.RFC3339), front, i, text)
}

// BenchmarkOneMore adds one update, after a build without it, to incidents of 50, of
// 500 and of 5,000, in turn. It reports the least time of each, which the machine's
// other work disturbs least, and their ratios: from a save to the page, design §4
// allows 3 and 25.
func BenchmarkOneMore(b *testing.B) {
	sizes := [...]int{50, 500, 5000}
	var took [len(sizes)][]time.Duration
	var builds [len(sizes)]func() time.Duration
	for i, n := range sizes {
		builds[i] = oneMore(b, n)
	}
	for b.Loop() {
		for i, build := range builds {
			took[i] = append(took[i], build())
		}
	}
	for i, n := range sizes {
		b.ReportMetric(slices.Min(took[i]).Seconds()*1000, fmt.Sprintf("ms/%d", n))
	}
	least := func(i int) float64 { return slices.Min(took[i]).Seconds() }
	b.ReportMetric(least(1)/least(0), "500/50")
	b.ReportMetric(least(2)/least(0), "5000/50")
}

// oneMore returns a function that adds one update to an incident of n, and says how
// long the build took.
func oneMore(b *testing.B, n int) func() time.Duration {
	in := input(b, longFiles(n))
	without := in.Content
	warm := generator.New()
	require.NotZero(b, warm.Build(in).Output.Len())
	added := 0
	return func() time.Duration {
		in.Content = without
		warm.Build(in)
		added++
		text := strings.Replace(longUpdate(n), "What is new", fmt.Sprintf("What is new since %d", added), 1)
		in.Content = without.With([]fileset.File{fileset.NewFile(longName(n), []byte(text))}, nil)
		start := time.Now()
		result := warm.Build(in)
		took := time.Since(start)
		require.NotZero(b, result.Output.Len())
		return took
	}
}
