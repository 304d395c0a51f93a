package theme

import (
	"maps"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"candor/generator/diag"
	"candor/generator/input/tomldoc"
	"candor/generator/message"
	"candor/generator/site/config"
)

// loadCatalogues finds for each language of the site the theme's catalogue that is nearest to it,
// and reports a language without one. The words of a language are those of the generator, over them
// the theme's, over these the site's.
func (t *Theme) loadCatalogues(site *config.Site) diag.List {
	var found diag.List
	var tags, paths []string
	for f := range t.files.Under("i18n").All() {
		tag, ok := strings.CutSuffix(strings.TrimPrefix(f.Path, "i18n/"), ".toml")
		if _, err := language.Parse(tag); !ok || err != nil {
			found = append(found, t.source(f.Path).Whole("bad-value", diag.Textf("this is not named after a language"),
				diag.Textf("name it i18n/<tag>.toml, such as i18n/en.toml")))
			continue
		}
		tags, paths = append(tags, tag), append(paths, f.Path)
	}
	whole := diag.Source{Path: t.root + "/i18n"}
	if len(tags) == 0 {
		return append(found, whole.Whole("bad-value", diag.Textf("the theme has no messages"),
			diag.Textf("copy i18n/en.toml from the theme \"plain\"")))
	}
	for _, l := range site.Languages {
		i := message.Nearest(l.Tag, tags)
		if i < 0 {
			found = append(found, whole.Whole("bad-value", diag.Textf("the theme has no messages in \"%s\"", l.Tag),
				diag.Textf("copy i18n/en.toml to themes/%s/i18n/%s.toml beside the content and translate it",
					site.Theme, l.Tag)))
			continue
		}
		words, faults := t.readCatalogue(paths[i], l.Tag)
		found = append(append(found, faults...), unknownMessages(words, site, l)...)
		t.catalogues[l.Tag] = words.With(l.Messages)
	}
	return found.Sort()
}

// readCatalogue returns the generator's words in a language with those of a catalogue of the theme.
func (t *Theme) readCatalogue(path, tag string) (*message.Words, diag.List) {
	src := t.source(path)
	doc, table := tomldoc.Parse(src, 0, len(src.Data))
	if table == nil {
		return message.Reader(tag), doc.Findings()
	}
	words := message.Reader(tag).With(config.Messages(table))
	found := doc.Findings()
	missing := slices.DeleteFunc(message.Needed(), words.Has)
	if len(missing) > 0 {
		const named = 5
		if len(missing) > named {
			missing = append(missing[:named], "…")
		}
		found = append(found, src.Whole("bad-value",
			diag.Textf("messages are missing: %s", strings.Join(missing, ", ")),
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
		if words.Has(key) || strings.HasPrefix(key, "zones.") {
			continue
		}
		if len(found) == findingsLimit {
			break
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
