package preview

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"candor/generator/message"
	"candor/generator/outside/chromium/chromiumtest"
)

// watchMarks notes what is marked: a mark lasts for a moment only.
const watchMarks = `(() => {
	window.survived = true; // until the next load
	window.marks = [];
	const animate = Element.prototype.animate;
	Element.prototype.animate = function (frames, options) {
		marks.push([options.id, this.id || this.localName, JSON.stringify(frames)]);
		return animate.call(this, frames, options);
	};
})()`

func marksOf(b *tab) []string {
	b.Helper()
	var list []string
	for _, m := range chromiumtest.Eval[[][]string](b, "marks") {
		if m[0] != "candor-changed" {
			b.Errorf("an animation %s", m[0])
		}
		list = append(list, m[1])
	}
	slices.Sort(list)
	return list
}

// TestRefreshInPlace: the text is new, and everything else is as the reader left it.
func TestRefreshInPlace(t *testing.T) {
	s := watched(t, Options{})
	form := map[int]string{29: `<details id="d"><summary>More</summary><p>Text</p></details>`, 31: `<p><label>Name <input id="i" value="a"></label></p>`}
	s.Show(State{Output: madeSite(article(form))})
	b := newTab(t, s, "/")
	b.run(watchMarks)
	b.run(`d.open = true, i.value = "typed", p30.scrollIntoView(), a30.focus({ preventScroll: true }), getSelection().setBaseAndExtent(p33.firstChild, 0, p33.firstChild, 12)`)
	before := chromiumtest.Eval[float64](b, "scrollY")
	form[32] = `<p id="p32">Paragraph 32 is <em>new</em>.</p>`
	form[33] = `<p id="p33">Paragraph 33 says what there was to say and has <a id="a33" href="/rash/#p33">a link</a>.</p>`
	changed := made{title: "Another title", body: article(form)}.html()
	s.Show(State{Output: set("index.html", changed)})
	b.wait(`p32.textContent === "Paragraph 32 is new."`)
	if got := marksOf(b); !slices.Equal(got, []string{"p", "p32", "p33"}) { // p is in the foot
		t.Errorf("marked are %v", got)
	}
	type kept struct {
		Y                                      float64
		Focus, Typed, Selected, Title, Summary string
		Open, Survived, Same, Away             bool
	}
	want := kept{before, "a30", "typed", "Paragraph 33", "Another title", "Another title", true, true, true, false}
	if got := chromiumtest.Eval[kept](b, `({ y: scrollY, focus: document.activeElement.id, typed: i.value, selected: String(getSelection()), title: document.title,
		summary: document.querySelector("meta[name=description]").content, open: d.open, survived: window.survived === true,
		same: document.body.outerHTML.replace(' open=""', "") === new DOMParser().parseFromString(`+fmt.Sprintf("%q", changed)+`, "text/html").body.outerHTML,
		away: `+overlay+`.querySelector("[data-do=reveal]") !== null })`); got != want {
		t.Errorf("%+v, not %+v", got, want)
	}
}

// TestRefreshAgain: requests that fail while the stream lives are made again, without
// another version to say so.
func TestRefreshAgain(t *testing.T) {
	for _, address := range []string{"/", "/.candor/state"} {
		s := watched(t, Options{})
		b := newTab(t, s, "/")
		b.run(watchMarks)
		b.run(fmt.Sprintf(`(() => {
			const real = fetch;
			let left = 2;
			window.fetch = (address, options) => address.split("?")[0] === %q && left-- > 0
				? Promise.reject(new TypeError("the connection was lost")) : real(address, options);
		})()`, address))
		s.Show(State{Output: madeSite(article(map[int]string{32: `<p id="p32">Paragraph 32 is new.</p>`}))})
		b.wait(`p32.textContent === "Paragraph 32 is new."`)
		if !chromiumtest.Eval[bool](b, "window.survived") {
			t.Error("the page was loaded anew")
		}
	}
}

