package generator_test

import (
	"fmt"
	"image"
	"maps"
	"math/rand/v2"
	"path"
	"slices"
	"strings"
	"testing"
	"time"

	"candor/generator"
	"candor/generator/fileset"
)

// editor makes random changes to a small site, as people at work would: most of
// them sound, some of them broken, and all of them mended some time.
type editor struct {
	random *rand.Rand
	files  map[string]string // of the content; below themes/, of the site's own theme
	broken map[string]string // what a broken file held before
}

// clutter lets a site be published although files lie there that no text names, or texts name files that are gone.
const clutter = "[rules]\nunnamed-file = \"warning\"\nbroken-link = \"warning\"\n"

const languages = "[languages.en]\nname = \"English\"\n[languages.zh-Hans]\nname = \"中文\"\n"

func newEditor(seed uint64) *editor {
	e := &editor{random: rand.New(rand.NewPCG(seed, 1)), files: map[string]string{}, broken: map[string]string{}}
	e.files["site.toml"] = "title = \"Status\"\npage_size = 2\nshow = [\"cases\"]\n" + languages + clutter
	e.files["pages/about.md"] = "+++\ntitle = \"About\"\n+++\n## Who {#who}\n"
	for _, slug := range []string{"a", "b", "c"} {
		e.files["incidents/"+slug+"/index.md"] = e.index(slug)
		e.files["incidents/"+slug+"/faq.md"] = "## Q {#q}\n\nA, see [index](index.md).\n"
	}
	for i := range 80 { // an incident whose documents are kept
		e.files[fmt.Sprintf("incidents/large/updates/%02d.md", i)] = e.old(i)
	}
	e.files["incidents/large/index.md"] = e.index("large")
	e.files["incidents/large/faq.md"] = "## Q {#q}\n\nA.\n"
	e.files["incidents/b/p.png"] = e.dot()
	e.files["scenarios/leak/index.md"] = "+++\ntitle = \"[what]\"\nlevel = 1\ntype = \"experience\"\nstance = \"full\"\n+++\n"
	return e
}

// firm is how many of the old updates are never deleted, so that others can
// speak of them.
const firm = 5

// old is one of many updates, of which one promises what others keep, and some
// link to others or correct them.
func (e *editor) old(i int) string {
	extra, text := "", ""
	switch e.random.IntN(8) {
	case 0:
		text = fmt.Sprintf("\nSee [that](%02d.md) and [this](../index.md#promises).\n", e.random.IntN(firm))
	case 1:
		text = []string{"\n- [x] x id:x\n", fmt.Sprintf("\n- [ ] z due:2026-11-04T%02d:15\n", 5+e.random.IntN(18))}[e.random.IntN(2)]
	case 2:
		if i >= firm {
			extra = fmt.Sprintf("corrects = \"%02d\"\n", e.random.IntN(firm))
		}
	case 3:
		extra = fmt.Sprintf("status = \"%s\"\n", []string{"investigating", "identified", "monitoring"}[e.random.IntN(3)])
	}
	return fmt.Sprintf("+++\ntitle = \"Old %d\"\ntime = 2026-11-04T%02d:%02d:30\n%s+++\nText %d.\n%s", i, 4+i/30, 2*(i%30), extra, e.random.IntN(1000), text)
}

// dot is a picture with a comment, so that it matters whether a text shows it.
func (e *editor) dot() string {
	dot := image.NewGray(image.Rect(0, 0, 1+e.random.IntN(3), 2))
	return string(withText(asPNG(dot), "comment"))
}

// move renames a folder with everything in it.
func (e *editor) move(from, to string) {
	for _, name := range slices.Sorted(maps.Keys(e.files)) {
		if rest, ok := strings.CutPrefix(name, from+"/"); ok {
			e.files[to+"/"+rest] = e.files[name]
			delete(e.files, name)
		}
	}
}

func (e *editor) index(slug string) string {
	picture, files := []string{"", "", "![the dot](../b/p.png)\n\n"}[e.random.IntN(3)], ""
	if slug == "b" {
		files = "[files]\n\"p.png\" = \"The dot\"\n"
	}
	return fmt.Sprintf("+++\ntitle = \"%s %d\"\nlevel = %d\ntype = \"experience\"\nstance = \"full\"\nknown = 2026-11-04T0%d:00\n%s+++\n%s[about](../../pages/about.md#who), [other](../b/index.md), [faq](faq.md#q)\n\n- [ ] x due:2026-11-04T%02d:30 id:x\n",
		slug, e.random.IntN(9), 1+e.random.IntN(3), e.random.IntN(4), files, picture, e.random.IntN(24))
}

