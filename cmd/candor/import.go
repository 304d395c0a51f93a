package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"candor/generator/author/history"
	"candor/generator/author/scaffold"
	"candor/generator/diag"
	"candor/generator/domain"
	"candor/generator/message"
	"candor/generator/site/config"
)

// importFlags are the flags of candor import.
type importFlags struct {
	newFlags
	typ      string
	stance   string
	approved string
	all      bool
}

func newImport(say *printer) *cobra.Command {
	c := &cobra.Command{
		Use:   "import",
		Short: "Bring the history of another status page into the content",
		Long: `Import writes incidents and maintenance that another program has published into the
content, with their times, ids and services, as history: imported = true. What Candor has
no words for is listed with its place. Nothing that exists is overwritten, so a second run
creates nothing, and one with a newer export adds what is new.

The paths of new files go to standard output, one a line; all else to standard error.`,
		Example: `  candor import statuspage incidents.json
  candor import cstate ../status
  candor import upptime issues.json`,
		Args: noSuch,
		RunE: func(c *cobra.Command, _ []string) error {
			return message.Errorf("what do you want to import?\nwrite candor import and one of: %s", message.List(parts(c)))
		},
	}
	c.AddCommand(importStatuspage(say), importCState(say), importUpptime(say))
	return c
}

func importStatuspage(say *printer) *cobra.Command {
	f := &importFlags{newFlags: newFlags{siteFlags{say: say}}}
	c := &cobra.Command{
		Use:   "statuspage FILE",
		Short: "Import what Statuspage gives as JSON",
		Long: `Statuspage reads incidents.json, scheduled-maintenances.json or summary.json of a status page, or
the list of all incidents that its API gives to whoever runs it. Many other services give the
same files. HTML in updates becomes Markdown.`,
		Example: `  curl -O https://status.example.org/api/v2/incidents.json
  candor import statuspage incidents.json`,
		Args: oneArg("FILE", message.Textf("the file with the incidents, such as: candor import statuspage incidents.json")),
		RunE: func(c *cobra.Command, args []string) error { return f.file(c, args[0], history.Statuspage) },
	}
	f.register(c)
	return c
}

func importCState(say *printer) *cobra.Command {
	f := &importFlags{newFlags: newFlags{siteFlags{say: say}}}
	c := &cobra.Command{
		Use:     "cstate DIR",
		Short:   "Import the issues of a cState site",
		Long:    `Cstate reads content/issues and config.yml in the folder DIR. Times without a zone are in UTC.`,
		Example: `  candor import cstate ../status`,
		Args:    oneArg("DIR", message.Textf("the folder of the cState site, such as: candor import cstate ../status")),
		RunE:    func(c *cobra.Command, args []string) error { return f.folder(c, args[0]) },
	}
	f.register(c)
	return c
}

func importUpptime(say *printer) *cobra.Command {
	f := &importFlags{newFlags: newFlags{siteFlags{say: say}}}
	c := &cobra.Command{
		Use:   "upptime FILE",
		Short: "Import the issues in which Upptime keeps incidents",
		Long: `Upptime reads the issues of the repository, with their comments, as the command of GitHub
writes them, or without comments as its API does.`,
		Example: `  gh issue list --state all --limit 9999 \
    --json number,title,body,createdAt,closedAt,labels,comments > issues.json
  candor import upptime issues.json`,
		Args: oneArg("FILE", message.Textf("the file with the issues, such as: candor import upptime issues.json")),
		RunE: func(c *cobra.Command, args []string) error { return f.file(c, args[0], history.Upptime) },
	}
	f.register(c)
	return c
}

func (f *importFlags) register(c *cobra.Command) {
	c.Flags().StringVar(&f.content, "content", "content", "folder with site.toml and the incidents")
	c.Flags().StringVar(&f.at, "at", "", "take this date and time as now, such as 2026-11-04T18:00+08:00")
	c.Flags().StringVar(&f.typ, "type", domain.TypeExperience, "what kind of incidents they are")
	c.Flags().StringVar(&f.stance, "stance", string(domain.StanceFull), "whose fault they were: full, partial or unfounded")
	c.Flags().StringVar(&f.approved, "approved-by", "", "id of the person who approves them all")
	c.Flags().BoolVar(&f.all, "all", false, "list every place of what was left out, not only the first three")
	_ = c.MarkFlagDirname("content")
	offer(c, "stance", domain.Strings(domain.Stances())...)
}

// importLimit is the largest file that is read.
const importLimit = 256 << 20

// file imports a file.
func (f *importFlags) file(c *cobra.Command, name string, read func(string, []byte) (*history.History, error)) error {
	in, err := os.Open(name)
	if err != nil {
		return environmentError{message.Errorf("cannot read the history: %w", err)}
	}
	defer in.Close()
	data, err := io.ReadAll(io.LimitReader(in, importLimit+1))
	switch {
	case err != nil:
		return environmentError{message.Errorf("cannot read the history: %w", err)}
	case len(data) > importLimit:
		return message.Errorf("%s is larger than %d MB\nsave a part of the history at a time", name, importLimit>>20)
	}
	h, err := read(name, data)
	if err != nil {
		return err
	}
	return f.write(c, h, name+": ")
}