// TestAnchor: what is read stays where it is when something above it grows, and a
// button leads to what has changed.
func TestAnchor(t *testing.T) {
	s := watched(t, Options{})
	b := newTab(t, s, "/")
	b.run(watchMarks)
	const top = `p30.getBoundingClientRect().top`
	b.run(`scrollTo(0, p30.offsetTop - 3)`)
	before := chromiumtest.Eval[float64](b, top)
	for i, instead := range []map[int]string{
		{2: `<p id="p2">` + strings.Repeat("Longer than before. ", 200) + `</p>`},
		{2: `<p id="p2">Short.</p><p id="new">And one more.</p>`},
		{29: "", 2: "", 3: "", 5: `<p id="p5">Other text.</p>`},
	} {
		s.Show(State{Output: madeSite(article(instead))})
		b.wait(fmt.Sprintf(`foot.textContent === "Version %d" && %s.querySelector("[data-do=reveal]")`, len(fmt.Sprint(instead)), overlay))
		if after := chromiumtest.Eval[float64](b, top); after < before-1 || after > before+1 {
			t.Errorf("change %d: the top of the window moved from %v to %v", i, before, after)
		}
	}
	if text := chromiumtest.Eval[string](b, overlay+`.querySelector("[data-do=reveal]").textContent`); text != "Changed: above ↑" {
		t.Error(text)
	}
	b.shot("away")
	b.click(overlay + `.querySelector("[data-do=reveal]")`)
	b.wait(`p5.getBoundingClientRect().top > 0 && p5.getBoundingClientRect().top < innerHeight && !` + overlay + `.querySelector("[data-do=reveal]")`)
	if !chromiumtest.Eval[bool](b, "window.survived") {
		t.Error("the page was loaded anew")
	}
	b.run(`scrollTo(0, 0)`)
	s.Show(State{Output: madeSite(`<p id="first">First.</p>` + article(map[int]string{50: `<p id="p50">Changed.</p>`}))})
	b.wait(`document.getElementById("first")`)
	if y := chromiumtest.Eval[float64](b, "scrollY"); y != 0 {
		t.Errorf("at the beginning of a page the new beginning is not seen: %v", y)
	}
}

func TestReducedMotion(t *testing.T) {
	s := watched(t, Options{})
	b := newTab(t, s, "/")
	b.Media("screen", "prefers-reduced-motion", "reduce")
	b.run(watchMarks)
	s.Show(State{Output: madeSite(article(map[int]string{0: `<p id="p0">New.</p>`}))})
	b.wait(`marks.some((m) => m[1] === "p0")`)
	frames := chromiumtest.Eval[[]map[string]any](b, `JSON.parse(marks.find((m) => m[1] === "p0")[2])`)
	if len(frames) != 2 || fmt.Sprint(frames[0]) != fmt.Sprint(frames[1]) {
		t.Errorf("the mark moves: %v", frames)
	}
}

// TestNewFrame: a style or a script that differs takes a new load, which comes back to the place.
func TestNewFrame(t *testing.T) {
	for name, change := range map[string]made{
		"style":  {style: "p{letter-spacing:1px}"},
		"script": {script: `document.documentElement.dataset.ran = "yes"`},
	} {
		t.Run(name, func(t *testing.T) {
			s := watched(t, Options{})
			b := newTab(t, s, "/")
			b.run(watchMarks)
			b.run(`p30.scrollIntoView(), a30.focus({ preventScroll: true })`)
			before := chromiumtest.Eval[float64](b, "scrollY")
			change.title, change.body = "Home", article(map[int]string{59: `<p id="p59">New.</p>`})
			s.Show(State{Output: set("index.html", change.html())})
			b.wait(`p59.textContent === "New." && document.readyState === "complete" && document.activeElement.id === "a30"`)
			b.wait(hasPanel)
			if chromiumtest.Eval[bool](b, "window.survived === true") {
				t.Error("no new load")
			}
			if y := chromiumtest.Eval[float64](b, "scrollY"); y < before-1 || y > before+1 {
				t.Errorf("scrolled to %v, not %v", y, before)
			}
			if name == "script" && chromiumtest.Eval[string](b, "document.documentElement.dataset.ran") != "yes" {
				t.Error("the page's own script did not run")
			}
			b.run("window.survived = true")
			s.Show(State{Output: set("index.html", strings.ReplaceAll(change.html(), "New.", "Newer."))})
			b.wait(`p59.textContent === "Newer."`)
			if !chromiumtest.Eval[bool](b, "window.survived === true") {
				t.Error("another load for nothing")
			}
		})
	}
}

