package main

import (
	"cmp"
	"errors"
	"path/filepath"

	"github.com/spf13/cobra"

	"candor/generator/diag"
	"candor/generator/fileset"
	"candor/generator/message"
	"candor/generator/outside/publish"
)

// publishFlags are the flags of every command that publishes.
type publishFlags struct {
	output   string
	releases string
	compress bool
	strict   bool

	chosen func() bool // whether --output was given
}

func (f *publishFlags) register(c *cobra.Command) {
	c.Flags().StringVar(&f.output, "output", "public", "folder to publish into")
	c.Flags().StringVar(&f.releases, "releases", "",
		"publish each build to a new subfolder, then switch \"current\" to it")
	c.Flags().BoolVar(&f.compress, "compress", false, "also write .gz and .br files, for servers that send them")
	c.Flags().BoolVar(&f.strict, "strict", false, "let warnings stop publication too")
	_ = c.MarkFlagDirname("output")
	_ = c.MarkFlagDirname("releases")
	f.chosen = func() bool { return c.Flags().Changed("output") }
}

// publisher publishes a site to one place: what locked returns if it is not nil, which
// is called when no other build can publish, and else the set.
type publisher func(set fileset.Set, locked func() (fileset.Set, publish.Origin, error)) (publish.Report, error)

// publisher returns the publisher to the place that the flags name; the folders to
// keep are read from.
func (f *publishFlags) publisher(keep ...string) (publisher, error) {
	if f.releases != "" && f.chosen() {
		return nil, message.Errorf("--output and --releases are two ways to publish\nwrite only one of them")
	}
	return func(set fileset.Set, locked func() (fileset.Set, publish.Origin, error)) (publish.Report, error) {
		opt := publish.Options{Compress: f.compress, Keep: keep, Locked: locked}
		if f.releases != "" {
			return publish.Release(f.releases, set, opt)
		}
		return publish.Publish(f.output, set, opt)
	}, nil
}

// folder is the one that the flags name.
func (f *publishFlags) folder() string { return cmp.Or(f.releases, f.output) }

// stops reports whether findings keep a site from going out.
func (f *publishFlags) stops(found diag.List) bool {
	return found.HasErrors() || f.strict && len(found.Active()) > 0
}

// place names what was published to.
func (f *publishFlags) place(r publish.Report) string {
	if f.releases == "" {
		return f.output
	}
	return filepath.Join(f.releases, r.Release)
}

// modeless says what is wrong with a file system that refuses to change modes.
func (f *publishFlags) modeless() message.Text {
	return message.Textf("the file system of %s refuses chmod, so files have the modes that it gives them: "+
		"make sure that the web server may read them", f.folder())
}

func written(r publish.Report) message.Text {
	return message.Textf("%d written, %d deleted, %d unchanged", r.Written, r.Deleted, r.Unchanged)
}

// notPublished words an error of publishing.
func notPublished(err error) error {
	var refused *publish.RefusedError
	if errors.As(err, &refused) {
		return environmentError{err}
	}
	return environmentError{message.Errorf("cannot publish: %w", err)}
}
