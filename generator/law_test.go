package generator_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"net/url"
	"os"
	"path"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"candor/generator"
	"candor/generator/fileset"
	"candor/generator/input/source"
)

// example returns the example site without its frozen instant.
func example(t testing.TB) generator.Input {
	t.Helper()
	tree, err := source.NewReader("../content").Read()
	require.NoError(t, err)
	require.Empty(t, tree.Diagnostics)
	var files []fileset.File
	for f := range tree.Files.All() {
		if f.Path == "site.toml" {
			text := string(f.Data)
			from := strings.Index(text, "\nat = ") + 1
			require.Positive(t, from)
			to := from + strings.IndexByte(text[from:], '\n')
			f = fileset.NewFile(f.Path, []byte(text[:from]+text[to:]))
		}
		files = append(files, f)
	}
	in := input(t, nil)
	in.Content = fileset.Must(files)
	in.Now = instant(t, "2026-11-06T15:30:00+08:00")
	return in
}

// dangling says why an address on a page leads nowhere within the site.
func dangling(output fileset.Set, page fileset.File, address string) string {
	u, err := url.Parse(address)
	switch {
	case err != nil:
		return err.Error()
	case u.Scheme != "" || u.Host != "":
		return ""
	case u.Path == "" && u.Fragment == "":
		return "it is empty"
	}
	target := page
	if u.Path != "" {
		name := strings.TrimPrefix(u.Path, "/")
		if name == "" || strings.HasSuffix(name, "/") {
			name = path.Join(name, "index.html")
		}
		var ok bool
		if target, ok = output.Get(name); !ok {
			return "there is no such page"
		}
	}
	if u.Fragment == "" {
		return ""
	}
	root, err := html.Parse(bytes.NewReader(target.Data))
	if err != nil {
		return err.Error()
	}
	for n := range root.Descendants() {
		for _, a := range n.Attr {
			if a.Key == "id" && a.Val == u.Fragment {
				return ""
			}
		}
	}
	return "the page has no such id"
}

func same(t testing.TB, want, got generator.Result, why string) {
	t.Helper()
	require.Equal(t, findings(want.Diagnostics), findings(got.Diagnostics), why)
	for _, d := range fileset.Diff(want.Output, got.Output) {
		a, _ := want.Output.Get(d.Path)
		b, _ := got.Output.Get(d.Path)
		require.Equal(t, string(a.Data), string(b.Data), "%s: %s", why, d.Path)
	}
	require.True(t, want.NextChange.Equal(got.NextChange), "%s: next change %s, not %s", why, got.NextChange, want.NextChange)
	require.True(t, want.NextFinding.Equal(got.NextFinding), "%s: next finding %s, not %s", why, got.NextFinding, want.NextFinding)
	require.Equal(t, want.Incidents, got.Incidents, why)
	require.Equal(t, want.Deadlines, got.Deadlines, why)
	require.Equal(t, want.Withheld, got.Withheld, why)
}

// TestSameBytes: the output depends on the input and on nothing else.
func TestSameBytes(t *testing.T) {
	in := example(t)
	want := generator.Build(in)
	require.NotZero(t, want.Output.Len(), findings(want.Diagnostics))
	same(t, want, generator.Build(in), "a second time")
	same(t, want, generator.New().Build(in), "with a memory")

	procs := runtime.GOMAXPROCS(1)
	same(t, want, generator.Build(in), "on one processor")
	runtime.GOMAXPROCS(8)
	same(t, want, generator.Build(in), "on eight processors")
	runtime.GOMAXPROCS(procs)

	files := slices.Collect(in.Content.All())
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(files), func(i, j int) { files[i], files[j] = files[j], files[i] })
	shuffled := in
	shuffled.Content = fileset.Must(files)
	same(t, want, generator.Build(shuffled), "from files in another order")

	local := time.Local
	defer func() { time.Local = local }()
	for _, zone := range []string{"Pacific/Chatham", "America/St_Johns"} {
		var err error
		time.Local, err = time.LoadLocation(zone)
		require.NoError(t, err)
		moved := in
		moved.Now = in.Now.Local()
		same(t, want, generator.Build(moved), "on a machine in "+zone)
	}
}

// TestNextChange follows the example site through its life. Strictly before
// NextChange and NextFinding nothing differs; at NextChange a page does. At
// NextFinding a finding may: a new figure is looked at, and may say nothing new.
func TestNextChange(t *testing.T) {
	in := example(t)
	warm := generator.New()
	random := rand.New(rand.NewPCG(3, 4))
	for _, start := range []string{"2026-07-17T20:00:00+08:00", "2026-10-26T12:00:00+08:00", "2026-11-02T07:00:00+08:00", "2026-11-06T15:30:00+08:00"} {
		in.Now = instant(t, start)
		for range 12 {
			now := warm.Build(in)
			change := now.NextChange
			if change.IsZero() || !now.NextFinding.IsZero() && now.NextFinding.Before(change) {
				change = now.NextFinding
			}
			if change.IsZero() {
				break
			}
			require.True(t, change.After(now.At), "the next change of %s is %s", now.At, change)
			gap := change.Sub(now.At)
			for _, later := range []time.Duration{time.Duration(random.Int64N(int64(gap))), gap - time.Second} {
				between := in
				between.Now = now.At.Add(later)
				then := warm.Build(between)
				same(t, now, then, fmt.Sprintf("at %s, before the next change of %s", between.Now, now.At))
			}
			in.Now = change
			next := warm.Build(in)
			if now.Diagnostics.HasErrors() && next.Diagnostics.HasErrors() {
				continue // the index links to what has not come yet
			}
			if change.Equal(now.NextChange) {
				assert.True(t, len(fileset.Diff(now.Output, next.Output)) > 0, "no page changes at %s", change)
			} else {
				assert.Empty(t, fileset.Diff(now.Output, next.Output), "a page changes at %s", change)
			}
		}
	}
}

