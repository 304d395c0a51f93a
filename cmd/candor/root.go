package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"candor/generator/message"
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
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE) // a closed pipe is an error of writing, and no more
	out, errs := &sink{Writer: stdout}, &sink{Writer: stderr}
	say := &printer{}
	root := newRoot(say)
	root.SetOut(out)
	root.SetErr(errs)
	err := execute(root, say, args)
	var environment environmentError
	if out.err != nil && !errors.Is(out.err, syscall.EPIPE) && !errors.As(err, &environment) {
		err = environmentError{message.Errorf("cannot write to standard output: %w", out.err)}
	}
	switch {
	case err == nil:
		return exitFine
	case errors.Is(err, errContent):
		return exitContent
	case errors.As(err, &environment):
		fmt.Fprintln(errs, wrapped("candor: "+say.Error(err), columns(errs)))
		return exitEnvironment
	}
	fmt.Fprintln(errs, wrapped("candor: "+say.Error(err), columns(errs)))
	return exitUsage
}

// execute runs one command line in the language that it asks for, or else that of
// the locale.
func execute(root *cobra.Command, say *printer, args []string) error {
	asked, rest := leading(args)
	if asked == "" {
		asked = trailing(root, rest)
	}
	tag, known := spoken(asked)
	if !known {
		tag = localeLanguage(os.Getenv)
	}
	say.Words = wordsIn(tag)
	if asked != "" && !known {
		return unknownLanguage(asked)
	}
	root.InitDefaultCompletionCmd()
	translate(root, say)
	root.SetArgs(rest)
	return root.Execute()
}

func newRoot(say *printer) *cobra.Command {
	root := &cobra.Command{
		Use:   "candor",
		Short: "Publish what happened, what is known, and what was promised",
		Long: `Candor makes crisis information pages: Markdown in, a progress page, a FAQ and a
final report out.`,
		Example: `  candor new site crisis-pages
  cd crisis-pages
  candor new incident outage --type experience --level 2 --stance full
  candor build`,
		Args:          noSuch,
		RunE:          func(c *cobra.Command, _ []string) error { return c.Help() },
		SilenceUsage:  true,
		SilenceErrors: true,
		Version:       version(),
	}
	root.SetVersionTemplate("candor {{.Version}}\n")
	root.SetFlagErrorFunc(flagError)
	root.SetHelpFunc(func(c *cobra.Command, _ []string) { help(c, say) })
	root.PersistentFlags().Var(&langValue{}, langFlag,
		"language of messages and help: en or zh (default: that of LC_ALL, LC_MESSAGES or LANG)")
	offer(root, langFlag, "en", "zh")
	root.AddCommand(newBuild(say), newWatch(say), newCheck(say), newDue(say), newPrint(say), newCopy(say), newSeal(say),
		newVerify(say), newUpdateNow(say), newActivate(say), newDeploy(say), newRollback(say), newLive(say), newNew(say),
		newImport(say), newVersion())
	root.InitDefaultHelpCmd()
	about, _, _ := root.Find([]string{"help"})
	about.Long = "Help shows what a command does and which flags it has, as --help after the command does."
	about.Example = "  candor help build\n  candor help new incident"
	about.RunE = helpOf
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
