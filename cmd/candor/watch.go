package main

import (
	"context"
	"errors"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"candor/generator/message"
	"candor/generator/outside/preview"
)

type watchFlags struct {
	siteFlags
	publishFlags
	addr   string
	open   bool
	follow bool
	poll   time.Duration
}

func newWatch(say *printer) *cobra.Command {
	f := &watchFlags{siteFlags: siteFlags{say: say}}
	c := &cobra.Command{
		Use:   "watch",
		Short: "Build, show and publish the site again on every save",
		Long: `Watch builds and publishes as build does, shows the site on this machine, and does
so again on every save and whenever the site changes by itself. The browser is
refreshed in place; an error is shown over the last good page, and what was
published before stays. Ctrl-C ends it.`,
		Example: `  candor watch --open
  candor watch --follow --content crisis/content --output /srv/www
  candor watch --addr 127.0.0.1:8080 --releases /srv/crisis`,
		Args: noArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			ctx, stop := signal.NotifyContext(c.Context(), os.Interrupt, syscall.SIGTERM)
			defer stop()
			// A second Ctrl-C ends the program at once; not one that comes with the first,
			// from a shell and from a program between.
			context.AfterFunc(ctx, func() { time.AfterFunc(time.Second, stop) })
			return f.run(ctx, c.ErrOrStderr())
		},
	}
	f.siteFlags.register(c)
	f.publishFlags.register(c)
	c.Flags().StringVar(&f.addr, "addr", "127.0.0.1:1414",
		"address of the preview, on this machine; if the port is taken, one near it")
	c.Flags().BoolVar(&f.open, "open", false, "open the preview in the browser")
	c.Flags().BoolVar(&f.follow, "follow", false, "let the browser open the page that a save changed")
	c.Flags().DurationVar(&f.poll, "poll", 0,
		"look for changes at this interval, such as 1s, and do not use events of the system")
	_ = c.RegisterFlagCompletionFunc("addr", cobra.NoFileCompletions)
	return c
}

func (f *watchFlags) run(ctx context.Context, stderr io.Writer) error {
	if f.poll < 0 {
		return message.Errorf("--poll %s is negative\nwrite for example: --poll 1s", f.poll)
	}
	publishSet, err := f.publisher(f.content, f.themesFolder())
	if err != nil {
		return err
	}
	settings, err := f.settings()
	if err != nil {
		return err
	}
	listener, err := preview.Listen(f.addr)
	if err != nil {
		return listenError(err)
	}
	host := listener.Addr().String()
	s := &session{flags: f, settings: settings, log: newLog(stderr, f.say), address: "http://" + host + "/"}
	s.server = preview.New(preview.Options{Host: host, Follow: f.follow, Words: f.say.Words, At: s.at})
	s.publishing = newPublishing(publishSet, f.folder(), s.published)
	ctx, end := context.WithCancel(ctx)
	served := make(chan error, 1)
	go func() {
		err := s.server.Serve(ctx, listener)
		end() // without a preview there is nothing to stay for
		served <- err
	}()
	err = s.run(ctx)
	end()
	if serving := <-served; err == nil && serving != nil {
		err = environmentError{serving}
	}
	s.publishing.close()
	s.log.event("stopped; what was published stays")
	s.log.close()
	return err
}

// listenError is the environment's fault where the system would not give a port,
// and the user's where the address is none.
func listenError(err error) error {
	var errno syscall.Errno
	if errors.As(err, &errno) {
		return environmentError{err}
	}
	return message.Errorf("--addr: %w", err)
}
