package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"candor/generator/diag"
	"candor/generator/fileset"
	"candor/generator/input/tomldoc"
	"candor/generator/message"
	"candor/generator/outside/chromium"
	"candor/generator/site/config"
)

type printFlags struct {
	siteFlags
	output string
	pages  []string
	langs  []string
	paper  string
}

// printed are the pages of an incident that can be printed, by the name that --page
// gives them, in the order in which they are.
var printed = [...]struct{ name, output string }{{"report", "report/"}, {"progress", ""}, {"faq", "faq/"}}

func newPrint(say *printer) *cobra.Command {
	f := &printFlags{}
	f.say = say
	c := &cobra.Command{
		Use:   "print SLUG",
		Short: "Print the pages of an incident as PDF",
		Long: `Print makes PDF files of an incident's final report, its progress page and its FAQ,
each in every language of the site: tagged, with bookmarks, and with the address and
the time of what is printed. Nothing is published, and no request leaves the machine.

It needs a browser: Chromium, Chrome or Edge, or the one that CHROMIUM names.`,
		Example: `  candor print login-outage
  candor print login-outage --page report --lang en --output report.pdf
  candor print login-outage --output /srv/press --paper Letter`,
		Args: oneArg("SLUG", message.Textf("the name of the incident, such as: candor print login-outage")),
		RunE: func(c *cobra.Command, args []string) error {
			ctx, stop := signal.NotifyContext(c.Context(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
			defer stop()
			return f.run(ctx, args[0], c.OutOrStdout(), c.ErrOrStderr())
		},
		ValidArgsFunction: (&newFlags{siteFlags{say: say}}).completeSlug,
	}
	f.siteFlags.register(c)
	c.Flags().StringVar(&f.output, "output", ".",
		"folder to put the files into; or, ending in .pdf, the file for a single page")
	c.Flags().StringSliceVar(&f.pages, "page", nil,
		"which pages: "+strings.Join(pageNames(), ", ")+"; all that there are if not given")
	c.Flags().StringSliceVar(&f.langs, "lang", nil, "which languages; all of the site if not given")
	c.Flags().StringVar(&f.paper, "paper", "A4", "size of the paper: "+strings.Join(chromium.Papers(), " or "))
	offer(c, "page", pageNames()...)
	offer(c, "paper", chromium.Papers()...)
	return c
}

func pageNames() []string {
	names := make([]string, len(printed))
	for i, p := range printed {
		names[i] = p.name
	}
	return names
}

// sheet is one page to be printed.
type sheet struct{ page, lang, address string }

func (f *printFlags) run(ctx context.Context, slug string, stdout, stderr io.Writer) error {
	if !slices.Contains(chromium.Papers(), f.paper) {
		return message.Errorf("--paper %q is not known\nwrite --paper A4 or --paper Letter", f.paper)
	}
	for _, name := range f.pages {
		if !slices.Contains(pageNames(), name) {
			return message.Errorf("--page %q is not known\none of: %s", name, message.List(pageNames()))
		}
	}
	result, found, err := f.build(false)
	if err != nil {
		return err
	}
	if found.HasErrors() {
		if err := diag.WriteText(stderr, found, f.textOptions(stderr)); err != nil {
			return err
		}
		f.say.line(stderr, "%s; nothing was printed", count(found))
		return errContent
	}
	sheets, err := f.sheets(slug, result.Settings, result.Output)
	if err != nil {
		return err
	}
	site := chromium.Site{Base: result.Settings.BaseURL, File: func(path string) ([]byte, bool) {
		file, ok := result.Output.Get(path)
		return file.Data, ok
	}}
	return f.print(ctx, slug, sheets, site, len(result.Settings.Languages) > 1, stdout)
}

// sheets chooses among the pages that there are.
func (f *printFlags) sheets(slug string, site *config.Site, output fileset.Set) ([]sheet, error) {
	tags := site.AllTags()
	for _, lang := range f.langs {
		if !slices.Contains(tags, lang) {
			return nil, message.Errorf("--lang %q is not a language of the site\none of: %s", lang, message.List(tags))
		}
	}
	var all, chosen []sheet
	for _, p := range printed {
		for _, tag := range tags {
			s := sheet{page: p.name, lang: tag, address: slug + "/" + p.output}
			if tag != site.DefaultLanguage {
				s.address = tag + "/" + s.address
			}
			if _, ok := output.Get(s.address + "index.html"); !ok {
				continue
			}
			all = append(all, s)
			asked := len(f.pages) == 0 || slices.Contains(f.pages, p.name)
			if asked && (len(f.langs) == 0 || slices.Contains(f.langs, tag)) {
				chosen = append(chosen, s)
			}
		}
	}
	switch {
	case len(all) == 0:
		return nil, noIncident(slug, output)
	case len(chosen) == 0:
		return nil, message.Errorf("%s has no such page at this time\nthere are: %s", slug, listed(all))
	case !f.single():
		return chosen, nil
	case len(f.pages) == 0 && len(f.langs) == 0, len(chosen) == 1:
		return chosen[:1], nil
	}
	return nil, message.Errorf("%s cannot hold %d pages\nchoose one with --page and --lang (%s), or name a folder",
		f.output, len(chosen), listed(chosen))
}

func (f *printFlags) single() bool { return strings.EqualFold(filepath.Ext(f.output), ".pdf") }

func listed(sheets []sheet) string {
	names := make([]string, len(sheets))
	for i, s := range sheets {
		names[i] = "--page " + s.page + " --lang " + s.lang
	}
	return strings.Join(names, ", ")
}

// noIncident says which incident was probably meant.
func noIncident(slug string, output fileset.Set) error {
	var slugs []string
	for f := range output.All() {
		if name, ok := strings.CutSuffix(f.Path, "/updates/1/index.html"); ok && !strings.Contains(name, "/") {
			slugs = append(slugs, name)
		}
	}
	if near := tomldoc.Nearest(slug, slugs); near != "" {
		return message.Errorf("there is no page of an incident %q\ndid you mean: candor print %s", slug, near)
	}
	return message.Errorf("there is no page of an incident %q at this time\none of: %s",
		slug, message.List(slugs))
}

// print prints the sheets and lists the files.
func (f *printFlags) print(ctx context.Context, slug string, sheets []sheet, site chromium.Site, several bool,
	stdout io.Writer) error {
	printer, err := chromium.NewPrinter(ctx, site, f.paper)
	if err != nil {
		return environmentError{message.Errorf("cannot print: %w", err)}
	}
	defer printer.Close()
	if !f.single() {
		if err := os.MkdirAll(f.output, 0o777); err != nil {
			return environmentError{message.Errorf("cannot print: %w", err)}
		}
	}
	for _, s := range sheets {
		name := f.output
		if !f.single() {
			name = slug + "-" + s.page
			if several {
				name += "." + s.lang
			}
			name = filepath.Join(f.output, name+".pdf")
		}
		data, err := printer.Print(s.address)
		if err == nil {
			err = replace(name, data)
		}
		if err != nil {
			return environmentError{err}
		}
		fmt.Fprintln(stdout, name)
	}
	return nil
}

// replace writes a file beside its place and puts it there in one step.
func replace(name string, data []byte) error {
	temporary, err := os.CreateTemp(filepath.Dir(name), ".candor-print-*")
	if err != nil {
		return message.Errorf("cannot write: %w", err)
	}
	_, err = temporary.Write(data)
	err = errors.Join(err, temporary.Chmod(0o644), temporary.Close())
	if err == nil {
		err = os.Rename(temporary.Name(), name)
	}
	if err != nil {
		_ = os.Remove(temporary.Name())
		return message.Errorf("cannot write: %w", err)
	}
	return nil
}
