package main

import (
	"io"
	"time"

	"github.com/spf13/cobra"

	"candor/generator"
	"candor/generator/diag"
	"candor/generator/fileset"
	"candor/generator/message"
	"candor/generator/outside/publish"
)

type buildFlags struct {
	siteFlags
	publishFlags
	format string
}

func newBuild(say *printer) *cobra.Command {
	f := &buildFlags{}
	f.say = say
	c := &cobra.Command{
		Use:   "build",
		Short: "Compile the content and publish it to the output folder",
		Long: `Build compiles the content through the theme and writes the pages to the output
folder. If anything has an error, nothing is written and what was published
before stays.`,
		Example: `  candor build
  candor build --content crisis/content --output /srv/www --base-url https://status.example.org/
  candor build --at 2026-11-04T18:00+08:00 --strict
  candor build --releases /srv/crisis`,
		Args: noArgs,
		RunE: func(c *cobra.Command, _ []string) error { return f.run(c.OutOrStdout(), c.ErrOrStderr()) },
	}
	f.siteFlags.register(c)
	f.publishFlags.register(c)
	c.Flags().StringVar(&f.format, "format", "text", "how to print findings: text, json, sarif or github")
	offer(c, "format", findingFormats[:]...)
	return c
}

func (f *buildFlags) run(stdout, stderr io.Writer) error {
	if err := knownFormat(f.format); err != nil {
		return err
	}
	publishSet, err := f.publisher(f.content, f.themesFolder())
	if err != nil {
		return err
	}
	start := time.Now()
	site := f.site()
	b, err := site.build(nil)
	if err != nil {
		return err
	}
	var report publish.Report
	if !f.stops(b.found) {
		report, err = publishSet(b.Output, func() (fileset.Set, publish.Origin, error) {
			// Since it was read, the content may have changed and another build have published it.
			now, err := site.build(b)
			if err != nil {
				return fileset.Set{}, publish.Origin{}, err
			}
			if b = now; f.stops(b.found) {
				err = errContent
			}
			return b.Output, b.origin, err
		})
	}
	if err := f.print(stdout, stderr, b.found, b.Withheld); err != nil { // what must go out goes before what is to be said
		return err
	}
	switch {
	case f.stops(b.found):
		f.say.line(stderr, "%s; nothing was published", count(b.found))
		return errContent
	case err != nil:
		return notPublished(err)
	case report.Modeless:
		f.say.line(stderr, "%s", f.modeless())
	}
	f.say.line(stderr, "%s: %s, %s in %d ms: %s", f.place(report),
		message.Plural(b.Incidents, "%d incident", "%d incidents"),
		message.Plural(b.Output.Len(), "%d file", "%d files"), time.Since(start).Milliseconds(), written(report))
	if !b.NextChange.IsZero() {
		f.say.line(stderr, "changes by itself at %s: build again then", b.NextChange.Format(time.RFC3339))
	}
	if len(b.found) > 0 {
		f.say.line(stderr, "%s", count(b.found))
	}
	if len(b.Withheld) > 0 {
		f.say.line(stderr, "%s", held(b.Withheld))
	}
	return nil
}

func (f *buildFlags) print(stdout, stderr io.Writer, found diag.List, withheld []generator.Withheld) error {
	switch f.format {
	case "json":
		all := append(found[:len(found):len(found)], notes(withheld)...)
		return diag.WriteJSON(stdout, all, diag.JSONOptions{Rename: f.rename})
	case "sarif", "github":
		return f.annotate(stdout, f.format, found, false)
	}
	return diag.WriteText(stderr, found, f.textOptions(stderr))
}
