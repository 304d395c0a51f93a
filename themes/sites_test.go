package themes_test

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/BurntSushi/toml"
	"github.com/rogpeppe/go-internal/txtar"

	"candor/generator"
	"candor/generator/fileset"
	"candor/generator/input/source"
	"candor/generator/input/tomldoc"
	"candor/themes"
)

// site is a built site, served on the loopback interface.
type site struct {
	name    string
	lang    string
	theme   string // empty for that of site.toml
	content fileset.Set
	output  fileset.Set
	at      time.Time // the instant that it was built for
	address string    // of the server, without a slash at its end
	tags    []string  // of its other languages
	looked  []string  // the pages that the browser looks at: one of each kind and state
	server  *httptest.Server
}

// langOf returns the language of a page.
func (s *site) langOf(page string) string {
	for _, tag := range s.tags {
		if strings.HasPrefix(page, "/"+tag+"/") {
			return tag
		}
	}
	return s.lang
}

// bilingual are those of the pages that are looked at that have languages side by side.
func (s *site) bilingual() []string {
	return slices.DeleteFunc(slices.Clone(s.looked), func(page string) bool { return !strings.Contains(page, "/bilingual/") })
}

// url returns the full address of a page.
func (s *site) url(page string) string { return s.address + page }

// pages lists every page, as paths that begin with a slash.
func (s *site) pages() []string {
	var list []string
	for f := range s.output.All() {
		if path, ok := strings.CutSuffix("/"+f.Path, "index.html"); ok || strings.HasSuffix(path, ".html") {
			list = append(list, path)
		}
	}
	return list
}

// html returns the file behind a page.
func (s *site) html(page string) []byte {
	path := strings.TrimPrefix(page, "/")
	if path == "" || strings.HasSuffix(path, "/") {
		path += "index.html"
	}
	f, _ := s.output.Get(path)
	return f.Data
}

const (
	allergy = "/tarnmoss-essence-allergy/"
	remark  = "/claysnipe-livestream-remark/"
	claim   = "/flossrill-wash-count/"
)

// allSites are the sites that the tests look at, each in Chinese and in English.
var allSites = sync.OnceValues(func() ([]*site, error) {
	tree, err := source.NewReader("../content").Read()
	if err != nil {
		return nil, err
	}
	chinese := tree.Files
	english, err := inEnglish(chinese)
	if err != nil {
		return nil, err
	}
	var sites []*site
	for _, example := range []struct {
		lang  string
		files fileset.Set
	}{{"zh-Hans", chinese}, {"en", english}} {
		made, err := sitesOf(example.lang, example.files)
		if err != nil {
			return nil, err
		}
		sites = append(sites, made...)
	}
	proof, err := proofSite(chinese)
	if err != nil {
		return nil, err
	}
	status, err := statusSites(english)
	if err != nil {
		return nil, err
	}
	return append(append(sites, proof), status...), nil
})

// statusSites are the example in the theme "status", and a site of services.
func statusSites(example fileset.Set) ([]*site, error) {
	later, err := archive("testdata/later.en.txtar")
	if err != nil {
		return nil, err
	}
	busy, err := archive("testdata/status.txtar")
	if err != nil {
		return nil, err
	}
	noon := time.Date(2026, 11, 9, 4, 0, 0, 0, time.UTC)
	var sites []*site
	for _, s := range []struct {
		name   string
		files  fileset.Set
		at     time.Time
		looked []string
	}{
		{"example-status", example, time.Time{}, []string{"/", "/404.html", "/services/", allergy, allergy + "faq/", remark + "report/"}},
		{"twenty-status", fileset.Overlay(example, later), noon, []string{allergy}},
		{"services", busy, time.Time{}, []string{"/", "/zh-Hans/", "/services/", "/card-payments/", "/zh-Hans/card-payments/",
			"/sync-move/", "/slow-search/", "/404.html"}},
	} {
		made, err := serveInput(s.name, generator.Input{Content: s.files, Instant: tomldoc.Instant(s.at), Now: time.Unix(0, 0),
			Theme: "status"})
		if err != nil {
			return nil, err
		}
		made.lang, made.tags, made.looked = "en", []string{"zh-Hans"}, s.looked
		sites = append(sites, made)
	}
	return sites, nil
}

// proofSite is the example in two more languages, one of them written from right
// to left, into which little of it is translated.
func proofSite(example fileset.Set) (*site, error) {
	texts, err := archive("testdata/proof.txtar")
	if err != nil {
		return nil, err
	}
	settings, _ := example.Get("site.toml")
	more, _ := texts.Get("languages.toml")
	files := []fileset.File{fileset.NewFile("site.toml", slices.Concat(settings.Data, []byte("\n"), more.Data))}
	for f := range texts.All() {
		if f.Path != "languages.toml" {
			files = append(files, f)
		}
	}
	s, err := serve("proof", fileset.Overlay(example, fileset.Must(files)), time.Time{}, "")
	if err != nil {
		return nil, err
	}
	s.lang, s.tags = "zh-Hans", []string{"en", "zh-Hant", "ar"}
	s.looked = []string{"/ar/", "/ar" + claim, "/ar" + claim + "faq/", "/ar" + claim + "bilingual/"}
	return s, nil
}

