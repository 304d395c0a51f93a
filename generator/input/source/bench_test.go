package source

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
)

// corpus writes 1,000 incidents of 23 files each, the size that the design speaks
// of, and returns its folder.
func corpus(b *testing.B) string {
	dir := b.TempDir()
	text := []byte(strings.Repeat("公布第三方检测报告。 ", 40))
	for i := range 1000 {
		updates := filepath.Join(dir, "incidents", fmt.Sprintf("incident-%04d", i), "updates")
		if err := os.MkdirAll(updates, 0o755); err != nil {
			b.Fatal(err)
		}
		for j := range 23 {
			at := filepath.Join(updates, fmt.Sprintf("update-%02d.md", j))
			if j < 3 {
				at = filepath.Join(updates, "..", fmt.Sprintf("page-%d.md", j))
			}
			if err := os.WriteFile(at, text, 0o644); err != nil {
				b.Fatal(err)
			}
			old := time.Now().Add(-time.Hour)
			if err := os.Chtimes(at, old, old); err != nil {
				b.Fatal(err)
			}
		}
	}
	return dir
}

// BenchmarkRead compares one look with the least that a program could do: list
// the tree and call os.ReadFile on each file, on as many goroutines.
func BenchmarkRead(b *testing.B) {
	dir := corpus(b)
	b.Run("os.ReadFile", func(b *testing.B) {
		for b.Loop() {
			plain(b, dir)
		}
	})
	b.Run("cold", func(b *testing.B) {
		for b.Loop() {
			if t, err := NewReader(dir).Read(); err != nil || t.Files.Len() != 23000 {
				b.Fatal(t.Files.Len(), err)
			}
		}
	})
	b.Run("unchanged", func(b *testing.B) {
		r := NewReader(dir)
		r.now = func() time.Time { return time.Now().Add(time.Hour) }
		if _, err := r.Read(); err != nil {
			b.Fatal(err)
		}
		for b.Loop() {
			if t, err := r.Read(); err != nil || t.Changed {
				b.Fatal(t.Changed, err)
			}
		}
	})
}

func plain(b *testing.B, dir string) {
	var paths []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			paths = append(paths, path)
		}
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	var group sync.WaitGroup
	n := runtime.GOMAXPROCS(0)
	for part := range n {
		group.Go(func() {
			for _, path := range paths[len(paths)*part/n : len(paths)*(part+1)/n] {
				if _, err := os.ReadFile(path); err != nil {
					b.Error(err)
				}
			}
		})
	}
	group.Wait()
}

// BenchmarkLook is what a save costs: one file of 23,000, and of a folder that
// holds few files or many.
func BenchmarkLook(b *testing.B) {
	dir := corpus(b)
	b.Run("unchanged", func(b *testing.B) { lookAgain(b, dir, "incidents/incident-0500/updates/update-10.md", nil) })
	b.Run("changed", func(b *testing.B) { lookAgain(b, dir, "incidents/incident-0500/updates/update-10.md", rewrite) })
	b.Run("come and gone", func(b *testing.B) { lookAgain(b, dir, "incidents/incident-0500/updates/new.md", comeAndGo) })
	for _, n := range []int{50, 5000} {
		dir := b.TempDir()
		for i := range n {
			put(b, filepath.Join(dir, "updates", fmt.Sprintf("%04d.md", i)), "", "text")
		}
		b.Run(fmt.Sprint("changed of ", n), func(b *testing.B) { lookAgain(b, dir, "updates/0020.md", rewrite) })
		b.Run(fmt.Sprint("come and gone of ", n), func(b *testing.B) { lookAgain(b, dir, "updates/0020-b.md", comeAndGo) })
	}
}

// lookAgain measures the looks alone; each shows another state than the one before.
func lookAgain(b *testing.B, dir, name string, change func(at string, i int) error) {
	r := NewReader(dir)
	clock := farAhead
	r.now = func() time.Time { return clock }
	if _, err := r.Read(); err != nil {
		b.Fatal(err)
	}
	for i := 0; b.Loop(); i++ {
		if change != nil {
			b.StopTimer()
			if err := change(filepath.Join(dir, name), i); err != nil {
				b.Fatal(err)
			}
			clock = clock.Add(time.Hour)
			b.StartTimer()
		}
		t, err := r.Look([]string{name})
		if err != nil || t.Changed != (change != nil) {
			b.Fatal(t.Changed, err)
		}
		if t.Unsettled > 0 {
			b.StopTimer()
			clock = clock.Add(time.Hour)
			if t, err := r.Look(nil); err != nil || t.Unsettled != 0 {
				b.Fatal(t.Unsettled, err)
			}
			b.StartTimer()
		}
	}
}

func rewrite(at string, i int) error {
	return os.WriteFile(at, []byte(strings.Repeat("x", 1000+i%1000)), 0o644)
}

func comeAndGo(at string, i int) error {
	if i%2 == 1 {
		return os.Remove(at)
	}
	return os.WriteFile(at, []byte("text"), 0o644)
}
