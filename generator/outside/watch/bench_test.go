package watch

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

func wide(b *testing.B) (string, []string) {
	dir := b.TempDir()
	for i := range 1000 {
		if err := os.MkdirAll(filepath.Join(dir, fmt.Sprintf("incidents/incident-%04d/updates", i)), 0o755); err != nil {
			b.Fatal(err)
		}
	}
	return dir, list(dir)
}

// BenchmarkWatch is for 2,002 folders.
func BenchmarkWatch(b *testing.B) {
	dir, folders := wide(b)
	open := func() *Watcher {
		w, err := New([]string{dir}, Options{})
		if err != nil {
			b.Fatal(err)
		}
		return w
	}
	b.Run("first", func(b *testing.B) {
		for b.Loop() {
			w := open()
			w.Watch(0, folders)
			w.Close()
		}
	})
	b.Run("unchanged", func(b *testing.B) {
		w := open()
		defer w.Close()
		w.Watch(0, folders)
		again := make([]string, len(folders))
		for i, folder := range folders {
			again[i] = string([]byte(folder))
		}
		for b.Loop() {
			w.Watch(0, again)
		}
	})
	b.Run("one more", func(b *testing.B) {
		w := open()
		defer w.Close()
		w.Watch(0, folders)
		fewer := slices.Delete(slices.Clone(folders), 1000, 1001)
		for b.Loop() {
			w.Watch(0, fewer)
			w.Watch(0, folders)
		}
	})
}

// BenchmarkSave is from a save to the hint.
func BenchmarkSave(b *testing.B) {
	dir, folders := wide(b)
	w, err := New([]string{dir}, Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer w.Close()
	w.Watch(0, folders)
	wait := func() Hint {
		h, err := w.Wait(context.Background(), time.Time{})
		if err != nil {
			b.Fatal(err)
		}
		return h
	}
	for h := wait(); !h.Everything; h = wait() {
	}
	name := filepath.Join(dir, "incidents/incident-0500/updates/x.md")
	for b.Loop() {
		if err := os.WriteFile(name, []byte("text"), 0o644); err != nil {
			b.Fatal(err)
		}
		for h := wait(); h.Paths == nil; h = wait() {
		}
	}
}
