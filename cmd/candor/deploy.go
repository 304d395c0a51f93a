package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"candor/generator/message"
	"candor/generator/outside/deploy"
	"candor/generator/outside/publish"
	"candor/generator/site/config"
)

// sendersAtOnce is how many files are sent, or fetched, at a time.
const sendersAtOnce = 8

type deployFlags struct {
	siteFlags
	output   string
	releases string
	options  deploy.Options
}

func newDeploy(say *printer) *cobra.Command {
	f := &deployFlags{siteFlags: siteFlags{say: say}}
	c := &cobra.Command{
		Use:   "deploy TARGET",
		Short: "Send what was built to a store, such as a bucket of S3",
		Long: `Deploy sends what candor build published to the store that [deploy.TARGET] in site.toml
names: only what changed, pages after what they need, the home page last. What is not
published any more is deleted with the release after. Nothing that candor did not send
is replaced or deleted. If it is stopped, another run completes the work.

The keys of the store come from AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and, if there
is one, AWS_SESSION_TOKEN.`,
		Example: `  candor build && candor deploy production
  candor deploy production --dry-run
  candor build --releases /srv/crisis && candor deploy production --releases /srv/crisis`,
		Args: oneArg("TARGET", message.Textf("the name of a [deploy.NAME] in site.toml, such as: candor deploy production")),
		RunE: func(c *cobra.Command, args []string) error {
			dir := f.output
			if f.releases != "" {
				dir = f.releases
			}
			return f.run(c, args[0], dir)
		},
		ValidArgsFunction: f.completeTarget,
	}
	f.register(c)
	c.Flags().StringVar(&f.output, "output", "public", "folder that was published into")
	c.Flags().StringVar(&f.releases, "releases", "", "folder of releases: the one that \"current\" leads to is sent")
	c.Flags().BoolVar(&f.options.Dry, "dry-run", false, "print what would be sent and deleted, and write nothing")
	return c
}

func newRollback(say *printer) *cobra.Command {
	f := &deployFlags{siteFlags: siteFlags{say: say}}
	c := &cobra.Command{
		Use:   "rollback TARGET --releases FOLDER",
		Short: "Send the release before the current one to a store",
		Long: `Rollback sends the release before the one that "current" leads to, as deploy does. The
content and "current" stay as they are: put the content right before the next build.`,
		Example: `  candor rollback production --releases /srv/crisis
  candor rollback production --releases /srv/crisis --dry-run`,
		Args: oneArg("TARGET", message.Textf("the name of a [deploy.NAME] in site.toml, such as: candor deploy production")),
		RunE: func(c *cobra.Command, args []string) error {
			if f.releases == "" {
				return message.Errorf("--releases is missing\nname the folder of candor build --releases")
			}
			dir, err := publish.Before(f.releases)
			if err != nil {
				return environmentError{err}
			}
			f.options.Older = true
			return f.run(c, args[0], dir)
		},
		ValidArgsFunction: f.completeTarget,
	}
	f.register(c)
	c.Flags().StringVar(&f.releases, "releases", "", "folder of releases")
	c.Flags().BoolVar(&f.options.Dry, "dry-run", false, "print what would be sent and deleted, and write nothing")
	return c
}

func (f *deployFlags) register(c *cobra.Command) {
	c.Flags().StringVar(&f.content, "content", "content", "folder with site.toml and the incidents")
	c.Flags().BoolVar(&f.options.TakeOver, "take-over", false, "do not wait for another deployment, which was killed")
}

func (f *deployFlags) completeTarget(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	site, _, err := f.config()
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return slices.Sorted(maps.Keys(site.Deploy)), cobra.ShellCompDirectiveNoFileComp
}

