package template_test

import (
	"bytes"
	html "html/template"
	"io"
	"io/fs"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/require"

	"candor/generator/fileset"
	"candor/generator/input/attached"
	"candor/generator/input/content"
	"candor/generator/input/picture"
	"candor/generator/input/source"
	"candor/generator/output/page"
	"candor/generator/output/template"
	"candor/generator/output/theme"
	model "candor/generator/site"
	"candor/generator/site/config"
	"candor/generator/site/incident"
	"candor/themes"
)

// site is what it takes to render a site's pages in two ways.
type site struct {
	theme *theme.Theme
	tag   string
	pages []page.Page
}

// engines returns two engines for the templates of the theme "plain", in a language of th.
func engines(t testing.TB, th *theme.Theme, tag string) (*template.Renderer, *html.Template) {
	t.Helper()
	own := maps.Clone(functions)
	own["dir"] = func(args ...any) (any, error) { return config.Direction(args[0].(string)), nil }
	own["t"] = func(args ...any) (any, error) { return th.Words(tag).Say(args[0].(string), args[1:]...) }
	templates := map[string]string{
		"style": "<style>a{color:red}</style>", "sheet": `{{if eq .Kind "report"}}<style>b{color:red}</style>{{end}}`,
		"script": `{{with .Live}}<script type="module" data-since="{{.ISO}}">x()</script>{{end}}`,
	}
	require.NoError(t, fs.WalkDir(themes.FS, "plain", func(path string, _ fs.DirEntry, err error) error {
		name, ok := strings.CutSuffix(strings.TrimPrefix(path, "plain/"), ".html")
		if !ok || err != nil {
			return err
		}
		text, err := fs.ReadFile(themes.FS, path)
		templates[strings.TrimPrefix(name, "partials/")] = string(text)
		return err
	}))
	set, oracle := newEngines(t, templates, own)
	return set.Renderer(set, nil), oracle
}

// plain loads the theme "plain" for a site.
func plain(t testing.TB, settings *config.Site) *theme.Theme {
	t.Helper()
	own, err := fs.Sub(themes.FS, "plain")
	require.NoError(t, err)
	files, err := fileset.FromFS(own)
	require.NoError(t, err)
	th, found := theme.Load([]theme.Layer{{Root: "themes/plain", Files: files}}, settings)
	require.NotNil(t, th, "%v", found)
	return th
}

// plan plans all pages of a site as package generator does, in the given default
// language, without links to elsewhere.
func plan(t testing.TB, files fileset.Set, tag string) site {
	t.Helper()
	config, _ := config.Read(must(files.Get("site.toml")), time.LoadLocation)
	if config.DefaultLanguage != tag {
		config.DefaultLanguage = tag
		config.Languages[0].Tag = tag
	}
	s := site{theme: plain(t, config), tag: tag}
	at := config.At
	if at.IsZero() {
		at = time.Date(2026, 11, 9, 4, 0, 0, 0, time.UTC)
	}
	texts, evidence := map[string][]*content.Document{}, map[string][]*attached.File{}
	var standing []*content.Document
	for f := range files.All() {
		place := content.Locate(f.Path, []string{"en"})
		switch {
		case place.Lang != "":
		case place.Kind == content.Page:
			standing = append(standing, content.Parse(f, place))
		case place.Kind == content.Evidence:
			evidence[place.Folder()] = append(evidence[place.Folder()], attached.Read(f))
		case place.Kind == content.Index, place.Kind == content.FAQ, place.Kind == content.Report, place.Kind == content.Update:
			texts[place.Folder()] = append(texts[place.Folder()], content.Parse(f, place))
		}
	}
	frame := &model.Frame{Settings: config, Addresses: model.NewAddresses(config)}
	frame.Standing = incident.StandingTexts(standing)
	var incidents []*model.Incident
	for folder, docs := range texts {
		source := incident.NewSource(folder, docs)
		source.Evidence = evidence[folder]
		clock := incident.NewClock(at.In(config.Zone))
		inc, _ := incident.Assemble(config, source, clock)
		incidents = append(incidents, model.NewIncident(frame, source, inc, clock.Last()))
	}
	resolver := model.NewResolver(frame, incidents, new(picture.Converter).New)
	planner := page.NewPlanner(frame, s.theme, tag)
	for _, t := range frame.Standing {
		s.pages = append(s.pages, planner.Standing(&model.Page{Texts: t, Links: resolver.Resolve(standing)}))
	}
	var summaries []*page.Summary
	for _, inc := range incidents {
		if inc.Published() {
			inc.Links = resolver.Resolve(inc.Source.All)
			pages, summary := page.Incident([]*page.Planner{planner}, inc)
			s.pages, summaries = append(s.pages, pages...), append(summaries, summary...)
		}
	}
	summaries = page.MostPressing(summaries)
	s.pages = append(s.pages, planner.Home(summaries), planner.NotFound(summaries))
	return s
}

func must[T any](v T, ok bool) T {
	if !ok {
		panic("not there")
	}
	return v
}

// example returns the repository's own content.
func example(t testing.TB) fileset.Set {
	t.Helper()
	tree, err := source.NewReader("../../../content").Read()
	require.NoError(t, err)
	return tree.Files
}

