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

// longEditor makes random changes to an incident of many updates: at its start, in
// its middle and at its end, one file or several at a time.
type longEditor struct {
	random *rand.Rand
	files  map[string]string
	now    time.Time
	next   int // number of the next new update
	mend   func()
}

const longUpdates = 120

func newLongEditor(t testing.TB, seed uint64) *longEditor {
	e := &longEditor{random: rand.New(rand.NewPCG(seed, 2)), files: longFiles(longUpdates), now: instant(t, "2026-01-01T04:00:00Z"), next: longUpdates}
	e.files["site.toml"] = e.site(4)
	e.files["pages/about.md"] = "+++\ntitle = \"About\"\n+++\n## Who {#who}\n"
	e.files["incidents/other/index.md"] = "+++\ntitle = \"Other\"\nlevel = 2\ntype = \"experience\"\nstance = \"full\"\nknown = 2026-01-01T00:00\n+++\nText.\n"
	return e
}

func (e *longEditor) site(size int) string {
	return fmt.Sprintf("title = \"Status\"\npage_size = %d\n%s", size, languages+clutter)
}

// any returns the name of an update that there is, more often an old or a new one.
func (e *longEditor) any() string {
	var names []string
	for name := range e.files {
		if strings.Contains(name, "/rash/updates/") && !strings.Contains(name, ".zh-Hans.") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	at := e.random.IntN(len(names))
	switch e.random.IntN(3) {
	case 0:
		at = min(at, e.random.IntN(3))
	case 1:
		at = len(names) - 1 - e.random.IntN(3)
	}
	return names[at]
}

func (e *longEditor) name(file string) string {
	return strings.TrimSuffix(file[strings.LastIndexByte(file, '/')+1:], ".md")
}

// replace replaces the first old in a file and says whether there was one.
func (e *longEditor) replace(file, old, by string) string {
	e.files[file] = strings.Replace(e.files[file], old, by, 1)
	return fmt.Sprintf("in %s %q becomes %q", file, old, by)
}

// breaks makes a change that the next step but one takes back.
func (e *longEditor) breaks(file, text string) string {
	before, was := e.files[file]
	e.files[file] = text
	if text == "" {
		delete(e.files, file)
	}
	e.mend = func() {
		if e.files[file] = before; !was {
			delete(e.files, file)
		}
	}
	return fmt.Sprintf("%s is %q for a while", file, text)
}

// step changes something and says what.
func (e *longEditor) step() string {
	if mend := e.mend; mend != nil && e.random.IntN(2) == 0 {
		e.mend = nil
		mend()
		return "mend"
	}
	file := e.any()
	minute := e.random.IntN(longUpdates)
	fresh := func(extra, text string) string {
		e.next++
		file := fmt.Sprintf("incidents/rash/updates/%05d-%d.md", minute, e.next)
		e.files[file] = fmt.Sprintf("+++\ntitle = \"New %d\"\ntime = 2026-01-01T%02d:%02d:%02d\n%s+++\nText %d.\n\n%s\n", e.next, 1+minute/60, minute%60, 1+e.random.IntN(59), extra, e.next, text)
		return "new " + file
	}
	switch e.random.IntN(30) {
	case 0, 1, 2:
		return e.replace(file, "What is new", fmt.Sprintf("What is new %d", e.random.IntN(100)))
	case 3, 4:
		minute = longUpdates + e.random.IntN(60)
		return fresh("", "")
	case 5:
		return fresh(fmt.Sprintf("corrects = %q\nkind = \"correction\"\n", e.name(file)), "")
	case 6:
		return fresh([]string{"status = \"monitoring\"\n", "status = \"resolved\"\n", "kind = \"response\"\n", "level = 1\n", "draft = true\n"}[e.random.IntN(5)], fmt.Sprintf("- [x] Kept id:%s\n- [ ] New due:2026-01-01T%02d:00 id:n%d\n", []string{"report", "test", "answer-30"}[e.random.IntN(3)], 3+e.random.IntN(9), e.next))
	case 7:
		return fresh("", fmt.Sprintf("[that](%s.md), [id](#remedy), [page](/rash/updates/2/), [about](../../../pages/about.md#who), [other](../../other/index.md)", e.name(file)))
	case 8:
		if e.random.IntN(2) == 0 {
			file = fmt.Sprintf("incidents/rash/updates/%05d.md", 12+13*e.random.IntN(8)) // a correction
		}
		delete(e.files, file)
		return "delete " + file
	case 9:
		to := strings.Replace(file, "updates/", "updates/0", 1)
		e.files[to] = e.files[file]
		delete(e.files, file)
		return "rename " + file
	case 10:
		return e.replace(file, "time = 2026-01-01T01:", fmt.Sprintf("time = 2026-01-01T0%d:", e.random.IntN(9)))
	case 11:
		e.files[strings.TrimSuffix(file, ".md")+".zh-Hans.md"] = fmt.Sprintf("+++\ntitle = \"译 %d\"\n+++\n正文 [答](../faq.md#refund)。\n", e.random.IntN(9))
		return "translate " + file
	case 12:
		for _, name := range slices.Sorted(maps.Keys(e.files)) {
			if strings.Contains(name, ".zh-Hans.") && e.random.IntN(2) == 0 {
				delete(e.files, name)
			}
		}
		return "drop translations"
	case 13:
		return e.replace("incidents/rash/index.md", "summary = \"", "summary = \"x")
	case 14:
		if e.random.IntN(2) == 0 {
			stances := []string{"stance = \"full\"", "stance = \"unfounded\""}
			if strings.Contains(e.files["incidents/rash/index.md"], stances[1]) {
				slices.Reverse(stances)
			}
			return e.replace("incidents/rash/index.md", stances[0], stances[1])
		}
		return e.replace("incidents/rash/index.md", "- [ ] The test due", "- [x] The test due")
	case 15:
		return e.replace("incidents/rash/index.md", "known = 2026-01-01T00:0", fmt.Sprintf("known = 2026-01-01T00:%d", e.random.IntN(6)))
	case 16:
		return e.replace("incidents/rash/faq.md", "Yes", "Yes, "+fmt.Sprint(e.random.IntN(9)))
	case 29:
		minute = int(e.now.Sub(time.Date(2026, 1, 1, 1, 0, 0, 0, time.UTC)).Minutes()) + e.random.IntN(40)
		return fresh("", []string{"[who?] says so.\n", "The absurd accusations are out of our hands.\n", "![lab](../lab.png)\n", "See [this](../lab.txt).\n"}[e.random.IntN(4)])
	case 17:
		e.files["incidents/rash/lab.txt"] = fmt.Sprint(e.random.IntN(3))
		return "evidence"
	case 18:
		e.files["site.toml"] = e.site(3 + e.random.IntN(3))
		return "site.toml"
	case 19:
		e.files["pages/about.md"] = fmt.Sprintf("+++\ntitle = \"About %d\"\n+++\n## Who {#who}\n", e.random.IntN(3))
		return "the page"
	case 20:
		return e.breaks(file, []string{"", "\xff", "+++\nx = \n+++\n", "+++\ntitle = \"U\"\n+++\n[x](nowhere.md)"}[e.random.IntN(4)])
	case 21:
		return e.breaks("incidents/rash/faq.md", "## Another {#another}\n\nNo.\n")
	case 22:
		return e.breaks("incidents/rash/index.md", []string{"", strings.Replace(e.files["incidents/rash/index.md"], "{#remedy}", "{#else}", 1), strings.Replace(e.files["incidents/rash/index.md"], "level", "draft = true\nlevel", 1)}[e.random.IntN(3)])
	case 23:
		return e.breaks("incidents/rash/report.md", "")
	case 24:
		return e.breaks("incidents/other/index.md", "")
	case 25:
		if e.random.IntN(2) == 0 {
			return e.breaks("incidents/rash/updates/0"+e.name(file)+".md", strings.Replace(e.files[file], "title", "draft = true\ntitle", 1))
		}
		return e.breaks("incidents/rash/updates/"+strings.ToUpper(e.name(file))+" done.md", strings.Replace(e.files[file], ":00Z", ":30Z", 1))
	case 26:
		for range 20 {
			e.replace(e.any(), "One thing", fmt.Sprintf("One thing %d", e.random.IntN(100)))
		}
		return "many at once"
	case 27:
		e.now = e.now.Add(-time.Duration(e.random.IntN(90)) * time.Minute)
		return "the clock goes back"
	case 28:
		e.now = e.now.Add(time.Duration(e.random.IntN(120)) * time.Minute)
		return "time passes"
	}
	return "nothing"
}

// TestLongMemory: the law of TestMemory, for an incident of many updates.
func TestLongMemory(t *testing.T) {
	steps := inShort(50)
	for seed := range uint64(2) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			e, warm := newLongEditor(t, seed), generator.New()
			var history []string
			sound, broken, good, then := 0, 0, maps.Clone(e.files), e.now
			for i := range steps {
				if broken < 3 {
					history = append(history, e.step())
				} else {
					e.files, e.now, e.mend = maps.Clone(good), then, nil
					history = append(history, "back to what was sound")
				}
				in := input(t, e.files)
				in.Now = e.now
				cold := generator.Build(in)
				same(t, cold, warm.Build(in), fmt.Sprintf("step %d: %s", i, strings.Join(history[max(0, len(history)-5):], "; ")))
				if broken++; cold.Output.Len() > 0 {
					sound, broken, good, then = sound+1, 0, maps.Clone(e.files), e.now
				}
			}
			if sound < steps/4 {
				t.Errorf("only %d of %d steps made a site that can be published", sound, steps)
			}
		})
	}
}
