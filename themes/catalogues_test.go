package themes_test

import (
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"

	"candor/themes"
)

// messagesOf reads a catalogue of the theme "plain": each text by its key, of
// plural forms all by the key and the category.
func messagesOf(t *testing.T, path string) map[string]string {
	t.Helper()
	data, err := fs.ReadFile(themes.FS, path)
	if err != nil {
		t.Fatal(err)
	}
	var tables map[string]map[string]any
	if err := toml.Unmarshal(data, &tables); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	texts := map[string]string{}
	for table, entries := range tables {
		for key, value := range entries {
			switch value := value.(type) {
			case string:
				if table == "numbers" && strings.HasPrefix(key, "e") {
					continue // large numbers are cut where the language cuts them: thousands, or 万
				}
				texts[table+"."+key] = value
			case map[string]any:
				for category, text := range value {
					texts[table+"."+key+" "+category] = text.(string)
				}
			}
		}
	}
	return texts
}

// keysOf lists the messages themselves, without plural categories.
func keysOf(texts map[string]string) []string {
	var keys []string
	for key := range texts {
		key, _, _ = strings.Cut(key, " ")
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

var argument = regexp.MustCompile(`\{[0-9]\}`)

// TestCatalogues: every catalogue says everything that the English one says, with
// the same arguments, in all plural forms that its language has.
func TestCatalogues(t *testing.T) {
	paths, err := fs.Glob(themes.FS, "plain/i18n/*.toml")
	if err != nil || len(paths) < 4 {
		t.Fatal(paths, err)
	}
	english := messagesOf(t, "plain/i18n/en.toml")
	for _, path := range paths {
		tag := strings.TrimSuffix(strings.TrimPrefix(path, "plain/i18n/"), ".toml")
		texts := messagesOf(t, path)
		if want, got := keysOf(english), keysOf(texts); !slices.Equal(want, got) {
			t.Errorf("%s: lacks %v, has besides %v", path, minus(want, got), minus(got, want))
		}
		for key, text := range texts {
			name, category, plural := strings.Cut(key, " ")
			if strings.TrimSpace(text) == "" {
				t.Errorf("%s: %s is empty", path, key)
			}
			wanted, ok := english[name]
			if !ok {
				wanted = english[name+" other"]
			}
			a, b := argument.FindAllString(wanted, -1), argument.FindAllString(text, -1)
			slices.Sort(a)
			slices.Sort(b)
			if may := plural && category != "other"; !slices.Equal(a, b) && !(may && len(b) == 0) { // "one day" needs no number
				t.Errorf("%s: %s has the arguments %v, not %v", path, key, b, a)
			}
			if plural {
				for _, c := range categoriesOf(tag) {
					if _, ok := texts[name+" "+c]; !ok {
						t.Errorf("%s: %s has no form %q", path, name, c)
					}
				}
			}
		}
	}
}

// categoriesOf returns the plural categories of a language, by CLDR.
func categoriesOf(tag string) []string {
	names := map[plural.Form]string{plural.Zero: "zero", plural.One: "one", plural.Two: "two", plural.Few: "few", plural.Many: "many", plural.Other: "other"}
	var list []string
	for n := range 200 {
		if name := names[plural.Cardinal.MatchPlural(language.Make(tag), n, 0, 0, 0, 0)]; !slices.Contains(list, name) {
			list = append(list, name)
		}
	}
	return list
}

func minus(a, b []string) []string {
	return slices.DeleteFunc(slices.Clone(a), func(s string) bool { return slices.Contains(b, s) })
}
