package themes_test

import (
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"

	"candor/generator/message"
	"candor/themes"
)

// messagesOf reads a catalogue for readers: each text by its key, of
// plural forms all by the key and the category.
func messagesOf(t *testing.T, catalogues fs.FS, path string) map[string]string {
	t.Helper()
	data, err := fs.ReadFile(catalogues, path)
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

// TestCatalogues: every catalogue for readers says everything that the English one says, with
// the same arguments, in all plural forms that its language has: those of the theme "plain", and those
// of the generator.
func TestCatalogues(t *testing.T) {
	layouts, err := fs.Sub(themes.FS, "plain/i18n")
	if err != nil {
		t.Fatal(err)
	}
	for name, catalogues := range map[string]fs.FS{
		"themes/plain/i18n": layouts, "generator/message/reader": os.DirFS("../generator/message/reader"),
	} {
		paths, err := fs.Glob(catalogues, "*.toml")
		if err != nil || len(paths) < 4 {
			t.Fatal(name, paths, err)
		}
		english := messagesOf(t, catalogues, "en.toml")
		for _, path := range paths {
			tag := strings.TrimSuffix(path, ".toml")
			checkCatalogue(t, name+"/"+path, tag, english, messagesOf(t, catalogues, path))
		}
	}
}

func checkCatalogue(t *testing.T, path, tag string, english, texts map[string]string) {
	t.Helper()
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
		may := plural && category != "other" // "one day" needs no number
		if !slices.Equal(a, b) && !(may && len(b) == 0) {
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

var asking = regexp.MustCompile(`\bt "([a-z]+\.[a-z-]+)"`)

// TestLayoutWords: the theme "plain" brings the words that its templates ask for and the generator
// does not have, and no others.
func TestLayoutWords(t *testing.T) {
	asked := map[string]bool{}
	err := fs.WalkDir(themes.FS, "plain", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".html") {
			return err
		}
		data, err := fs.ReadFile(themes.FS, path)
		for _, m := range asking.FindAllSubmatch(data, -1) {
			asked[string(m[1])] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	own, generator := keysOf(messagesOf(t, themes.FS, "plain/i18n/en.toml")), message.Needed()
	for key := range asked {
		if !slices.Contains(own, key) && !slices.Contains(generator, key) {
			t.Errorf("a template asks for %s, which nobody has", key)
		}
	}
	for _, key := range own {
		if !asked[key] {
			t.Errorf("no template asks for %s", key)
		}
		if slices.Contains(generator, key) {
			t.Errorf("%s is the generator's already", key)
		}
	}
}

// categoriesOf returns the plural categories of a language, by CLDR.
func categoriesOf(tag string) []string {
	names := [...]string{
		plural.Zero: "zero", plural.One: "one", plural.Two: "two", plural.Few: "few", plural.Many: "many", plural.Other: "other",
	}
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
