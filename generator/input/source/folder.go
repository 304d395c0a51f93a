package source

import (
	"io/fs"
	"slices"
	"strings"
	"sync/atomic"

	"candor/generator/diag"
	"candor/generator/fileset"
)

// folder is one folder of the tree, under the path by which it was come to.
type folder struct {
	path   string // "" or ending in a slash
	real   string // where it is in the tree once links are followed; "." for the top
	parent *folder
	depth  int

	stamp      stamp // its own, from just before it was listed
	firm       bool  // the stamp is old enough to tell a later change
	entered    bool
	listed     bool
	items      []item // in the order of the paths below them
	names      names
	collisions diag.List
	fault      *diag.Diagnostic // why it could not be listed

	place *place // open from its listing until its last task is done
	tasks atomic.Int32
}

// entry is a line of a folder's listing.
type entry struct {
	name string
	mode fs.FileMode // the type bits alone
}

// item is an entry of a folder that is not passed over, and what became of it.
type item struct {
	entry
	real  string // of a link: where it leads, from the top
	child *folder
	known known
	fault *diag.Diagnostic
}

// known is a file as it was last read; without a path, one that is not there.
type known struct {
	file  fileset.File
	stamp stamp
	firm  bool // the stamp is old enough to tell a later change
}

func (k *known) there() bool { return k.file.Path != "" }

func (f *folder) label() string {
	if f.path == "" {
		return "."
	}
	return strings.TrimSuffix(f.path, "/")
}

// sound says whether all that is in the folder is known.
func (f *folder) sound() bool { return f != nil && f.entered && f.listed }

// folder returns the folder that the item is, or nil.
func (it *item) folder() *folder {
	if it == nil || it.fault != nil {
		return nil
	}
	return it.child
}

// file returns the file that the item is, or one that is not there.
func (it *item) file() known {
	if it == nil || it.fault != nil || it.child != nil {
		return known{}
	}
	return it.known
}

// compareItems orders the items of a folder such that the files of the tree come
// out in the order of their paths: a folder sorts as its name with a slash.
func compareItems(a, b *item) int {
	return comparePlaces(a.name, a.child != nil, b.name, b.child != nil)
}

func comparePlaces(a string, aFolder bool, b string, bFolder bool) int {
	n := min(len(a), len(b))
	if c := strings.Compare(a[:n], b[:n]); c != 0 {
		return c
	}
	return next(a[n:], aFolder) - next(b[n:], bFolder)
}

// next returns what stands first in the rest of a key, or what ends it.
func next(rest string, folder bool) int {
	switch {
	case rest != "":
		return int(rest[0])
	case folder:
		return '/'
	}
	return -1
}

// find returns the item of a name, whatever it is, or nil.
func (f *folder) find(name string) *item {
	for _, isFolder := range []bool{false, true} {
		if at, found := f.search(name, isFolder); found {
			return &f.items[at]
		}
	}
	return nil
}

func (f *folder) search(name string, isFolder bool) (int, bool) {
	return slices.BinarySearchFunc(f.items, name, func(it item, name string) int {
		return comparePlaces(it.name, it.child != nil, name, isFolder)
	})
}

// put makes it the item of its name, in place of any other.
func (f *folder) put(it item) {
	f.dropKind(it.name, it.child == nil)
	at, had := f.search(it.name, it.child != nil)
	if had {
		f.items[at] = it
		return
	}
	f.items = slices.Insert(f.items, at, it)
	f.named(it.name, 1)
}

// drop takes out the item of a name.
func (f *folder) drop(name string) {
	f.dropKind(name, false)
	f.dropKind(name, true)
}

func (f *folder) dropKind(name string, isFolder bool) {
	if at, had := f.search(name, isFolder); had {
		f.items = slices.Delete(f.items, at, at+1)
		f.named(name, -1)
	}
}

// files appends every file of the tree below, in the order of the paths.
func (f *folder) files(list []fileset.File) []fileset.File {
	for i := range f.items {
		it := &f.items[i]
		if child := it.folder(); child != nil {
			list = child.files(list)
		} else if file := it.file(); file.there() {
			list = append(list, file.file)
		}
	}
	return list
}

// findings appends every finding of the tree below, in no order.
func (f *folder) findings(list diag.List) diag.List {
	if f.fault != nil {
		list = append(list, *f.fault)
	}
	list = append(list, f.collisions...)
	for i := range f.items {
		it := &f.items[i]
		if it.fault != nil {
			list = append(list, *it.fault)
		} else if it.child != nil {
			list = it.child.findings(list)
		}
	}
	return list
}

// folders appends every folder of the tree below that was looked into, in no
// order.
func (f *folder) folders(list []string) []string {
	if f.entered {
		list = append(list, f.label())
	}
	for i := range f.items {
		if child := f.items[i].folder(); child != nil {
			list = child.folders(list)
		}
	}
	return list
}

// entries counts the items of the tree below.
func (f *folder) entries() int {
	n := len(f.items)
	for i := range f.items {
		if child := f.items[i].folder(); child != nil {
			n += child.entries()
		}
	}
	return n
}
