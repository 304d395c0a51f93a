// Package message holds everything that Candor itself says, and says it in the language of whoever
// reads it.
//
// # Two kinds of texts
//
// What the program says to its users is a Text: an English format with arguments. The format is the
// key of a catalogue (i18n/*.toml), so the code that makes a Text need not know in which language
// it will be read, and a Text that is kept can be said in several. Arguments may be Texts, errors
// and Lengths themselves. An Error is a Text that is an error. What a catalogue lacks is said in
// English: a message is never lost. Machines are always answered in English: String and Error do
// that.
//
// What pages and feeds say to the public has a key such as "status.resolved" and catalogues for
// readers (reader/*.toml). Reader returns them, without any theme; a theme says some of them
// otherwise, a site some of the theme's: With. In a text {0}, {1} … are its arguments.
//
// # One kind of words
//
// Words are one language, for both: a text may have plural forms, of which the first whole number
// among the arguments chooses by the rules of CLDR. They word instants, lengths of time and
// numbers as well.
//
// A catalogue is TOML. i18n/*.toml has tables of pairs, English and translation, under the names of
// the packages that say them. A translation has the verbs of its format; if their order is another,
// they carry numbers, as in %[2]s. A test of cmd/candor reads the sources and compares.
package message

import (
	"fmt"
	"strings"
)

// Text is a message. One without arguments is text, in which % means nothing.
type Text struct {
	Format string
	Args   []any

	one  string // the English format for one
	also *translation
}

// List is an argument of several names: "a, b", and in Chinese “a、b”.
type List []string

// String returns the list in English.
func (l List) String() string { return strings.Join(l, ", ") }

// translation is what a Text that comes from data says in its own language.
type translation struct{ tag, text string }

// Textf makes a Text. Args must be strings, integers, Texts, errors, Lengths, Lists or other plain
// values.
func Textf(format string, args ...any) Text { return Text{Format: format, Args: args} }

// Plural makes a Text that counts. One and many are English formats of n only; catalogues have the
// forms of their language below many.
func Plural(n int, one, many string) Text { return Text{Format: many, Args: []any{n}, one: one} }

// Also returns the text with what it is in another language, which goes before
// any catalogue. It is for texts that are data: they are in no catalogue.
func (t Text) Also(tag, text string) Text {
	t.also = &translation{tag, text}
	return t
}

// String returns the message in English.
func (t Text) String() string { return t.In(nil) }

// In returns the message in the language of the words.
func (t Text) In(w *Words) string {
	format, args := t.Format, t.Args
	if t.one != "" && args[0] == 1 {
		format = t.one
	}
	if w != nil {
		if t.also != nil && Primary(t.also.tag) == Primary(w.tag) {
			return t.also.text
		}
		forms, ok := w.texts[t.Format]
		if ok {
			format = w.choose(forms, args)
		}
		args = w.arguments(args, ok && Primary(w.tag) == "zh")
	}
	if len(args) == 0 || !strings.Contains(format, "%") { // "one file" does not say its number
		return format
	}
	return fmt.Sprintf(strings.ReplaceAll(format, "%w", "%v"), args...)
}

// Primary returns the part of a language tag (BCP 47) that names only the language, in small
// letters.
func Primary(tag string) string {
	language, _, _ := strings.Cut(tag, "-")
	return strings.ToLower(language)
}
