package preview

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"candor/generator/message"
	"candor/generator/outside/chromium/chromiumtest"
)

const someErrors = `content/incidents/rash/updates/update.md:12:5: error: this time has no day: "2026-11-31T18:00" [bad-date]
  12 | next_update = 2026-11-31T18:00
     |               ^~~~~~~~~~~~~~~~
  hint: November has 30 days <b>not markup</b>
`

const someWarnings = `content/incidents/rash/index.md: warning: no update for 2 days; an open incident has one every day in its first three [cadence]
  hint: write one, if only to say that work goes on
content/incidents/rash/faq.md:33:1: warning: "我们高度重视" says nothing [wording]
  33 | 我们高度重视每一位用户的反馈。
     | ^~~~~~~~~~~~
  hint: say what is being done
`

var beijing = time.FixedZone("", 8*3600)

// noon is the instant of the frozen states.
var noon = time.Date(2026, 11, 6, 12, 0, 0, 0, beijing)

// owing is a state with everything in it.
func owing(lang string) State {
	what := "Publish the report of the independent laboratory"
	if lang == "zh-Hans" {
		what = "公布第三方检测报告"
	}
	return State{
		Output: madeSite(article(nil)), Warnings: someWarnings, Counts: Counts{Warnings: 2}, At: noon, Frozen: true, NextChange: noon.Add(190 * time.Minute),
		Deadlines: []Deadline{
			{"update", "rash", "", noon.Add(130 * time.Minute), "/rash/"},
			{"promise", "tarnmoss-essence-allergy", what, noon.Add(51 * time.Hour), "/rash/#p30"},
			{"unheard-of", "rash", "", noon.Add(30 * 24 * time.Hour), ""},
		},
	}
}

func (b *tab) summary() string {
	b.Helper()
	return chromiumtest.Eval[string](b, panel+`.querySelector(".line").textContent`)
}

// TestErrors: they stand over the last good page until they are mended.
func TestErrors(t *testing.T) {
	s := watched(t, Options{})
	b := newTab(t, s, "/")
	b.run(watchMarks)
	broken := State{Output: madeSite(article(nil)), Errors: someErrors, Counts: Counts{1, 2}, Warnings: someWarnings}
	s.Show(broken)
	b.wait(sheet)
	type seen struct {
		Text, Title, Role, Name string
		Wide                    float64
	}
	const look = `(() => { const s = ` + sheet + `; return { text: s.querySelector("pre").textContent, title: s.querySelector("h2").textContent, role: s.getAttribute("role"),
		name: s.getAttribute("aria-labelledby"), wide: s.getBoundingClientRect().width } })()`
	if got, want := chromiumtest.Eval[seen](b, look), (seen{someErrors, "Not published: 1 error, 2 warnings. Below is the last version without errors.", "alertdialog", "broken", 1280}); got != want {
		t.Errorf("%+v", got)
	}
	if text := chromiumtest.Eval[string](b, `p0.textContent`); !strings.Contains(text, "Paragraph 0") {
		t.Error("the last good page is gone")
	}
	b.press("\x1b")
	b.wait(`!` + sheet)
	if text := chromiumtest.Eval[string](b, panel+`.textContent`); !strings.Contains(text, "Not published: 1 error, 2 warnings.") {
		t.Errorf("folded: %s", text)
	}
	broken.Errors = strings.ReplaceAll(someErrors, "12", "13")
	s.Show(broken)
	b.wait(`fetch("/.candor/state?path=/").then((r) => r.json()).then((s) => s.version === 3)`)
	b.open("/")
	if chromiumtest.Eval[bool](b, sheet+` !== null`) {
		t.Error("what was folded unfolds before it is mended")
	}
	b.click(panel + `.querySelector("[data-do=sheet]")`)
	b.wait(sheet)
	if focus := chromiumtest.Eval[string](b, overlay+`.activeElement?.closest(".sheet") ? "in the sheet" : "elsewhere"`); focus != "in the sheet" {
		t.Error("the focus is " + focus)
	}
	b.click(sheet + `.querySelector("[data-do=sheet]")`)
	b.wait(`!` + sheet)
	broken.Errors, broken.Counts = "", Counts{}
	s.Show(broken)
	b.wait(`!` + panel + `.querySelector("[data-do=sheet]")`)
	broken.Errors, broken.Counts = someErrors, Counts{2, 0}
	s.Show(broken)
	b.wait(sheet + `?.querySelector("h2").textContent.startsWith("Not published: 2 errors. ")`)
	s.Show(State{Output: madeSite(article(map[int]string{0: `<p id="p0">Mended.</p>`}))})
	b.wait(`!` + sheet + ` && p0.textContent === "Mended."`)
}

