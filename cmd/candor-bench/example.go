package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// exampleRuns is how often the example site is built: it takes so little that ten are nothing.
const exampleRuns = 10

// examplePart measures candor as a whole process on a site of ordinary size, the repository's own.
func (b *bench) examplePart() error {
	if _, err := os.Stat(filepath.Join(b.example, "site.toml")); errors.Is(err, fs.ErrNotExist) {
		fmt.Fprintf(b.table.out, "\nexample site: not measured, there is no %s\n", filepath.Join(b.example, "site.toml"))
		return nil
	}
	candor, err := b.buildCandor()
	if err != nil {
		return err
	}
	milliseconds := make([]float64, exampleRuns)
	for i := range exampleRuns + 1 { // the first warms the caches and is overwritten
		output := b.output("example", i)
		c, err := measure(b.ctx, output+".log", candor, "build", "--content", b.example, "--output", output)
		if err != nil {
			return err
		}
		milliseconds[max(i-1, 0)] = c.wall.Seconds() * 1000
	}
	b.table.title("example site, %d runs", exampleRuns)
	wall := b.table.line("candor, wall", "ms", milliseconds)
	b.table.target("example site", wall.median, targetExampleMS, "ms")
	return nil
}
