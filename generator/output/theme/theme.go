// Package theme turns a folder of templates, messages, one style sheet and at most
// one script into pages.
//
// A theme is theme.toml, layouts/, partials/, assets/style.css, what follows it (assets/more.css),
// perhaps one more sheet for a kind of page (assets/report.css), assets/page.js, i18n/ and
// archetypes/. One that extends another brings only what differs. Load checks all of it and reports a
// theme's faults like an author's: with path, line and column. Templates are html/template, minified
// once as sources, and get pure functions only: t, dict, list, dir, join.
// A page is one file: the style sheet stands in it, and the content security
// policy names it by its SHA-256 hash (CSP Level 3), so that nothing else runs.
// So does the script, of 1,024 bytes at the most, on pages where something is due.
package theme

import (
	"math"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"candor/generator/diag"
	"candor/generator/fileset"
	"candor/generator/input/conflict"
	"candor/generator/message"
	"candor/generator/output/template"
	"candor/generator/site/config"
)

// Theme is a loaded theme with a site's parameters. It is safe for concurrent
// use.
type Theme struct {
	Name       string
	Params     map[string]any    // of theme.toml and, over them, of site.toml
	Properties map[string]string // likewise, by their names in theme.toml
	Pages      Pages

	policies   map[policyKey]string
	layers     []Layer             // the theme itself first, then what it extends
	files      fileset.Set         // of all layers
	grounds    map[string][]string // the properties of text, by that of what it is on
	sources    *template.Set       // as written, to say where an error is
	minified   *template.Set
	catalogues map[string]*message.Words
}

// moreStyle is what follows the style sheet: a theme that extends another can add to its looks.
const moreStyle = "assets/more.css"

// layouts are the templates that a theme must have: services only for a site that has some, bilingual
// only for a site in several languages.
var layouts = [...]string{"home", "progress", "updates", "faq", "report", "page", "404", "services", "record", "bilingual"}

// Load reads the theme of layers; the first goes before the others, file by file, message by message
// and setting by setting. The theme is nil when it cannot render.
func Load(layers []Layer, site *config.Site) (*Theme, diag.List) {
	t := &Theme{
		layers: layers, Pages: Pages{Full: math.MaxInt, FullBeside: math.MaxInt},
		policies: map[policyKey]string{}, catalogues: map[string]*message.Words{},
	}
	var found diag.List
	for _, l := range slices.Backward(layers) {
		t.files = fileset.Overlay(t.files, l.Files)
		for f := range l.Files.All() {
			found = append(found, conflict.Find(l.source(f.Path))...)
		}
	}
	if len(found) > 0 {
		return nil, found
	}
	properties, found := t.readSettings(site)
	found = append(found, t.loadCatalogues(site)...)
	needed := slices.DeleteFunc(slices.Clone(layouts[:]), func(name string) bool {
		return name == "services" && len(site.Services) == 0 || name == "bilingual" && len(site.Languages) < 2
	})
	found = append(found, t.loadTemplates(properties, needed)...)
	if found.Apply(site.Rules).HasErrors() {
		return nil, found
	}
	return t, found
}

// Words returns the messages in a language of the site.
func (t *Theme) Words(tag string) *message.Words { return t.catalogues[tag] }

// Layout returns the source of a layout such as "layouts/home", for findings.
func (t *Theme) Layout(name string) diag.Source { return t.source(name + ".html") }

func (t *Theme) loadTemplates(properties string, needed []string) diag.List {
	style, found := t.style("style.css", ":root{"+properties+"}")
	if _, ok := t.files.Get(moreStyle); ok {
		more, faults := t.style(path.Base(moreStyle), "")
		style, found = style+more, append(found, faults...)
	}
	script, faults := t.script()
	found = append(found, faults...)
	t.allow("", script, style)
	define, sheets := `{{define "style"}}<style>`+style+`</style>{{end}}`+scriptTemplate(script), ""
	for _, kind := range layouts { // a sheet that the pages of one kind have besides
		if _, ok := t.files.Get("assets/" + kind + ".css"); ok {
			text, f := t.style(kind+".css", "")
			found = append(found, f...)
			t.allow(kind, script, style, text)
			sheets += `{{if eq .Kind "` + kind + `"}}<style>` + text + `</style>{{end}}`
		}
	}
	define += `{{define "sheet"}}` + sheets + `{{end}}`
	if found.HasErrors() {
		return found
	}
	t.sources, t.minified = template.New(functions()), template.New(functions())
	for _, set := range []*template.Set{t.sources, t.minified} {
		if err := set.Parse("given", define); err != nil {
			panic("theme: " + err.Error()) // style and script have refused what is not itself in a template
		}
	}
	for f := range t.files.All() {
		name, ok := templateName(f.Path)
		if !ok {
			continue
		}
		if err := t.sources.Parse(name, string(f.Data)); err != nil {
			found = append(found, t.finding(err))
			continue
		}
		text, err := minifyTemplate(f.Data)
		if err == nil {
			err = t.minified.Parse(name, text)
		}
		if err != nil {
			found = append(found, t.source(f.Path).Whole("bad-value", diag.Textf("this template cannot be minified: %s", err.Error()), diag.Textf("check that its tags are closed")))
		}
	}
	var names []string
	for _, name := range needed {
		names = append(names, "layouts/"+name)
		if _, ok := t.files.Get("layouts/" + name + ".html"); !ok {
			found = append(found, t.source("layouts/"+name+".html").Whole("bad-value", diag.Textf("the theme has no layout \"%s\"", name), diag.Textf("a theme needs all of: %s", diag.Names(needed))))
		}
	}
	if len(found) == 0 {
		for _, err := range t.sources.Check(names) { // what cannot be made safe, although no page uses it
			found = append(found, t.finding(err))
		}
	}
	return found
}

// templateName returns how other templates call the file at path.
func templateName(path string) (string, bool) {
	stem, ok := strings.CutSuffix(path, ".html")
	if !ok {
		return "", false
	}
	if name, ok := strings.CutPrefix(stem, "partials/"); ok {
		return name, true
	}
	return stem, strings.HasPrefix(stem, "layouts/")
}

// position finds "name:line:col" in what text/template and html/template say.
var position = regexp.MustCompile(`(?:template: |html/template:)([^:\s]+):(\d+)(?::(\d+))?:? ?(.*)`)

// finding turns an error of a template into a finding.
func (t *Theme) finding(err error) diag.Diagnostic {
	hint := diag.Textf("the manual's page on themes lists what a template gets")
	m := position.FindStringSubmatch(strings.ReplaceAll(err.Error(), "\n", " "))
	if m == nil {
		return diag.Source{Path: t.layers[0].Root}.Whole("bad-value", diag.Textf("the theme cannot render: %s", err.Error()), hint)
	}
	name := "partials/" + m[1] + ".html"
	if strings.HasPrefix(m[1], "layouts/") {
		name = m[1] + ".html"
	}
	src := t.source(name)
	line, _ := strconv.Atoi(m[2])
	column, _ := strconv.Atoi(m[3])
	at := src.Offset(line, column)
	fault, _, _ := strings.Cut(m[4], ": {state") // html/template's own words for a context
	return src.At(at, at+1, "bad-value", diag.Textf("the template fails: %s", fault), hint)
}
