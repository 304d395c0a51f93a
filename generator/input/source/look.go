package source

import (
	"errors"
	"os"
	"path"
	"strings"

	"candor/generator/message"
)

// Look looks again at what the paths name, which are slash paths from the folder,
// and trusts that the rest is as at the look before. "." names everything. A path
// that names a file costs no more than that file; one that names a folder stands
// for its entries, and for all that is in those folders of it that are new or
// have been replaced. Of a path whose parents are not known, the nearest folder
// that is known is asked what became of it. What is passed over, and what is not
// there and never was, may be named as well.
//
// A Look at everything is made instead where a part will not do: the first time,
// after an error, when links are in the tree, when many files have changed and it
// is time to believe it, and on systems that do not tell one folder from another.
//
// After an error the Reader still remembers what it saw before.
func (r *Reader) Look(paths []string) (Tree, error) {
	start := r.now()
	root, err := openTop(r.dir)
	if err != nil {
		r.partly = false
		return Tree{}, message.Errorf("read folder %s: %w", r.dir, reason(err))
	}
	defer root.Close()
	named := namePlaces(paths, r.settling.due(start))
	if named.named || !r.partly || r.lookAtPart(root, named) != nil {
		err = r.lookAtAll(root)
	}
	if err != nil {
		return Tree{}, message.Errorf("read folder %s: %w", r.dir, err)
	}
	return r.judge(start), nil
}

// lookAtAll reads the whole tree.
func (r *Reader) lookAtAll(root *os.Root) error {
	r.partly = false
	w := r.walk(root)
	top := &folder{real: "."}
	if err := w.run(func() error { return w.enterTop(top, r.top) }); err != nil {
		return err
	}
	if r.top == nil {
		r.begin(top)
	} else {
		var d delta
		d.folder(r.top, top)
		r.top = top
		r.apply(&d)
	}
	r.partly = identifies && !w.linked.Load()
	return nil
}

// lookAtPart looks at the places alone. Whatever error it returns, what was found
// until then stands, and a look at everything says whether it is one.
func (r *Reader) lookAtPart(root *os.Root, named *places) error {
	p, err := openTopPlace(root)
	if err != nil {
		return err
	}
	if now, err := p.self(); err != nil || !now.sameFile(r.top.stamp) {
		p.close()
		return errReplaced
	}
	l := look{walk: r.walk(root)}
	l.within = true
	err = l.visit(r.top, p, named)
	r.apply(&l.delta)
	if err == nil && int64(r.entries) > r.limits.entries {
		err = l.tooMany()
	}
	return err
}

// errReplaced says that a folder is not the one that was looked into before.
var errReplaced = errors.New("the folder was replaced")

// places are paths as a tree.
type places struct {
	named bool
	below map[string]*places
}

func namePlaces(lists ...[]string) *places {
	top := &places{}
	for _, list := range lists {
		for _, at := range list {
			top.add(path.Clean(at))
		}
	}
	return top
}

// add names a path, unless there can be nothing of ours.
func (n *places) add(at string) {
	if at == "." {
		n.named = true
		return
	}
	if at[0] == '/' || strings.Contains(at, "\x00") || private(at) {
		return
	}
	for part := range strings.SplitSeq(at, "/") {
		next := n.below[part]
		if next == nil {
			next = &places{}
			if n.below == nil {
				n.below = map[string]*places{}
			}
			n.below[part] = next
		}
		n = next
	}
	n.named = true
}

// look is a walk to single places of a tree that is known.
type look struct {
	*walk
	delta delta
}

// visit looks at the places in a folder that is the one known.
func (l *look) visit(f *folder, p *place, named *places) error {
	f.place = p
	f.tasks.Store(1)
	defer l.leave(f)
	for name, below := range named.below {
		if err := l.visitName(f, name, below); err != nil {
			return err
		}
	}
	return nil
}

func (l *look) visitName(f *folder, name string, named *places) error {
	child := f.find(name).folder()
	if named.named || !child.sound() {
		return l.visitEntry(f, name, named)
	}
	p, err := l.enterSame(f, name, child)
	if err != nil { // something has become of the folder
		return l.visitEntry(f, name, named)
	}
	return l.visit(child, p, named)
}

// visitEntry looks at an entry of the folder, and at the places below it as far
// as that has not been a look at them.
func (l *look) visitEntry(f *folder, name string, named *places) error {
	fresh, err := l.entry(f, name)
	child := f.find(name).folder()
	if err != nil || fresh || len(named.below) == 0 || !child.sound() {
		return err
	}
	p, err := l.enterSame(f, name, child)
	if err != nil {
		return err
	}
	return l.visit(child, p, named)
}

// enterSame opens a folder that is known, if it is still there.
func (l *look) enterSame(f *folder, name string, child *folder) (*place, error) {
	p, err := f.place.enter(name)
	if err != nil {
		return nil, err
	}
	if now, err := p.self(); err != nil || !now.sameFile(child.stamp) {
		p.close()
		return nil, errReplaced
	}
	return p, nil
}

// entry looks at one entry of an open folder, and says whether all that is below
// it has been looked at.
func (l *look) entry(f *folder, name string) (fresh bool, err error) {
	mode, now, err := f.place.look(name)
	switch {
	case gone(err), err == nil && passOver(name, mode.IsDir()):
		l.drop(f, name)
		return true, nil
	case err != nil:
		return false, err
	}
	before := f.find(name)
	it := item{entry: entry{name, mode}}
	if err := l.classify(f, &it); err != nil {
		return false, err
	}
	was := past{folder: before.folder()}
	switch {
	case it.fault != nil:
	case it.child != nil:
		was.shallow = was.folder != nil && now.sameFile(was.stamp)
		err = l.run(func() error { return l.enter(f, &it, was) })
	default:
		it.known = before.file()
		if it.known.as(mode, now) {
			return true, nil
		}
		err = l.load(f, &it)
	}
	if err != nil {
		return false, err
	}
	l.put(f, before, it)
	return !was.shallow, nil
}

// put makes it the item of its name, unless it went away while it was read.
func (l *look) put(f *folder, before *item, it item) {
	if it.fault == nil && (it.child == nil && !it.known.there() || it.child != nil && !it.child.entered) {
		l.drop(f, it.name)
		return
	}
	l.delta.item(f.path, before, &it)
	if before == nil {
		l.delta.entries++
	}
	collisions := f.collisions
	f.put(it)
	l.delta.collisions(collisions, f.collisions)
}

// drop takes out what had the name, if anything had.
func (l *look) drop(f *folder, name string) {
	before := f.find(name)
	if before == nil {
		return
	}
	l.delta.item(f.path, before, nil)
	l.delta.entries--
	collisions := f.collisions
	f.drop(name)
	l.delta.collisions(collisions, f.collisions)
}
