package generator_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"candor/generator"
	"candor/generator/fileset"
)

// unsafe says what in a page a browser could run or would load from elsewhere,
// and which ids stand in it twice.
func unsafe(page []byte) []string {
	var found []string
	root, err := html.Parse(strings.NewReader(string(page)))
	if err != nil {
		return []string{err.Error()}
	}
	ids := map[string]bool{}
	policy := ""
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.Data {
		case "script":
			if !themeScript(n, policy) && !linkedData(n) {
				found = append(found, "<script>")
			}
		case "meta":
			if kind, _ := attribute(n, "http-equiv"); kind == "Content-Security-Policy" && policy == "" {
				policy, _ = attribute(n, "content")
			}
		case "iframe", "object", "embed", "base", "form":
			found = append(found, "<"+n.Data+">")
		}
		for _, a := range n.Attr {
			value := strings.ToLower(strings.Map(func(r rune) rune {
				if r <= ' ' {
					return -1
				}
				return r
			}, a.Val))
			switch {
			case strings.HasPrefix(a.Key, "on"), a.Key == "style", a.Key == "srcdoc", a.Key == "formaction":
				found = append(found, n.Data+" "+a.Key+"="+a.Val)
			case a.Key == "href" || a.Key == "src":
				scheme, _, hasScheme := strings.Cut(value, ":")
				if hasScheme && !strings.ContainsAny(scheme, "/?#") && scheme != "https" && scheme != "http" && scheme != "mailto" && scheme != "tel" &&
					!(n.Data == "link" && scheme == "data") {
					found = append(found, n.Data+" "+a.Key+"="+a.Val)
				}
				if a.Key == "src" && (hasScheme || strings.HasPrefix(value, "//")) {
					found = append(found, n.Data+" loads "+a.Val)
				}
			case a.Key == "id" && ids[a.Val]:
				found = append(found, "id twice: "+a.Val)
			case a.Key == "id":
				ids[a.Val] = true
			}
		}
	}
	return found
}

// themeScript says whether a script is the one that the page's policy names by its
// hash, in which no editor's text has a part.
func themeScript(n *html.Node, policy string) bool {
	kind, _ := attribute(n, "type")
	if kind != "module" || len(n.Attr) != 2 || n.FirstChild == nil {
		return false
	}
	sum := sha256.Sum256([]byte(n.FirstChild.Data))
	return strings.Contains(policy, "; script-src 'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'; ")
}

// linkedData says whether a script is data that no browser executes: JSON-LD, without a sign that could end it.
func linkedData(n *html.Node) bool {
	kind, _ := attribute(n, "type")
	return kind == "application/ld+json" && len(n.Attr) == 1 && n.FirstChild != nil &&
		json.Valid([]byte(n.FirstChild.Data)) && !strings.Contains(n.FirstChild.Data, "<")
}

func attribute(n *html.Node, key string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val, true
		}
	}
	return "", false
}

