package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"candor/generator"
	"candor/generator/diag"
	"candor/generator/fileset"
	"candor/generator/input/source"
	"candor/generator/input/tomldoc"
	"candor/generator/message"
	"candor/generator/outside/publish"
	"candor/generator/site/config"
	"candor/generator/zone"
	"candor/themes"
)

// siteFlags are the flags of every command that reads a site.
type siteFlags struct {
	say     *printer
	content string
	theme   string
	baseURL string
	at      string
}

func (f *siteFlags) register(c *cobra.Command) {
	c.Flags().StringVar(&f.content, "content", "content", "folder with site.toml and the incidents")
	c.Flags().StringVar(&f.theme, "theme", "", "theme to use instead of site.toml's")
	c.Flags().StringVar(&f.baseURL, "base-url", "", "address of the published site instead of site.toml's")
	c.Flags().StringVar(&f.at, "at", "",
		"build as of this date and time, such as 2026-11-04T18:00; without an offset, by the site's clocks")
	_ = c.MarkFlagDirname("content")
}

// themesFolder is where a site keeps its own themes: beside its content.
func (f *siteFlags) themesFolder() string {
	return filepath.Join(filepath.Dir(filepath.Clean(f.content)), "themes")
}

// zones finds the zones that settings name; a test replaces it.
var zones config.Zones = zone.Load

// settings returns the input of a build but for the files.
func (f *siteFlags) settings() (generator.Input, error) {
	in := generator.Input{Zones: zones, Theme: f.theme, BaseURL: f.baseURL}
	if f.baseURL != "" {
		address, ok := config.BaseURL(f.baseURL)
		if !ok {
			return in, message.Errorf("--base-url %q is not the address of a site\n"+
				"write for example: --base-url https://status.example.org/", f.baseURL)
		}
		in.BaseURL = address
	}
	var err error
	in.Instant, in.Now, err = f.instant()
	return in, err
}

// site is a site on disk.
type site struct {
	flags           *siteFlags
	content, themes *source.Reader
}

func (f *siteFlags) site() *site {
	return &site{f, source.NewReader(f.content), source.NewReader(f.themesFolder())}
}

// read reads the site into the input of a build. The findings are of files that could
// not be read.
func (s *site) read() (generator.Input, diag.List, error) {
	in, err := s.flags.settings()
	if err != nil {
		return in, nil, err
	}
	content, err := settled(s.content)
	if err != nil {
		return in, nil, s.flags.noContent(err)
	}
	own, err := settled(s.themes)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return in, nil, noThemes(err)
	}
	return in, fill(&in, content, own), nil
}

// settled reads a folder. If it was read before, no half of a save is taken.
func settled(r *source.Reader) (source.Tree, error) {
	for {
		tree, err := r.Read()
		if err != nil || tree.Unsettled == 0 {
			return tree, err
		}
		time.Sleep(tree.Unsettled)
	}
}

// built is a site as it was built.
type built struct {
	generator.Result
	found  diag.List // of reading, too
	origin publish.Origin
}

// build reads the site and builds it, unless that would give the same as before.
func (s *site) build(before *built) (*built, error) {
	in, unread, err := s.read()
	if err != nil {
		return nil, err
	}
	if before != nil {
		next := before.NextChange
		same := before.origin.Input == digest(in) && len(unread) == 0
		if same && (next.IsZero() || before.Frozen || in.Now.Before(next)) {
			return before, nil
		}
	}
	limitMemory(in.Content)
	result := generator.Build(in)
	return &built{result, withUnread(unread, result.Diagnostics), originOf(in, result)}, nil
}

// originOf says what a site was made of.
func originOf(in generator.Input, result generator.Result) publish.Origin {
	return publish.Origin{Input: digest(in), Instant: result.At.Format(time.RFC3339)}
}

// digest tells two inputs apart, but for their instants.
func digest(in generator.Input) string {
	content, themes := in.Content.Sum(), in.Themes.Sum()
	return fileset.SumOf(fmt.Appendf(nil, "%s %s %q %q %q", content, themes, in.Theme, in.BaseURL, version())).String()
}

