package write

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"candor/generator/input/tomldoc"
)

// Value is a value as TOML has it.
type Value string

// String writes a text: one of several lines between """, any other on one line. Between """ no line
// can be +++, which would end front matter.
func String[S ~string](text S) Value {
	if !strings.Contains(string(text), "\n") || strings.Contains(string(text), "+++") {
		return Quoted(text)
	}
	return Value("\"\"\"\n" + escape(string(text), true) + `"""`)
}

// Quoted writes a text on one line.
func Quoted[S ~string](text S) Value { return Value(`"` + escape(string(text), false) + `"`) }

// escape writes a text as it is between quotation marks (TOML 1.0.0, String).
func escape(text string, lines bool) string {
	var b strings.Builder
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case unicode.IsControl(r) && !(lines && (r == '\n' || r == '\t')):
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// Int writes a whole number.
func Int[N ~int](n N) Value { return Value(strconv.Itoa(int(n))) }

// Bool writes true or false.
func Bool(b bool) Value { return Value(strconv.FormatBool(b)) }

// Time writes an instant as the clocks of its zone show it, which must be the site's.
func Time(t time.Time) Value { return Value(tomldoc.FormatTime(t)) }

// List writes a list of values.
func List(values ...Value) Value {
	texts := make([]string, len(values))
	for i, v := range values {
		texts[i] = string(v)
	}
	return Value("[" + strings.Join(texts, ", ") + "]")
}

// Strings writes a list of texts.
func Strings[S ~string](texts []S) Value {
	values := make([]Value, len(texts))
	for i, text := range texts {
		values[i] = String(text)
	}
	return List(values...)
}

// Inline writes a table on one line, its keys sorted.
func Inline(pairs map[string]Value) Value {
	if len(pairs) == 0 {
		return "{}"
	}
	var texts []string
	for _, name := range slices.Sorted(maps.Keys(pairs)) {
		texts = append(texts, key(name)+" = "+string(pairs[name]))
	}
	return Value("{ " + strings.Join(texts, ", ") + " }")
}

// key writes the name of a key, in quotation marks if it needs them.
func key(name string) string {
	bare := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '_'
	}
	if name != "" && strings.IndexFunc(name, func(r rune) bool { return !bare(r) }) < 0 {
		return name
	}
	return `"` + escape(name, false) + `"`
}
