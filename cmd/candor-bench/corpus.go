package main

import (
	"os"
	"path/filepath"
)

// The two corpora: a site in order, and one as people write, with about nine findings an incident, links between
// incidents, tables, nested lists, images and parts in the other language.
const (
	clean   = "clean"
	written = "written"
)

var corpora = []string{clean, written}

// photoName is the image in each incident's folder of the corpus "written".
const photoName = "photo.png"

// writeCorpus writes a corpus into dir. The same seed and numbers give the same bytes anywhere: each incident has its
// own source of randomness. Some promises are never kept and nobody follows up the reports; in the clean corpus the
// rules that would say so of each incident are off.
func writeCorpus(kind, dir string, seed uint64, incidents, updates int) error {
	site, err := data.ReadFile("data/site.toml")
	if err != nil {
		return err
	}
	photo, err := data.ReadFile("data/" + photoName)
	if err != nil {
		return err
	}
	if kind == clean {
		site = append(site, "\n[rules]\npromise-overdue = \"off\"\nfollow-up = \"off\"\n"...)
	}
	if err := writeFile(filepath.Join(dir, "site.toml"), string(site)); err != nil {
		return err
	}
	for i := range incidents {
		p := newPlan(kind, seed, i, updates)
		folder := filepath.Join(dir, "incidents", p.slug)
		files := p.files()
		if kind == written {
			files[photoName] = string(photo)
		}
		for name, text := range files {
			if err := writeFile(filepath.Join(folder, name), text); err != nil {
				return err
			}
		}
	}
	return nil
}

// writeFile writes a file and the folders above it.
func writeFile(path, text string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, []byte(text), 0o644)
}
