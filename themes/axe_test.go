package themes_test

import (
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

var axeSource = sync.OnceValues(func() (string, error) {
	data, err := os.ReadFile("../.ci/node_modules/axe-core/axe.min.js")
	return string(data), err
})

// runAxe runs every rule that is not an experiment: WCAG 2.2 A and AA, best
// practice, and of AAA the contrast that look.md asks for.
const runAxe = `(async () => {
	const rules = {};
	for (const { ruleId, tags } of axe.getRules()) {
		const on = !tags.includes("experimental") && !tags.includes("deprecated") && (!tags.includes("wcag2aaa") || ruleId === "color-contrast-enhanced");
		rules[ruleId] = { enabled: on };
	}
	const found = await axe.run(document, { rules, resultTypes: ["violations"], elementRef: false });
	return {
		ran: found.passes.length,
		faults: found.violations.flatMap((v) => v.nodes.map((n) => v.id + ": " + n.target.join(" ") + ": " + v.help + "; " + (n.any[0] ?? n.all[0] ?? n.none[0])?.message)),
	};
})()`

type axeResult struct {
	Ran    int
	Faults []string
}

// TestAxe: axe-core finds nothing, on any page, in any size or scheme.
func TestAxe(t *testing.T) {
	axe, err := axeSource()
	if err != nil {
		t.Fatalf("axe-core is missing: run .ci/setup (%v)", err)
	}
	eachPage(t, func(b *tab, s *site, page string) { b.axe(axe, page) })
}

// axe reports what axe-core finds on an open page, in each view.
func (b *tab) axe(source, page string) {
	b.Helper()
	eval[chromedp.Void](b, source)
	for _, v := range views {
		b.look(v)
		result := eval[axeResult](b, runAxe)
		if result.Ran < 10 {
			b.Errorf("%s at %v: only %d rules had anything to look at", page, v, result.Ran)
		}
		if len(result.Faults) > 0 {
			b.Errorf("%s at %v:%s", page, v, list(result.Faults))
		}
	}
}

// TestOneRequest: a page is one request, apart from the pictures that its author
// put there, and the browser has nothing to complain of.
func TestOneRequest(t *testing.T) {
	eachPage(t, func(b *tab, s *site, page string) {
		requests, faults := b.heard()
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
	worked := eval[[]string](b, `(async () => {
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
		call(without, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		for _, page := range s.looked {
			with.open(s.url(page))
			without.open(s.url(page))
			a, b := eval[string](with, "probe.words()"), eval[string](without, "probe.words()")
			if a != b || len(a) < 40 {
				t.Errorf("%s reads differently without scripts: %d bytes instead of %d", page, len(b), len(a))
			}
			if eval[bool](without, `document.scripts.length > 0`) {
				t.Errorf("%s has scripts", page)
			}
		}
	})
}
