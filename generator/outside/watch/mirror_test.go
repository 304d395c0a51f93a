package watch

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"testing"
	"time"
)

// A mirror is kept up by reading again what events lead to hints at, and nothing
// else. While the tree is changed at random, between the looks and during them, it
// may lag; afterwards it must be the same as the tree.
func TestMirror(t *testing.T) {
	for seed := range uint64(8) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			root := filepath.Join(t.TempDir(), "site")
			mkdir(t, filepath.Join(root, "d0/d0"))
			m := &mirror{caller: newCaller(t, Options{}, root), root: root, files: map[string]string{}}
			rnd := rand.New(rand.NewPCG(seed, 0))
			g := &gremlin{rnd: rnd, root: root}
			m.refresh(".")
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
				truth.refresh(".")
				for deadline := time.Now().Add(generous); !maps.Equal(truth.files, m.files); m.step() {
					if m.w.events.ready().IsZero() && time.Now().After(deadline) {
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
	root  string
	files map[string]string
}

// step takes a hint that comes of events, if there is one.
func (m *mirror) step() {
	if m.w.events.ready().IsZero() && m.w.next.IsZero() {
		runtime.Gosched()
		return
	}
	h := m.wait()
	if h.Everything {
		m.refresh(".")
	}
	for _, p := range h.Paths[0] {
		m.refresh(p)
	}
	m.look()
}

// refresh reads a file, or all that is in a folder.
func (m *mirror) refresh(p string) {
	m.forget(p)
	entries, err := os.ReadDir(filepath.Join(m.root, p))
	if err != nil {
		if data, err := os.ReadFile(filepath.Join(m.root, p)); err == nil {
			m.files[p] = string(data)
		}
		return
	}
	for _, e := range entries {
		m.refresh(path.Join(p, e.Name()))
	}
}

func (m *mirror) forget(p string) {
	for known := range m.files {
		if names([]string{p}, known) {
			delete(m.files, known)
		}
	}
}

// gremlin changes a tree: folders d0 to d3 nested three deep, and files in them.
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
	switch at := g.rnd.IntN(36); {
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
	default:
		os.RemoveAll(filepath.Join(g.root, "away"))
		moved := g.inner()
		if os.Rename(moved, filepath.Join(g.root, "..", "away")) == nil {
			os.WriteFile(filepath.Join(g.root, "../away/f0"), fmt.Append(nil, g.n), 0o644)
			os.Rename(filepath.Join(g.root, "..", "away"), moved)
		}
	}
}
