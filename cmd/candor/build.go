package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"

	"candor/generator"
	"candor/generator/diag"
	"candor/generator/publish"
)

type buildFlags struct {
	siteFlags
	output   string
	strict   bool
	compress bool
	format   string
}

func newBuild() *cobra.Command {
	f := &buildFlags{}
	c := &cobra.Command{
		Use:   "build",
		Short: "Compile the content and publish it to the output folder",
		Long: `Build compiles the content through the theme and writes the pages to the output
folder. Where anything has an error, nothing is written and what was published
before stays.`,
		Example: `  candor build
  candor build --content crisis/content --output /srv/www --base-url https://status.example.org/
  candor build --at 2026-11-04T18:00+08:00 --strict`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return f.run(c.OutOrStdout(), c.ErrOrStderr()) },
	}
	f.register(c)
	c.Flags().StringVar(&f.output, "output", "public", "folder to publish into")
	c.Flags().BoolVar(&f.strict, "strict", false, "let warnings stop publication too")
	c.Flags().BoolVar(&f.compress, "compress", false, "write .gz and .br twins for servers that send them")
	c.Flags().StringVar(&f.format, "format", "text", "how to print findings: text or json")
	_ = c.MarkFlagDirname("output")
	_ = c.RegisterFlagCompletionFunc("format", cobra.FixedCompletions([]string{"text", "json"}, cobra.ShellCompDirectiveNoFileComp))
	return c
}

func (f *buildFlags) run(stdout, stderr io.Writer) error {
	if f.format != "text" && f.format != "json" {
		return fmt.Errorf("--format %q is not known\nwrite --format text or --format json", f.format)
	}
	start := time.Now()
	in, unreadable, err := f.read()
	if err != nil {
		return err
	}
	limitMemory(in)
	result := generator.Build(in)
	in = generator.Input{}
	found := append(unreadable, result.Diagnostics...).Sort()
	if err := f.print(stdout, stderr, found); err != nil {
		return err
	}
	if found.HasErrors() || f.strict && len(found) > 0 {
		fmt.Fprintf(stderr, "%s; nothing was published\n", count(found))
		return errContent
	}
	report, err := publish.Publish(f.output, result.Output, publish.Options{Compress: f.compress, Keep: []string{f.content, f.themesFolder()}})
	var refused *publish.RefusedError
	if errors.As(err, &refused) {
		return environmentError{err}
	}
	if err != nil {
		return environmentError{fmt.Errorf("cannot publish: %w", err)}
	}
	fmt.Fprintf(stderr, "%s: %s, %s in %d ms: %d written, %d deleted, %d unchanged\n", f.output,
		plural(result.Incidents, "incident"), plural(result.Output.Len(), "file"), time.Since(start).Milliseconds(), report.Written, report.Deleted, report.Unchanged)
	if !result.NextChange.IsZero() {
		fmt.Fprintf(stderr, "changes by itself at %s: build again then\n", result.NextChange.Format(time.RFC3339))
	}
	if len(found) > 0 {
		fmt.Fprintln(stderr, count(found))
	}
	return nil
}

func (f *buildFlags) print(stdout, stderr io.Writer, found diag.List) error {
	if f.format == "json" {
		renamed := make(diag.List, len(found))
		for i, d := range found {
			d.Path = f.rename(d.Path)
			renamed[i] = d
		}
		return diag.WriteJSON(stdout, renamed)
	}
	return diag.WriteText(stderr, found, diag.TextOptions{Color: colour(stderr), Rename: f.rename})
}

// colour says whether w is a terminal whose user has not asked for no colour
// (no-color.org).
func colour(w io.Writer) bool {
	file, ok := w.(*os.File)
	if !ok || os.Getenv("NO_COLOR") != "" || os.Getenv("TERM") == "dumb" {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

func count(found diag.List) string {
	return plural(found.Count(diag.Error), "error") + ", " + plural(found.Count(diag.Warning), "warning")
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
