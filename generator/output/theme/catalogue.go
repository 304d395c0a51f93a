package theme

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"candor/generator/diag"
	"candor/generator/input/tomldoc"
	"candor/generator/message"
	"candor/generator/site/config"
)

// loadCatalogues finds for each language of the site the catalogue of each layer that is nearest to
// it, and reports a language without one. The words of a language are those of the generator, over
// them the theme's, over these the site's.
func (t *Theme) loadCatalogues(site *config.Site) diag.List {
	var found diag.List
	all := make([]catalogues, len(t.layers))
	tags := 0
	for i, l := range t.layers {
		var faults diag.List
		all[i], faults = cataloguesOf(l)
		found, tags = append(found, faults...), tags+len(all[i].tags)
	}
	whole := diag.Source{Path: t.layers[0].Root + "/i18n"}
	if tags == 0 {
		return append(found, whole.Whole("bad-value", diag.Textf("the theme has no messages"),
			diag.Textf("copy i18n/en.toml from the theme \"plain\"")))
	}
	for _, l := range site.Languages {
		words, faults := readCatalogues(all, l.Tag)
		found = append(found, faults...)
		if words == nil {
			found = append(found, whole.Whole("bad-value", diag.Textf("the theme has no messages in \"%s\"", l.Tag),
				diag.Textf("copy i18n/en.toml to themes/%s/i18n/%s.toml beside the content and translate it",
					site.Theme, l.Tag)))
			continue
		}
		found = append(found, unknownMessages(words, site, l)...)
		t.catalogues[l.Tag] = words.With(l.Messages)
	}
	return found.Sort()
}

// catalogues are those of one layer.
type catalogues struct {
	tags    []string
	sources []diag.Source
}

func cataloguesOf(l Layer) (catalogues, diag.List) {
	var c catalogues
	var found diag.List
	for f := range l.Files.Under("i18n").All() {
		tag, ok := strings.CutSuffix(strings.TrimPrefix(f.Path, "i18n/"), ".toml")
		if _, err := language.Parse(tag); !ok || err != nil {
			found = append(found, l.source(f.Path).Whole("bad-value", diag.Textf("this is not named after a language"),
				diag.Textf("name it i18n/<tag>.toml, such as i18n/en.toml")))
			continue
		}
		c.tags, c.sources = append(c.tags, tag), append(c.sources, l.source(f.Path))
	}
	return c, found
}

// readCatalogues returns the generator's words in a language with those of all layers, the first one's
// over the others; nil if no layer has any.
func readCatalogues(all []catalogues, tag string) (words *message.Words, found diag.List) {
	var src diag.Source
	for _, c := range slices.Backward(all) {
		i := message.Nearest(tag, c.tags)
		if i < 0 {
			continue
		}
		if words == nil {
			words = message.Reader(tag)
		}
		src = c.sources[i]
		doc, table := tomldoc.Parse(src, 0, len(src.Data))
		if table != nil {
			words = words.With(config.Messages(table))
		}
		found = append(found, doc.Findings()...)
	}
	if words == nil || found.HasErrors() {
		return words, found
	}
	missing := slices.DeleteFunc(message.Needed(), words.Has)
	if len(missing) > 0 {
		const named = 5
		if len(missing) > named {
			missing = append(missing[:named], "…")
		}
		found = append(found, src.Whole("bad-value",
			diag.Textf("messages are missing: %s", diag.Names(missing)),
			diag.Textf("Candor has no words of its own in %s: translate generator/message/reader/en.toml of its sources", tag)))
	}
	return words, found
}

// findingsLimit bounds what is reported of one table of site.toml: each place is looked for anew.
const findingsLimit = 20

// unknownMessages reports what a site says in its own words and nobody asks for.
func unknownMessages(words *message.Words, site *config.Site, l config.Language) diag.List {
	var found diag.List
	for _, key := range slices.Sorted(maps.Keys(l.Messages)) {
		if len(found) == findingsLimit {
			break
		}
		if said, has := words.Forms(key); has {
			if place := places(l.Messages[key]).without(places(said)); place != "" {
				found = append(found, site.AtKey("languages."+l.Tag+".messages."+key, "bad-value",
					diag.Textf("nothing is written in the place of %s", place), placesHint(places(said))))
			}
			continue
		}
		if strings.HasPrefix(key, "zones.") {
			continue
		}
		hint := diag.Textf("the manual's page on themes says where all of them are")
		if near := tomldoc.Nearest(key, words.Keys()); near != "" {
			hint = diag.Textf("did you mean \"%s\"?", near)
		}
		found = append(found, site.AtKey("languages."+l.Tag+".messages."+key, "unknown-key",
			diag.Textf("the theme has no message \"%s\"", key), hint))
	}
	return found
}

var place = regexp.MustCompile(`\{[0-9]+\}`)

// placeList are the places {0}, {1} … that the forms of a message have.
type placeList []string

func places(forms message.Forms) placeList {
	list := placeList(place.FindAllString(strings.Join(forms[:], " "), -1))
	slices.Sort(list)
	return slices.Compact(list)
}

// without returns the first place that other places lack; empty if they have all.
func (l placeList) without(others placeList) string {
	if i := slices.IndexFunc(l, func(p string) bool { return !slices.Contains(others, p) }); i >= 0 {
		return l[i]
	}
	return ""
}

func placesHint(known placeList) diag.Text {
	if len(known) == 0 {
		return diag.Textf("remove it: this message has no places")
	}
	return diag.Textf("this message has only %s", diag.Names(known))
}