func (e *editor) update() string {
	corrects := ""
	if e.random.IntN(25) == 0 {
		corrects = fmt.Sprintf("corrects = \"u%d\"\n", e.random.IntN(6))
	}
	return fmt.Sprintf("+++\ntitle = \"U %d\"\ntime = 2026-11-04T%02d:%02d\nnext_update = 2026-11-05T%02d:00\ndraft = %v\n%s+++\nText %d.\n\n- [x] x id:x\n",
		e.random.IntN(9), 4+e.random.IntN(20), e.random.IntN(60), e.random.IntN(24), e.random.IntN(6) == 0, corrects, e.random.IntN(1000))
}

// table is a CSV file of figures, now and then with a fault.
func (e *editor) table(which int) string {
	text := []string{"time,negative,neutral,positive,followers\n", "time,kind,text,source,text.en\n", "id,channel,priority,opened,reached,solved,satisfied\n"}[which]
	for i := range 12 {
		at := fmt.Sprintf("2026-11-04T%02d:%02d", 2*i, e.random.IntN(60))
		switch which {
		case 0:
			text += fmt.Sprintf("%s,%d,30,20,%d\n", at, e.random.IntN(60), 1000+e.random.IntN(50))
		case 1:
			text += fmt.Sprintf("%s,%s,Event %d,somewhere,\n", at, []string{"spread", "media", "authority"}[e.random.IntN(3)], e.random.IntN(1000))
		case 2:
			text += fmt.Sprintf("%d,phone,high,%s,%s,,%s\n", i, at, []string{"", "2026-11-04T23:59"}[e.random.IntN(2)], []string{"", "yes", "no"}[e.random.IntN(3)])
		}
	}
	if e.random.IntN(60) == 0 {
		return strings.Replace(text, "2026", "26", 1)
	}
	return text
}

// any returns the name of any file but those of the large incident, which others
// speak of.
func (e *editor) any() string {
	names := slices.DeleteFunc(slices.Sorted(maps.Keys(e.files)), func(name string) bool { return strings.HasPrefix(name, "incidents/large/") })
	return names[e.random.IntN(len(names))]
}

