package preview

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"strings"
	"testing"

	"candor/generator/fileset"
)

// made is a made-up page, with a policy as strict as that of the theme.
type made struct {
	title, style, script, body string
}

const madeStyle = "body{font:18px/1.6 sans-serif;max-width:34rem;margin:0 auto 40px;padding:0 20px}:root{color-scheme:light dark}.rail{position:sticky;top:0}"

func (p made) html() string {
	hash := func(text string) string {
		sum := sha256.Sum256([]byte(text))
		return base64.StdEncoding.EncodeToString(sum[:])
	}
	style, script, policy := madeStyle+p.style, "", "default-src &#39;none&#39;; style-src &#39;sha256-%s&#39;; img-src &#39;self&#39; data:; base-uri &#39;none&#39;; form-action &#39;none&#39;"
	policy = fmt.Sprintf(policy, hash(style))
	if p.script != "" {
		script = "<script>" + p.script + "</script>"
		policy += "; script-src &#39;sha256-" + hash(p.script) + "&#39;"
	}
	return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="` + policy + `">` +
		`<meta name="viewport" content="width=device-width,initial-scale=1"><title>` + p.title + `</title><meta name="description" content="` + p.title + `"><link rel="icon" href="data:,"><style>` + style + `</style></head><body>` +
		p.body + script + "</body></html>\n"
}

// paragraphs are n paragraphs with a link each, but for what is said otherwise of some.
func paragraphs(n int, instead map[int]string) string {
	var b strings.Builder
	for i := range n {
		text, ok := instead[i]
		if !ok {
			text = fmt.Sprintf(`<p id="p%d">Paragraph %d says what there is to say and has <a id="a%d" href="/rash/#p%d">a link</a>.</p>`, i, i, i, i)
		}
		b.WriteString(text + "\n")
	}
	return b.String()
}

func article(instead map[int]string) string {
	return `<header><a href="/">Home</a></header><main><h1>Site</h1><div class="rail">Always in view</div>` + paragraphs(60, instead) +
		`</main><footer id="foot"><p>Version ` + fmt.Sprint(len(fmt.Sprint(instead))) + `</p></footer>`
}

// madeSite is a site of two pages; home is the body of the first.
func madeSite(home string) fileset.Set {
	return set(
		"index.html", made{title: "Home", body: home}.html(),
		"rash/index.html", made{title: "Rash", body: article(nil)}.html(),
		"rash/files/report.txt", "a report",
		"404.html", made{title: "Not here", body: "<main><h1>Not here</h1></main>"}.html(),
	)
}

// watched is a server with the made-up site, in its first version.
func watched(t *testing.T, opt Options) *Server {
	t.Helper()
	s, _ := served(t, opt)
	s.Show(State{Output: madeSite(article(nil))})
	return s
}
