package fileset

import (
	"cmp"
	"slices"
)

// With returns the set after a few changes: each of the files stands in place of
// the one that had its path, or is new, and the paths of gone are not there any
// more. The paths, in any order, must be distinct; those of gone need not be in
// the set. All other files are shared with it.
func (s Set) With(files []File, gone []string) Set {
	if len(files) == 0 && len(gone) == 0 {
		return s
	}
	edits := make([]edit, 0, len(files)+len(gone))
	for _, f := range pointers(files) {
		edits = append(edits, edit{f.Path, f})
	}
	for _, path := range gone {
		edits = append(edits, edit{path, nil})
	}
	slices.SortFunc(edits, func(a, b edit) int { return cmp.Compare(a.path, b.path) })
	next := make([]*File, 0, len(s.files)+len(files))
	rest := s
	for i, e := range edits {
		if i > 0 && e.path == edits[i-1].path {
			panic("fileset: two changes of the path " + e.path)
		}
		at, found := rest.search(e.path)
		next = append(next, rest.files[:at]...)
		if e.file != nil {
			next = append(next, e.file)
		}
		if found {
			at++
		}
		rest.files = rest.files[at:]
	}
	return Set{files: append(next, rest.files...)}
}

// edit is what becomes of one path; without a file, the path is taken out.
type edit struct {
	path string
	file *File
}