// TestUnfinished: what is left to write is said in the panel, and covers nothing.
func TestUnfinished(t *testing.T) {
	s := watched(t, Options{})
	b := newTab(t, s, "/")
	b.run(watchMarks)
	s.Show(State{Output: madeSite(article(nil)), Unfinished: someErrors, Counts: Counts{1, 0}})
	b.wait(panel + `?.querySelector(".unfinished")`)
	if chromiumtest.Eval[bool](b, `!!(`+sheet+`)`) {
		t.Error("what is left to write covers the page")
	}
	if !chromiumtest.Eval[bool](b, panel+`.scrollWidth <= `+panel+`.clientWidth`) {
		t.Error("the panel is wider than its frame")
	}
	b.click(panel + `.querySelector(".line")`)
	b.wait(panel + `.querySelector(".details pre")?.textContent.includes("this time has no day")`)
}

// TestPanel: folded it is one line, unfolded all that there is to know; it remembers which.
func TestPanel(t *testing.T) {
	s := watched(t, Options{})
	b := newTab(t, s, "/")
	if got := b.summary(); got != "No warnings · Nothing due" {
		t.Error(got)
	}
	s.Show(owing("en"))
	b.wait(panel + `.querySelector(".line").textContent.startsWith("2")`)
	if got := b.summary(); got != "2 warnings · next: update of rash in 2 hours 10 minutes" {
		t.Error(got)
	}
	b.click(panel + `.querySelector(".line")`)
	b.wait(panel + `.querySelector(".details")`)
	text := chromiumtest.Eval[string](b, panel+`.innerText`)
	for _, want := range []string{"[cadence]", "我们高度重视", "promise of tarnmoss-essence-allergy", "Publish the report", "8 Nov 2026, 15:00", "in 2 days 3 hours", "unheard-of of rash",
		"The site changes by itself", "6 Nov 2026, 15:10", "in 3 hours 10 minutes", "The site shows 6 Nov 2026, 12:00.", "Show as of (UTC+08:00)"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in %s", want, text)
		}
	}
	b.open("/rash/")
	b.wait(panel + `.querySelector(".details")`)
	b.press("\x1b")
	b.wait(`!` + panel + `.querySelector(".details")`)
	b.open("/")
	if chromiumtest.Eval[bool](b, panel+`.querySelector(".details") !== null`) {
		t.Error("it does not stay folded")
	}
	late := owing("en")
	late.Deadlines[0].Due, late.Problem = noon.Add(-65*time.Minute), "cannot publish: no space left on device"
	s.Show(late)
	b.wait(panel + `.querySelector(".problem")?.textContent === "cannot publish: no space left on device"`)
	if got := b.summary(); got != "2 warnings · next: update of rash late by 1 hour 5 minutes" {
		t.Error(got)
	}
	late.Deadlines, late.Warnings, late.Counts = nil, "", Counts{}
	s.Show(late)
	b.wait(panel + `.querySelector(".line").textContent === "No warnings · The site changes by itself in 3 hours 10 minutes"`)
}

// TestClockRuns: a countdown goes by the browser's clock, unless the site's stands.
func TestClockRuns(t *testing.T) {
	s := watched(t, Options{})
	b := newTab(t, s, "/")
	s.Show(State{Output: madeSite(article(nil)), At: time.Now(), Deadlines: []Deadline{{"update", "rash", "", time.Now().Add(90 * time.Minute), ""}}})
	b.wait(panel + `.querySelector(".line").textContent.includes("in 1 hour ")`)
	b.run(`Date.now = () => ` + fmt.Sprint(time.Now().Add(100*time.Minute).UnixMilli()))
	b.wait(panel + `.querySelector(".line").textContent.includes("late by 10 min")`)
}

// TestChinese: all of it in the other language.
func TestChinese(t *testing.T) {
	s := watched(t, Options{Words: message.In("zh-Hans")})
	state := owing("zh-Hans")
	state.Errors, state.Counts.Errors = someErrors, 1
	s.Show(state)
	b := newTab(t, s, "/")
	b.wait(sheet)
	if got := b.summary(); got != "2 个警告 · 下一项：rash 的进展 还有 2 小时 10 分钟" {
		t.Error(got)
	}
	if got := chromiumtest.Eval[string](b, sheet+`.querySelector("h2").textContent`); got != "没有发布：1 个错误，2 个警告。下面是最近一个没有错误的版本。" {
		t.Error(got)
	}
}

// TestPrint: on paper there is only the page.
func TestPrint(t *testing.T) {
	s := watched(t, Options{})
	state := owing("en")
	state.Errors, state.Counts.Errors = someErrors, 1
	s.Show(state)
	b := newTab(t, s, "/")
	b.Media("print")
	if got := chromiumtest.Eval[string](b, `getComputedStyle(document.querySelector("candor-preview")).display`); got != "none" {
		t.Error(got)
	}
}
