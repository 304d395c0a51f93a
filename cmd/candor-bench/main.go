// Candor-bench measures candor against the practical floor, on a corpus that it writes itself.
//
// It is what `make bench` runs, from the top of the repository. All figures are taken in one run, on one machine, from
// whole processes; what counts are the ratios.
//
//	candor-bench [flags]              write the corpus, measure, print, compare with the targets
//	candor-bench corpus [flags] DIR   only write the corpus into DIR
//	candor-bench floor CONTENT OUT    be the floor: read every file, decode the TOML, convert the Markdown, write
//	candor-bench again CONTENT        look and build again and again where nothing changes, in one process
//
// The parts, in order, each of which --only can choose:
//
//   - corpus: N incidents of U updates, a FAQ and a report each, the same bytes for the same seed;
//   - build: the floor and `candor build` in turn, each into a fresh directory, R pairs after one that does not count,
//     the order within a pair changing from pair to pair; wall time, CPU time, peak memory; the ratio of each pair and
//     the median of the ratios; then `candor build` again where nothing has changed;
//   - check: `candor build` and `candor check` on the corpus in turn, as above; the ratio of each pair;
//   - example: `candor build` of the repository's own content, ten times;
//   - watch: `candor watch`, from the rename of a saved file to the page that holds the new text, over HTTP: on the
//     corpus, on the repository's own content, and one more update to an incident of 50 and to one of 5,000.
//
// Waiting for the disk to take what earlier runs left in memory, and removing it all, stays outside the times. A run
// at the default size needs about 2 GB in the temporary directory ($TMPDIR). Run it twice within five minutes on ext4 and
// the second suffers from the files that the first one deleted; a memory file system does not have that.
// Each target is printed as met or missed; with --enforce a missed one makes the exit status 1. Wrong usage is 2, and 3
// means that something could not be measured.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
)

// options are the flags.
type options struct {
	incidents, updates, runs int
	seed                     uint64
	candor, example          string
	keep, only               string
	enforce                  bool
}

// errMissed ends a run with --enforce in which a target was missed.
var errMissed = errors.New("a target was missed")

// usageError is a mistake in how the program was called.
type usageError struct{ error }

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:], os.Stdout)
	stop()
	if err == nil || errors.Is(err, flag.ErrHelp) {
		return
	}
	fmt.Fprintln(os.Stderr, "candor-bench:", err)
	var usage usageError
	switch {
	case errors.Is(err, errMissed):
		os.Exit(1)
	case errors.As(err, &usage):
		os.Exit(2)
	}
	os.Exit(3)
}

// run chooses the command.
func run(ctx context.Context, args []string, out io.Writer) error {
	command := ""
	if len(args) > 0 && !strings.HasPrefix(args[0], "-") {
		command, args = args[0], args[1:]
	}
	opts, rest, err := parse(args)
	if err != nil {
		return err
	}
	switch {
	case command == "floor" && len(rest) == 2:
		return floor(rest[0], rest[1])
	case command == "again" && len(rest) == 1:
		return again(rest[0], out)
	case command == "corpus" && len(rest) == 1:
		size, err := writeCorpus(rest[0], opts.seed, opts.incidents, opts.updates)
		if err == nil {
			fmt.Fprintln(out, size)
		}
		return err
	case command == "" && len(rest) == 0:
		return benchmark(ctx, opts, out)
	}
	return usageError{errors.New("usage: candor-bench [flags] | corpus [flags] DIR | floor CONTENT OUT | again CONTENT; --help lists the flags")}
}

// parse reads the flags and returns what follows them.
func parse(args []string) (options, []string, error) {
	var o options
	flags := flag.NewFlagSet("candor-bench", flag.ContinueOnError)
	flags.IntVar(&o.incidents, "incidents", 1000, "incidents in the corpus")
	flags.IntVar(&o.updates, "updates", 20, "updates of each incident")
	flags.IntVar(&o.runs, "runs", 5, "pairs of runs that count")
	flags.Uint64Var(&o.seed, "seed", 1, "seed of the corpus")
	flags.StringVar(&o.candor, "candor", "", "the candor `program` to measure (default: built from ./cmd/candor)")
	flags.StringVar(&o.example, "example", "content", "content `directory` of the example site")
	flags.StringVar(&o.keep, "keep", "", "work in this `directory` and leave everything there (default: a temporary one)")
	flags.StringVar(&o.only, "only", "", "only this `part`: "+strings.Join(partNames(), ", "))
	flags.BoolVar(&o.enforce, "enforce", false, "exit with status 1 when a target is missed")
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return o, nil, err
	case err != nil:
		return o, nil, usageError{err}
	case o.incidents < 1 || o.updates < 1 || o.runs < 1:
		return o, nil, usageError{errors.New("--incidents, --updates and --runs are at least 1")}
	}
	return o, flags.Args(), nil
}
