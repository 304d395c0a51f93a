package generator_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"candor/generator"
)

// editor makes random changes to a small site, as people at work would: most of
// them sound, some of them broken, and all of them mended some time.
type editor struct {
	random *rand.Rand
	files  map[string]string
	broken map[string]string // what a broken file held before
}

func newEditor(seed uint64) *editor {
	e := &editor{random: rand.New(rand.NewPCG(seed, 1)), files: map[string]string{}, broken: map[string]string{}}
	e.files["site.toml"] = "title = \"Status\"\npage_size = 2\n"
	e.files["pages/about.md"] = "+++\ntitle = \"About\"\n+++\n## Who {#who}\n"
	for _, slug := range []string{"a", "b", "c"} {
		e.files["incidents/"+slug+"/index.md"] = e.index(slug)
		e.files["incidents/"+slug+"/faq.md"] = "## Q {#q}\n\nA, see [index](index.md).\n"
	}
	return e
}

func (e *editor) index(slug string) string {
	return fmt.Sprintf("+++\ntitle = \"%s %d\"\nlevel = %d\ntype = \"experience\"\nstance = \"full\"\nknown = 2026-11-04T0%d:00\n+++\n[about](../../pages/about.md#who), [other](../b/index.md), [faq](faq.md#q)\n\n- [ ] x due:2026-11-04T%02d:30 id:x\n",
		slug, e.random.IntN(9), 1+e.random.IntN(3), e.random.IntN(4), e.random.IntN(24))
}

func (e *editor) update() string {
	corrects := ""
	if e.random.IntN(25) == 0 {
		corrects = fmt.Sprintf("corrects = \"u%d\"\n", e.random.IntN(6))
	}
	return fmt.Sprintf("+++\ntitle = \"U %d\"\ntime = 2026-11-04T%02d:%02d\nnext_update = 2026-11-05T%02d:00\ndraft = %v\n%s+++\nText %d.\n\n- [x] x id:x\n",
		e.random.IntN(9), 4+e.random.IntN(20), e.random.IntN(60), e.random.IntN(24), e.random.IntN(6) == 0, corrects, e.random.IntN(1000))
}

func (e *editor) any() string {
	return slices.Sorted(maps.Keys(e.files))[e.random.IntN(len(e.files))]
}

// step changes something and says what.
func (e *editor) step() string {
	slug := string("abc"[e.random.IntN(3)])
	switch n := e.random.IntN(20); {
	case n < 7:
		name := fmt.Sprintf("incidents/%s/updates/u%d.md", slug, e.random.IntN(6))
		e.files[name] = e.update()
		return "write " + name
	case n < 9:
		e.files["incidents/"+slug+"/index.md"] = e.index(slug)
		return "write the index of " + slug
	case n < 11:
		name := fmt.Sprintf("incidents/%s/files%d.txt", slug, e.random.IntN(3))
		e.files[name] = fmt.Sprint(e.random.IntN(3))
		return "write " + name
	case n < 13:
		if name := e.any(); strings.Contains(name, "/updates/") || strings.Contains(name, ".txt") {
			delete(e.files, name)
			return "delete " + name
		}
	case n < 14:
		if name := e.any(); strings.Contains(name, "/updates/") {
			to := fmt.Sprintf("incidents/%s/updates/u%d.md", slug, e.random.IntN(6))
			text := e.files[name]
			delete(e.files, name)
			e.files[to] = text
			return "rename " + name + " to " + to
		}
	case n < 15:
		e.files["site.toml"] = fmt.Sprintf("title = \"Status %d\"\npage_size = %d\n", e.random.IntN(3), 1+e.random.IntN(3))
		return "write site.toml"
	case n < 16:
		e.files["pages/about.md"] = fmt.Sprintf("+++\ntitle = \"About %d\"\n+++\n## Who {#who}\n[c](../incidents/c/index.md)", e.random.IntN(3))
		return "write the page"
	case n < 17:
		name := e.any()
		if _, already := e.broken[name]; !already {
			e.broken[name] = e.files[name]
			e.files[name] = []string{"", "+++\n", "+++\nx = \n+++\n", "\xff", "[x](nowhere.md)"}[e.random.IntN(5)]
			return "break " + name
		}
	}
	for _, name := range slices.Sorted(maps.Keys(e.broken)) {
		e.files[name] = e.broken[name]
		delete(e.broken, name)
	}
	return "mend everything"
}

// TestMemory: after any sequence of changes, and as time passes, a Generator
// that remembers gives what a new build gives.
func TestMemory(t *testing.T) {
	e := newEditor(9)
	warm := generator.New()
	now := instant(t, "2026-11-04T05:00:00Z")
	sound := 0
	var history []string
	for i := range 300 {
		history = append(history, e.step())
		now = now.Add(time.Duration(e.random.IntN(600)) * time.Second)
		in := input(t, e.files)
		in.Now = now
		cold := generator.Build(in)
		same(t, cold, warm.Build(in), fmt.Sprintf("step %d: %s", i, strings.Join(history[max(0, len(history)-5):], "; ")))
		if cold.Output.Len() > 0 {
			sound++
		}
	}
	if sound < 60 {
		t.Errorf("only %d of 300 steps made a site that can be published", sound)
	}
}
