package main

import (
	"cmp"
	"errors"
	"io"
	"time"

	"github.com/spf13/cobra"

	"candor/generator"
	"candor/generator/author/scaffold"
	"candor/generator/diag"
	"candor/generator/domain"
	"candor/generator/message"
	"candor/generator/site/config"
)

func newNew(say *printer) *cobra.Command {
	c := &cobra.Command{
		Use:   "new",
		Short: "Create a site, an incident, an update, a FAQ, a report, its figures, a scenario or a translation",
		Long: `New creates the files that an editor starts from, in the site's language, with the
time limits worked out and [square brackets] wherever something has still to be written.
The build finds every bracket that is left. Nothing that exists is overwritten.

The paths of what was written go to standard output, one a line; what is due when,
and what to do next, goes to standard error.`,
		Example: `  candor new site crisis-pages
  candor new incident outage --type experience --level 2 --stance full
  candor new update outage
  candor new report outage
  candor new update outage --lang en`,
		Args: noSuch,
		RunE: func(c *cobra.Command, _ []string) error {
			return message.Errorf("what do you want to create?\nwrite candor new and one of: %s", message.List(parts(c)))
		},
	}
	c.AddCommand(newSite(say), newIncident(say), newScenario(say), newUpdate(say),
		newFAQ(say), newReport(say), newData(say), newPage(say), newTheme(say), newKey(say))
	return c
}

// newFlags are the flags of the commands that add to a site.
type newFlags struct{ siteFlags }

func (f *newFlags) register(c *cobra.Command) {
	c.Flags().StringVar(&f.content, "content", "content", "folder with site.toml and the incidents")
	c.Flags().StringVar(&f.theme, "theme", "", "theme whose starter files to use instead of site.toml's")
	c.Flags().StringVar(&f.at, "at", "", "take this date and time as now, such as 2026-11-04T18:00+08:00")
	_ = c.MarkFlagDirname("content")
}

// config reads the site's settings and its files. An error of site.toml stands in the way: nothing in
// it could be trusted.
func (f *siteFlags) config() (*config.Site, generator.Input, error) {
	in, _, err := f.site().read()
	if err != nil {
		return nil, in, err
	}
	file, ok := in.Content.Get(domain.FileSite)
	if !ok {
		return nil, in, message.Errorf("there is no site.toml in %s\n"+
			"name the content folder with --content, or create a site with: candor new site DIR", f.content)
	}
	site, found := config.Read(file, in.Zones)
	if found.HasErrors() {
		return nil, in, scaffold.Faults(found)
	}
	site.BaseURL = cmp.Or(in.BaseURL, site.BaseURL)
	return site, in, nil
}

// maker reads the site that something is added to.
func (f *newFlags) maker() (*scaffold.Maker, error) {
	site, in, err := f.config()
	if err != nil {
		return nil, err
	}
	site.Theme = cmp.Or(in.Theme, site.Theme)
	return &scaffold.Maker{Site: site, Content: in.Content, Themes: in.Themes, At: in.At(site)}, nil
}

// run has files made, writes them below the content folder, prints their paths, and
// says what is due and what to do next.
func (f *newFlags) run(c *cobra.Command, create func(*scaffold.Maker) (scaffold.Made, error),
	next func(*scaffold.Maker, scaffold.Made)) error {
	stderr := c.ErrOrStderr()
	m, err := f.maker()
	if err != nil {
		return f.failed(stderr, err)
	}
	made, err := create(m)
	if err != nil {
		return f.failed(stderr, err)
	}
	if err := writeNew(f.content, made.Files); err != nil {
		return err
	}
	printPaths(c.OutOrStdout(), f.content, made.Files)
	next(m, made)
	if f.theme == "" && !m.Renders() {
		f.say.line(stderr, "The theme \"%s\" has no layouts, so candor build makes no pages with it: "+
			"copy them from \"plain\", or name another theme in site.toml", m.Site.Theme)
	}
	return nil
}

// failed prints what stood in the way, if it is a list of findings.
func (f *siteFlags) failed(stderr io.Writer, err error) error {
	var faults scaffold.Faults
	if !errors.As(err, &faults) {
		return err
	}
	found := diag.List(faults)
	if err := diag.WriteText(stderr, found.Sort(), f.textOptions(stderr)); err != nil {
		return err
	}
	f.say.line(stderr, "%s; nothing was created", count(found))
	return errContent
}

// complete offers what a list has for the site and the arguments so far. If the
// site cannot be read there is nothing to offer.
func (f *newFlags) complete(list func(m *scaffold.Maker, args []string) []string) cobra.CompletionFunc {
	return func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
		directive := cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveKeepOrder
		m, err := f.maker()
		if err != nil {
			return nil, directive
		}
		return list(m, args), directive
	}
}

// completeSlug offers the incidents.
func (f *newFlags) completeSlug(c *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
	return f.complete(func(m *scaffold.Maker, args []string) []string {
		if len(args) > 0 {
			return nil
		}
		return m.Slugs(domain.FolderIncidents)
	})(c, args, typed)
}

// deadline says when something is due, and how far off that is.
func (p *printer) deadline(what message.Text, due, now time.Time) string {
	if due.Before(now) {
		return p.Sayf("%s was due by %s, %s ago", what, p.Full(due), message.Length(now.Sub(due)))
	}
	return p.Sayf("%s due by %s, in %s", what, p.Full(due), message.Length(due.Sub(now)))
}
