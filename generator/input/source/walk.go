package source

import (
	"errors"
	"io/fs"
	"os"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"candor/generator/diag"
	"candor/generator/message"
)

// walk is one look at a tree or a part of it. Folders are read by several
// workers, each folder's files in chunks; every task writes to items of its own.
type walk struct {
	top        *os.Root
	limits     limits
	workers    int
	firmBefore time.Time
	within     bool // it looks at a part, where a link cannot be followed
	entries    atomic.Int64
	linked     atomic.Bool // a link was met
	tasks      stack
}

// chunk is how many files of one folder a task reads: enough that the hand-over
// costs nothing, few enough that one full folder keeps every worker busy.
const chunk = 128

// past is a folder as it was at the look before, when the same path is read
// again; nil is one that is new.
type past struct {
	*folder
	// shallow says that it is the same folder and not all below it was named:
	// a folder in it whose own stamp is as it was is taken to be so.
	shallow bool
}

// run does a task and all that it queues.
func (w *walk) run(task func() error) error {
	w.tasks.init()
	w.tasks.push(func(bool) error { return task() })
	var group sync.WaitGroup
	for range max(1, w.workers) {
		group.Go(w.tasks.work)
	}
	group.Wait()
	return w.tasks.err
}

// enterTop reads the whole tree.
func (w *walk) enterTop(top, was *folder) error {
	p, err := openTopPlace(w.top)
	if err != nil {
		return reason(err)
	}
	return w.read(top, p, past{folder: was})
}

// enter opens the folder it.child, which stands in f or is linked to from it.
func (w *walk) enter(f *folder, it *item, was past) error {
	var p *place
	var err error
	if it.real == "" {
		p, err = f.place.enter(it.name)
	} else {
		p, err = enterFar(w.top, it.real)
	}
	if err != nil {
		fault, err := unreadable(it.child.label(), err)
		it.fault = fault
		return err
	}
	return w.read(it.child, p, was)
}

// read lists an opened folder, queues its folders and chunks of its files, and
// reads the first chunk.
func (w *walk) read(f *folder, p *place, was past) error {
	f.place, f.entered = p, true
	f.tasks.Store(1)
	defer w.leave(f)
	entries, err := w.list(f)
	if err != nil {
		f.fault, err = unreadable(f.label(), err)
		return err
	}
	f.listed = true
	if err := w.choose(f, entries, was); err != nil {
		return err
	}
	files := make([]*item, 0, len(f.items))
	memory := memoryOf(was)
	for i := range f.items {
		it := &f.items[i]
		before := memory.of(it)
		switch {
		case it.fault != nil:
		case it.child != nil:
			w.readFolder(f, it, past{before.folder(), was.shallow})
		default:
			it.known = before.file()
			files = append(files, it)
		}
	}
	for len(files) > chunk {
		rest := files[len(files)-chunk:]
		files = files[:len(files)-chunk]
		w.also(f, func() error { return w.readFiles(f, rest) })
	}
	return w.readFiles(f, files)
}

// list lists the folder, having noted its stamp: what is changed meanwhile
// changes the stamp as well.
func (w *walk) list(f *folder) ([]entry, error) {
	var err error
	if f.stamp, err = f.place.self(); err != nil {
		return nil, err
	}
	f.firm = f.stamp.firm(w.firmBefore)
	return f.place.list()
}

// readFolder queues a folder, or takes it as it was.
func (w *walk) readFolder(f *folder, it *item, was past) {
	if was.shallow && was.folder != nil {
		_, now, err := f.place.look(it.name)
		was.shallow = err == nil && now.sameFile(was.stamp)
		if was.shallow && was.sound() && was.firm && now == was.stamp {
			it.child = was.folder
			it.child.parent = f
			return
		}
	}
	w.also(f, func() error { return w.enter(f, it, was) })
}

// memory goes through the items of the look before, in step with those of this.
type memory []item

func memoryOf(was past) memory {
	if was.folder == nil {
		return nil
	}
	return was.items
}

// of returns what the item was, or nil.
func (m *memory) of(it *item) *item {
	for ; len(*m) > 0; *m = (*m)[1:] {
		before := &(*m)[0]
		if order := compareItems(before, it); order == 0 {
			return before
		} else if order > 0 {
			break
		}
	}
	return nil
}

// also queues a task that needs the folder open.
func (w *walk) also(f *folder, task func() error) {
	f.tasks.Add(1)
	w.tasks.push(func(failed bool) error {
		defer w.leave(f)
		if failed {
			return nil
		}
		return task()
	})
}

func (w *walk) leave(f *folder) {
	if f.tasks.Add(-1) == 0 {
		f.place.close()
		f.place = nil
	}
}

// choose makes the items of a folder from its listing.
func (w *walk) choose(f *folder, entries []entry, was past) error {
	f.items = make([]item, 0, len(entries))
	for _, e := range entries {
		if passOver(e.name, e.mode.IsDir()) {
			continue
		}
		it := item{entry: e}
		if err := w.classify(f, &it); err != nil {
			return err
		}
		f.items = append(f.items, it)
	}
	if w.entries.Add(int64(len(f.items))) > w.limits.entries {
		return w.tooMany()
	}
	slices.SortFunc(f.items, func(a, b item) int { return compareItems(&a, &b) })
	// A folder that changes while it is listed may show an entry twice.
	f.items = slices.CompactFunc(f.items, func(a, b item) bool { return compareItems(&a, &b) == 0 })
	if was.folder != nil && slices.EqualFunc(f.items, was.items, func(a, b item) bool { return a.name == b.name }) {
		f.names, f.collisions = was.names, was.collisions
	} else {
		f.collide()
	}
	return nil
}

func (w *walk) tooMany() error {
	return message.Errorf("more than %d files and folders; is this the right folder?", w.limits.entries)
}

// errLinked says that a part of the tree holds a link: what stands behind it may
// be anywhere.
var errLinked = errors.New("a link is met")

// classify decides what an entry is: a file, a folder or a fault.
func (w *walk) classify(f *folder, it *item) error {
	if it.fault = checkName(f.path, it.name); it.fault != nil {
		return nil
	}
	switch mode := it.mode; {
	case mode.IsRegular():
	case mode.IsDir():
		w.descend(f, it, joinReal(f.real, it.name))
	case mode&fs.ModeSymlink != 0:
		w.linked.Store(true)
		if w.within {
			return errLinked
		}
		return w.follow(f, it)
	default:
		it.fault = notAFile(f.path+it.name, mode)
	}
	return nil
}

// descend makes the entry a folder of the tree, unless it is one too many.
func (w *walk) descend(f *folder, it *item, real string) {
	child := &folder{path: f.path + it.name + "/", real: real, parent: f, depth: f.depth + 1}
	if child.depth > w.limits.depth {
		it.fault = fault(child.label(), "bad-value",
			diag.Textf("folders are nested more than %d deep here", w.limits.depth),
			diag.Textf("move what is below it further up"))
		return
	}
	it.child = child
}

// gone says whether an entry went away between two looks at it.
func gone(err error) bool { return errors.Is(err, fs.ErrNotExist) }