// step changes something and says what.
func (e *editor) step() string {
	slug := string("abc"[e.random.IntN(3)])
	switch n := e.random.IntN(36); {
	case n == 35:
		if _, ok := e.files["incidents/b/p.png"]; ok {
			e.files["incidents/b/p.png"] = e.dot()
		}
		return "write a picture"
	case n == 34:
		name := "incidents/" + slug + "/report.md"
		if e.random.IntN(3) == 0 {
			delete(e.files, name)
			return "delete " + name
		}
		e.files[name] = fmt.Sprintf("+++\ntitle = \"R\"\ntime = 2026-11-04T%02d:00\n+++\n- [ ] y due:2026-11-05T%02d:00\n", e.random.IntN(24), e.random.IntN(24))
		return "write " + name
	case n >= 31:
		name := "incidents/" + slug + "/" + []string{"metrics.csv", "timeline.csv", "cases.csv"}[n-31]
		if e.random.IntN(4) == 0 {
			delete(e.files, name)
			return "delete " + name
		}
		e.files[name] = e.table(n - 31)
		return "write " + name
	case n >= 28:
		name := []string{"incidents/" + slug + "/faq", "pages/about", fmt.Sprintf("incidents/large/updates/%02d", e.random.IntN(firm))}[e.random.IntN(3)] + ".zh-Hans.md"
		if e.random.IntN(3) == 0 {
			delete(e.files, name)
			return "delete " + name
		}
		e.files[name] = fmt.Sprintf("+++\ntitle = \"T %d\"\ndraft = %v\n+++\n%d\n\n## Q {#q}\n\nText %d.\n", e.random.IntN(9), e.random.IntN(4) == 0, e.random.IntN(9), e.random.IntN(9))
		return "write " + name
	case n >= 26:
		i := e.random.IntN(82)
		e.files[fmt.Sprintf("incidents/large/updates/%02d.md", i)] = e.old(i)
		return fmt.Sprintf("write old %d", i)
	case n == 25:
		i := firm + e.random.IntN(82-firm)
		delete(e.files, fmt.Sprintf("incidents/large/updates/%02d.md", i))
		return fmt.Sprintf("delete old %d", i)
	case n == 24:
		from, to := "incidents/"+slug, "incidents/"+slug+"-moved"
		if e.random.IntN(2) == 0 {
			from, to = to, from
		}
		e.move(from, to)
		return "move " + from + " to " + to
	case n == 23:
		if e.random.IntN(2) == 0 {
			e.move("scenarios/leak", "incidents/leak")
			return "publish the scenario"
		}
		e.move("incidents/leak", "scenarios/leak")
		return "withdraw the scenario"
	case n == 22:
		e.files["themes/plain/partials/up.html"] = fmt.Sprintf("<p class=\"up\">%d <a href=\"{{.URL}}\">{{.Title}}</a></p>\n", e.random.IntN(4))
		return "write the theme"
	case n == 21:
		delete(e.files, "themes/plain/partials/up.html")
		return "drop the own theme"
	case n == 20:
		if name := "incidents/" + slug + "/index.zh-Hans.md"; e.random.IntN(2) == 0 {
			e.files[name] = fmt.Sprintf("+++\ntitle = \"T %d\"\n+++\n[x](../%c/faq.md#q)\n", e.random.IntN(9), "abc"[e.random.IntN(3)])
			return "translate " + slug
		}
		delete(e.files, "incidents/"+slug+"/index.zh-Hans.md")
		return "drop the translation of " + slug
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
		update := fmt.Sprintf("incidents/%s/updates/u%d.md", slug, e.random.IntN(6))
		e.files[update] = e.update() + "\n[file](../" + path.Base(name) + ")\n"
		return "write " + name + " and link to it in " + update
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
		e.files["site.toml"] = fmt.Sprintf("title = \"Status %d\"\npage_size = %d\nshow = [%s]\n%s"+clutter, e.random.IntN(3), 1+e.random.IntN(3), []string{"", `"cases"`, `"cases", "sentiment"`}[e.random.IntN(3)],
			[]string{languages, languages, "at = 2026-11-04T09:00:00Z\n" + languages, "require_approval = true\n" + languages, ""}[e.random.IntN(5)])
		return "write site.toml"
	case n < 16 && e.random.IntN(3) == 0:
		e.files["wording.toml"] = fmt.Sprintf("language = \"en\"\n[[entry]]\nid = \"own\"\ncategory = \"arguing\"\nmatch = [\"%s\"]\ninstead = \"x\"\n",
			[]string{"text", "about", "update", "who"}[e.random.IntN(4)])
		return "write the word list"
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
	for _, slug := range []string{"a", "b", "c"} {
		e.move("incidents/"+slug+"-moved", "incidents/"+slug)
	}
	e.move("incidents/leak", "scenarios/leak")
	if !strings.Contains(e.files["site.toml"], languages) || strings.Contains(e.files["site.toml"], "require") {
		e.files["site.toml"] = "title = \"Status\"\npage_size = 2\nshow = [\"cases\"]\n" + languages + clutter
	}
	for _, name := range slices.Sorted(maps.Keys(e.broken)) {
		e.files[name] = e.broken[name]
		delete(e.broken, name)
	}
	return "mend everything"
}

// input makes the Input of the site as it stands.
func (e *editor) input(t testing.TB) generator.Input {
	content, own := map[string]string{}, []fileset.File{}
	for name, text := range e.files {
		if rest, ok := strings.CutPrefix(name, "themes/"); ok {
			own = append(own, fileset.NewFile(rest, []byte(text)))
		} else {
			content[name] = text
		}
	}
	in := input(t, content)
	in.Themes = fileset.Overlay(in.Themes, fileset.Must(own))
	return in
}

// TestMemory: after any sequence of changes, and as time passes, a Generator
// that remembers gives what a new build gives.
func TestMemory(t *testing.T) {
	for seed := range uint64(4) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			rememberAll(t, newEditor(seed))
		})
	}
}

// inShort returns how many of its steps a law is tried with: a tenth of all with -short, as for the race detector.
func inShort(steps int) int {
	if testing.Short() {
		return steps / 10
	}
	return steps
}

func rememberAll(t *testing.T, e *editor) {
	steps := inShort(100)
	warm := generator.New()
	now := instant(t, "2026-11-04T05:00:00Z")
	sound := 0
	var history []string
	for i := range steps {
		history = append(history, e.step())
		now = now.Add(time.Duration(e.random.IntN(300)) * time.Second)
		in := e.input(t)
		in.Now = now
		switch e.random.IntN(40) {
		case 0:
			in.Now = now.Add(-10 * time.Hour) // somebody sets the machine's clock
		case 1:
			in.BaseURL = "https://status.example.org/"
		case 2:
			in.Instant = written(t, "2026-11-04T12:00")
		}
		cold := generator.Build(in)
		same(t, cold, warm.Build(in), fmt.Sprintf("step %d: %s", i, strings.Join(history[max(0, len(history)-5):], "; ")))
		if cold.Output.Len() > 0 {
			sound++
		}
	}
	if sound < steps/6 {
		t.Errorf("only %d of %d steps made a site that can be published", sound, steps)
	}
}
