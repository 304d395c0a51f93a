package main

import (
	"cmp"
	"errors"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"candor/generator/author/scaffold"
	"candor/generator/diag"
	"candor/generator/domain"
	"candor/generator/fileset"
	"candor/generator/message"
	"candor/generator/output/theme"
	"candor/generator/site/config"
)

func newNew(say *voice) *cobra.Command {
	c := &cobra.Command{
		Use:   "new",
		Short: "Begin a site, an incident, an update, a FAQ, a report, its figures, a scenario or a translation",
		Long: `New writes the files that an editor starts from, in the site's language, with the
clock worked out and [square brackets] wherever something has still to be written.
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
			return message.Errorf("what shall be made?\nwrite candor new and one of: %s", strings.Join(parts(c), ", "))
		},
	}
	c.AddCommand(newSite(say), newIncident(say), newScenario(say), newUpdate(say), newFAQ(say), newReport(say), newData(say), newPage(say))
	return c
}

// newFlags are the flags of the commands that add to a site.
type newFlags struct{ siteFlags }

func (f *newFlags) register(c *cobra.Command) {
	c.Flags().StringVar(&f.content, "content", "content", "folder with site.toml and the incidents")
	c.Flags().StringVar(&f.theme, "theme", "", "theme whose archetypes to use instead of site.toml's")
	c.Flags().StringVar(&f.at, "at", "", "take this instant for now, such as 2026-11-04T18:00+08:00")
	_ = c.MarkFlagDirname("content")
}

// maker reads the site that something is added to. Where site.toml has errors
// they are printed: its zone and clocks could not be trusted.
func (f *newFlags) maker(stderr io.Writer) (*scaffold.Maker, error) {
	in, _, err := f.read()
	if err != nil {
		return nil, err
	}
	file, ok := in.Content.Get(domain.FileSite)
	if !ok {
		return nil, message.Errorf("there is no site.toml in %s\nname the content folder with --content, or make a new site with: candor new site DIR", f.content)
	}
	site, found := config.Read(file, in.Zones)
	if found.HasErrors() {
		return nil, f.faults(stderr, found)
	}
	site.Theme = cmp.Or(in.Theme, site.Theme)
	return &scaffold.Maker{Site: site, Content: in.Content, Themes: in.Themes, At: in.At(site)}, nil
}

// failed prints what stood in the way, where it is a list of findings.
func (f *newFlags) failed(stderr io.Writer, err error) error {
	var faults scaffold.Faults
	if errors.As(err, &faults) {
		return f.faults(stderr, diag.List(faults))
	}
	return err
}

func (f *newFlags) faults(stderr io.Writer, found diag.List) error {
	if err := diag.WriteText(stderr, found.Sort(), diag.TextOptions{Words: f.say.Words, Color: colour(stderr), Rename: f.rename}); err != nil {
		return err
	}
	f.say.line(stderr, "%s; nothing was made", count(found))
	return errContent
}

// command completes a command that is to be typed next with the flag that
// names the content folder.
func (f *newFlags) command(text string) string {
	if f.content == "content" {
		return text
	}
	return text + " --content " + f.content
}

// teller words instants and lengths of time for whoever types the commands.
type teller struct {
	say   *voice
	words *theme.Catalogue
}

// newTeller takes the words of the embedded theme in the language of the voice,
// whatever the site's theme and languages are.
func newTeller(say *voice) (teller, error) {
	themes, err := embeddedThemes()
	if err != nil {
		return teller{}, err
	}
	const name = "plain"
	var files []fileset.File
	for f := range themes.Under(name).All() {
		f.Path = strings.TrimPrefix(f.Path, name+"/")
		files = append(files, f)
	}
	site := config.Default()
	site.DefaultLanguage = say.Tag()
	site.Languages = []config.Language{{Tag: say.Tag()}}
	th, found := theme.Load(fileset.Must(files), name, site)
	if th == nil {
		panic("candor: the embedded theme is broken: " + scaffold.Faults(found).Error())
	}
	return teller{say, th.Words(site.DefaultLanguage)}, nil
}

// deadline says when something is due, and how far off that is.
func (t teller) deadline(what message.Text, due, now time.Time) string {
	if due.Before(now) {
		return t.say.Sayf("%s was due by %s (%s ago)", what, t.words.Full(due), t.words.Duration(now.Sub(due)))
	}
	return t.say.Sayf("%s due by %s (in %s)", what, t.words.Full(due), t.words.Duration(due.Sub(now)))
}
