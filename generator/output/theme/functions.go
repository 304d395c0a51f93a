package theme

import (
	"errors"
	"fmt"
	"html/template"
	"strings"

	"candor/generator/site/config"
)

// functions are what templates can call besides html/template's own. All are
// pure. t is bound to a language when the theme is loaded, once to a Renderer.
func functions() template.FuncMap {
	return template.FuncMap{
		"t":    func(key string, _ ...any) (string, error) { return key, nil },
		"once": func(string, any) (template.HTML, error) { return "", nil },
		"dict": dict,
		"list": func(values ...any) []any { return values },
		"dir":  config.Direction,
		"join": func(separator string, values []string) string { return strings.Join(values, separator) },
	}
}

// dict makes a map of its arguments, for partials that need more than one value.
func dict(pairs ...any) (map[string]any, error) {
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

func asEscapeError(err error, target **template.Error) bool { return errors.As(err, target) }
