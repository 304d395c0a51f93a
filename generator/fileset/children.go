package fileset

import (
	"iter"
	"strings"
)

// Children yields the folders directly inside the folder dir, each with the
// files below it, in the order of their paths. Files in dir itself
// are left out.
func (s Set) Children(dir string) iter.Seq2[string, Set] {
	return func(yield func(string, Set) bool) {
		prefix := dir + "/"
		at, _ := s.search(prefix)
		for at < len(s.files) && strings.HasPrefix(s.files[at].Path, prefix) {
			name, _, deeper := strings.Cut(s.files[at].Path[len(prefix):], "/")
			if !deeper {
				at++
				continue
			}
			child := prefix + name
			from := at
			for at < len(s.files) && strings.HasPrefix(s.files[at].Path, child+"/") {
				at++
			}
			if !yield(child, Set{files: s.files[from:at:at]}) {
				return
			}
		}
	}
}

// Same reports whether two sets hold the same files.
func Same(a, b Set) bool {
	if len(a.files) != len(b.files) {
		return false
	}
	for i, f := range a.files {
		if g := b.files[i]; f != g && (f.Path != g.Path || f.Sum != g.Sum) {
			return false
		}
	}
	return true
}