// TestLife follows the sites in testdata/life from change to change, and holds
// what their pages say anew each time against want/life. Between two changes
// nothing differs.
func TestLife(t *testing.T) {
	eachCase(t, "life", func(t *testing.T, file string, c siteCase) {
		got := life(t, c.input)
		if *update {
			at := slices.IndexFunc(c.archive.Files, func(f txtar.File) bool { return f.Name == "want/life" })
			c.archive.Files[at].Data = []byte(got)
			require.NoError(t, os.WriteFile(file, txtar.Format(c.archive), 0o644))
			return
		}
		assert.Equal(t, c.want["life"], got)
	})
}

// life tells what each change of a site by itself makes its pages say.
func life(t *testing.T, in generator.Input) string {
	t.Helper()
	var story strings.Builder
	random := rand.New(rand.NewPCG(7, 8))
	warm := generator.New()
	before := map[string][]string{}
	for range 40 {
		now := generator.Build(in)
		same(t, now, warm.Build(in), "warm")
		require.False(t, now.Diagnostics.HasErrors(), findings(now.Diagnostics))
		fmt.Fprintf(&story, "%s\n", now.At.Format("2006-01-02 15:04:05 -0700"))
		for f := range now.Output.All() {
			if strings.Count(f.Path, "/") > 1 || f.Path == "404.html" {
				continue // they repeat what the progress pages say
			}
			lines := strings.Split(strings.TrimSpace(text(f.Data)), "\n")
			for _, line := range lines {
				if !slices.Contains(before[f.Path], line) && !strings.HasPrefix(line, "As of ") {
					fmt.Fprintf(&story, "  %s: %s\n", f.Path, line)
				}
			}
			before[f.Path] = lines
		}
		if now.NextChange.IsZero() {
			return story.String()
		}
		gap := now.NextChange.Sub(now.At)
		require.Positive(t, gap)
		for _, later := range []time.Duration{gap - time.Second, time.Duration(random.Int64N(int64(gap)))} {
			between := in
			between.Now = now.At.Add(later)
			same(t, now, generator.Build(between), between.Now.String())
		}
		in.Now = now.NextChange
		next := generator.Build(in)
		require.NotEmpty(t, fileset.Diff(now.Output, next.Output), "nothing changes at %s", in.Now)
	}
	return story.String()
}

// TestFrozen: --at goes before the site's instant, which goes before the clock;
// a frozen site never changes by itself.
func TestFrozen(t *testing.T) {
	files := map[string]string{
		"site.toml":                   "title = \"S\"\nat = 2026-11-04T08:00:00Z\n",
		"incidents/rash/index.md":     "+++\ntitle = \"R\"\nlevel = 2\ntype = \"experience\"\nstance = \"full\"\nknown = 2026-11-04T06:00\n+++\n",
		"incidents/rash/updates/1.md": "+++\ntitle = \"U\"\ntime = 2026-11-04T08:30\n+++\n",
	}
	in := input(t, files)
	result := generator.Build(in)
	assert.Equal(t, instant(t, "2026-11-04T08:00:00Z"), result.At.UTC())
	assert.Zero(t, result.NextChange)
	in.Instant = written(t, "2026-11-04T08:30:00.9Z")
	result = generator.Build(in)
	assert.Equal(t, instant(t, "2026-11-04T08:30:00Z"), result.At.UTC())
	assert.Zero(t, result.NextChange)
	_, ok := result.Output.Get("rash/updates/1/index.html")
	assert.True(t, ok, "the update is out")
	files["site.toml"] = "title = \"S\"\n"
	result = generator.Build(input(t, files))
	assert.Equal(t, instant(t, "2026-11-04T09:00:00Z"), result.At.UTC())
	assert.False(t, result.NextChange.IsZero())
}

// TestPermalinks: a page of updates that is full never changes again, and the
// address of an update stays.
func TestPermalinks(t *testing.T) {
	files := map[string]string{
		"site.toml":               "title = \"S\"\npage_size = 3\n",
		"incidents/rash/index.md": "+++\ntitle = \"R\"\nlevel = 2\ntype = \"experience\"\nstance = \"full\"\nknown = 2026-11-04T06:00\n+++\n",
	}
	homes := map[string]string{}
	for i := range 10 {
		files[fmt.Sprintf("incidents/rash/updates/u%d.md", i)] = fmt.Sprintf("+++\ntitle = \"U%d\"\ntime = 2026-11-04T07:%02d\n+++\nText %d.\n", i, i, i)
		result := generator.Build(input(t, files))
		require.False(t, result.Diagnostics.HasErrors(), findings(result.Diagnostics))
		for f := range result.Output.Under("rash/updates").All() {
			for j := range i + 1 {
				anchor := fmt.Sprintf(`id="u-u%d"`, j)
				if !bytes.Contains(f.Data, []byte(anchor)) {
					continue
				}
				if home, ok := homes[anchor]; ok {
					assert.Equal(t, home, f.Path, "%s has moved", anchor)
				}
				homes[anchor] = f.Path
			}
		}
	}
	assert.Len(t, homes, 10)
}