// build reads the site and builds it once, or only applies the rules.
func (f *siteFlags) build(check bool) (generator.Result, diag.List, error) {
	in, unread, err := f.site().read()
	if err != nil {
		return generator.Result{}, nil, err
	}
	in.Check = check
	limitMemory(in.Content)
	result := generator.Build(in)
	return result, withUnread(unread, result.Diagnostics), nil
}

// textOptions are those of findings that a person reads at w.
func (f *siteFlags) textOptions(w io.Writer) diag.TextOptions {
	return diag.TextOptions{Words: f.say.Words, Color: colour(w), Width: columns(w), Rename: f.rename,
		Command: f.command("candor check --all")}
}

// command completes a command that is to be typed next with the flag that names the content folder.
func (f *siteFlags) command(text string) string {
	if f.content == "content" {
		return text
	}
	return text + " --content " + f.content
}

// offer completes a flag with fixed values.
func offer(c *cobra.Command, flag string, values ...string) {
	_ = c.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp))
}

func (f *siteFlags) noContent(err error) error {
	return environmentError{message.Errorf("cannot read the content: %w\n"+
		"name its folder with --content, or create a site with: candor new site DIR", err)}
}

func noThemes(err error) error {
	return environmentError{message.Errorf("cannot read the themes: %w", err)}
}

// fill puts what was read into the input: the content, and the site's own themes
// over the embedded ones. It returns what could not be read.
func fill(in *generator.Input, content, own source.Tree) diag.List {
	in.Content, in.Themes = content.Files, fileset.Overlay(embeddedThemes(), own.Files)
	found := slices.Clone(content.Diagnostics)
	for _, d := range own.Diagnostics {
		d.Path = "themes/" + d.Path
		found = append(found, d)
	}
	return found
}

// instant returns the instant that --at names, and the clock's: the one of
// SOURCE_DATE_EPOCH if it is set (reproducible-builds.org), else the machine's.
func (f *siteFlags) instant() (at tomldoc.Time, now time.Time, err error) {
	now = time.Now()
	if epoch, set := os.LookupEnv(epochName); set {
		seconds, err := strconv.ParseInt(epoch, 10, 64)
		now = time.Unix(seconds, 0)
		if err != nil || seconds < tomldoc.Earliest.Unix() || seconds >= tomldoc.Latest.Unix() {
			return at, now, message.Errorf("%s is %q, not a number of seconds since 1970 in the years 2000 to 2199\n"+
				"write for example: %s=%d; or unset it", epochName, epoch, epochName, 1_793_779_200)
		}
	}
	if f.at == "" {
		return at, now, nil
	}
	at, ok := parseInstant(f.at)
	if !ok {
		return at, now, message.Errorf("--at %q is not a date and time\nwrite for example: --at 2026-11-04T18:00+08:00", f.at)
	}
	return at, now, nil
}

// epochName is the variable of the environment that stops the clock.
const epochName = "SOURCE_DATE_EPOCH"

// parseInstant reads an instant as a person writes it.
func parseInstant(s string) (tomldoc.Time, bool) {
	return tomldoc.ParseTime(strings.Replace(s, " ", "T", 1))
}

var embeddedThemes = sync.OnceValue(func() fileset.Set {
	set, err := fileset.FromFS(themes.FS)
	if err != nil {
		panic("candor: " + err.Error()) // they are compiled in
	}
	return set
})

// rename turns the path of a finding into one that can be opened from where the
// command runs.
func (f *siteFlags) rename(path string) string {
	if rest, ok := strings.CutPrefix(path, "themes/"); ok {
		own := filepath.Join(f.themesFolder(), filepath.FromSlash(rest))
		_, embedded := embeddedThemes().Get(rest)
		embedded = embedded || embeddedThemes().Under(rest).Len() > 0
		if _, err := os.Stat(own); err == nil || !embedded {
			return own
		}
		return path + " (embedded)"
	}
	return filepath.Join(f.content, filepath.FromSlash(path))
}
