package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

func newVersion() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print which candor this is",
		Long: `Version prints the version, the revision of the source with its day, and what the
program was built with. A revision with "+" had changes that are in no commit.`,
		Example: "  candor version",
		Args:    noArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			info, _ := debug.ReadBuildInfo()
			fmt.Fprintln(c.OutOrStdout(), "candor", version())
			if line := revision(info); line != "" {
				fmt.Fprintln(c.OutOrStdout(), line)
			}
			fmt.Fprintf(c.OutOrStdout(), "%s %s/%s\n", runtime.Version(), runtime.GOOS, runtime.GOARCH)
			return nil
		},
	}
}

// revision returns the revision that the program was built from and its day; empty if it is not known.
func revision(info *debug.BuildInfo) string {
	if info == nil {
		return ""
	}
	of := map[string]string{}
	for _, s := range info.Settings {
		of[s.Key] = s.Value
	}
	id, day := of["vcs.revision"], of["vcs.time"]
	if id == "" {
		return ""
	}
	if of["vcs.modified"] == "true" {
		id += "+"
	}
	return id + " " + day[:min(len(day), len("2006-01-02"))]
}
