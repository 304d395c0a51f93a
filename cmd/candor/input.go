package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"candor/generator"
	"candor/generator/config"
	"candor/generator/diag"
	"candor/generator/fileset"
	"candor/generator/source"
	"candor/generator/tomldoc"
	"candor/themes"
)

// siteFlags are the flags of every command that reads a site.
type siteFlags struct {
	content string
	theme   string
	baseURL string
	at      string
}

func (f *siteFlags) register(c *cobra.Command) {
	c.Flags().StringVar(&f.content, "content", "content", "folder with site.toml and the incidents")
	c.Flags().StringVar(&f.theme, "theme", "", "theme to use instead of site.toml's")
	c.Flags().StringVar(&f.baseURL, "base-url", "", "address of the published site instead of site.toml's")
	c.Flags().StringVar(&f.at, "at", "", "build as of this instant, such as 2026-11-04T18:00; without an offset, by the site's clocks")
	_ = c.MarkFlagDirname("content")
}

// themesFolder is where a site keeps its own themes: beside its content.
func (f *siteFlags) themesFolder() string {
	return filepath.Join(filepath.Dir(filepath.Clean(f.content)), "themes")
}

// read reads the site from disk into the input of a build. The findings are of
// files that could not be read.
func (f *siteFlags) read() (generator.Input, diag.List, error) {
	in := generator.Input{Zones: time.LoadLocation, Theme: f.theme, BaseURL: f.baseURL}
	if f.baseURL != "" {
		address, ok := config.BaseURL(f.baseURL)
		if !ok {
			return in, nil, fmt.Errorf("--base-url %q is not the address of a site\nwrite for example: --base-url https://status.example.org/", f.baseURL)
		}
		in.BaseURL = address
	}
	var err error
	if in.Instant, in.Now, err = f.instant(); err != nil {
		return in, nil, err
	}
	content, err := source.Read(f.content)
	if err != nil {
		return in, nil, environmentError{fmt.Errorf("cannot read the content: %w\nname its folder with --content, or make a new site with: candor new site DIR", err)}
	}
	in.Content = content.Files
	found := content.Diagnostics
	if in.Themes, err = embeddedThemes(); err != nil {
		return in, nil, err
	}
	own, err := source.Read(f.themesFolder())
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return in, nil, environmentError{fmt.Errorf("cannot read the themes: %w", err)}
	default:
		in.Themes = fileset.Overlay(in.Themes, own.Files)
		for _, d := range own.Diagnostics {
			d.Path = "themes/" + d.Path
			found = append(found, d)
		}
	}
	return in, found, nil
}

// instant returns the instant that --at names, and the clock's: the one of
// SOURCE_DATE_EPOCH where it is set (reproducible-builds.org), else the
// machine's.
func (f *siteFlags) instant() (at tomldoc.Time, now time.Time, err error) {
	now = time.Now()
	if epoch := os.Getenv("SOURCE_DATE_EPOCH"); epoch != "" {
		seconds, err := strconv.ParseInt(epoch, 10, 64)
		if err != nil {
			return at, now, fmt.Errorf("SOURCE_DATE_EPOCH is %q, not a number of seconds", epoch)
		}
		now = time.Unix(seconds, 0)
	}
	if f.at == "" {
		return at, now, nil
	}
	at, ok := tomldoc.ParseTime(strings.Replace(f.at, " ", "T", 1))
	if !ok {
		return at, now, fmt.Errorf("--at %q is not an instant\nwrite for example: --at 2026-11-04T18:00+08:00", f.at)
	}
	return at, now, nil
}

func embeddedThemes() (fileset.Set, error) {
	set, err := fileset.FromFS(themes.FS)
	if err != nil {
		return set, fmt.Errorf("cannot read the embedded themes: %w", err)
	}
	return set, nil
}

// rename turns the path of a finding into one that can be opened from where the
// command runs.
func (f *siteFlags) rename(path string) string {
	if rest, ok := strings.CutPrefix(path, "themes/"); ok {
		own := filepath.Join(f.themesFolder(), filepath.FromSlash(rest))
		if _, err := os.Stat(own); err == nil {
			return own
		}
		return path + " (embedded)"
	}
	return filepath.Join(f.content, filepath.FromSlash(path))
}
