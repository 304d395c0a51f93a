package message

import (
	"errors"
	"strings"

	"golang.org/x/text/feature/plural"
)

// Error is a Text that is an error. It wraps the errors among its arguments.
type Error struct{ Text }

// Errorf makes an Error, as fmt.Errorf does.
func Errorf(format string, args ...any) error { return &Error{Textf(format, args...)} }

// Error returns the message in English.
func (e *Error) Error() string { return e.String() }

// Unwrap returns the errors that the message speaks of.
func (e *Error) Unwrap() []error {
	var list []error
	for _, a := range e.Args {
		if err, ok := a.(error); ok {
			list = append(list, err)
		}
	}
	return list
}

// Error returns what an error says, in the language of the words as far as they know it. An error
// with a method In words itself. Of an error that wraps others, what they say is translated in its
// place. Any other error is looked up by what it says, so that a catalogue can have words for those
// of the system.
func (w *Words) Error(err error) string {
	if e, ok := err.(interface{ In(*Words) string }); ok {
		return e.In(w)
	}
	text := err.Error()
	if w == nil {
		return text
	}
	if forms, ok := w.texts[text]; ok {
		return forms[plural.Other]
	}
	var inner []error
	switch e := err.(type) {
	case interface{ Unwrap() []error }:
		inner = e.Unwrap()
	default:
		if one := errors.Unwrap(err); one != nil {
			inner = []error{one}
		}
	}
	for _, one := range inner {
		if at := strings.LastIndex(text, one.Error()); at >= 0 {
			text = text[:at] + w.Error(one) + text[at+len(one.Error()):]
		}
	}
	return text
}