// TestPageGoesAndComesBack: a page that is gone is the site's page for that.
func TestPageGoesAndComesBack(t *testing.T) {
	s := watched(t, Options{})
	b := newTab(t, s, "/rash/")
	whole := s.current.Load().state.Output
	s.Show(State{Output: set("404.html", made{title: "Not here", body: "<main><h1>Not here</h1></main>"}.html())})
	b.wait(`document.querySelector("h1").textContent === "Not here"`)
	s.Show(State{Output: whole})
	b.wait(`document.querySelector("h1").textContent === "Site"`)
	b.Heard() // the 404 itself
}

func TestFirstBuildArrives(t *testing.T) {
	for _, lang := range message.Languages() {
		s, _ := served(t, Options{Words: message.In(lang)})
		b := newTab(t, s, "/rash/")
		s.Show(State{Errors: someErrors, Counts: Counts{Errors: 1}})
		b.wait(sheet)
		if text := chromiumtest.Eval[string](b, sheet+`.textContent`); !strings.Contains(text, "update.md:12:5") || strings.Contains(text, "Below") || strings.Contains(text, "下面") {
			t.Error(text)
		}
		b.shot("first-" + lang)
		s.Show(State{Output: madeSite(article(nil))})
		b.wait(`document.title === "Rash"`)
		b.wait(hasPanel)
		b.Heard() // the 503 itself
	}
}

// TestStopped: the panel says when nobody serves, and goes on when somebody does.
func TestStopped(t *testing.T) {
	s, end := served(t, Options{})
	s.Show(State{Output: madeSite(article(nil))})
	b := newTab(t, s, "/")
	b.run(watchMarks)
	end()
	b.wait(overlay + `.querySelector(".stopped")`)
	b.shot("stopped")
	l, err := Listen(s.opt.Host)
	if err != nil || l.Addr().String() != s.opt.Host {
		t.Fatal(l.Addr(), err)
	}
	again := New(s.opt)
	go func() { _ = again.Serve(t.Context(), l) }()
	again.Show(State{Output: madeSite(article(map[int]string{0: `<p id="p0">Back.</p>`}))})
	b.wait(`p0.textContent === "Back." && !` + overlay + `.querySelector(".stopped")`)
	if !chromiumtest.Eval[bool](b, "window.survived") {
		t.Error("the page was loaded anew")
	}
	b.Heard() // the connections that were refused
}

// TestHidden: a window out of sight holds no connection, and catches up when it is seen.
func TestHidden(t *testing.T) {
	s := watched(t, Options{})
	b := newTab(t, s, "/")
	hide := func(yes bool) {
		b.run(fmt.Sprintf(`Object.defineProperty(document, "hidden", { value: %v, configurable: true }), document.dispatchEvent(new Event("visibilitychange"))`, yes))
	}
	hide(true)
	for s.streams.Load() > 0 { // the server learns of it when the browser has closed the connection
		time.Sleep(time.Millisecond)
	}
	s.Show(State{Output: madeSite(article(map[int]string{0: `<p id="p0">Later.</p>`}))})
	hide(false)
	b.wait(`p0.textContent === "Later."`)
}