// folder imports a cState site.
func (f *importFlags) folder(c *cobra.Command, dir string) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return environmentError{message.Errorf("cannot read the history: %w", err)}
	}
	defer root.Close()
	files, err := history.CStateFiles(root.FS())
	if err != nil {
		return environmentError{message.Errorf("cannot read the history: %w", err)}
	}
	h, err := history.CState(files)
	if err != nil {
		return err
	}
	return f.write(c, h, filepath.Clean(dir)+"/")
}

// write makes the files of a history, and says what became of it. Places in the source begin with source.
func (f *importFlags) write(c *cobra.Command, h *history.History, source string) error {
	stderr := c.ErrOrStderr()
	m, err := f.maker()
	if err != nil {
		return f.failed(stderr, err)
	}
	if err := f.fits(m.Site); err != nil {
		return err
	}
	made, err := history.Maker{Site: m.Site, Content: m.Content, At: m.At, Type: f.typ, Stance: domain.Stance(f.stance),
		Approved: f.approved}.Make(h)
	if err != nil {
		return err
	}
	if err := writeNew(f.content, made.Files); err != nil {
		return err
	}
	printPaths(c.OutOrStdout(), f.content, made.Files)
	f.losses(stderr, made.Losses, source)
	if err := f.services(stderr, m, made); err != nil {
		return err
	}
	if made.Files.Len() == 0 {
		f.say.line(stderr, "Everything is there already: %s. Nothing was created", files(made.There))
		return nil
	}
	f.say.line(stderr, "New: %s, %s", message.Plural(made.Incidents, "%d incident", "%d incidents"),
		message.Plural(made.Updates, "%d update", "%d updates"))
	if made.There > 0 {
		f.say.line(stderr, "There already, and left as they are: %s", files(made.There))
	}
	f.say.line(stderr, "Next: %s", f.command("candor check"))
	return nil
}

func files(n int) message.Text { return message.Plural(n, "%d file", "%d files") }

// fits makes sure that the site knows what all incidents are to have.
func (f *importFlags) fits(s *config.Site) error {
	if _, ok := s.Types[f.typ]; !ok {
		return message.Errorf("there is no type %q\nwrite an id of [types], such as: --type experience", f.typ)
	}
	if !slices.Contains(domain.Stances(), domain.Stance(f.stance)) {
		return message.Errorf("--stance %q is not a stance\none of: %s", f.stance, message.List(domain.Strings(domain.Stances())))
	}
	may := func(p config.Person) bool { return p.ID == f.approved && p.MayApprove }
	switch {
	case f.approved != "" && !slices.ContainsFunc(s.Persons, may):
		return message.Errorf("nobody with the id %q may approve\nsee [[person]] in site.toml", f.approved)
	case f.approved == "" && s.RequireApproval:
		return message.Errorf("this site publishes only what is approved\nname who approves the history: --approved-by ID")
	}
	return nil
}

// losses lists what was left out: each kind once, with its places.
func (f *importFlags) losses(stderr io.Writer, losses []history.Loss, source string) {
	places, order := map[string][]string{}, []string{}
	for _, l := range losses {
		what := l.What.In(f.say.Words)
		if places[what] == nil {
			order = append(order, what)
		}
		places[what] = append(places[what], l.Place)
	}
	for _, what := range order {
		shown := places[what]
		if !f.all && len(shown) > 3 {
			shown = shown[:3]
		}
		for _, place := range shown {
			fmt.Fprintf(stderr, "%s%s: %s\n", source, diag.Visible(place), diag.Visible(what))
		}
		if more := len(places[what]) - len(shown); more > 0 {
			f.say.line(stderr, "  %s; --all lists them", message.Plural(more, "and in %d more place", "and in %d more places"))
		}
	}
}

// services declares services in site.toml, if it has none, or prints them for whoever adds them.
func (f *importFlags) services(stderr io.Writer, m *scaffold.Maker, made history.Made) error {
	if made.Services == nil {
		return nil
	}
	if made.Site != nil {
		before, _ := m.Content.Get(domain.FileSite)
		err := f.replace(domain.FileSite, before.Data, made.Site)
		if err == nil {
			f.say.line(stderr, "%s declares the services of the history now", filepath.Join(f.content, domain.FileSite))
			return nil
		}
		if !errors.Is(err, errChanged) { // its hint is about another command
			f.say.line(stderr, "Cannot write %s: %s", filepath.Join(f.content, domain.FileSite), f.say.Error(err))
		}
	}
	f.say.line(stderr, "The site does not declare these services. Add them to %s:",
		filepath.Join(f.content, domain.FileSite))
	fmt.Fprintln(stderr, string(made.Services))
	return nil
}
