package source

import (
	"path"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"candor/generator/diag"
)

// collisions finds the names of a folder that a file system that ignores case and
// Unicode form would take for one. A name whose fold is itself is in the map only
// if another might collide with it.
func collisions(list []*entry) diag.List {
	var found diag.List
	first := map[string]string{}
	for _, e := range list {
		if e.fold != "" {
			first[e.fold] = ""
		}
	}
	if len(first) == 0 {
		return nil
	}
	for _, e := range list {
		key := e.fold
		if key == "" {
			key = strings.TrimSuffix(e.key, "/")
		}
		other, taken := first[key]
		switch name := path.Base(e.key); {
		case !taken || e.key == "":
		case other == "":
			first[key] = name
		default:
			found = append(found, *fault(visible(strings.TrimSuffix(e.key, "/")), "bad-value",
				diag.Textf("the names %q and %q are one name to many computers", visible(other), visible(name)),
				diag.Textf("rename one of them, so that they differ in more than case or accents' encoding")))
		}
	}
	return found
}

// folded returns the path with its last name as a file system that ignores case
// and Unicode form takes it, or "" if that is how it is written already. A name
// that is not valid UTF-8 is like no other.
func folded(key string) string {
	folder, name := path.Split(strings.TrimSuffix(key, "/"))
	other := func(r rune) bool { return r >= utf8.RuneSelf || 'A' <= r && r <= 'Z' }
	if !strings.ContainsFunc(name, other) || !utf8.ValidString(name) {
		return ""
	}
	return folder + norm.NFC.String(cases.Fold().String(norm.NFD.String(name)))
}