// attacks are texts that shall not act in a reader's browser, whatever they are
// written into.
var attacks = []string{
	`<script>alert(1)</script>`, `<SCRIPT SRC=//x.example/x.js>`, `<img src=x onerror=alert(1)>`, `<svg/onload=alert(1)>`, `"><script>alert(1)</script>`,
	`' onmouseover='alert(1)`, `" onmouseover="alert(1)`, `<a href="javascript:alert(1)">x</a>`, `</title><script>alert(1)</script>`, `</style><script>alert(1)</script>`,
	`<!--><script>alert(1)</script>-->`, `<iframe src=javascript:alert(1)>`, `<math><mtext></mtext><mglyph><style></math><img src onerror=alert(1)>`,
	`[x](javascript:alert(1))`, `[x](JaVaScRiPt:alert(1))`, `[x](<javascript:alert(1)>)`, `[x](java&#115;cript:alert(1))`, `[x](javascript&colon;alert(1))`, `[x](javascript&#58;alert(1))`,
	`[x](java&Tab;script:alert(1))`, `[x](java&NewLine;script:alert(1))`, `[x](&#1;javascript:alert(1))`, `[x](&#x20;javascript:alert(1))`, `[x](java\script:alert(1))`, `[x](javascript\:alert(1))`,
	`[x](vbscript:x)`, `[x](data:text/html,<script>alert(1)</script>)`, `[x](data:text/html;base64,PHNjcmlwdD4=)`, `[x](//x.example/x)`, `[x](/\x.example)`, `[x](\\x.example)`, `[x](file:///etc/passwd)`, `[x](blob:x)`,
	`![x](javascript:alert(1))`, `![x](data:image/svg+xml,<svg onload=alert(1)>)`, `![x](https://x.example/track.png)`, `![x" onerror="alert(1)](x.png)`, `![](x.png "a" onerror="alert(1)")`,
	`<javascript:alert(1)>`, `<data:text/html,x>`, `<vbscript:x>`, `<https://x.example/"onmouseover="alert(1)>`, `https://x.example/"onmouseover="alert(1)`, `https://x.example/'><script>`,
	"[x][r]\n\n[r]: javascript:alert(1)", "[x][r]\n\n[r]: java&#115;cript:alert(1)", "[r]\n\n[r]: <data:text/html,x>", `[x](https://x.example/" onmouseover="alert(1))`, `[x](https://x.example "t" onclick="alert(1)")`,
	"## x {#a onclick=alert(1)}", `## x {#"><script>}`, `## x {onclick="alert(1)"}`, `## x {.c style="color:red"}`, `## <script>alert(1)</script> {#h}`, "## `<script>`", `## [x](javascript:alert(1))`,
	"```html\n<script>alert(1)</script>\n```", "```\"><script>\nx\n```", "    <script>alert(1)</script>", "`<script>alert(1)</script>`", "|<script>|\n|-|\n|<img src=x onerror=alert(1)>|",
	"- [ ] <script>alert(1)</script> due:2026-11-05T00:00 id:a", "- [ ] x due:2026-11-05T00:00 id:\"><script>", "- [x](javascript:alert(1))", "> <script>alert(1)</script>",
	"{{.Site}}", "{{template \"head\"}}", "<%= x %>", "&lt;script&gt;alert(1)&lt;/script&gt;", "&#60;script&#62;", `\<script\>`, "<scr\u200dipt>", "<ſcript>alert(1)</ſcript>", "ZgotmplZ", "]]>", "--><script>", "\u2028<script>",
}

