package themes_test

import (
	"bytes"
	"net/url"
	"path"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/text/language"

	"candor/generator/input/source"
)

// elements parses a page and calls f for each of its elements in turn.
func elements(t *testing.T, data []byte, f func(*html.Node)) {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		if n.Type == html.ElementNode {
			f(n)
		}
	}
}

func attribute(n *html.Node, key string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val, true
		}
	}
	return "", false
}

// TestDocument: every page, of every site, is one that tools can read: one h1, no
// skipped level of headings, ids that are its own, languages that exist, times
// that are times.
func TestDocument(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		for _, page := range s.pages() {
			level, firsts, ids := 0, 0, map[string]bool{}
			elements(t, s.html(page), func(n *html.Node) {
				if len(n.Data) == 2 && n.Data[0] == 'h' && n.Data[1] >= '1' && n.Data[1] <= '6' {
					next := int(n.Data[1] - '0')
					if next > level+1 {
						t.Errorf("%s: a heading of level %d follows one of level %d", page, next, level)
					}
					if level = next; level == 1 {
						firsts++
					}
				}
				if id, ok := attribute(n, "id"); ok {
					if ids[id] || id == "" || strings.ContainsAny(id, " \t\n") {
						t.Errorf("%s: the id %q is not one, or there twice", page, id)
					}
					ids[id] = true
				}
				if lang, ok := attribute(n, "lang"); ok {
					if _, err := language.Parse(lang); err != nil {
						t.Errorf("%s: <%s lang=%q>", page, n.Data, lang)
					}
				}
				if datetime, ok := attribute(n, "datetime"); n.Data == "time" && (!ok || !isInstant(datetime)) {
					t.Errorf("%s: <time datetime=%q>", page, datetime)
				}
				if lang, _ := attribute(n, "lang"); n.Data == "html" && lang != s.langOf(page) {
					t.Errorf("%s: <html lang=%q>", page, lang)
				}
			})
			if firsts != 1 && !strings.HasSuffix(page, "/banner/") { // a frame of another page
				t.Errorf("%s has %d h1", page, firsts)
			}
		}
	})
}

// isInstant says whether a datetime attribute is an instant with an offset, or a
// day.
func isInstant(text string) bool {
	_, instant := time.Parse(time.RFC3339, text)
	_, day := time.Parse(time.DateOnly, text)
	return instant == nil || day == nil
}

// TestLinks: every link of every page leads to a page, a file or an id that is
// there, or to an address of a kind that is allowed.
func TestLinks(t *testing.T) {
	each(t, func(t *testing.T, s *site) { crawl(t, s, "/") })
}

// TestLinksBelow: the same where the site lives below a path of its host.
func TestLinksBelow(t *testing.T) {
	t.Parallel()
	tree, err := source.NewReader("../content").Read()
	if err != nil {
		t.Fatal(err)
	}
	s, err := serve("below", tree.Files, time.Time{}, "https://host.example/crisis/pages/")
	if err != nil {
		t.Fatal(err)
	}
	defer s.server.Close()
	crawl(t, s, "/crisis/pages/")
}

func crawl(t *testing.T, s *site, base string) {
	t.Helper()
	ids, links := map[string][]string{}, map[string][]string{}
	for _, page := range s.pages() {
		elements(t, s.html(page), func(n *html.Node) {
			if id, ok := attribute(n, "id"); ok {
				ids[page] = append(ids[page], id)
			}
			canonical := false
			if rel, _ := attribute(n, "rel"); n.Data == "link" && rel == "canonical" {
				canonical = true
			}
			for _, key := range []string{"href", "src"} {
				if to, ok := attribute(n, key); ok && !canonical {
					links[page] = append(links[page], to)
				}
			}
		})
	}
	count := 0
	for page, list := range links {
		for _, to := range list {
			if problem := leads(s, ids, strings.TrimSuffix(base, "/")+page, to, base); problem != "" {
				t.Errorf("%s: %s: %s", page, to, problem)
			}
			count++
		}
	}
	if count < 10 {
		t.Errorf("only %d links were found", count)
	}
}

// leads says what is wrong with a link, or nothing.
func leads(s *site, ids map[string][]string, from, to, base string) string {
	here := &url.URL{Scheme: "https", Host: "host.example", Path: from}
	u, err := here.Parse(to)
	switch {
	case err != nil:
		return err.Error()
	case u.Scheme == "tel" || u.Scheme == "mailto" || to == "data:,":
		return ""
	case u.Scheme != "https" && u.Scheme != "http":
		return "not an allowed kind of address"
	case u.Host != here.Host:
		return ""
	}
	below, ok := strings.CutPrefix(u.Path, base)
	if !ok {
		return "leads out of the site"
	}
	target := "/" + below
	file := below
	if below == "" || strings.HasSuffix(below, "/") {
		file = path.Join(below, "index.html")
	}
	if _, ok := s.output.Get(file); !ok {
		return "there is no " + file
	}
	if u.Fragment != "" && !slices.Contains(ids[target], u.Fragment) {
		return "there is no such id on " + target
	}
	return ""
}