func sitesOf(lang string, example fileset.Set) ([]*site, error) {
	kinds, err := archive("testdata/kinds." + lang + ".txtar")
	if err != nil {
		return nil, err
	}
	later, err := archive("testdata/later." + lang + ".txtar")
	if err != nil {
		return nil, err
	}
	pages := []string{"/", "/404.html", "/about/", "/services/", "/app-maintenance/", allergy, allergy + "faq/", allergy + "updates/1/", remark, remark + "report/", claim}
	other := "zh-Hans" // in which nothing is said but the original
	if lang == "zh-Hans" {
		other = "en"
		pages = append(pages, allergy+"bilingual/")
	}
	pages = append(pages, "/"+other+allergy)
	var sites []*site
	for _, s := range []struct {
		name   string
		files  fileset.Set
		at     time.Time
		looked []string
	}{
		{"example", example, time.Time{}, pages},
		{"kinds", kinds, time.Time{}, []string{"/", "/level-2/", "/level-2/updates/1/", "/level-2/updates/2/", "/level-3/", "/drill/", "/silent/"}},
		{"quiet", without(example, "incidents/tarnmoss", "incidents/flossrill"), time.Time{}, []string{"/", "/404.html"}},
		{"twenty", fileset.Overlay(example, later), time.Date(2026, 11, 9, 4, 0, 0, 0, time.UTC), []string{allergy}},
	} {
		made, err := serve(s.name+"-"+lang, s.files, s.at, "")
		if err != nil {
			return nil, err
		}
		made.lang, made.tags, made.looked = lang, []string{other}, s.looked
		sites = append(sites, made)
	}
	return sites, nil
}

// serve builds a site that stands at an instant, or the one that it names itself,
// and starts its server.
func serve(name string, content fileset.Set, at time.Time, baseURL string) (*site, error) {
	return serveInput(name, generator.Input{Content: content, Instant: tomldoc.Instant(at), Now: time.Unix(0, 0), BaseURL: baseURL})
}

func serveInput(name string, in generator.Input) (*site, error) {
	in.Zones = time.LoadLocation
	var err error
	in.Themes, err = fileset.FromFS(themes.FS)
	if err != nil {
		return nil, err
	}
	result := generator.New().Build(in)
	if result.Output.Len() == 0 {
		return nil, fmt.Errorf("the site %s does not build: %v", name, result.Diagnostics)
	}
	server := httptest.NewServer(http.FileServerFS(result.Output))
	return &site{name: name, theme: in.Theme, content: in.Content, output: result.Output, at: result.At, address: server.URL, server: server}, nil
}

func closeSites() {
	sites, _ := allSites()
	for _, s := range sites {
		s.server.Close()
	}
	sites, _ = liveSites()
	for _, s := range sites {
		s.server.Close()
	}
}

// each runs a test on every site, two or so at a time.
func each(t *testing.T, f func(t *testing.T, s *site)) {
	t.Helper()
	t.Parallel()
	sites, err := allSites()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range sites {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			f(t, s)
		})
	}
}

// eachPage opens every page that is looked at in a tab of its site.
func eachPage(t *testing.T, f func(b *tab, s *site, page string)) {
	t.Helper()
	each(t, func(t *testing.T, s *site) {
		b := newTab(t)
		for _, page := range s.looked {
			b.open(s.url(page))
			f(b, s, page)
		}
	})
}

// archive reads a content folder that is kept in one file.
func archive(path string) (fileset.Set, error) {
	a, err := txtar.ParseFile(path)
	if err != nil {
		return fileset.Set{}, err
	}
	files := make([]fileset.File, len(a.Files))
	for i, f := range a.Files {
		files[i] = fileset.NewFile(f.Name, f.Data)
	}
	return fileset.New(files)
}

// without leaves out the files whose paths begin so.
func without(files fileset.Set, prefixes ...string) fileset.Set {
	var kept []fileset.File
	for f := range files.All() {
		if !slices.ContainsFunc(prefixes, func(prefix string) bool { return strings.HasPrefix(f.Path, prefix) }) {
			kept = append(kept, f)
		}
	}
	return fileset.Must(kept)
}

// inEnglish makes the example a site whose default language is English: what a
// translation says takes the place of the original's words, the facts stay.
func inEnglish(files fileset.Set) (fileset.Set, error) {
	var out []fileset.File
	for f := range files.All() {
		stem, isText := strings.CutSuffix(f.Path, ".md")
		translation, translated := files.Get(stem + ".en.md")
		switch {
		case strings.HasSuffix(f.Path, ".en.md"):
		case f.Path == "site.toml":
			data, err := edit(f.Data, func(site map[string]any) {
				english := site["languages"].(map[string]any)["en"].(map[string]any)
				for _, key := range []string{"title", "organisation", "summary"} {
					site[key] = english[key]
				}
				site["default_language"] = "en"
			})
			if err != nil {
				return fileset.Set{}, err
			}
			out = append(out, fileset.NewFile(f.Path, data))
		case isText && translated:
			data, err := overlay(f.Data, translation.Data)
			if err != nil {
				return fileset.Set{}, fmt.Errorf("%s: %w", f.Path, err)
			}
			out = append(out, fileset.NewFile(f.Path, data))
		default:
			out = append(out, f)
		}
	}
	return fileset.New(out)
}

// overlay puts the words and the body of a translation over the facts of its
// original.
func overlay(original, translation []byte) ([]byte, error) {
	_, facts, _ := bytes.Cut(original, []byte("+++\n"))
	facts, _, _ = bytes.Cut(facts, []byte("+++\n"))
	_, words, _ := bytes.Cut(translation, []byte("+++\n"))
	words, body, _ := bytes.Cut(words, []byte("+++\n"))
	var over map[string]any
	if err := toml.Unmarshal(words, &over); err != nil {
		return nil, err
	}
	front, err := edit(facts, func(m map[string]any) {
		for key, value := range over {
			m[key] = value
		}
	})
	return slices.Concat([]byte("+++\n"), front, []byte("+++\n"), body), err
}

func edit(data []byte, change func(map[string]any)) ([]byte, error) {
	var m map[string]any
	if err := toml.Unmarshal(data, &m); err != nil {
		return nil, err
	}
	change(m)
	return toml.Marshal(m)
}
