// Candor-bench measures candor beside the practical floor and Hugo, on two corpora that it writes
// itself.
//
// It is what `make bench` runs, from the top of the repository. All figures are taken in one run,
// on one machine, from whole processes; what counts are the ratios.
//
//	candor-bench [flags]              write the corpora, measure, print the ratios and targets
//	candor-bench corpus [flags] DIR   only write a corpus into DIR: with --written the second
//	candor-bench floor CONTENT OUT    be the floor: read, decode TOML, convert Markdown, write
//	candor-bench hugo CONTENT DIR     turn a corpus into a Hugo site
//
// The corpora have N incidents of U updates, a FAQ and a report each, the same bytes for the same
// seed: "clean", a site in order, and "written", as people write, with about nine warnings an
// incident.
//
// Hugo (0.146 or later) is measured if the environment variable HUGO names it or it is on PATH. It
// builds the same content with the theme in data/hugo: home, progress pages, lists of updates,
// FAQs, reports, a sitemap, each link resolved, images with their size, as candor's pages have
// them; not candor's records of promises, timelines, rules.
//
// The parts, in order, each of which --only can choose:
//
//   - build: the floor, Hugo, `candor build` and `candor check`, on each corpus: R rounds after one
//     that does not count, each beginning with another program; the ratios within each round, and
//     their median;
//   - save: from the rename of a saved file until the preview serves the new text, `candor watch`
//     and `hugo server` in turn, on each corpus; one that has taken two minutes for its saves is
//     not measured further;
//   - growth: the same for one more update to an incident of 50, of 500 and of 5,000, in turn;
//   - example: the repository's own content, built.
//
// Waiting for the disk to take what earlier runs left in memory, and removing it all, stays outside
// the times. A run at the default size needs about 8 GB in the temporary directory ($TMPDIR) and a
// quarter of an hour. On ext4 it suffers from files that an earlier run deleted within five
// minutes; a memory file system does not have that.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
)

// options are the flags.
type options struct {
	incidents, updates, runs, saves int
	seed                            uint64
	written                         bool
	candor, only                    string
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:], os.Stdout)
	stop()
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "candor-bench:", err)
		os.Exit(1)
	}
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
	case command == "hugo" && len(rest) == 2:
		return writeHugoSite(rest[0], rest[1])
	case command == "corpus" && len(rest) == 1:
		kind := clean
		if opts.written {
			kind = written
		}
		return writeCorpus(kind, rest[0], opts.seed, opts.incidents, opts.updates)
	case command == "" && len(rest) == 0:
		return benchmark(ctx, opts, out)
	}
	return errors.New("usage: candor-bench [flags] | corpus [flags] DIR | floor CONTENT OUT | hugo CONTENT DIR; " +
		"--help lists the flags")
}

// parse reads the flags and returns what follows them.
func parse(args []string) (options, []string, error) {
	var o options
	flags := flag.NewFlagSet("candor-bench", flag.ContinueOnError)
	flags.IntVar(&o.incidents, "incidents", 1000, "incidents in a corpus")
	flags.IntVar(&o.updates, "updates", 20, "updates of each incident")
	flags.IntVar(&o.runs, "runs", 5, "rounds of builds that count")
	flags.IntVar(&o.saves, "saves", 40, "saves of each kind that count")
	flags.Uint64Var(&o.seed, "seed", 1, "seed of the corpora")
	flags.BoolVar(&o.written, "written", false, "corpus: write the one as people write")
	flags.StringVar(&o.candor, "candor", "", "the candor `program` to measure (default: built from ./cmd/candor)")
	flags.StringVar(&o.only, "only", "", "only this `part`: "+strings.Join(parts, ", "))
	if err := flags.Parse(args); err != nil {
		return o, nil, err
	}
	if min(o.incidents, o.updates, o.runs, o.saves-1) < 1 {
		return o, nil, errors.New("--incidents, --updates and --runs are at least 1, --saves at least 2")
	}
	if o.only != "" && !slices.Contains(parts, o.only) {
		return o, nil, fmt.Errorf("no part is called %q; there are %s", o.only, strings.Join(parts, ", "))
	}
	return o, flags.Args(), nil
}