func attackSite(attack string, where int) map[string]string {
	quoted := `"""` + "\n" + strings.ReplaceAll(strings.ReplaceAll(attack, `\`, `\\`), `"`, `\"`) + `"""`
	text := func(i int) string {
		if i == where {
			return attack
		}
		return "plain"
	}
	value := func(i int) string {
		if i == where {
			return quoted
		}
		return `"plain"`
	}
	return map[string]string{
		"site.toml":                   "title = " + value(0) + "\norganisation = " + value(0) + "\nsummary = " + value(0) + "\n[[contact]]\nlabel = " + value(0) + "\nvalue = " + value(0) + "\n[[person]]\nid = \"p\"\nname = " + value(0) + "\nrole = " + value(0) + "\nmay = \"approve\"\n",
		"incidents/rash/index.md":     "+++\ntitle = " + value(1) + "\nsummary = " + value(1) + "\naffected = " + value(1) + "\nlevel = 2\ntype = \"experience\"\nstance = \"full\"\nknown = 2026-11-04T06:00\napproved_by = \"p\"\nowner = \"p\"\n[[contact]]\nlabel = " + value(1) + "\nvalue = " + value(1) + "\n[files]\n\"x.png\" = " + value(1) + "\n+++\n" + text(2) + "\n\n## Known {#known}\n\n" + text(2) + "\n",
		"incidents/rash/x.png":        "x",
		"incidents/rash/updates/1.md": "+++\ntitle = " + value(1) + "\ntime = 2026-11-04T07:00\nnext_update = 2026-11-04T12:00\n+++\n" + text(3) + "\n\n### Done {#done}\n\n" + text(3) + "\n",
		"incidents/rash/faq.md":       "+++\ntitle = " + value(1) + "\n+++\n## Q {#q}\n\n" + text(4) + "\n",
		"incidents/rash/report.md":    "+++\ntitle = " + value(1) + "\ntime = 2026-11-04T08:00\n+++\n" + text(5) + "\n",
		"pages/about.md":              "+++\ntitle = " + value(1) + "\nsummary = " + value(1) + "\n+++\n" + text(6) + "\n",
	}
}

// TestAttacks writes every attack into every place. What is refused has a
// finding; what is published is safe. With the rules that can be turned off
// turned off, what is published is safe all the same.
func TestAttacks(t *testing.T) {
	published := 0
	for i, attack := range attacks {
		for where := range 7 {
			for _, lax := range []bool{false, true} {
				files := attackSite(attack, where)
				if lax {
					files["site.toml"] += "[rules]\nbroken-link = \"off\"\nmissing-file = \"off\"\nplaceholder = \"off\"\nunknown-key = \"off\"\n"
				}
				result := generator.Build(input(t, files))
				if result.Diagnostics.HasErrors() {
					require.Zero(t, result.Output.Len())
					continue
				}
				published++
				for f := range result.Output.All() {
					if strings.HasSuffix(f.Path, ".html") {
						assert.Empty(t, unsafe(f.Data), "attack %d %q in place %d: %s", i, attack, where, f.Path)
					}
				}
			}
		}
	}
	assert.Greater(t, published, len(attacks), "most attacks are harmless texts")
}

// TestNames publishes files with hostile names.
func TestNames(t *testing.T) {
	for i, name := range []string{`"onload="alert(1)`, `<script>`, `a'b`, `javascript:x`, `a?b#c`, `a%2e%2eb`, `..b`, `&amp;`, `a b`, `中`, `😀`, "a\u00a0b"} {
		files := attackSite("plain", 0)
		files["incidents/"+name+"/index.md"] = files["incidents/rash/index.md"]
		files["incidents/"+name+"/x.png"] = "x"
		files["incidents/"+name+"/updates/"+name+".md"] = files["incidents/rash/updates/1.md"]
		files["incidents/"+name+"/"+name+".pdf"] = "x"
		files["incidents/"+name+"/index.md"] = strings.Replace(files["incidents/rash/index.md"], "[files]\n",
			"[files]\n"+strconv.Quote(name+".pdf")+" = \"\"\n", 1)
		files["pages/p"+name+".md"] = files["pages/about.md"]
		result := generator.Build(input(t, files))
		require.False(t, result.Diagnostics.HasErrors(), "%s", findings(result.Diagnostics))
		require.NotZero(t, result.Output.Len())
		for f := range result.Output.All() {
			if strings.HasSuffix(f.Path, ".html") {
				assert.Empty(t, unsafe(f.Data), "%d %s", i, f.Path)
				assertLinks(t, result.Output, f)
			}
		}
	}
}

// assertLinks follows every link of a page that stays on the site.
func assertLinks(t *testing.T, output fileset.Set, page fileset.File) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(string(page.Data)))
	require.NoError(t, err)
	for n := range root.Descendants() {
		for _, a := range n.Attr {
			if a.Key != "href" && a.Key != "src" || n.Data == "link" {
				continue
			}
			if problem := dangling(output, page, a.Val); problem != "" {
				t.Errorf("%s: %s: %s", page.Path, a.Val, problem)
			}
		}
	}
}

func TestExampleIsSafe(t *testing.T) {
	in := example(t)
	result := generator.Build(in)
	require.NotZero(t, result.Output.Len(), findings(result.Diagnostics))
	for f := range result.Output.All() {
		if strings.HasSuffix(f.Path, ".html") {
			assert.Empty(t, unsafe(f.Data), f.Path)
			assertLinks(t, result.Output, f)
		}
	}
}
