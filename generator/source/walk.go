package source

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"candor/generator/diag"
)

// walk is one look at a tree. Its folders are read by several workers, each
// folder's files in chunks; every task writes to items of its own.
type walk struct {
	top        *os.Root
	known      map[string]known // of the look before; only read
	limits     limits
	firmBefore time.Time
	entries    atomic.Int64
	tasks      stack
}

// folder is one folder of the tree, under the path by which it was come to.
type folder struct {
	path   string // "" or ending in a slash
	real   string // where it is in the tree once links are followed; "." for the top
	parent *folder
	depth  int

	place   *place // open from its listing until its last task is done
	tasks   atomic.Int32
	entered bool
	items   []item
	faults  diag.List
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
	read  bool
	known known
	fault *diag.Diagnostic
}

// chunk is how many files of one folder a task reads: enough that the hand-over
// costs nothing, few enough that one full folder keeps every worker busy.
const chunk = 128

func (f *folder) label() string {
	if f.path == "" {
		return "."
	}
	return strings.TrimSuffix(f.path, "/")
}

// run reads the whole tree below top.
func (w *walk) run(top *folder, workers int) error {
	w.tasks.init()
	w.tasks.push(func() error { return w.enterTop(top) })
	var group sync.WaitGroup
	for range max(1, workers) {
		group.Go(w.tasks.work)
	}
	group.Wait()
	return w.tasks.err
}

func (w *walk) enterTop(top *folder) error {
	p, err := openTopPlace(w.top)
	if err != nil {
		return reason(err)
	}
	return w.read(top, p)
}

// enter opens the folder it.child, which stands in f or is linked to from it.
func (w *walk) enter(f *folder, it *item) error {
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
	return w.read(it.child, p)
}

// read lists an opened folder, queues its folders and chunks of its files, and
// reads the first chunk.
func (w *walk) read(f *folder, p *place) error {
	f.place, f.entered = p, true
	f.tasks.Store(1)
	defer w.leave(f)
	entries, err := p.list()
	if err != nil {
		fault, err := unreadable(f.label(), err)
		if fault != nil {
			f.faults = append(f.faults, *fault)
		}
		return err
	}
	if err := w.choose(f, entries); err != nil {
		return err
	}
	files := make([]*item, 0, len(f.items))
	for i := range f.items {
		it := &f.items[i]
		switch {
		case it.fault != nil:
		case it.child != nil:
			w.also(f, func() error { return w.enter(f, it) })
		default:
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

// also queues a task that needs the folder open.
func (w *walk) also(f *folder, task func() error) {
	f.tasks.Add(1)
	w.tasks.push(func() error {
		defer w.leave(f)
		return task()
	})
}

func (w *walk) leave(f *folder) {
	if f.tasks.Add(-1) == 0 {
		f.place.close()
	}
}

// choose makes the items of a folder from its listing, in the order of the
// paths below them: a folder sorts as its name with a slash.
func (w *walk) choose(f *folder, entries []entry) error {
	f.items = make([]item, 0, len(entries))
	for _, e := range entries {
		if passOver(e.name, e.mode.IsDir()) {
			continue
		}
		it := item{entry: e}
		if fault := checkName(f.path, it.name); fault != nil {
			it.fault = fault
		} else if err := w.classify(f, &it); err != nil {
			return err
		}
		f.items = append(f.items, it)
	}
	if w.entries.Add(int64(len(f.items))) > w.limits.entries {
		return fmt.Errorf("more than %d files and folders; is this the right folder?", w.limits.entries)
	}
	slices.SortFunc(f.items, func(a, b item) int { return cmp.Compare(a.key(), b.key()) })
	f.faults = append(f.faults, collisions(f)...)
	return nil
}

func (it *item) key() string {
	if it.child != nil {
		return it.name + "/"
	}
	return it.name
}

// classify decides what an entry is: a file, a folder or a fault.
func (w *walk) classify(f *folder, it *item) error {
	switch mode := it.mode; {
	case mode.IsRegular():
	case mode.IsDir():
		w.descend(f, it, joinReal(f.real, it.name))
	case mode&fs.ModeSymlink != 0:
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

// stack holds the tasks that are still to do, newest first, so that few folders
// are open at a time. After an error the rest are dropped.
type stack struct {
	mu      sync.Mutex
	more    *sync.Cond
	waiting []func() error
	pending int // waiting or at work
	err     error
}

func (s *stack) init() { s.more = sync.NewCond(&s.mu) }

func (s *stack) push(task func() error) {
	s.mu.Lock()
	s.waiting = append(s.waiting, task)
	s.pending++
	s.mu.Unlock()
	s.more.Signal()
}

// work does tasks until none is left.
func (s *stack) work() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for {
		for len(s.waiting) == 0 && s.pending > 0 {
			s.more.Wait()
		}
		if s.pending == 0 {
			return
		}
		task := s.waiting[len(s.waiting)-1]
		s.waiting = s.waiting[:len(s.waiting)-1]
		failed := s.err != nil
		s.mu.Unlock()
		var err error
		if !failed {
			err = task()
		}
		s.mu.Lock()
		s.err = cmp.Or(s.err, err)
		if s.pending--; s.pending == 0 {
			s.more.Broadcast()
		}
	}
}

// gone says whether an entry went away between two looks at it.
func gone(err error) bool { return errors.Is(err, fs.ErrNotExist) }
