package themes_test

import (
	"strings"
	"testing"

	"candor/generator/outside/chromium/chromiumtest"

	"github.com/chromedp/cdproto/emulation"
)

// TestAxe: axe-core finds nothing, on any page, in any size or scheme.
func TestAxe(t *testing.T) {
	eachPage(t, func(b *tab, s *site, page string) { b.axe(page) })
}

// axe reports what axe-core finds on an open page, in each view.
func (b *tab) axe(page string) {
	b.Helper()
	b.LoadAxe()
	for _, v := range chromiumtest.Views {
		b.Look(v)
		ran, faults := b.Axe("")
		if ran < 10 {
			b.Errorf("%s at %v: only %d rules had anything to look at", page, v, ran)
		}
		if len(faults) > 0 {
			b.Errorf("%s at %v:%s", page, v, list(faults))
		}
	}
}

// TestOneRequest: a page is one request, apart from the pictures that its author
// put there, and the browser has nothing to complain of.
func TestOneRequest(t *testing.T) {
	eachPage(t, func(b *tab, s *site, page string) {
		requests, faults := b.Heard()
		documents := 0
		for _, r := range requests {
			kind, address, _ := strings.Cut(r, " ")
			switch {
			case kind == "Document" && address == s.url(page):
				documents++
			case strings.HasPrefix(address, "data:"):
			case kind == "Image" && strings.HasPrefix(address, s.address) && strings.Contains(address, "/files/"):
			default:
				b.Errorf("%s asks for %s", page, r)
			}
		}
		if documents != 1 {
			b.Errorf("%s took %d requests for itself:%s", page, documents, list(requests))
		}
		if len(faults) > 0 {
			b.Errorf("%s: the browser complains:%s", page, list(faults))
		}
	})
}

// TestPolicy: the policy that is served stops scripts, styles and pictures that
// got into the page.
func TestPolicy(t *testing.T) {
	eachPage(t, func(b *tab, s *site, page string) { b.intrude(page) })
}

// intrude tries what a policy has to stop.
func (b *tab) intrude(page string) {
	b.Helper()
	worked := chromiumtest.Eval[[]string](b, `(async () => {
			const worked = [], stopped = [];
			document.addEventListener("securitypolicyviolation", (e) => stopped.push(e.blockedURI));
			const add = (tag, set) => { const el = document.createElement(tag); set(el); document.body.append(el); return el; };
			add("script", (el) => { el.textContent = "window.intruder = true"; });
			if (window.intruder) worked.push("an inline script");
			const p = add("p", (el) => { el.textContent = "x"; el.setAttribute("style", "position: fixed"); });
			if (getComputedStyle(p).position === "fixed") worked.push("a style attribute");
			add("style", (el) => { el.textContent = "p { letter-spacing: 9px }"; });
			if (getComputedStyle(p).letterSpacing === "9px") worked.push("a style element");
			add("a", (el) => { el.href = "javascript:window.intruder = true"; }).click();
			add("button", (el) => { el.setAttribute("onclick", "window.intruder = true"); }).click();
			if (window.intruder) worked.push("a javascript: link or an event attribute");
			const picture = add("img", () => {});
			await new Promise((done) => { picture.onload = picture.onerror = done; picture.src = "https://elsewhere.example/x.png"; });
			if (!stopped.includes("https://elsewhere.example/x.png")) worked.push("a picture from elsewhere");
			return worked;
		})()`)
	if len(worked) > 0 {
		b.Errorf("%s: the policy lets in %s", page, strings.Join(worked, ", "))
	}
}

// TestWithoutScripts: with scripts turned off, the same words can be read.
func TestWithoutScripts(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		with, without := newTab(t), newTab(t)
		chromiumtest.Call(without, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		for _, page := range s.looked {
			with.open(s.url(page))
			without.open(s.url(page))
			a, b := chromiumtest.Eval[string](with, "probe.words()"), chromiumtest.Eval[string](without, "probe.words()")
			if a != b || len(a) < 40 {
				t.Errorf("%s reads differently without scripts: %d bytes instead of %d", page, len(b), len(a))
			}
			if chromiumtest.Eval[bool](without, `[...document.scripts].some((s) => s.type != "application/ld+json")`) {
				t.Errorf("%s has scripts", page)
			}
		}
	})
}
