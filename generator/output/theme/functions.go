package theme

import (
	"errors"
	"fmt"
	"strings"

	"candor/generator/message"
	"candor/generator/output/template"
	"candor/generator/site/config"
)

// functions are what templates can call besides html/template's own. All are
// pure. t is bound to a language by each Renderer.
func functions() template.Functions {
	return template.Functions{
		"t":    func(...any) (any, error) { return "", nil },
		"dict": dict,
		"list": func(values ...any) (any, error) { return values, nil },
		"dir":  dir,
		"join": join,
	}
}

// say returns the function t for a language.
func say(words *message.Words) func(args ...any) (any, error) {
	return func(args ...any) (any, error) {
		if len(args) > 0 {
			if key, ok := args[0].(string); ok {
				return words.Say(key, args[1:]...)
			}
		}
		return nil, errors.New("t needs the key of a message")
	}
}

// dict makes a map of its arguments, for partials that need more than one value.
func dict(pairs ...any) (any, error) {
	if len(pairs)%2 != 0 {
		return nil, errors.New("dict needs a value for each key")
	}
	m := make(map[string]any, len(pairs)/2)
	for i := 0; i < len(pairs); i += 2 {
		key, ok := pairs[i].(string)
		if !ok {
			return nil, fmt.Errorf("dict: the key %v is not a text", pairs[i])
		}
		m[key] = pairs[i+1]
	}
	return m, nil
}

// dir returns the direction in which a language is written.
func dir(args ...any) (any, error) {
	if len(args) == 1 {
		if tag, ok := args[0].(string); ok {
			return config.Direction(tag), nil
		}
	}
	return nil, errors.New("dir needs the tag of a language")
}

// join writes texts in a row, with a separator between them.
func join(args ...any) (any, error) {
	if len(args) == 2 {
		separator, isText := args[0].(string)
		texts, isList := args[1].([]string)
		if isText && isList {
			return strings.Join(texts, separator), nil
		}
	}
	return nil, errors.New("join needs a separator and a list of texts")
}
