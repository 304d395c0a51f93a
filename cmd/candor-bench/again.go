package main

import (
	"fmt"
	"io"
	"time"

	"candor/generator"
	"candor/generator/fileset"
	"candor/generator/input/source"
	"candor/themes"
)

// again looks at all files and builds, as candor watch does, again and again while nothing changes, and prints the
// milliseconds of each time but the first. It is the only part of this program that knows candor from inside.
func again(content string, out io.Writer) error {
	const times = 20
	set, err := fileset.FromFS(themes.FS)
	if err != nil {
		return err
	}
	reader, builder := source.NewReader(content), generator.New()
	for i := range times + 1 {
		start := time.Now()
		tree, err := reader.Read()
		if err != nil {
			return err
		}
		result := builder.Build(generator.Input{Content: tree.Files, Themes: set, Now: start, Zones: time.LoadLocation})
		if result.Output.Len() == 0 {
			return fmt.Errorf("%s has errors", content)
		}
		if i > 0 {
			fmt.Fprintf(out, "%.3f\n", float64(time.Since(start).Microseconds())/1000)
		}
	}
	return nil
}
