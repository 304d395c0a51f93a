package main

import (
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
)

// treeSize says what a directory holds.
type treeSize struct{ files, bytes int64 }

func (s treeSize) String() string {
	return fmt.Sprintf("%d files, %.1f MB", s.files, float64(s.bytes)/1e6)
}

// writeCorpus writes the corpus into dir. The same seed and numbers give the same bytes anywhere: each incident has its
// own source of randomness.
func writeCorpus(dir string, seed uint64, incidents, updates int) (treeSize, error) {
	if incidents < 1 || updates < 1 {
		return treeSize{}, fmt.Errorf("a corpus needs at least one incident and one update, not %d and %d", incidents, updates)
	}
	var size treeSize
	write := func(name, text string) error {
		atomic.AddInt64(&size.files, 1)
		atomic.AddInt64(&size.bytes, int64(len(text)))
		return os.WriteFile(filepath.Join(dir, filepath.FromSlash(name)), []byte(text), 0o644)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return size, err
	}
	if err := write("site.toml", siteTOML()); err != nil {
		return size, err
	}
	const workers = 4
	failures := make([]error, workers)
	var group sync.WaitGroup
	for worker := range workers {
		group.Go(func() {
			for i := worker; i < incidents && failures[worker] == nil; i += workers {
				failures[worker] = writeIncident(dir, newPlan(seed, i, updates), write)
			}
		})
	}
	group.Wait()
	for _, err := range failures {
		if err != nil {
			return size, err
		}
	}
	return size, nil
}

// writeIncident writes one incident's folder.
func writeIncident(dir string, p *plan, write func(name, text string) error) error {
	folder := "incidents/" + p.slug + "/"
	if err := os.MkdirAll(filepath.Join(dir, filepath.FromSlash(folder), "updates"), 0o755); err != nil {
		return err
	}
	if err := write(folder+"index.md", p.index()); err != nil {
		return err
	}
	for k, u := range p.updates {
		if err := write(folder+"updates/"+u.name+".md", p.update(k)); err != nil {
			return err
		}
	}
	if err := write(folder+"faq.md", p.faq()); err != nil {
		return err
	}
	return write(folder+"report.md", p.reportFile())
}
