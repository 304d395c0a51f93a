package main

import (
	"errors"
	"path/filepath"

	"github.com/spf13/cobra"

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
		"publish a folder of its own in this one instead, and turn its link \"current\" to it in one step")
	c.Flags().BoolVar(&f.compress, "compress", false, "write .gz and .br twins for servers that send them")
	c.Flags().BoolVar(&f.strict, "strict", false, "let warnings stop publication too")
	_ = c.MarkFlagDirname("output")
	_ = c.MarkFlagDirname("releases")
	f.chosen = func() bool { return c.Flags().Changed("output") }
}

// publisher publishes a site to one place.
type publisher func(fileset.Set) (publish.Report, error)

// publisher returns the publisher to the place that the flags name; the folders to
// keep are read from.
func (f *publishFlags) publisher(keep ...string) (publisher, error) {
	opt := publish.Options{Compress: f.compress, Keep: keep}
	if f.releases == "" {
		return func(set fileset.Set) (publish.Report, error) { return publish.Publish(f.output, set, opt) }, nil
	}
	if f.chosen() {
		return nil, message.Errorf("--output and --releases are two ways to publish\nname one of them")
	}
	return func(set fileset.Set) (publish.Report, error) { return publish.Release(f.releases, set, opt) }, nil
}

// place names what was published to.
func (f *publishFlags) place(r publish.Report) string {
	if f.releases == "" {
		return f.output
	}
	return filepath.Join(f.releases, r.Release)
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
