package message

import (
	"embed"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/BurntSushi/toml"
	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

//go:embed i18n/*.toml reader/*.toml
var files embed.FS

// readerTags are the languages of the catalogues for readers.
var readerTags = []string{"en", "zh-Hans", "zh-Hant", "ar"}

// readers are the texts for readers by readerTags, read when first asked for.
var readers = map[string]func() map[string]Forms{}

func init() {
	for _, tag := range readerTags {
		readers[tag] = sync.OnceValue(func() map[string]Forms { return readReader("reader/" + tag + ".toml") })
	}
}

// English returns the words for readers in English.
var English = sync.OnceValue(func() *Words { return Reader("en") })

// Reader returns the generator's words for readers in the language of a tag, from the nearest
// catalogue. If none is near, the words have no texts, so that what the generator says itself is
// said in English, and whoever has a catalogue adds it by With.
func Reader(tag string) *Words {
	if i := Nearest(tag, readerTags); i >= 0 {
		return newWords(tag, readers[readerTags[i]])
	}
	return newWords(tag, func() map[string]Forms { return nil })
}

// Needed returns, sorted, the keys that the generator asks the words of every language for. Names
// of zones and words for large numbers are not among them: a language has those that it likes.
func Needed() []string {
	return slices.DeleteFunc(English().Keys(), func(key string) bool {
		return strings.HasPrefix(key, "zones.") || strings.HasPrefix(key, "numbers.e")
	})
}

// Nearest returns which of the tags is the same language as a tag in a form that its readers can
// read, or -1.
func Nearest(tag string, have []string) int {
	tags := make([]language.Tag, len(have))
	for i, t := range have {
		tags[i] = language.Make(t)
	}
	if len(tags) == 0 {
		return -1
	}
	_, i, confidence := language.NewMatcher(tags).Match(language.Make(tag))
	wanted, _ := language.Make(tag).Base()
	if base, _ := tags[i].Base(); confidence < language.High || base != wanted { // what the matcher falls back on
		return -1
	}
	return i
}

// Languages returns the languages that the program speaks to its users, as BCP 47 tags. The first
// is English.
func Languages() []string { return []string{"en", "zh-Hans"} }

// In returns the words of one of the Languages, with what they have for the Texts of all packages,
// and more catalogues of Texts in that language. One that cannot be read is a bug, for all of them
// are compiled in.
func In(tag string, more ...[]byte) *Words {
	if tag == "en" {
		return English()
	}
	all := map[string]Forms{}
	for _, catalogue := range append(more, Catalogue(tag)) {
		texts, err := Texts(catalogue)
		if err != nil {
			panic("message: " + err.Error())
		}
		maps.Copy(all, texts)
	}
	return Reader(tag).With(all)
}

// Catalogue returns the catalogue of Texts in one of the Languages but English.
func Catalogue(tag string) []byte { return catalogue("i18n/" + tag + ".toml") }

func catalogue(name string) []byte {
	data, err := files.ReadFile(name)
	if err != nil {
		panic("message: " + err.Error())
	}
	return data
}

// Texts reads a catalogue of Texts.
func Texts(catalogue []byte) (map[string]Forms, error) {
	var tables map[string][][]any
	if err := toml.Unmarshal(catalogue, &tables); err != nil {
		return nil, err
	}
	texts := map[string]Forms{}
	for _, table := range tables {
		for _, row := range table {
			if len(row) != 2 {
				return nil, fmt.Errorf("%v is not a pair", row)
			}
			english := fmt.Sprint(row[0])
			forms, fault, _ := Parse(english, row[1])
			if fault.Format != "" {
				return nil, fmt.Errorf("%q: %s", english, fault)
			}
			if _, twice := texts[english]; twice {
				return nil, fmt.Errorf("%q is there twice", english)
			}
			texts[english] = forms
		}
	}
	return texts, nil
}

// readReader reads a catalogue for readers.
func readReader(name string) map[string]Forms {
	var tables map[string]map[string]any
	if err := toml.Unmarshal(catalogue(name), &tables); err != nil {
		panic("message: " + name + ": " + err.Error())
	}
	texts := map[string]Forms{}
	for table, entries := range tables {
		for entry, value := range entries {
			forms, fault, _ := Parse(table+"."+entry, value)
			if fault.Format != "" {
				panic("message: " + name + ": " + table + "." + entry + ": " + fault.String())
			}
			texts[table+"."+entry] = forms
		}
	}
	return texts
}

// categories are the plural categories as catalogues name them.
var categories = map[string]plural.Form{
	"zero": plural.Zero, "one": plural.One, "two": plural.Two, "few": plural.Few, "many": plural.Many,
	"other": plural.Other,
}

// Parse makes Forms of what a catalogue has at a key: a text, a table of plural forms, or the list
// of months. A fault that has a Format says what is wrong.
func Parse(key string, value any) (forms Forms, fault, hint Text) {
	if key == "dates.months" {
		return parseMonths(value)
	}
	switch v := value.(type) {
	case string:
		forms = Plain(v)
	case map[string]any:
		valid := true
		for category, text := range v {
			form, known := categories[category]
			said, isText := text.(string)
			forms[form] = said
			valid = valid && known && isText
		}
		if !valid || forms[plural.Other] == "" {
			return Forms{}, Textf("these are not the plural forms of a message"),
				Textf("they are texts: other, and as the language needs them zero, one, two, few and many")
		}
	default:
		return Forms{}, Textf("a message must be a text"), Textf("put it in quotation marks")
	}
	if strings.HasPrefix(key, "dates.") {
		fault, hint = checkPattern(key, forms[plural.Other])
	}
	return forms, fault, hint
}

// parseMonths keeps the names of the months as the lines of one text.
func parseMonths(value any) (forms Forms, fault, hint Text) {
	list, _ := value.([]any)
	var names []string
	for _, v := range list {
		if name, ok := v.(string); ok && !strings.Contains(name, "\n") {
			names = append(names, name)
		}
	}
	if len(names) != 12 || len(list) != 12 {
		fault = Textf("dates.months must name twelve months")
	}
	return Plain(strings.Join(names, "\n")), fault, hint
}
