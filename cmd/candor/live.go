package main

import (
	"io"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"candor/generator/message"
	"candor/generator/outside/deploy"
)

type liveFlags struct {
	siteFlags
	output string
	wait   time.Duration
}

func newLive(say *printer) *cobra.Command {
	f := &liveFlags{siteFlags: siteFlags{say: say}}
	c := &cobra.Command{
		Use:   "live",
		Short: "Compare what readers get with what was built",
		Long: `Live fetches every file of the last build from the public address of the site and says
which are missing, or other than they were built: still old, or altered on the way.
With --wait it fetches those again until all are right or the time is over, and says
how long it took.

The exit status is 1 if a file is missing or other.`,
		Example: `  candor live
  candor deploy production && candor live --wait 2m
  candor live --base-url https://status.example.org/`,
		Args: noArgs,
		RunE: func(c *cobra.Command, _ []string) error { return f.run(c) },
	}
	c.Flags().StringVar(&f.content, "content", "content", "folder with site.toml and the incidents")
	c.Flags().StringVar(&f.baseURL, "base-url", "", "address of the published site instead of site.toml's")
	c.Flags().StringVar(&f.output, "output", "public", "folder that was published into, or that of the releases")
	c.Flags().DurationVar(&f.wait, "wait", 0, "how long to wait until everything is there, such as 2m")
	return c
}

func (f *liveFlags) run(c *cobra.Command) error {
	stderr := c.ErrOrStderr()
	site, _, err := f.config()
	if err != nil {
		return f.failed(stderr, err)
	}
	if site.BaseURL == "" {
		return message.Errorf("the site has no address\nwrite base_url in site.toml, or --base-url")
	}
	rel, err := releaseIn(f.output)
	if err != nil {
		return environmentError{err}
	}
	ctx, stop := signal.NotifyContext(c.Context(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	client := &http.Client{Timeout: 20 * time.Second}
	start, files := time.Now(), rel.Files
	for {
		found := deploy.Live(ctx, site.BaseURL, files, client, sendersAtOnce)
		took := time.Since(start)
		if len(found) == 0 {
			f.say.line(stderr, "%s: %s, after %d s", strings.TrimSuffix(site.BaseURL, "/"),
				message.Plural(len(rel.Files), "%d file is as built", "%d files are as built"), int(took.Seconds()))
			return nil
		}
		if took >= f.wait || ctx.Err() != nil {
			f.print(c.OutOrStdout(), found)
			f.say.line(stderr, "%s (of %d)", message.Plural(len(found), "%d file is not as built",
				"%d files are not as built"), len(rel.Files))
			return errContent
		}
		if err := wait(ctx, 2*time.Second); err != nil {
			return environmentError{err}
		}
		files = again(files, found)
	}
}

// again returns the files that were found to be other.
func again(files []deploy.File, found []deploy.Difference) []deploy.File {
	wrong := map[string]bool{}
	for _, d := range found {
		wrong[d.Path] = true
	}
	var left []deploy.File
	for _, f := range files {
		if wrong[f.Path] {
			left = append(left, f)
		}
	}
	return left
}

func (f *liveFlags) print(w io.Writer, found []deploy.Difference) {
	for _, d := range found {
		switch {
		case d.Err != nil:
			f.say.line(w, "%s: no answer: %w", d.Path, d.Err)
		case d.Status == http.StatusNotFound:
			f.say.line(w, "%s: missing", d.Path)
		case d.Status != 0:
			f.say.line(w, "%s: status %d", d.Path, d.Status)
		default:
			f.say.line(w, "%s: other than it was built", d.Path)
		}
	}
}
