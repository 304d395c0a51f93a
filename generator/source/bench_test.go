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

// corpus writes 1,000 incidents of 23 files each, the size that design §8 speaks
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
			if t, err := Read(dir); err != nil || t.Files.Len() != 23000 {
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
