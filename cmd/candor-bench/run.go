package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// The targets of the design: candor costs at most so many times the floor, a fifth of the 1.2 GB that Hugo takes on
// this work, and a tenth of a second for a site of ordinary size.
const (
	targetRatio     = 1.2
	targetMemoryMB  = 240
	targetExampleMS = 100
	targetCheck     = 1.0 // times a build
)

// bench is one run of the benchmark.
type bench struct {
	options
	ctx     context.Context
	work    string // everything is written below it
	content string // the corpus, once a part has asked for it
	table   table
}

// parts are what is measured, in order. Another benchmark is another file with another line here.
var parts = []struct {
	name string
	run  func(*bench) error
}{
	{"corpus", (*bench).corpusPart},
	{"build", (*bench).buildPart},
	{"check", (*bench).checkPart},
	{"example", (*bench).examplePart},
	{"watch", (*bench).watchPart},
}

// partNames lists what --only accepts.
func partNames() []string {
	names := make([]string, len(parts))
	for i, part := range parts {
		names[i] = part.name
	}
	return names
}

// known tells whether --only names a part.
func known(only string) bool {
	for _, part := range parts {
		if only == part.name {
			return true
		}
	}
	return only == ""
}

// benchmark runs the parts in a work directory, which it removes unless told to keep it.
func benchmark(ctx context.Context, opts options, out io.Writer) (err error) {
	if !known(opts.only) {
		return usageError{fmt.Errorf("no part is called %q; there are %s", opts.only, strings.Join(partNames(), ", "))}
	}
	work, remove, err := workDirectory(opts.keep)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, remove()) }()
	b := &bench{options: opts, ctx: ctx, work: work, table: table{out: out}}
	for _, part := range parts {
		if opts.only != "" && opts.only != part.name {
			continue
		}
		if err := part.run(b); err != nil {
			return fmt.Errorf("%s: %w", part.name, err)
		}
	}
	if opts.enforce && b.table.missed > 0 {
		return errMissed
	}
	return nil
}

// workDirectory returns the directory to work in and what to do with it at the end. One that the user names has to be
// new or empty: old figures' files are replaced without asking, and nobody else's may be among them.
func workDirectory(keep string) (string, func() error, error) {
	if keep == "" {
		work, err := os.MkdirTemp("", "candor-bench-")
		return work, func() error { return os.RemoveAll(work) }, err
	}
	if entries, err := os.ReadDir(keep); err == nil && len(entries) > 0 {
		return "", nil, usageError{fmt.Errorf("--keep %s: the directory is not empty; name a new one", keep)}
	}
	work, err := filepath.Abs(keep)
	return work, func() error { return nil }, errors.Join(err, os.MkdirAll(keep, 0o755))
}

// corpusPart writes the corpus and says how large it is.
func (b *bench) corpusPart() error {
	if b.only != "" && b.keep == "" {
		return usageError{errors.New("--only corpus needs --keep, or the corpus is gone at once")}
	}
	content, err := b.corpus()
	if err != nil {
		return err
	}
	size, err := sizeOf(content)
	fmt.Fprintf(b.table.out, "corpus: %d incidents × %d updates, seed %d: %s\n", b.incidents, b.updates, b.seed, size)
	return err
}

// corpus returns the corpus's directory, written by a process of its own when first asked for: see measure.
func (b *bench) corpus() (string, error) {
	if b.content != "" {
		return b.content, nil
	}
	program, err := self()
	if err != nil {
		return "", err
	}
	content := filepath.Join(b.work, "content")
	_, err = measure(b.ctx, filepath.Join(b.work, "corpus.log"), program, "corpus", fmt.Sprintf("--incidents=%d", b.incidents),
		fmt.Sprintf("--updates=%d", b.updates), fmt.Sprintf("--seed=%d", b.seed), content)
	if err == nil {
		b.content = content
	}
	return content, err
}

// sizeOf counts the regular files below a directory and their bytes.
func sizeOf(dir string) (size treeSize, err error) {
	err = filepath.WalkDir(dir, func(_ string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		info, err := entry.Info()
		if err == nil {
			size.files++
			size.bytes += info.Size()
		}
		return err
	})
	return size, err
}
