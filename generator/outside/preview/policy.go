package preview

import (
	"slices"
	"strings"
)

// widen returns a serialised Content-Security-Policy that also lets the preview's
// script run and connect, and is otherwise the same, byte for byte.
func widen(policy string) string {
	policy = allowSelf(policy, "script-src-elem", "script-src", "default-src")
	return allowSelf(policy, "connect-src", "default-src")
}

// allowSelf adds 'self' to the one directive that decides: the first of those
// named that the policy has. The last one is default-src, which decides about
// more than this; so the one before it is made from it instead. Where the policy
// has none of them, it forbids nothing here.
func allowSelf(policy string, names ...string) string {
	directives := strings.Split(policy, ";")
	for i, name := range names {
		at := slices.IndexFunc(directives, func(d string) bool { // of two with one name, the first counts
			words := fields(d)
			return len(words) > 0 && strings.ToLower(words[0]) == name
		})
		if at < 0 {
			continue
		}
		sources := fields(directives[at])[1:]
		if slices.ContainsFunc(sources, func(s string) bool { return strings.ToLower(s) == "'self'" }) {
			return policy
		}
		// 'none' means something only alone.
		sources = slices.DeleteFunc(sources, func(s string) bool { return strings.ToLower(s) == "'none'" })
		wider := " " + strings.Join(append(sources, "'self'"), " ")
		if i == len(names)-1 {
			return policy + "; " + names[i-1] + wider
		}
		text := directives[at]
		begin := text[:len(text)-len(strings.TrimLeft(text, space))]
		directives[at] = begin + fields(text)[0] + wider
		return strings.Join(directives, ";")
	}
	return policy
}

// space is what HTML and CSP call ASCII whitespace.
const space = "\t\n\f\r "

func fields(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(space, r) })
}
