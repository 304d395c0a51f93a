package source

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"candor/generator/diag"
	"candor/generator/fileset"
)

// entry is a file, a folder, or something of which neither can be made. A look
// gives a list of all entries, sorted by key, in which a folder is followed by all
// that is below it. Entries are not changed: the lists of two looks share those
// that have stayed the same.
type entry struct {
	key    string // the path; that of a folder ends in a slash, that of the top folder is ""
	fold   string // what the key is to a file system that ignores case and Unicode form; "" if it is the key
	stamp  stamp
	firm   bool             // of a file: any later change is certain to change the stamp
	file   fileset.File     // of a file
	folder string           // of a folder: where it is, links followed; "." is the top
	fault  *diag.Diagnostic // of something of which neither can be made
}

// label is how a key is shown.
func label(key string) string { return cmp.Or(strings.TrimSuffix(key, "/"), ".") }

func (e *entry) isFile() bool   { return e != nil && e.file.Path != "" }
func (e *entry) isFolder() bool { return e != nil && e.folder != "" }

// stamp tells one state of a file from another without reading it. Times are in
// nanoseconds of Unix time; what the system does not know is 0.
type stamp struct {
	size         int64
	mtime, ctime int64
	dev, ino     uint64
}

// firm reports whether a later change of the file is certain to change the stamp.
func (s stamp) firm(before time.Time) bool { return max(s.mtime, s.ctime) < before.UnixNano() }

// sameFile reports whether two stamps are of one file or folder, whatever became
// of it in between. If the system does not tell, they may be.
func (s stamp) sameFile(other stamp) bool { return s.dev == other.dev && s.ino == other.ino }

// moved reports whether something has become of the file since it was written,
// such as a new name: the program that wrote it has finished.
func (s stamp) moved() bool { return s.ctime != 0 && s.ctime != s.mtime }

// search returns where in the list the key is or would be.
func search(list []*entry, key string) (int, bool) {
	return slices.BinarySearchFunc(list, key, func(e *entry, key string) int { return strings.Compare(e.key, key) })
}

func find(list []*entry, key string) *entry {
	if at, found := search(list, key); found {
		return list[at]
	}
	return nil
}

// below returns the part of the list that a folder is followed by, itself first.
func below(list []*entry, key string) []*entry {
	if key == "" {
		return list
	}
	from, _ := search(list, key)
	to, _ := search(list, key[:len(key)-1]+"0") // the byte after the slash
	return list[from:to]
}

// replace returns the list with what has the path now, with all below it, in place
// of what had it.
func replace(list []*entry, path string, entries []*entry) []*entry {
	file, isFile := search(list, path)
	from, _ := search(list, path+"/")
	to, _ := search(list, path+"0")
	result := make([]*entry, 0, len(list)+len(entries))
	result = append(result, list[:file]...)
	if len(entries) > 0 && entries[0].key == path {
		result = append(result, entries...)
		entries = nil
	}
	if isFile {
		file++
	}
	result = append(result, list[file:from]...)
	result = append(result, entries...)
	return append(result, list[to:]...)
}

// change is a path at which a file has come, gone, or got other bytes; nil is
// nothing there.
type change struct {
	path          string
	before, after *entry
}

// diff returns the changes from one list to another, by path.
func diff(before, after []*entry) []change {
	var changes []change
	for len(before) > 0 || len(after) > 0 {
		var a, b *entry
		switch {
		case len(before) == 0:
			b = after[0]
		case len(after) == 0:
			a = before[0]
		case before[0] == after[0]:
			before, after = before[1:], after[1:]
			continue
		default:
			if order := strings.Compare(before[0].key, after[0].key); order < 0 {
				a = before[0]
			} else if b = after[0]; order == 0 {
				a = before[0]
			}
		}
		if !alike(a, b) {
			changes = append(changes, change{cmp.Or(a, b).key, a, b})
		}
		if a != nil {
			before = before[1:]
		}
		if b != nil {
			after = after[1:]
		}
	}
	return changes
}

// alike reports whether both are files of the same bytes, or neither is a file.
func alike(a, b *entry) bool {
	return a.isFile() == b.isFile() && (!a.isFile() || a.file.Sum == b.file.Sum)
}

// sameButBytes reports whether two entries, whose files may differ, have the same
// place in the tree.
func sameButBytes(a, b *entry) bool {
	return a == b || a.key == b.key && a.folder == b.folder && a.fault == nil && b.fault == nil
}

// survey returns the findings in the list and the folders that were looked into.
func survey(list []*entry) (findings diag.List, folders []string) {
	linked := false
	for _, e := range list {
		switch {
		case e.fault != nil:
			findings = append(findings, *e.fault)
		case e.isFolder():
			linked = linked || e.key != "" && e.folder != e.key[:len(e.key)-1]
			folders = append(folders, e.folder)
		}
	}
	if linked {
		slices.Sort(folders[1:])
		folders = slices.Compact(folders)
	}
	return append(findings, collisions(list)...).Sort(), folders
}
