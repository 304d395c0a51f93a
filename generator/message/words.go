package message

import (
	"embed"
	"fmt"
	"maps"

	"github.com/BurntSushi/toml"
)

// Words are what a language has for the messages. Nil is English. They do not
// change and are safe for concurrent use.
type Words struct {
	tag   string // BCP 47
	texts map[string]string
}

//go:embed i18n/*.toml
var files embed.FS

// Languages returns the languages that the messages are said in, as BCP 47 tags.
// The first is English.
func Languages() []string { return []string{"en", "zh-Hans"} }

// In returns the words of one of the Languages.
func In(tag string) *Words {
	if tag == "en" {
		return nil
	}
	return (&Words{tag: tag}).With(Catalogue(tag))
}

// Catalogue returns the catalogue of one of the Languages but English.
func Catalogue(tag string) []byte {
	data, err := files.ReadFile("i18n/" + tag + ".toml")
	if err != nil {
		panic("message: " + err.Error())
	}
	return data
}

// With returns the words and those of one more catalogue. English has none. A
// catalogue that cannot be read is a bug, for all of them are compiled in.
func (w *Words) With(catalogue []byte) *Words {
	if w == nil {
		return nil
	}
	pairs, err := Pairs(catalogue)
	if err != nil {
		panic("message: " + w.tag + ": " + err.Error())
	}
	more := &Words{tag: w.tag, texts: maps.Clone(w.texts)}
	if more.texts == nil {
		more.texts = make(map[string]string, len(pairs))
	}
	for _, p := range pairs {
		more.texts[p[0]] = p[1]
	}
	return more
}

// Pairs returns the pairs of a catalogue, English first, in no order.
func Pairs(catalogue []byte) ([][2]string, error) {
	var tables map[string][][2]string
	if err := toml.Unmarshal(catalogue, &tables); err != nil {
		return nil, fmt.Errorf("read catalogue: %w", err)
	}
	var list [][2]string
	for _, table := range tables {
		list = append(list, table...)
	}
	return list, nil
}

// Tag returns the language of the words as a BCP 47 tag.
func (w *Words) Tag() string {
	if w == nil {
		return "en"
	}
	return w.tag
}

// Knows says whether the words have a format. English has all.
func (w *Words) Knows(format string) bool {
	if w == nil {
		return true
	}
	_, ok := w.texts[format]
	return ok
}

// Sayf returns a message in the language of the words.
func (w *Words) Sayf(format string, args ...any) string { return Textf(format, args...).In(w) }

func (w *Words) lookUp(format string) string {
	if w == nil {
		return format
	}
	if text, ok := w.texts[format]; ok {
		return text
	}
	return format
}

// argument returns an argument as a format of the language takes it.
func (w *Words) argument(a any) any {
	switch a := a.(type) {
	case Text:
		return a.In(w)
	case error:
		return w.Error(a)
	}
	return a
}
