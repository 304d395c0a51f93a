package preview

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"candor/generator/outside/chromium/chromiumtest"
)

// instants is a server whose pages say in their titles which instant they are of.
func instants(t *testing.T) *Server {
	t.Helper()
	s, _ := served(t, Options{At: func(at string) (State, error) {
		instant, err := time.ParseInLocation("2006-01-02T15:04", at, beijing)
		if err != nil {
			return State{}, fmt.Errorf("%q is no time", at)
		}
		state := owing("en")
		state.At, state.Output = instant, set("index.html", made{title: "Home as of " + at, body: article(nil)}.html(), "rash/index.html", made{title: "Rash as of " + at, body: article(nil)}.html())
		return state, nil
	}})
	s.Show(owing("en"))
	return s
}

// titled waits for a page.
func (b *tab) titled(want string) {
	b.Helper()
	b.wait(`document.title === "` + want + `" && document.readyState === "complete" && ` + hasPanel)
}

// TestAsOf: the panel leads to other instants, and back.
func TestAsOf(t *testing.T) {
	b := newTab(t, instants(t), "/")
	b.click(panel + `.querySelector(".line")`)
	b.wait(panel + `.querySelector("form")`)
	if got := chromiumtest.Eval[string](b, panel+`.querySelector("input").value`); got != "2026-11-06T12:00" {
		t.Errorf("the form begins with %s", got)
	}
	b.run(`scrollTo(0, 700), ` + panel + `.querySelector("input").value = "2026-11-07T09:30"`)
	b.click(panel + `.querySelector("form [type=submit]")`)
	b.titled("Home as of 2026-11-07T09:30")
	if got := chromiumtest.Eval[string](b, "location.search"); got != "?at=2026-11-07T09:30" {
		t.Error(got)
	}
	if y := chromiumtest.Eval[float64](b, "scrollY"); y != 700 {
		t.Errorf("scrolled to %v", y)
	}
	if got := chromiumtest.Eval[string](b, panel+`.querySelector(".instant").innerText`); !strings.Contains(got, "As of 7 Nov 2026, 09:30") || !strings.Contains(got, "back to now") {
		t.Error(got)
	}
	b.click(panel + `.querySelector("form [data-do=at]:nth-of-type(2)")`)
	b.titled("Home as of 2026-11-06T15:10")
	b.click(panel + `.querySelector("li button")`)
	b.titled("Home as of 2026-11-06T14:10")
	b.click(panel + `.querySelector("li a")`)
	b.titled("Rash as of 2026-11-06T14:10")
	if got := chromiumtest.Eval[string](b, "location.pathname + location.search"); got != "/rash/?at=2026-11-06T14:10" {
		t.Error(got)
	}
	b.click(panel + `.querySelector(".instant a")`)
	b.titled("Rash")
	if got := chromiumtest.Eval[string](b, "location.search"); got != "" {
		t.Error(got)
	}
	if chromiumtest.Eval[bool](b, panel+`.querySelector(".instant") !== null`) {
		t.Error("the line stays")
	}
}

// TestLinksKeepTheInstant: another instant stays with the reader until told otherwise.
func TestLinksKeepTheInstant(t *testing.T) {
	b := newTab(t, instants(t), "/?at=2026-11-07T09:30")
	b.run(`a20.scrollIntoView({ block: "center" })`)
	b.click("a20")
	b.titled("Rash as of 2026-11-07T09:30")
	if got := chromiumtest.Eval[string](b, "location.search + location.hash"); got != "?at=2026-11-07T09:30#p20" {
		t.Error(got)
	}
	if got := chromiumtest.Eval[string](b, `a20.getAttribute("href")`); got != "/rash/#p20" {
		t.Errorf("the link itself is changed: %s", got)
	}
	b.run("window.survived = true")
	b.run(`a30.scrollIntoView({ block: "center" })`)
	b.click("a30")
	b.wait(`location.hash === "#p30"`)
	if !chromiumtest.Eval[bool](b, "window.survived === true") {
		t.Error("a link within the page loads it anew")
	}
	// What leads elsewhere, or is downloaded, has no instant.
	for _, link := range []string{`a20.href = "http://elsewhere.example/"`, `a20.download = "x"`, `a20.href = "mailto:x@elsewhere.example"`} {
		got := chromiumtest.Eval[string](b, `(() => { const old = a20.href; `+link+`; let at;
			document.addEventListener("click", (e) => { at = a20.href; e.preventDefault(); }, { once: true }); a20.click(); a20.href = old; a20.removeAttribute("download"); return at; })()`)
		if got == "" || strings.Contains(got, "at=") {
			t.Errorf("%s leads to %s", link, got)
		}
	}
}

func TestBadInstant(t *testing.T) {
	s, _ := served(t, Options{At: func(at string) (State, error) {
		return State{}, fmt.Errorf("%q is no time: write 2026-11-06T18:00", at)
	}})
	s.Show(owing("en"))
	b := newTab(t, s, "/?at=tomorrow&x=1")
	if got := chromiumtest.Eval[string](b, panel+`.querySelector(".instant").innerText`); !strings.Contains(got, `Not as of tomorrow: "tomorrow" is no time: write 2026-11-06T18:00`) {
		t.Error(got)
	}
	b.shot("bad")
	b.Heard() // the 400 itself
	b.click(panel + `.querySelector(".instant a")`)
	b.wait(`location.search === "?x=1" && ` + hasPanel + ` && !` + panel + `.querySelector(".instant")`)
}

// TestFollow: the browser goes where the last change was.
func TestFollow(t *testing.T) {
	s := watched(t, Options{Follow: true, At: func(string) (State, error) { return State{Output: madeSite(article(nil))}, nil }})
	first := State{Output: madeSite(article(nil)), Open: "/rash/#p30"}
	s.Show(first)
	b := newTab(t, s, "/")
	if got := chromiumtest.Eval[string](b, "location.pathname"); got != "/" {
		t.Errorf("taken to %s by a change before", got)
	}
	s.Show(first)
	b.wait(`location.pathname === "/rash/" && location.hash === "#p30" && document.readyState === "complete" && ` + hasPanel)
	b.run("window.survived = true")
	s.Show(State{Output: first.Output, Open: "/rash/#p55"})
	b.wait(`Math.abs(p55.getBoundingClientRect().top) < innerHeight && scrollY > 0`)
	s.Show(State{Output: set("rash/index.html", made{title: "Rash", body: article(map[int]string{5: `<p id="p5">Five.</p>`})}.html()), Open: "/rash/#p5"})
	b.wait(`p5.textContent === "Five." && p5.getBoundingClientRect().top >= 0 && p5.getBoundingClientRect().top < innerHeight`)
	if !chromiumtest.Eval[bool](b, "window.survived === true") {
		t.Error("the page that is open was loaded anew")
	}
	b.open("/?at=2026-11-06T18:00")
	s.Show(first)
	b.wait(`location.pathname + location.search + location.hash === "/rash/?at=2026-11-06T18:00#p30" && ` + hasPanel)
}

// TestBase: below a path, too.
func TestBase(t *testing.T) {
	s := watched(t, Options{})
	s.Show(State{Output: madeSite(article(nil)), Base: "/crisis/"})
	b := newTab(t, s, "/")
	if got := chromiumtest.Eval[string](b, "location.pathname"); got != "/crisis/" {
		t.Error(got)
	}
	s.Show(State{Output: madeSite(article(map[int]string{0: `<p id="p0">New.</p>`})), Base: "/crisis/"})
	b.wait(`p0.textContent === "New."`)
}