// TestMorph: whatever two trees are, the one becomes the other; what is equal stays what it was.
func TestMorph(t *testing.T) {
	s := watched(t, Options{})
	b := newTab(t, s, "/")
	type result struct {
		Wrong       []string
		Kept, Equal int
	}
	got := chromiumtest.Eval[result](b, `(async () => {
		const { morph } = await import("/.candor/morph.js");
		let seed = 1;
		const random = (n) => (seed = (seed * 48271) % 2147483647) % n;
		const tree = (depth) => {
			const kind = random(8);
			if (kind === 0) return document.createComment(String(random(3)));
			if (kind < 3 || depth === 0) return document.createTextNode(["a", "b", " ", "a longer text", ""][random(5)]);
			const e = document.createElement(["p", "div", "ul", "li", "details"][random(5)]);
			if (random(3) === 0) e.id = "id" + random(12);
			if (random(4) === 0) e.className = "c" + random(3);
			for (let i = random(6); i > 0; i--) e.append(tree(depth - 1));
			return e;
		};
		const root = () => { const e = document.createElement("div"); for (let i = random(9); i > 0; i--) e.append(tree(3)); return e; };
		// edited is a copy in which something is added, taken away, moved or reworded.
		const edited = (from) => {
			const copy = from.cloneNode(true);
			for (let i = random(4); i >= 0; i--) {
				const all = [...copy.querySelectorAll("*")], e = all[random(all.length || 1)] ?? copy;
				[() => e.append(tree(2)), () => e !== copy && e.remove(), () => e.prepend(tree(1)), () => copy.append(e === copy ? tree(1) : e), () => e.append("x"), () => e.setAttribute("title", "t")][random(6)]();
			}
			return copy;
		};
		const wrong = [];
		let kept = 0, equal = 0;
		for (let i = 0; i < 4000; i++) {
			const live = root(), wanted = i % 2 ? edited(live) : root(), before = live.outerHTML, target = wanted.cloneNode(true);
			const children = [...live.childNodes], unchanged = children.filter((c) => c.nodeType === 1 && [...wanted.childNodes].some((w) => w.isEqualNode(c)) && children.filter((d) => d.isEqualNode(c)).length === 1);
			document.body.append(live);
			try { morph(live, wanted); } catch (error) { wrong.push(error + " " + before + " → " + target.outerHTML); }
			equal += unchanged.length;
			kept += unchanged.filter((c) => c.parentNode === live).length;
			live.remove();
			if (live.outerHTML !== target.outerHTML) wrong.push(before + " → " + target.outerHTML + " gave " + live.outerHTML);
		}
		return { wrong: wrong.slice(0, 5), kept, equal };
	})()`)
	if len(got.Wrong) > 0 {
		t.Errorf("%s", strings.Join(got.Wrong, "\n"))
	}
	if got.Equal < 1000 || got.Kept < got.Equal*95/100 {
		t.Errorf("%d of %d equal nodes were kept", got.Kept, got.Equal)
	}
}

// TestMoved: of a list in another order, what moves is little, and the focus stays.
func TestMoved(t *testing.T) {
	s := watched(t, Options{})
	list := func(ids ...string) State {
		var items strings.Builder
		for _, id := range ids {
			items.WriteString(`<li id="` + id + `"><a id="a` + id + `" href="#` + id + `">` + id + `</a></li>`)
		}
		return State{Output: set("index.html", made{title: "Home", body: "<main><h1>List</h1><ul>" + items.String() + "</ul></main>"}.html())}
	}
	s.Show(list("k1", "k2", "k3", "k4", "k5"))
	b := newTab(t, s, "/")
	b.run(watchMarks)
	b.run("ak5.focus()")
	s.Show(list("k5", "k1", "k6", "k2", "k3", "k4"))
	b.wait(`document.querySelector("ul").textContent === "k5k1k6k2k3k4"`)
	if got := marksOf(b); !slices.Equal(got, []string{"k5", "k6"}) {
		t.Errorf("marked are %v", got)
	}
	if focus := chromiumtest.Eval[string](b, "document.activeElement.id"); focus != "ak5" {
		t.Errorf("the focus is on %q", focus)
	}
	b.run("marks.length = 0")
	s.Show(list("k5", "k1", "k6", "k2", "k4"))
	b.wait(`!document.getElementById("k3")`)
	if got := marksOf(b); !slices.Equal(got, []string{"ul"}) {
		t.Errorf("where something only went away, marked are %v", got)
	}
}
