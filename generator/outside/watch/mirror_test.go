package watch

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A mirror is kept up by reading again what hints name and nothing else, a
// Confirm never. While the tree is changed at random, between the looks and
// during them, it may lag; afterwards it must be the same as the tree.
func TestMirror(t *testing.T) {
	for seed := range uint64(8) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			root := filepath.Join(t.TempDir(), "site")
			mkdir(t, filepath.Join(root, "d0/d0"))
			m := &mirror{caller: newCaller(t, Options{}, root), root: root, files: map[string]string{}}
			rnd := rand.New(rand.NewPCG(seed, 0))
			g := &gremlin{rnd: rnd, root: root}
			m.read(".")
			m.cover()
			for round := range 6 {
				done := make(chan struct{})
				go func() {
					defer close(done)
					for range 50 + rnd.IntN(200) {
						g.change()
					}
				}()
				for running := true; running; {
					select {
					case <-done:
						running = false
					default:
						m.step()
					}
				}
				truth := &mirror{root: root, files: map[string]string{}}
				truth.read(".")
				// Two Confirms in a row, and nothing else in half a minute: the
				// mirror will never hear of what it lacks.
				for confirms := 0; !maps.Equal(truth.files, m.files); {
					if confirms++; !m.step() {
						confirms = 0
					}
					if confirms == 2 {
						t.Fatalf("round %d: the tree is %v\nthe mirror is %v", round, truth.files, m.files)
					}
				}
			}
		})
	}
}

// mirror holds what files hold, by their paths.
type mirror struct {
	*caller
	root   string
	files  map[string]string
	looked []string
}

// step takes a hint, and says whether it was a Confirm.
func (m *mirror) step() bool {
	h := m.wait()
	switch {
	case h.Confirm:
	case h.Everything:
		clear(m.files)
		m.read(".")
	}
	for _, p := range h.Paths[0] {
		m.refresh(p)
	}
	m.cover()
	return h.Confirm
}

// cover names what a look finds and, because it must name all that was looked
// into, what the mirror has read and may have gone since.
func (m *mirror) cover() {
	m.w.Cover(0, append(list(m.root), m.looked...))
	m.looked = nil
}

// read reads all that is below a folder.
func (m *mirror) read(folder string) {
	for _, f := range list(m.root) {
		if names([]string{folder}, f) {
			m.refresh(f)
		}
	}
}

// refresh reads a file, or what a folder holds directly.
func (m *mirror) refresh(p string) {
	info, err := os.Stat(filepath.Join(m.root, p))
	if err != nil || !info.IsDir() {
		m.forget(p)
		if data, err := os.ReadFile(filepath.Join(m.root, p)); err == nil {
			m.files[p] = string(data)
		}
		return
	}
	m.looked = append(m.looked, p)
	delete(m.files, p)
	entries, _ := os.ReadDir(filepath.Join(m.root, p))
	for known := range m.files {
		rest, below := strings.CutPrefix(known, p+"/")
		if p == "." {
			rest, below = known, true
		}
		if !below {
			continue
		}
		first, _, _ := strings.Cut(rest, "/")
		if !slices.ContainsFunc(entries, func(e os.DirEntry) bool { return e.Name() == first }) {
			delete(m.files, known)
		}
	}
	for _, e := range entries {
		name := path.Join(p, e.Name())
		if info, err := os.Stat(filepath.Join(m.root, name)); err != nil {
			m.forget(name)
		} else if !info.IsDir() {
			m.refresh(name)
		}
	}
}

func (m *mirror) forget(p string) {
	for known := range m.files {
		if known == p || strings.HasPrefix(known, p+"/") {
			delete(m.files, known)
		}
	}
}

// gremlin changes a tree: folders d0 to d3 nested three deep, files in them, and
// links l0 and l1 at the top to folders there.
type gremlin struct {
	rnd  *rand.Rand
	root string
	n    int
}

func (g *gremlin) folder() string {
	p := g.root
	for range g.rnd.IntN(4) {
		p = filepath.Join(p, fmt.Sprint("d", g.rnd.IntN(4)))
	}
	return p
}

func (g *gremlin) inner() string { return filepath.Join(g.folder(), fmt.Sprint("d", g.rnd.IntN(4))) }

// change makes one change. Most are impossible now and then.
func (g *gremlin) change() {
	g.n++
	name := func() string { return filepath.Join(g.folder(), fmt.Sprint("f", g.rnd.IntN(5))) }
	switch at := g.rnd.IntN(40); {
	case at < 12:
		os.WriteFile(name(), fmt.Append(nil, g.n), 0o644)
	case at < 18:
		temp := name() + ".new"
		os.WriteFile(temp, fmt.Append(nil, g.n), 0o644)
		os.Rename(temp, name())
	case at < 20:
		os.Remove(name())
	case at < 22:
		os.Rename(name(), name())
	case at < 29:
		os.MkdirAll(g.inner(), 0o755)
	case at < 33:
		os.Rename(g.inner(), g.inner())
	case at < 34:
		os.RemoveAll(g.inner())
	case at < 37:
		l := filepath.Join(g.root, fmt.Sprint("l", g.rnd.IntN(2)))
		os.Symlink(fmt.Sprint("d", g.rnd.IntN(4)), l+".new")
		os.Rename(l+".new", l)
		os.Remove(l + ".new")
	case at < 38:
		os.RemoveAll(filepath.Join(g.root, "away"))
		moved := g.inner()
		if os.Rename(moved, filepath.Join(g.root, "..", "away")) == nil {
			os.WriteFile(filepath.Join(g.root, "../away/f0"), fmt.Append(nil, g.n), 0o644)
			os.Rename(filepath.Join(g.root, "..", "away"), moved)
		}
	case g.rnd.IntN(10) == 0:
		os.Rename(g.root, g.root+".old")
		if g.rnd.IntN(2) == 0 {
			os.Rename(g.root+".old", g.root)
		} else {
			os.MkdirAll(filepath.Join(g.root, "d1/d1"), 0o755)
			os.RemoveAll(g.root + ".old")
		}
	}
}