func (f *deployFlags) run(c *cobra.Command, name, dir string) error {
	stdout, stderr := c.OutOrStdout(), c.ErrOrStderr()
	start := time.Now()
	target, settings, err := f.target(name)
	if err != nil {
		return f.failed(stderr, err)
	}
	rel, err := releaseIn(dir)
	if err != nil {
		return environmentError{err}
	}
	ctx, stop := signal.NotifyContext(c.Context(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	f.options.Workers, f.options.Wait = sendersAtOnce, wait
	f.options.Waiting = func(most time.Duration) {
		f.say.line(stderr, "another deployment is under way, or was killed: waiting for it, at most %s after it "+
			"gave its last sign (--take-over does not wait)", message.Length(most))
	}
	if len(settings.Invalidate) > 0 {
		f.options.Invalidate = func(ctx context.Context, paths []string) error {
			return invalidate(ctx, settings.Invalidate, paths, stderr)
		}
	}
	report, err := deploy.Deploy(ctx, target, rel, f.options)
	if err != nil {
		return environmentError{message.Errorf("not deployed: %w\nrun the command again: it goes on where it stopped", err)}
	}
	f.print(stdout, stderr, name, report, time.Since(start))
	return nil
}

func (f *deployFlags) print(stdout, stderr io.Writer, name string, r deploy.Report, took time.Duration) {
	if f.options.Dry {
		for _, path := range r.Sent {
			fmt.Fprintln(stdout, "send", path)
		}
		for _, path := range r.Deleted {
			fmt.Fprintln(stdout, "delete", path)
		}
		f.say.line(stderr, "%s: %d to send, %d to delete, %d unchanged; nothing was written", name,
			len(r.Sent), len(r.Deleted), r.Kept)
		return
	}
	f.say.line(stderr, "%s: %s in %d ms; %d deleted, %d unchanged", name,
		message.Plural(len(r.Sent), "%d file sent", "%d files sent"), took.Milliseconds(), len(r.Deleted), r.Kept)
	if r.Later > 0 {
		f.say.line(stderr, "%s", message.Plural(r.Later, "%d file will be deleted with the next release",
			"%d files will be deleted with the next release"))
	}
}

// target returns the store of a name, and what site.toml says of it.
func (f *deployFlags) target(name string) (deploy.Target, config.Deploy, error) {
	site, _, err := f.config()
	if err != nil {
		return deploy.Target{}, config.Deploy{}, err
	}
	d, ok := site.Deploy[name]
	switch names := slices.Sorted(maps.Keys(site.Deploy)); {
	case len(names) == 0:
		return deploy.Target{}, d, message.Errorf("site.toml names no store\n"+
			"add [deploy.%s] with endpoint and bucket to it", name)
	case !ok:
		return deploy.Target{}, d, message.Errorf("there is no [deploy.%s] in site.toml\none of: %s",
			name, message.List(names))
	}
	t := deploy.Target{Endpoint: d.Endpoint, Bucket: d.Bucket, Prefix: d.Prefix, Region: d.Region, PathStyle: d.PathStyle,
		Unlocked: !d.Lock, CacheControl: d.CacheControl, AccessKey: os.Getenv("AWS_ACCESS_KEY_ID"),
		SecretKey: os.Getenv("AWS_SECRET_ACCESS_KEY"), Token: os.Getenv("AWS_SESSION_TOKEN")}
	if t.AccessKey == "" || t.SecretKey == "" {
		return t, d, environmentError{message.Errorf("the keys of the store are missing\n" +
			"put them into AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY")}
	}
	return t, d, nil
}

// releaseIn returns what was published to a folder, as what is sent.
func releaseIn(dir string) (deploy.Release, error) {
	p, err := publish.Read(dir)
	if err != nil {
		return deploy.Release{}, err
	}
	at, err := time.Parse(time.RFC3339, p.Instant)
	rel := deploy.Release{ID: p.Release, Instant: at, Read: func(path string) ([]byte, error) {
		return os.ReadFile(filepath.Join(p.Dir, filepath.FromSlash(path)))
	}}
	for _, f := range p.Files {
		rel.Files = append(rel.Files, deploy.File{Path: f.Path, Size: f.Size, Sum: f.Sum, Phase: f.Phase})
	}
	return rel, err
}

// wait waits, or returns why it did not.
func wait(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-time.After(d):
		return nil
	}
}

// invalidate runs a command of the site's that has caches forget what changed: the paths are on its
// standard input, one a line.
func invalidate(ctx context.Context, command, paths []string, stderr io.Writer) error {
	run := exec.CommandContext(ctx, command[0], command[1:]...)
	var lines strings.Builder
	for _, path := range paths {
		name, page := strings.CutSuffix(path, "index.html")
		if !page || name != "" && !strings.HasSuffix(name, "/") {
			name = path
		}
		lines.WriteString("/" + name + "\n")
	}
	run.Stdin, run.Stdout, run.Stderr = strings.NewReader(lines.String()), stderr, stderr
	err := run.Run()
	if errors.Is(err, exec.ErrNotFound) {
		return message.Errorf("the command invalidate cannot be run: %w", err)
	} else if err != nil {
		return message.Errorf("everything is sent, but the command invalidate failed: %w", err)
	}
	return nil
}
