package source

import (
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"candor/generator/diag"
)

// names counts the names of one folder by what a file system that ignores case
// and Unicode form would take them for. It is nil as long as all are plain, and
// so distinct as they stand; names that are not valid UTF-8 are not in it.
type names map[string]int

// collide finds the names of the folder that such a file system would take for
// one.
func (f *folder) collide() {
	f.names, f.collisions = nil, nil
	plain := true
	for i := range f.items {
		plain = plain && lowerASCII(f.items[i].name)
	}
	if plain {
		return
	}
	f.names = make(names, len(f.items))
	first := make(map[string]string, len(f.items))
	for i := range f.items {
		name := f.items[i].name
		if !utf8.ValidString(name) {
			continue
		}
		key := folded(name)
		f.names[key]++
		other, taken := first[key]
		if !taken {
			first[key] = name
			continue
		}
		f.collisions = append(f.collisions, *fault(visible(f.path+name), "bad-value",
			diag.Textf("the names %q and %q are one name to many computers", visible(other), visible(name)),
			diag.Textf("rename one of them, so that they differ in more than case or accents' encoding")))
	}
}

// named notes that one name came (by is 1) or went (-1), which the items say
// already, and looks for collisions where that can have changed them.
func (f *folder) named(name string, by int) {
	switch {
	case f.names == nil && lowerASCII(name), !utf8.ValidString(name):
	case f.names == nil:
		f.collide()
	default:
		key := folded(name)
		before := f.names[key]
		if f.names[key] += by; f.names[key] == 0 {
			delete(f.names, key)
		}
		if max(before, before+by) > 1 {
			f.collide()
		}
	}
}

func folded(name string) string {
	if lowerASCII(name) {
		return name
	}
	return norm.NFC.String(cases.Fold().String(norm.NFD.String(name)))
}

func lowerASCII(name string) bool {
	for i := range len(name) {
		if c := name[i]; c >= utf8.RuneSelf || 'A' <= c && c <= 'Z' {
			return false
		}
	}
	return true
}
