// Package message holds what Candor says to the people who use it, and says it in
// their language.
//
// A Text is an English format with arguments. Its format is the key of a
// catalogue, so whoever makes a Text need not know in which language it will be
// read, and a Text that is kept can be said in several. Arguments may be Texts and
// errors themselves. An Error is a Text that is an error.
//
// A catalogue is TOML: tables of pairs, English and translation, under the names
// of the packages that say them. A translation has the verbs of its format; where
// their order is another, they carry numbers, as in %[2]s. What a catalogue does
// not have is said in English: a message is never lost. That nothing is missing
// is held by a test of cmd/candor, which reads the sources: formats are constants.
//
// Programs are never spoken to in any language but English: String and Error
// give that.
package message

import (
	"fmt"
	"strings"
)

// Text is a message. One without arguments is text, in which % means nothing.
type Text struct {
	Format string
	Args   []any

	also *translation
}

// translation is what a Text that comes from data says in its own language.
type translation struct{ tag, text string }

// Textf makes a Text. Args must be strings, integers, Texts, errors or other
// plain values.
func Textf(format string, args ...any) Text { return Text{Format: format, Args: args} }

// Plural makes a Text that counts: one and many are formats of n alone.
func Plural(n int, one, many string) Text {
	if n == 1 {
		return Textf(one, n)
	}
	return Textf(many, n)
}

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
	if t.also != nil && w != nil && Primary(t.also.tag) == Primary(w.tag) {
		return t.also.text
	}
	format := w.lookUp(t.Format)
	if len(t.Args) == 0 {
		return format
	}
	args := t.Args
	if w != nil {
		args = make([]any, len(t.Args))
		for i, a := range t.Args {
			args[i] = w.argument(a)
		}
	}
	return fmt.Sprintf(strings.ReplaceAll(format, "%w", "%v"), args...)
}

// Primary returns the part of a language tag (BCP 47) that names the language alone,
// in small letters.
func Primary(tag string) string {
	language, _, _ := strings.Cut(tag, "-")
	return strings.ToLower(language)
}
