package preview

import (
	"fmt"
	"strings"
	"sync/atomic"
	"testing"

	"candor/generator/message"
	"candor/generator/outside/chromium/chromiumtest"
)

// stickOut lists what leaves the window, covers something else of the overlay, or
// is too small to be tapped.
const stickOut = `(() => {
	const root = ` + overlay + `, found = [], name = (e) => e.localName + "." + e.className + " " + e.textContent.slice(0, 30);
	const width = document.documentElement.clientWidth;
	if (document.documentElement.scrollWidth > width) found.push("the page became wider");
	for (const e of root.querySelectorAll("*")) {
		const r = e.getBoundingClientRect();
		if (r.width > 0 && (r.left < -1 || r.right > width + 1)) found.push(r.left + "…" + r.right + ": " + name(e));
		if (e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0 && getComputedStyle(e).display !== "inline") found.push("wider inside than outside: " + name(e));
	}
	for (const e of root.querySelectorAll("a, button, input")) {
		const r = e.getBoundingClientRect();
		if (r.height < 43.9 || r.width < 44) found.push(r.width + " × " + r.height + ": " + name(e));
	}
	const s = root.querySelector(".sheet")?.getBoundingClientRect(), p = root.querySelector(".panel").getBoundingClientRect();
	if (s && s.bottom > p.top) found.push("the panel covers the sheet");
	if (p.bottom > innerHeight || p.height < 44 || (s && s.height < 100)) found.push("no room: " + p.top + "…" + p.bottom);
	return found;
})()`

// TestLooks: in every size, scheme and language nothing sticks out, targets are
// large enough and axe-core finds nothing, folded and with everything open.
func TestLooks(t *testing.T) {
	for _, lang := range message.Languages() {
		var then atomic.Pointer[State]
		s, _ := served(t, Options{Words: message.In(lang), At: func(string) (State, error) { return *then.Load(), nil }})
		show := func(state State) { then.Store(&state); s.Show(state) }
		folded := owing(lang)
		show(folded)
		b := newTab(t, s, "/?at=2026-11-06T12:00")
		b.LoadAxe()
		check := func(stage string) {
			t.Helper()
			for _, width := range []int64{320, 360, 1280} {
				for _, scheme := range []string{"light", "dark"} {
					b.look(width, scheme)
					at := fmt.Sprintf("%s-%s-%d-%s", lang, stage, width, scheme)
					ran, faults := b.Axe("candor-preview")
					if ran < 8 {
						t.Errorf("%s: only %d rules had anything to look at", at, ran)
					}
					if faults := append(faults, chromiumtest.Eval[[]string](b, stickOut)...); len(faults) > 0 {
						t.Errorf("%s:\n  %s", at, strings.Join(faults, "\n  "))
					}
					b.shot(at)
				}
			}
		}
		check("folded")
		b.click(panel + `.querySelector(".line")`)
		b.wait(panel + `.querySelector(".details")`)
		check("open")
		broken := folded
		broken.Errors, broken.Counts.Errors = strings.Repeat(someErrors, 6), 6
		broken.Problem = "cannot publish: write public/index.html: no space left on device"
		show(broken)
		b.wait(sheet)
		check("broken")
		b.click(panel + `.querySelector(".line")`)
		b.wait(`!` + panel + `.querySelector(".details")`)
		check("broken-folded")
	}
}
