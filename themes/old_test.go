package themes_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"candor/generator/outside/chromium/chromiumtest"

	"github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/css"
	"golang.org/x/mod/semver"
)

// engine is a browser that people still have, by its name in MDN's compatibility data.
type engine struct{ name, id, version string }

var oldEngines = []engine{{"iOS 12", "safari_ios", "12"}, {"Chromium 79", "chrome", "79"}}

// TestOldEngines: a page is in order, nothing lies over anything else, and what is apart looks so,
// with everything taken out of its style sheets that an old engine does not know.
func TestOldEngines(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		for _, e := range oldEngines {
			b, server := newTab(t), httptest.NewServer(e.serve(s))
			defer server.Close()
			for _, page := range s.looked {
				b.open(server.URL + page)
				for _, width := range []int64{360, 1280} {
					b.Size(width, 800, 1)
					found := chromiumtest.Eval[[]string](b, oldProbe)
					if len(found) > 0 {
						t.Errorf("%s at %d in %s:%s", page, width, e.name, list(found))
					}
				}
			}
		}
	})
}

// oldProbe lists texts that lie over each other, links that run into each other, parts without a
// line above them, parts that are not below the one before, and what sticks out.
const oldProbe = `(() => {
	const found = probe.overflow(), boxes = [];
	const hidden = (el) => !el.checkVisibility() || el.closest(".skip, thead, svg, [tabindex]");
	const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	for (let node; (node = walker.nextNode());) {
		const el = node.parentElement;
		if (!node.data.trim() || hidden(el)) continue;
		const range = document.createRange();
		range.selectNodeContents(node);
		for (const r of range.getClientRects()) if (r.width > 1) boxes.push({ el, node, l: r.left, r: r.right, t: r.top + r.height / 4, b: r.bottom - r.height / 4 });
	}
	boxes.sort((x, y) => x.t - y.t);
	boxes.forEach((x, i) => {
		for (let j = i + 1; j < boxes.length && boxes[j].t < x.b; j++) {
			const y = boxes[j];
			if (y.node !== x.node && Math.min(x.r, y.r) - Math.max(x.l, y.l) > 2) found.push("over each other: " + x.node.data.trim().slice(0, 30) + " | " + y.node.data.trim().slice(0, 30));
		}
	});
	for (const a of document.querySelectorAll("nav a + a")) {
		const x = a.previousElementSibling.getBoundingClientRect(), y = a.getBoundingClientRect();
		const between = a.previousSibling.nodeType === 3;
		if (!hidden(a) && Math.abs(x.top - y.top) < 4 && !between && Math.max(x.left, y.left) - Math.min(x.right, y.right) < 8)
			found.push("run together: " + a.previousElementSibling.textContent + " | " + a.textContent);
	}
	let bottom = 0;
	for (const el of document.querySelectorAll("main > *")) {
		if (hidden(el)) continue;
		const box = el.getBoundingClientRect();
		if (el.localName === "section" && !parseFloat(getComputedStyle(el).borderTopWidth)) found.push("no line above: " + el.id);
		if (box.top < bottom - 1) found.push("not below the part before: " + (el.id || el.className || el.localName));
		bottom = box.bottom;
	}
	return found;
})()`

var (
	styleElement  = regexp.MustCompile(`(?s)<style>(.*?)</style>`)
	policyElement = regexp.MustCompile(`<meta http-equiv="Content-Security-Policy"[^>]*>`)
)

// serve serves the pages of a site as the engine sees them.
func (e engine) serve(s *site) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		page := s.html(r.URL.Path)
		if !bytes.HasPrefix(page, []byte("<!doctype html>")) {
			http.FileServerFS(s.output).ServeHTTP(w, r)
			return
		}
		page = policyElement.ReplaceAll(page, nil)
		page = styleElement.ReplaceAllFunc(page, func(style []byte) []byte {
			return []byte("<style>" + e.known(string(styleElement.FindSubmatch(style)[1])) + "</style>")
		})
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(page)
	})
}

// known returns what the engine knows of a style sheet.
func (e engine) known(sheet string) string {
	p := css.NewParser(parse.NewInputString(sheet), false)
	var out strings.Builder
	var selectors []string
	var rule [][2]string
	skip := 0 // how deep in a block that is passed over
	for {
		grammar, _, data := p.Next()
		values := ""
		for _, v := range p.Values() {
			values += string(v.Data)
		}
		switch grammar {
		case css.ErrorGrammar:
			return out.String()
		case css.BeginAtRuleGrammar:
			if skip > 0 || !e.knowsAtRule(string(data), values) {
				skip++
			} else {
				out.WriteString(string(data) + " " + values + "{")
			}
		case css.EndAtRuleGrammar:
			if skip > 0 {
				skip--
			} else {
				out.WriteString("}")
			}
		case css.QualifiedRuleGrammar, css.BeginRulesetGrammar:
			selectors, rule = append(selectors, values), nil
		case css.DeclarationGrammar, css.CustomPropertyGrammar:
			rule = append(rule, [2]string{string(data), values})
		case css.EndRulesetGrammar:
			if skip == 0 && !slices.ContainsFunc(selectors, func(s string) bool { return !e.knowsSelector(s) }) {
				out.WriteString(strings.Join(selectors, ",") + "{" + e.declarations(rule) + "}")
			}
			selectors = nil
		}
	}
}

