package watch

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/fsnotify/fsnotify"
)

// step is a name on which it depends where a root is: its own, that of a link on
// the way to it, or the first that is missing.
type step struct {
	dir  string // the folder that holds it, a path without links
	name string
}

// maxLinks is how many links may stand on the way to a root, as on Linux.
const maxLinks = 40

// way follows the absolute path name. It returns the steps on it and, if it leads
// somewhere, the path without links.
func way(name string) (steps []step, real string) {
	todo, dir := split(name)
	add := func(at step) {
		if !slices.Contains(steps, at) {
			steps = append(steps, at)
		}
	}
	for links := 0; len(todo) > 0; {
		at := step{dir, todo[0]}
		todo = todo[1:]
		switch at.name {
		case "", ".":
			continue
		case "..":
			dir = filepath.Dir(dir)
			continue
		}
		next := filepath.Join(dir, at.name)
		info, err := os.Lstat(next)
		if err != nil {
			add(at)
			return steps, ""
		}
		if info.Mode()&fs.ModeSymlink == 0 {
			if len(todo) == 0 {
				add(at)
			}
			dir = next
			continue
		}
		add(at)
		target, err := os.Readlink(next)
		if links++; err != nil || links > maxLinks {
			return steps, ""
		}
		parts := strings.Split(filepath.ToSlash(target), "/")
		if filepath.IsAbs(target) {
			parts, dir = split(target)
		}
		todo = append(parts, todo...)
	}
	return steps, dir
}

// split returns the names in an absolute path, and where they count from.
func split(abs string) (names []string, top string) {
	top = filepath.VolumeName(abs) + string(filepath.Separator)
	return strings.Split(filepath.ToSlash(strings.TrimPrefix(abs, top)), "/"), top
}

// maxTries is how often the way to a root may change under the eyes of anchor.
const maxTries = 10

// anchor watches for whatever can change where the root is.
func (w *Watcher) anchor(root int) {
	t := &w.roots[root]
	for range maxTries {
		steps, _ := way(t.path)
		loose := !w.stand(root, steps)
		if w.polling() {
			return
		}
		t.loose = loose
		t.info = identity(t.path)
		// What happened before the watches stood has made no event.
		if again, _ := way(t.path); slices.Equal(again, steps) {
			return
		}
	}
	t.loose = true
}

// identity returns what tells a folder from another of the same path, nil if
// there is none.
func identity(name string) fs.FileInfo {
	info, err := os.Stat(name)
	if err != nil {
		return nil
	}
	return info
}

// stand watches the steps and no others, and says whether all could be watched.
func (w *Watcher) stand(root int, steps []step) bool {
	t := &w.roots[root]
	old := t.steps
	t.steps = steps
	all := true
	for _, s := range steps {
		w.giveUp(w.ledger.lead(s, root, inodeAt(s.dir)))
		if w.system.silent(s.dir) != "" {
			all = false
		}
		// Also where there is a watch already: it may be another folder now.
		err := w.system.watch(s.dir)
		switch {
		case err == nil:
		case errors.Is(err, fsnotify.ErrClosed):
			return false
		case final(err):
			w.startPolling(refusal(err))
			return false
		default: // such as a folder that may be entered but not listed
			all = false
		}
	}
	for _, s := range old {
		if !slices.Contains(t.steps, s) && w.ledger.unlead(s, root) {
			w.system.Remove(s.dir)
		}
	}
	return all
}

// settle finds the way again to the roots that have strayed.
func (w *Watcher) settle() {
	for _, r := range w.ledger.takeStrayed() {
		if w.polling() {
			return
		}
		w.anchor(r)
		w.ledger.suspect(place{r, "."})
		w.ledger.hintAll(0)
		// With a watch that is made anew, events about other roots may be lost.
		w.compare()
	}
}

// compare compares the roots and the ways to them with what they were, because
// further up there are no watches. It says whether there is something to settle.
func (w *Watcher) compare() bool {
	differ := false
	for r, t := range w.roots {
		is := identity(t.path)
		same := t.info == nil && is == nil || t.info != nil && is != nil && os.SameFile(t.info, is)
		if steps, _ := way(t.path); same && slices.Equal(steps, t.steps) {
			continue
		}
		differ = true
		w.ledger.leave(r)
	}
	return differ
}

func (w *Watcher) anyLoose() bool {
	return slices.ContainsFunc(w.roots, func(t root) bool { return t.loose })
}

// lead enters that a step is on the way to a root. For what it returns, see claim.
func (l *ledger) lead(s step, root int, node inode) (moved []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	d := l.dir(s.dir)
	moved = l.claim(d, node)
	if slices.Contains(d.names[s.name], root) {
		return moved
	}
	if d.names == nil {
		d.names = make(map[string][]int)
	}
	d.names[s.name] = append(d.names[s.name], root)
	return moved
}

// unlead takes a step out. It says whether the watch has become useless.
func (l *ledger) unlead(s step, root int) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	d := l.dirs[s.dir]
	roots := slices.DeleteFunc(d.names[s.name], func(r int) bool { return r == root })
	if d.names[s.name] = roots; len(roots) == 0 {
		delete(d.names, s.name)
	}
	return l.useless(d)
}

// leave enters that a root is not what it was.
func (l *ledger) leave(root int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.stray([]int{root})
}
