package message

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
	printing "golang.org/x/text/message"
	"golang.org/x/text/number"
)

// Words are one language: the texts that it has, and how it writes instants and numbers. To a
// Text, nil is English. They do not change and are safe for concurrent use.
type Words struct {
	tag      string // BCP 47
	language language.Tag
	printer  *printing.Printer
	base     func() map[string]Forms // the generator's texts for readers, by their keys
	texts    map[string]Forms        // those that go before them; of a Text by its format
}

// Forms are a text by the plural categories of CLDR. A form that is empty is as plural.Other.
type Forms [plural.Many + 1]string

// Plain are the Forms of a text that is the same for all numbers.
func Plain(text string) Forms { return Forms{plural.Other: text} }

func newWords(tag string, base func() map[string]Forms) *Words {
	w := &Words{tag: tag, language: language.Make(tag), base: base}
	digits, err := w.language.SetTypeForKey("nu", "latn") // numbers, like dates, have the digits 0 to 9
	if err != nil {
		digits = w.language
	}
	w.printer = printing.NewPrinter(digits)
	return w
}

// With returns the words with more texts, which go before those of the same keys and must not be
// changed any more.
func (w *Words) With(texts map[string]Forms) *Words {
	more := *w
	more.texts = texts
	if len(w.texts) > 0 {
		more.texts = maps.Clone(w.texts)
		maps.Copy(more.texts, texts)
	}
	return &more
}

// Tag returns the language of the words as a BCP 47 tag.
func (w *Words) Tag() string {
	if w == nil {
		return "en"
	}
	return w.tag
}

// Forms returns what the language has at a key, or as the translation of a format.
func (w *Words) Forms(key string) (Forms, bool) {
	forms, ok := w.texts[key]
	if !ok {
		forms, ok = w.base()[key]
	}
	return forms, ok
}

// Has reports whether the language has a text at key.
func (w *Words) Has(key string) bool { _, ok := w.Forms(key); return ok }

// Keys returns the keys of all texts, sorted.
func (w *Words) Keys() []string {
	keys := slices.AppendSeq(slices.Collect(maps.Keys(w.texts)), maps.Keys(w.base()))
	slices.Sort(keys)
	return slices.Compact(keys)
}

// Sayf returns a message in the language of the words.
func (w *Words) Sayf(format string, args ...any) string { return Textf(format, args...).In(w) }

// Say returns the text at key, such as "status.resolved", with {0}, {1} … replaced by args.
func (w *Words) Say(key string, args ...any) (string, error) {
	forms, ok := w.Forms(key)
	if !ok {
		return "", fmt.Errorf("the language %s has no message %q", w.tag, key)
	}
	return w.insert(w.choose(forms, args), args), nil
}

// Must is Say for the keys of the generator. A text that the language lacks is the English one.
func (w *Words) Must(key string, args ...any) string {
	owner, forms := w.find(key)
	return w.insert(owner.choose(forms, args), args)
}

// find returns the text at a key of the generator, and the words that have it.
func (w *Words) find(key string) (*Words, Forms) {
	if forms, ok := w.Forms(key); ok {
		return w, forms
	}
	forms, ok := English().Forms(key)
	if !ok {
		panic("message: there are no words for " + key)
	}
	return English(), forms
}

// Language names another language in this one: "Simplified Chinese".
func (w *Words) Language(tag string) string {
	if namer := display.Tags(w.language); namer != nil {
		if name := namer.Name(language.Make(tag)); name != "" {
			return name
		}
	}
	return tag
}

// List writes several things in a row, by the patterns of CLDR for lists.
func (w *Words) List(items []string) string {
	switch len(items) {
	case 0:
		return ""
	case 1:
		return items[0]
	case 2:
		return w.Must("lists.two", items[0], items[1])
	}
	text := items[0]
	for _, item := range items[1 : len(items)-1] {
		text = w.Must("lists.middle", text, item)
	}
	return w.Must("lists.last", text, items[len(items)-1])
}

// choose returns the form that the first whole number among the arguments needs.
func (w *Words) choose(forms Forms, args []any) string {
	if forms == Plain(forms[plural.Other]) {
		return forms[plural.Other]
	}
	for _, a := range args {
		if n, ok := a.(int); ok {
			form := plural.Cardinal.MatchPlural(w.language, n%10_000_000, 0, 0, 0, 0)
			return cmp.Or(forms[form], forms[plural.Other])
		}
	}
	return forms[plural.Other]
}

// arguments returns the arguments of a Text as a format takes them. One that is Chinese has other
// quotation marks.
func (w *Words) arguments(args []any, inChinese bool) []any {
	said := slices.Clone(args)
	for i, a := range said {
		switch a := a.(type) {
		case Text:
			said[i] = a.In(w)
		case error:
			said[i] = w.Error(a)
		case Length:
			said[i] = w.Duration(time.Duration(a))
		case List:
			said[i] = w.series(a)
		case string:
			if inChinese {
				said[i] = chinese(a)
			}
		}
	}
	return said
}

// chinese is an argument of a Chinese text, which has other quotation marks: %q writes “x”.
type chinese string

// Format writes the argument as fmt writes a string, but for its quotation marks.
func (c chinese) Format(s fmt.State, verb rune) {
	if verb != 'q' {
		fmt.Fprintf(s, fmt.FormatString(s, verb), string(c))
		return
	}
	quoted := strconv.Quote(string(c))
	_, _ = io.WriteString(s, "“"+strings.ReplaceAll(quoted[1:len(quoted)-1], `\"`, `"`)+"”")
}

// series writes all items with the sign that is between those of a list.
func (w *Words) series(items List) string {
	if len(items) == 0 {
		return ""
	}
	text := items[0]
	for _, item := range items[1:] {
		text = w.Must("lists.middle", text, item)
	}
	return text
}

// insert puts arguments into the places {0}, {1} …
func (w *Words) insert(text string, args []any) string {
	if len(args) == 0 {
		return text
	}
	return expand(text, func(place string) (string, bool) {
		n, err := strconv.Atoi(place)
		if len(place) != 1 || err != nil || n >= len(args) {
			return "", false
		}
		return w.value(args[n]), true
	})
}

// expand replaces each {name} that has a value, and looks for none in what it puts there.
func expand(text string, value func(name string) (string, bool)) string {
	before, rest, open := strings.Cut(text, "{")
	if !open {
		return text
	}
	b := make([]byte, 0, 64)
	for open {
		b = append(b, before...)
		name, after, closed := strings.Cut(rest, "}")
		if said, ok := value(name); closed && ok {
			b = append(b, said...)
			rest = after
		} else {
			b = append(b, '{')
		}
		before, rest, open = strings.Cut(rest, "{")
	}
	return string(append(b, before...))
}

// value writes numbers in the language's form from four digits on.
func (w *Words) value(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case int:
		if v > -1000 && v < 1000 {
			return strconv.Itoa(v)
		}
		return w.printer.Sprint(number.Decimal(v))
	}
	return fmt.Sprint(v)
}
