package content

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"candor/generator/fileset"
)

// FuzzParse: nothing panics; every position is inside the file; what comes out
// is HTML without scripts, handlers or addresses of other schemes, in which
// every tag that is opened is closed; holes are in order.
func FuzzParse(f *testing.F) {
	for name, text := range hostile() {
		if !strings.HasPrefix(name, "toml") {
			f.Add(byte(Update), []byte(text(200)))
		}
	}
	for _, seed := range []string{
		"+++\ntitle = \"A\"\nlevel = 2\ntype = \"experience\"\nstance = \"full\"\nknown = 2026-11-04T18:00\n+++\nLead [a](b.md#c).\n\n## Known {#known updated=2026-11-04T10:00}\n\n- [ ] a *b* due:2026-11-04T18:00 id:c\n  - [x] d id:c\n\n|a|b|\n|-|-|\n|1|[x](y)|\n",
		"+++\ntitle = \"A\"\ntime = 2026-11-04T18:00\n+++\n### ✅ Done\n- x\n### 🔄️ Doing {#doing}\n#### Inner {#inner}\n![a](b.png)\n<script>alert(1)</script>\n",
		"[x](javascript:a) <javascript:a> [y](java&#115;cript:a) [z][r]\n\n[r]: data:text/html,x\n", "## a {#b}\n\n## {#b}\n\n## [x] {#c} #\n\n#\n", "> - 1. # a {#b}\n>   - [x] c due:x id:y\n", "[x] [to do] \\[kept\\] `[code]` [link](<a b>) [none](a b)\n",
		"<a@b.example> www.example.org https://例.example/(a) ftp://x \"<b>\" &amp; &#0; \\\n", "a\x00\u202eb\xff", "\ufeff+++\r\ntitle = 1\r\n+++\r\nx", "- [ ] due:2026-11-04T18:00\n- [ ] id:\n- [x] \n- [ ]id:a\n", "+++\n+++", "+++", "",
	} {
		for kind := Page; kind <= Report; kind++ {
			f.Add(byte(kind), []byte(seed))
		}
	}
	f.Fuzz(func(t *testing.T, kind byte, data []byte) {
		place := Place{Kind: Page + Kind(kind)%(Report-Page+1), Slug: "a", Name: "b"}
		d := Parse(fileset.NewFile("x.md", data), place)
		for _, found := range append(slices.Clone(d.Findings), d.Markup...) {
			if fix := found.Fix; fix != nil && (fix.Start < 0 || fix.End < fix.Start || fix.End > len(d.Source.Data)) {
				t.Fatalf("the correction %+v lies outside of %q", fix, d.Source.Data)
			}
			if lines := 1 + bytes.Count(d.Source.Data, []byte("\n")); found.Line > lines || found.Line > 0 && found.Column < 1 {
				t.Fatalf("%v lies outside of %q", found, d.Source.Data)
			}
		}
		fragments := []Fragment{d.Lead}
		for _, s := range d.Sections {
			if s.ID == "" || s.Start < 0 || s.End < s.Start || s.End > len(d.Source.Data) {
				t.Fatalf("section %+v of %q", s, d.Source.Data)
			}
			fragments = append(fragments, s.Body)
		}
		for _, task := range d.Tasks {
			fragments = append(fragments, task.Text)
		}
		for _, l := range d.Links {
			if l.Start < 0 || l.End < l.Start || l.End > len(d.Source.Data) {
				t.Fatalf("link %+v of %q", l, d.Source.Data)
			}
		}
		for _, b := range d.Brackets {
			if b.Start < 0 || b.End <= b.Start || b.End > len(d.Source.Data) || d.Source.Data[b.Start] != '[' {
				t.Fatalf("bracket %+v of %q", b, d.Source.Data)
			}
		}
		for _, fragment := range fragments {
			checkFragment(t, d, fragment)
		}
	})
}

func checkFragment(t *testing.T, d *Document, f Fragment) {
	t.Helper()
	at := 0
	for _, h := range f.Holes {
		kinds := 0
		for _, is := range []bool{h.Link != nil, h.Task != nil, h.ID != ""} {
			if is {
				kinds++
			}
		}
		if h.At < at || h.At > len(f.HTML) || kinds != 1 {
			t.Fatalf("hole %+v in %q", h, f.HTML)
		}
		at = h.At
	}
	page := string(f.Fill(func(h Hole) string {
		switch {
		case h.ID != "":
			return ` id="` + html.EscapeString(h.ID) + `"`
		case h.Mark:
			return "open"
		case h.Task != nil:
			return "<span>state</span>"
		}
		if h.Link.Image {
			return `src="x"`
		}
		return "y"
	}))
	var open []string
	for z := html.NewTokenizer(strings.NewReader(page)); ; {
		switch z.Next() {
		case html.ErrorToken:
			if len(open) > 0 && !hasErrors(d) {
				t.Fatalf("%v is not closed in %q, made of %q", open, page, d.Source.Data)
			}
			return
		case html.StartTagToken:
			token := z.Token()
			checkTag(t, d, page, token)
			if token.Data != "br" && token.Data != "hr" && token.Data != "img" && token.Data != "input" {
				open = append(open, token.Data)
			}
		case html.SelfClosingTagToken:
			checkTag(t, d, page, z.Token())
		case html.EndTagToken:
			name := z.Token().Data
			if len(open) == 0 || open[len(open)-1] != name {
				t.Fatalf("</%s> closes %v in %q, made of %q", name, open, page, d.Source.Data)
			}
			open = open[:len(open)-1]
		}
	}
}

func hasErrors(d *Document) bool { return d.Findings.HasErrors() }

func checkTag(t *testing.T, d *Document, page string, token html.Token) {
	t.Helper()
	switch token.Data {
	case "a", "p", "ul", "ol", "li", "em", "strong", "del", "code", "pre", "blockquote", "br", "hr", "img", "table", "thead", "tbody", "tr", "th", "td", "div", "span", "h1", "h2", "h3", "h4", "h5", "h6":
	default:
		t.Fatalf("<%s> in %q, made of %q", token.Data, page, d.Source.Data)
	}
	for _, a := range token.Attr {
		switch a.Key {
		case "href":
			if !allowedScheme(a.Val) && !hasErrors(d) {
				t.Fatalf("href %q in %q, made of %q", a.Val, page, d.Source.Data)
			}
		case "id", "class", "src", "alt", "title", "start", "align", "tabindex":
		default:
			t.Fatalf("attribute %q in %q, made of %q", a.Key, page, d.Source.Data)
		}
	}
}

// FuzzAutoID: an id is never empty, is made of letters, digits and hyphens, and
// makes itself.
func FuzzAutoID(f *testing.F) {
	for _, seed := range []string{"", "A heading", "没有编号的问题？", "😀", "--a--", "a\u0301", "İ", "ǅ", "x y", "\xff", "ⅷ"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, title string) {
		id := autoID(title)
		if id == "" || strings.ContainsAny(id, " \t\n\"'<>&#%") || strings.HasPrefix(id, "-") || strings.HasSuffix(id, "-") || strings.Contains(id, "--") {
			t.Fatalf("%q makes %q", title, id)
		}
		if again := autoID(id); again != id {
			t.Fatalf("%q makes %q, which makes %q", title, id, again)
		}
	})
}
