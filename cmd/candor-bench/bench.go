package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
)

// bench is one run of the benchmark.
type bench struct {
	options
	ctx   context.Context
	work  string // everything is written below it
	self  string // this program, to be started again for the corpora, the floor and the Hugo site
	hugo  string // empty if there is none
	table table
}

// site is one corpus, and the same as a Hugo site.
type site struct{ content, hugo string }

// parts are what --only can choose.
var parts = []string{"build", "save", "growth", "example"}

// benchmark runs the parts in a temporary directory.
func benchmark(ctx context.Context, opts options, out io.Writer) (err error) {
	b := &bench{options: opts, ctx: ctx, table: table{out: out}}
	if b.work, err = os.MkdirTemp("", "candor-bench-"); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(b.work)) }()
	if err := b.programs(); err != nil {
		return err
	}
	defer b.table.print() // what was measured counts, even if something later cannot be
	if b.wants("build") || b.wants("save") {
		for _, kind := range corpora {
			if err := b.onCorpus(kind); err != nil {
				return fmt.Errorf("%s: %w", kind, err)
			}
		}
	}
	if b.wants("growth") {
		if err := b.growth(); err != nil {
			return err
		}
	}
	if b.wants("example") {
		return b.exampleSite()
	}
	return nil
}

// wants reports whether a part is to be measured.
func (b *bench) wants(part string) bool { return b.only == "" || b.only == part }

// onCorpus writes a corpus, and the Hugo site of it, and measures on them.
func (b *bench) onCorpus(kind string) error {
	s := site{content: filepath.Join(b.work, kind, "content"), hugo: filepath.Join(b.work, kind, "hugo")}
	if err := b.writeCorpus(kind, s.content, b.incidents, b.updates); err != nil {
		return err
	}
	if b.hugo != "" {
		if _, err := b.measure("hugo-site", b.self, "hugo", s.content, s.hugo); err != nil {
			return err
		}
	}
	if b.wants("build") {
		if err := b.builds(kind, s); err != nil {
			return err
		}
	}
	if b.wants("save") {
		return b.savesOn(kind, s)
	}
	return nil
}

// writeCorpus writes a corpus in a process of its own: see measure.
func (b *bench) writeCorpus(kind, dir string, incidents, updates int) error {
	_, err := b.measure("corpus", b.self, "corpus", "--written="+fmt.Sprint(kind == written),
		"--seed="+fmt.Sprint(b.seed), "--incidents="+fmt.Sprint(incidents), "--updates="+fmt.Sprint(updates), dir)
	return err
}

// programs finds this program and Hugo, and compiles ./cmd/candor unless a program was named.
func (b *bench) programs() (err error) {
	if b.self, err = os.Executable(); err != nil {
		return fmt.Errorf("find this program: %w", err)
	}
	if b.hugo, err = exec.LookPath(cmp.Or(os.Getenv("HUGO"), "hugo")); err != nil {
		b.hugo = ""
		b.table.note("Hugo is not measured: %v", err)
	} else if _, err := b.measure("hugo-version", b.hugo, "version"); err != nil {
		return err
	} else {
		b.table.note("%s", b.said("hugo-version"))
	}
	if b.candor != "" {
		b.candor, err = filepath.Abs(b.candor)
		return err
	}
	b.candor = filepath.Join(b.work, "candor.exe") // Windows wants the suffix, the others do not mind it
	_, err = b.measure("build-candor", "go", "build", "-o", b.candor, "./cmd/candor")
	return err
}
