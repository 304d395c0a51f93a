package theme

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
	"github.com/tdewolff/minify/v2/html"

	"candor/generator/diag"
	"candor/generator/input/tomldoc"
	"candor/generator/site/config"
)

// Pages is what a theme says of the size of its pages.
type Pages struct {
	Full       int    // how many of the newest updates a progress page shows in full
	FullBeside int    // likewise beside figures
	ImageSizes string // how wide images are shown, for their attribute sizes
}

// readSettings reads the theme.toml of each layer, lays the site's [params] over their defaults and
// returns the custom properties as CSS declarations.
func (t *Theme) readSettings(site *config.Site) (string, diag.List) {
	properties, found := t.readProperties(site)
	if !found.HasErrors() {
		found = append(found, t.contrast(properties)...)
	}
	var b strings.Builder
	t.Properties = map[string]string{}
	for _, key := range slices.Sorted(maps.Keys(properties)) {
		t.Properties[key] = properties[key].value
		fmt.Fprintf(&b, "--%s:%s;", key, properties[key].value)
	}
	return b.String(), found
}

// readProperties reads the settings of all layers and of the site, and returns the custom properties.
func (t *Theme) readProperties(site *config.Site) (map[string]property, diag.List) {
	var found diag.List
	properties := map[string]property{}
	t.Params, t.grounds = map[string]any{}, map[string][]string{}
	for _, l := range slices.Backward(t.layers) {
		found = append(found, t.readLayer(l, properties)...)
	}
	if found.HasErrors() {
		return nil, found
	}
	return properties, t.applyParams(site, properties)
}

// readLayer reads the theme.toml of one layer.
func (t *Theme) readLayer(l Layer, properties map[string]property) diag.List {
	src := l.source(settingsFile)
	if len(src.Data) == 0 {
		return diag.List{src.Whole("bad-value", diag.Textf("there is no theme here"),
			diag.Textf("theme in site.toml must name the theme \"plain\" or a folder in themes/ beside the content"))}
	}
	doc, table := tomldoc.Parse(src, 0, len(src.Data))
	if table == nil {
		return doc.Findings()
	}
	t.Name = table.String("name")
	table.String("description")
	table.String("extends")
	p := table.Table("properties")
	for _, key := range p.Keys() {
		from, to := tomldoc.Locate(src.Data, 0, len(src.Data), "properties."+key)
		properties[key] = property{value: p.String(key), at: func(rule string, message, hint diag.Text) diag.Diagnostic {
			return src.At(from, to, rule, message, hint)
		}}
		if !safeCSS(properties[key].value) || !safeName(key) {
			p.Report(key, "bad-value", diag.Textf("this cannot be in a style sheet"),
				diag.Textf("write a colour, a length or a list of fonts"))
		}
	}
	p = table.Table("params")
	for _, key := range p.Keys() {
		t.Params[key] = p.Any(key)
	}
	p = table.Table("contrast")
	for _, ground := range p.Keys() {
		t.grounds[ground] = append(t.grounds[ground], p.Strings(ground)...)
		for _, key := range append(p.Strings(ground), ground) {
			if _, ok := properties[key]; !ok {
				p.Report(ground, "bad-value", diag.Textf("the theme has no property \"%s\"", key),
					tomldoc.Meant(key, slices.Sorted(maps.Keys(properties)), diag.Textf("add it to [properties]")))
			}
		}
	}
	p = table.Table("pages")
	t.Pages.Full = cmp.Or(p.Int("full", 1, 500), t.Pages.Full)
	t.Pages.FullBeside = cmp.Or(p.Int("full_beside_figures", 1, 500), t.Pages.FullBeside)
	t.Pages.ImageSizes = cmp.Or(p.String("image_sizes"), t.Pages.ImageSizes)
	p.Done(nil)
	table.Done(nil)
	return doc.Findings()
}

// applyParams puts the site's [params] over the theme's.
func (t *Theme) applyParams(site *config.Site, properties map[string]property) diag.List {
	var found diag.List
	known := slices.Concat(slices.Collect(maps.Keys(properties)), slices.Collect(maps.Keys(t.Params)))
	slices.Sort(known)
	for _, key := range slices.Sorted(maps.Keys(site.Params)) {
		if len(found) == findingsLimit {
			break
		}
		text, _ := site.Params[key].(string)
		_, isProperty := properties[key]
		_, isParam := t.Params[key]
		switch {
		case isProperty && safeCSS(text):
			properties[key] = property{value: text, ours: true, at: func(rule string, message, hint diag.Text) diag.Diagnostic {
				return site.AtKey("params."+key, rule, message, hint)
			}}
		case isProperty:
			found = append(found, site.AtKey("params."+key, "bad-value", diag.Textf("%s must be a colour, a length or a list of fonts", key),
				diag.Textf("such as %s = \"#1b1b19\"", key)))
		case isParam:
			t.Params[key] = site.Params[key]
		default:
			found = append(found, site.AtKey("params."+key, "unknown-key", diag.Textf("the theme \"%s\" has no parameter \"%s\"", t.Name, key), tomldoc.Choices(key, known)))
		}
	}
	return found
}

// safeCSS says whether a value stays inside its declaration and asks for
// nothing from elsewhere.
func safeCSS(value string) bool {
	return value != "" && len(value) < 500 && !strings.ContainsAny(value, ";{}<>@\\\n\r!&") && !strings.Contains(value, "/*") &&
		!strings.Contains(strings.ToLower(value), "url(") && strings.Count(value, "'")%2 == 0 && strings.Count(value, `"`)%2 == 0 &&
		strings.Count(value, "(") == strings.Count(value, ")")
}

func safeName(key string) bool {
	return key != "" && strings.Trim(key, "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
}

// style returns a style sheet with what goes before it, minified.
func (t *Theme) style(name, before string) (string, diag.List) {
	src := t.source("assets/" + name)
	m := minify.New()
	m.Add("text/css", &css.Minifier{Version: 0})
	text, err := m.String("text/css", before+string(src.Data))
	if err != nil {
		return "", diag.List{src.Whole("bad-value", diag.Textf("the style sheet cannot be read: %s", err.Error()), diag.Text{})}
	}
	if strings.Contains(text, "</") || strings.Contains(text, "{{") {
		return "", diag.List{src.Whole("bad-value", diag.Textf("the style sheet has </ or {{, which would end it"), diag.Text{})}
	}
	return text, nil
}

// minifyTemplate takes what the browser does not need out of a template's source.
// Quotation marks and end tags stay: html/template reads the context from them.
func minifyTemplate(source []byte) (string, error) {
	m := minify.New()
	m.Add("text/html", &html.Minifier{
		TemplateDelims:      html.GoTemplateDelims,
		KeepDocumentTags:    true,
		KeepEndTags:         true,
		KeepQuotes:          true,
		KeepDefaultAttrVals: true,
	})
	return m.String("text/html", string(source))
}