func TestProgramsRenderPagesAsTemplatesDo(t *testing.T) {
	kinds := func(path string) fileset.Set {
		a, err := txtar.ParseFile(path)
		require.NoError(t, err)
		var files []fileset.File
		for _, f := range a.Files {
			files = append(files, fileset.NewFile(f.Name, f.Data))
		}
		return fileset.Must(files)
	}
	for _, s := range []site{
		plan(t, example(t), "zh-Hans"), plan(t, example(t), "en"),
		plan(t, kinds("../../../themes/testdata/kinds.zh-Hans.txtar"), "zh-Hans"), plan(t, kinds("../../../themes/testdata/kinds.en.txtar"), "en"),
	} {
		require.Greater(t, len(s.pages), 5)
		fast, oracle := engines(t, s.theme, s.tag)
		for _, p := range s.pages {
			var got, want bytes.Buffer
			require.NoError(t, fast.Run(&got, p.Layout, p.View), p.Output)
			require.NoError(t, oracle.ExecuteTemplate(&want, p.Layout, p.View), p.Output)
			require.Equal(t, want.String(), got.String(), p.Output)
		}
	}
}

// views are what layouts get.
var views = map[string]reflect.Type{
	"home": reflect.TypeFor[page.Home](), "progress": reflect.TypeFor[page.Progress](), "updates": reflect.TypeFor[page.Updates](), "faq": reflect.TypeFor[page.FAQ](),
	"report": reflect.TypeFor[page.Report](), "page": reflect.TypeFor[page.Standing](), "404": reflect.TypeFor[page.NotFound](), "bilingual": reflect.TypeFor[page.Bilingual](),
}

// hostileTexts are texts that must not get out of where they are put.
var hostileTexts = []string{
	"", "", "plain words", "信任", "<script>alert(1)</script>", `"'&+<>` + "`=", "\x00", "a\xffb\xc3", "javascript:alert(1)", "JavaScript:x", "/path/?a=b&c=d#e", "https://x.example/%zz%2f é",
	"tel:+44 1632", "\u2028\u202e\ufdd0\ufffe", "&amp;&#39;", "--><!--", "</title>", "\" onclick=\"x", "en", "home",
}

// fill gives a value random content: every list empty, short or long, every
// pointer nil or not. Only an update in a timeline is always there: templates fail
// without.
func fill(r *rand.Rand, v reflect.Value, depth int) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(hostileTexts[r.IntN(len(hostileTexts))])
	case reflect.Bool:
		v.SetBool(r.IntN(2) == 0)
	case reflect.Int:
		v.SetInt(int64([]int{0, 1, 2, 3, -4, 12345}[r.IntN(6)]))
	case reflect.Pointer:
		if depth < 7 && r.IntN(3) > 0 || v.Type() == reflect.TypeFor[*page.Update]() {
			v.Set(reflect.New(v.Type().Elem()))
			fill(r, v.Elem(), depth+1)
		}
	case reflect.Slice:
		if depth < 7 && r.IntN(3) > 0 {
			v.Set(reflect.MakeSlice(v.Type(), r.IntN(4), 4))
			for i := range v.Len() {
				fill(r, v.Index(i), depth+1)
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			fill(r, v.Field(i), depth+1)
		}
	case reflect.Map:
		v.Set(reflect.ValueOf(map[string]any{"accent": "<red>", "html": html.HTML("<b>"), "n": 3}))
	}
}

func TestProgramsRenderAnyView(t *testing.T) {
	settings := config.Default()
	th := plain(t, settings)
	fast, oracle := engines(t, th, "en")
	rendered, r := 0, rand.New(rand.NewPCG(1, 2))
	for range 300 {
		for _, layout := range slices.Sorted(maps.Keys(views)) {
			v := reflect.New(views[layout]).Elem()
			fill(r, v, 0)
			var got, want bytes.Buffer
			failed := oracle.ExecuteTemplate(&want, "layouts/"+layout, v.Interface())
			beyond := fast.Run(&got, "layouts/"+layout, v.Interface())
			require.Equal(t, failed == nil, beyond == nil, "%s: %v, %v", layout, failed, beyond)
			if failed == nil {
				rendered++
				require.Equal(t, want.String(), got.String(), layout)
			}
		}
	}
	require.Greater(t, rendered, 500)
	t.Logf("%d pages rendered", rendered)
}

// BenchmarkRender renders the pages of the example by programs, by html/template as a Renderer has it,
// and by html/template alone.
func BenchmarkRender(b *testing.B) {
	s := plan(b, example(b), "zh-Hans")
	fast, oracle := engines(b, s.theme, s.tag)
	slow, _ := engines(b, s.theme, s.tag)
	slow.Slowly()
	for name, render := range map[string]func(w *bytes.Buffer, name string, data any) error{
		"program": fast.Render, "counted": slow.Render,
		"template": func(w *bytes.Buffer, name string, data any) error {
			return oracle.ExecuteTemplate(io.Writer(w), name, data)
		},
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			var w bytes.Buffer
			for b.Loop() {
				for _, p := range s.pages {
					w.Reset()
					require.NoError(b, render(&w, p.Layout, p.View))
				}
			}
		})
	}
}