var (
	mediaFeature = regexp.MustCompile(`\((?:min-|max-)?([a-z-]+)`)
	pseudo       = regexp.MustCompile(`::?([a-z-]+)`)
	word         = regexp.MustCompile(`[a-z-]+\(?`)
	quoted       = regexp.MustCompile(`"[^"]*"|'[^']*'|var\([^)]*\)`)
)

func (e engine) knowsAtRule(name, values string) bool {
	if name != "@media" { // @page is for paper, @supports for what came later
		return false
	}
	for _, m := range mediaFeature.FindAllStringSubmatch(values, -1) {
		if !e.has("at-rules", "media", m[1]) {
			return false
		}
	}
	return true
}

func (e engine) knowsSelector(selector string) bool {
	for _, m := range pseudo.FindAllStringSubmatch(selector, -1) {
		if !e.has("selectors", m[1]) {
			return false
		}
	}
	return true
}

// declarations are those of a rule that the engine knows. Gaps it knows in grids only.
func (e engine) declarations(rule [][2]string) string {
	grid := slices.ContainsFunc(rule, func(d [2]string) bool { return d == [2]string{"display", "grid"} || d[0] == "columns" })
	var out strings.Builder
	for _, d := range rule {
		name, value := d[0], d[1]
		known := strings.HasPrefix(name, "--") || e.has("properties", name) && (grid || !strings.HasSuffix(name, "gap"))
		for _, w := range word.FindAllString(quoted.ReplaceAllString(value, ""), -1) {
			if function, ok := strings.CutSuffix(w, "("); ok {
				known = known && (!e.lists("types", function) || e.has("types", function))
			} else {
				known = known && (!e.lists("properties", name, w) || e.has("properties", name, w))
			}
		}
		if known {
			out.WriteString(name + ":" + value + ";")
		}
	}
	return out.String()
}

// compatibility is MDN's data about CSS.
var compatibility = sync.OnceValue(func() map[string]any {
	data, err := os.ReadFile("../.ci/node_modules/@mdn/browser-compat-data/data.json")
	if err != nil {
		panic(fmt.Sprintf("%v: run .ci/setup", err))
	}
	var all struct{ CSS map[string]any }
	if err := json.Unmarshal(data, &all); err != nil {
		panic(err)
	}
	return all.CSS
})

// entry returns what is said of a feature; nil if nothing is.
func entry(path ...string) map[string]any {
	at := compatibility()
	for _, name := range append(path, "__compat", "support") {
		next, ok := at[name].(map[string]any)
		if !ok {
			return nil
		}
		at = next
	}
	return at
}

func (e engine) lists(path ...string) bool { return entry(path...) != nil }

// has reports whether the engine knows a feature under its own name.
func (e engine) has(path ...string) bool {
	support := entry(path...)[e.id]
	list, ok := support.([]any)
	if !ok {
		list = []any{support}
	}
	for _, one := range list {
		s, _ := one.(map[string]any)
		since, _ := s["version_added"].(string)
		if s["prefix"] == nil && s["alternative_name"] == nil && s["flags"] == nil && s["version_removed"] == nil && since != "" &&
			semver.Compare("v"+strings.TrimPrefix(since, "≤"), "v"+e.version) <= 0 {
			return true
		}
	}
	return false
}

// TestKnown: what an engine does not know is taken out, and nothing else.
func TestKnown(t *testing.T) {
	sheet := `a{margin-left:1rem;margin-inline:1rem 0}.x:is(b,i),p{top:0}q{float:left;float:inline-start}` +
		`i{display:flex;gap:1rem}u{display:grid;gap:1rem;width:min(100%,5rem);font-size:clamp(1rem,2vw,3rem)}` +
		`@media (prefers-color-scheme:dark){a{top:0}}@supports selector(:has(a)){a{top:0}}@media (min-width:40em){a{inset:0;left:0}}`
	for name, want := range map[string]string{
		"iOS 12": `a{margin-left:1rem;}q{float:left;}i{display:flex;}u{display:grid;gap:1rem;width:min(100%,5rem);}` +
			`@media (min-width:40em){a{left:0;}}`,
		"Chromium 79": `a{margin-left:1rem;}q{float:left;}i{display:flex;}u{display:grid;gap:1rem;width:min(100%,5rem);font-size:clamp(1rem,2vw,3rem);}` +
			`@media (prefers-color-scheme:dark){a{top:0;}}@media (min-width:40em){a{left:0;}}`,
	} {
		e := oldEngines[slices.IndexFunc(oldEngines, func(e engine) bool { return e.name == name })]
		if got := e.known(sheet); got != want {
			t.Errorf("%s:\n%s\nnot\n%s", name, got, want)
		}
	}
}
