package source

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"candor/generator/diag"
	"candor/generator/domain"
	"candor/generator/message"
)

// walk is one look at a tree or at parts of it. Folders, and runs of files of one
// folder, are read by several goroutines.
type walk struct {
	root       *os.Root
	limits     limits
	was        []*entry // as of the look before
	firmBefore time.Time

	slots   chan struct{} // holds a token for each goroutine beside the first
	entries atomic.Int64  // met so far
	linked  atomic.Bool   // a link was met
	failure atomic.Pointer[error]
}

// folder is a folder of the tree that is being read.
type folder struct {
	root  *os.Root
	key   string // see entry; the keys of what is in the folder begin with it
	real  string // where it is, links followed; "." is the top
	outer *folder
	depth int
	was   []*entry // the folder and all below it, as of the look before
}

// everything reads the whole tree.
func (w *walk) everything() ([]*entry, error) {
	entries := w.folder(&folder{root: w.root, real: ".", was: w.was})
	return entries, w.failed()
}

// parts reads what is at the paths, which are clean, and takes the rest to be as it was.
func (w *walk) parts(paths []string) ([]*entry, error) {
	if now, err := stampOfFolder(w.root); err != nil || !now.sameFile(w.was[0].stamp) {
		return nil, errBeyond
	}
	slices.Sort(paths)
	list, done := w.was, ""
	for _, at := range paths {
		outside := at == ".." || at[0] == '/' || strings.HasPrefix(at, "../") || strings.Contains(at, "\x00")
		if outside || private(at) || done != "" && strings.HasPrefix(at+"/", done+"/") {
			continue
		}
		path, entries, err := w.part(&folder{root: w.root, real: "."}, at, list)
		if err != nil {
			return nil, err
		}
		list, done = replace(list, path, entries), path
	}
	if int64(len(list)) > w.limits.entries+1 {
		return nil, w.tooMany()
	}
	return list, w.failed()
}

// errBeyond reports that a look at parts will not do: the folder is not the one that was looked
// into before, or a link was met, and what that leads to may be anywhere.
var errBeyond = errors.New("a part will not do")

// part reads what is at a path below f. If a folder on the way is new, gone or
// another one than before, it reads that instead. It returns the path that it has
// read.
func (w *walk) part(f *folder, at string, list []*entry) (done string, entries []*entry, err error) {
	name, rest, more := strings.Cut(at, "/")
	if known := find(list, f.key+name+"/"); more && known.isFolder() {
		if root, err := f.root.OpenRoot(name); err == nil {
			defer root.Close()
			if now, err := stampOfFolder(root); err == nil && now.sameFile(known.stamp) {
				inner := &folder{root: root, key: known.key, real: known.folder, outer: f, depth: f.depth + 1}
				return w.part(inner, rest, list)
			}
		}
	}
	done = f.key + name
	info, err := f.root.Lstat(name)
	if gone(err) || err == nil && domain.PassedOver(name, info.IsDir()) {
		return done, nil, nil
	} else if err != nil {
		return done, nil, err
	}
	f.was = below(list, f.key)
	entries = w.child(f, childOf(info))
	if w.linked.Load() {
		return done, nil, errBeyond
	}
	return done, entries, nil
}

// folder reads an open folder and all below it.
func (w *walk) folder(f *folder) []*entry {
	// The stamp is older than the listing: a change in between shows.
	now, err := stampOfFolder(f.root)
	var children []child
	if err == nil {
		children, err = listFolder(f.root)
	}
	if err != nil {
		return w.unreadable(f.key, err)
	}
	children = slices.DeleteFunc(children, func(c child) bool { return domain.PassedOver(c.name, c.mode.IsDir()) })
	slices.SortFunc(children, func(a, b child) int { return strings.Compare(a.key(), b.key()) })
	// A folder that changes meanwhile may list a name twice.
	children = slices.CompactFunc(children, func(a, b child) bool { return a.key() == b.key() })
	if w.entries.Add(int64(len(children))) > w.limits.entries {
		w.fail(w.tooMany())
	}
	self := &entry{key: f.key, fold: folded(f.key), stamp: now, folder: f.real}
	if len(f.was) > 0 && f.was[0].isFolder() && f.was[0].folder == f.real && f.was[0].stamp.sameFile(now) {
		self = f.was[0]
	}
	parts := make([][]*entry, len(children))
	var group sync.WaitGroup
	for from := 0; from < len(children); {
		to := from + 1
		for to < len(children) && to-from < run && children[from].mode.IsRegular() && children[to].mode.IsRegular() {
			to++
		}
		names, into := children[from:to], parts[from:to]
		w.do(&group, func() {
			for i, c := range names {
				into[i] = w.child(f, c)
			}
		})
		from = to
	}
	group.Wait()
	parts = slices.DeleteFunc(parts, func(p []*entry) bool { return len(p) == 0 })
	if w.linked.Load() { // it was not known that a link leads to a folder
		slices.SortFunc(parts, func(a, b []*entry) int { return strings.Compare(a[0].key, b[0].key) })
	}
	return slices.Concat(append([][]*entry{{self}}, parts...)...)
}

// run is how many files of a folder are read one after another: enough that the
// goroutine costs nothing, few enough that one full folder keeps all processors
// busy.
const run = 128

// do does a task, in another goroutine if one is free.
func (w *walk) do(group *sync.WaitGroup, task func()) {
	select {
	case w.slots <- struct{}{}:
		group.Go(func() {
			task()
			<-w.slots
		})
	default:
		task()
	}
}

// child reads what has a name in an open folder, and all below it. It returns
// nothing if that has gone away.
func (w *walk) child(f *folder, c child) []*entry {
	if w.failed() != nil {
		return nil
	}
	if d := checkName(f.key, c.name); d != nil {
		return faulty(f.key+c.key(), d)
	}
	switch {
	case c.mode.IsRegular():
		return w.file(f, c)
	case c.mode.IsDir():
		return w.descend(f, c.name, path.Join(f.real, c.name))
	case c.mode&fs.ModeSymlink != 0:
		w.linked.Store(true)
		return w.follow(f, c.name)
	}
	return faulty(f.key+c.name, notAFile(f.key+c.name, c.mode))
}

// descend reads the folder that has a name in f; real is where it is.
func (w *walk) descend(f *folder, name, real string) []*entry {
	key := f.key + name + "/"
	if f.depth == w.limits.depth {
		return faulty(key, fault(label(key), "bad-value",
			diag.Textf("folders are nested more than %d deep here", w.limits.depth),
			diag.Textf("move what is below it further up")))
	}
	from, at := f.root, name
	if real != path.Join(f.real, name) { // a link leads elsewhere
		from, at = w.root, real
	}
	root, err := from.OpenRoot(at)
	if err != nil {
		return w.unreadable(key, err)
	}
	defer root.Close()
	return w.folder(&folder{root: root, key: key, real: real, outer: f, depth: f.depth + 1, was: below(f.was, key)})
}

// faulty is an entry of which neither a file nor a folder can be made.
func faulty(key string, d *diag.Diagnostic) []*entry {
	return []*entry{{key: key, fold: folded(key), fault: d}}
}

func (w *walk) tooMany() error {
	return message.Errorf("more than %d files and folders; is this the right folder?", w.limits.entries)
}

func (w *walk) fail(err error) { w.failure.CompareAndSwap(nil, &err) }

func (w *walk) failed() error {
	if err := w.failure.Load(); err != nil {
		return *err
	}
	return nil
}

// gone reports whether an entry went away between two looks at it.
func gone(err error) bool { return errors.Is(err, fs.ErrNotExist) }
