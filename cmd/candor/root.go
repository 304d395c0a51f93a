package main

import (
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"
)

// The exit statuses (design §5).
const (
	exitFine        = 0
	exitContent     = 1 // the content has errors
	exitUsage       = 2
	exitEnvironment = 3
)

// errContent says that the content has errors that have been printed.
var errContent = errors.New("the content has errors")

// environmentError is a failure of the disk, the network or the machine.
type environmentError struct{ error }

func (e environmentError) Unwrap() error { return e.error }

// run runs one command line and returns its exit status.
func run(args []string, stdout, stderr io.Writer) int {
	root := newRoot()
	root.SetArgs(args)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.Execute()
	var environment environmentError
	switch {
	case err == nil:
		return exitFine
	case errors.Is(err, errContent):
		return exitContent
	case errors.As(err, &environment):
		fmt.Fprintf(stderr, "candor: %v\n", err)
		return exitEnvironment
	}
	fmt.Fprintf(stderr, "candor: %v\n", err)
	return exitUsage
}

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:   "candor",
		Short: "Publish what happened, what is known, and what was promised",
		Long: `Candor makes crisis information pages: Markdown in, a progress page, a FAQ and a
final report out.`,
		Example: `  candor new site crisis-pages
  cd crisis-pages
  candor new incident outage --type experience --level 2 --stance full
  candor build`,
		SilenceUsage:  true,
		SilenceErrors: true,
		Version:       version(),
	}
	root.SetVersionTemplate("candor {{.Version}}\n")
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return fmt.Errorf("%w\nsee: %s --help", err, c.CommandPath())
	})
	root.AddCommand(newBuild(), newWatch(), newCheck(), newDue(), newPrint(), newNew())
	return root
}

// version returns the version that the binary was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "(unknown version)"
	}
	return strings.Trim(info.Main.Version, "()")
}
