package main

import (
	"cmp"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"candor/generator/author/scaffold"
	"candor/generator/domain"
	"candor/generator/message"
)

type newSiteFlags struct {
	say *printer
	scaffold.Site
}

func newSite(say *printer) *cobra.Command {
	f := &newSiteFlags{say: say}
	c := &cobra.Command{
		Use:   "site DIR",
		Short: "Create a site that builds at once",
		Long: `Site creates the folder DIR with the content of a new site: its settings, a page
about it, and an empty folder for incidents. DIR must not exist or be empty.`,
		Example: `  candor new site crisis-pages
  candor new site crisis-pages --lang zh-Hans --organisation 槐鹭集团
  candor new site crisis-pages --ci github
  candor new site crisis-pages --title "Service status" --time-zone Europe/London`,
		Args: oneArg("DIR", message.Textf("the folder to create, such as: candor new site crisis-pages")),
		RunE: func(c *cobra.Command, args []string) error {
			return f.run(args[0], c.OutOrStdout(), c.ErrOrStderr())
		},
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return nil, cobra.ShellCompDirectiveFilterDirs
		},
	}
	c.Flags().StringVar(&f.Lang, "lang", "", "language of the site (default: that of the program)")
	c.Flags().StringVar(&f.Title, "title", "", "title of the site")
	c.Flags().StringVar(&f.Organisation, "organisation", "", "who speaks on it")
	c.Flags().StringVar(&f.Zone, "time-zone", "",
		"zone of all times, such as Europe/London (default: that of TZ, else Asia/Shanghai for zh-Hans and UTC for en)")
	c.Flags().StringVar(&f.CI, "ci", "", "also write a recipe that checks and publishes: github, gitlab or shell")
	offer(c, "ci", scaffold.CIHosts()...)
	_ = c.RegisterFlagCompletionFunc("lang", func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return scaffold.SiteLanguages(embeddedThemes()), cobra.ShellCompDirectiveNoFileComp
	})
	return c
}

func (f *newSiteFlags) run(dir string, stdout, stderr io.Writer) error {
	site := f.Site
	site.Lang = cmp.Or(site.Lang, f.say.Tag())
	site.Zone = cmp.Or(site.Zone, localeZone(os.Getenv, site.Lang))
	made, err := site.Make(embeddedThemes(), zones)
	if err != nil {
		none := &newFlags{siteFlags{say: f.say, content: dir}}
		return none.failed(stderr, err)
	}
	if err := emptyFolder(dir); err != nil {
		return err
	}
	if err := writeNew(dir, made.Files, "content/"+domain.FolderIncidents); err != nil {
		return err
	}
	printPaths(stdout, dir, made.Files)
	f.say.line(stderr, "Times of this site are in the zone %s; time_zone in %s says so.",
		site.Zone, filepath.Join(dir, "content", domain.FileSite))
	enter := ""
	if filepath.Clean(dir) != "." {
		enter = "cd " + dir + "\n      "
	}
	f.say.line(stderr, "Next: %scandor watch --open         (shows the site, and publishes it on every save)\n"+
		"      candor new incident NAME    (in another terminal: says what there is to choose)", enter)
	return nil
}

// localeZone is the place that TZ names, else the one that goes with a language.
func localeZone(getenv func(string) string, lang string) string {
	name := strings.TrimPrefix(getenv("TZ"), ":")
	if _, err := zones(name); err == nil && strings.Contains(name, "/") {
		return name
	}
	if strings.HasPrefix(lang, "zh") {
		return "Asia/Shanghai"
	}
	return "UTC"
}

// emptyFolder makes sure that dir does not exist or holds nothing but a
// repository's .git.
func emptyFolder(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		if info, statErr := os.Stat(dir); statErr == nil && !info.IsDir() {
			return message.Errorf("%s is a file\nname a folder that does not exist yet", dir)
		}
		return environmentError{message.Errorf("cannot look into the folder: %w", err)}
	}
	for _, e := range entries {
		if e.Name() == ".git" {
			continue
		}
		if _, err := os.Stat(filepath.Join(dir, "content", domain.FileSite)); err == nil {
			return message.Errorf("%s has a site already\ncreate an incident in it: candor new incident NAME --content %s",
				dir, filepath.Join(dir, "content"))
		}
		return message.Errorf("%s is not empty: it has %s in it\n"+
			"name a folder that is empty or does not exist yet", dir, e.Name())
	}
	return nil
}

// oneArg wants exactly one argument and says which.
func oneArg(name string, example message.Text) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		switch {
		case len(args) == 0:
			return message.Errorf("%s is missing\nwrite %s", name, example)
		case len(args) > 1:
			return message.Errorf("there are %d arguments, but only one is needed: %s\n"+
				"put a name with spaces into quotation marks", len(args), strings.Join(args, " "))
		}
		return nil
	}
}
