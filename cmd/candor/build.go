package main

import (
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"candor/generator"
	"candor/generator/diag"
)

type buildFlags struct {
	siteFlags
	publishFlags
	strict bool
	format string
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
  candor build --at 2026-11-04T18:00+08:00 --strict
  candor build --releases /srv/crisis`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return f.run(c.OutOrStdout(), c.ErrOrStderr()) },
	}
	f.siteFlags.register(c)
	f.publishFlags.register(c)
	c.Flags().BoolVar(&f.strict, "strict", false, "let warnings stop publication too")
	c.Flags().StringVar(&f.format, "format", "text", "how to print findings: text or json")
	_ = c.RegisterFlagCompletionFunc("format", cobra.FixedCompletions([]string{"text", "json"}, cobra.ShellCompDirectiveNoFileComp))
	return c
}

func (f *buildFlags) run(stdout, stderr io.Writer) error {
	if f.format != "text" && f.format != "json" {
		return fmt.Errorf("--format %q is not known\nwrite --format text or --format json", f.format)
	}
	out, err := f.outlet(f.content, f.themesFolder())
	if err != nil {
		return err
	}
	start := time.Now()
	in, unreadable, err := f.read()
	if err != nil {
		return err
	}
	limitMemory(in, spareToBuild)
	result := generator.Build(in)
	in = generator.Input{}
	found := append(unreadable, result.Diagnostics...).Sort()
	if err := f.print(stdout, stderr, found); err != nil {
		return err
	}
	if found.HasErrors() || f.strict && len(found.Active()) > 0 {
		fmt.Fprintf(stderr, "%s; nothing was published\n", count(found))
		return errContent
	}
	report, err := out.Publish(result.Output)
	if err != nil {
		return notPublished(err)
	}
	fmt.Fprintf(stderr, "%s: %s, %s in %d ms: %s\n", f.place(report),
		plural(result.Incidents, "incident"), plural(result.Output.Len(), "file"), time.Since(start).Milliseconds(), written(report))
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

func count(found diag.List) string {
	return plural(found.Count(diag.Error), "error") + ", " + plural(found.Count(diag.Warning), "warning")
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
