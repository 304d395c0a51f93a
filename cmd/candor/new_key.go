package main

import (
	"crypto/rand"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/mod/sumdb/note"

	"candor/generator/message"
)

func newKey(say *printer) *cobra.Command {
	return &cobra.Command{
		Use:   "key NAME",
		Short: "Make the key that signs a ledger",
		Long: `Key prints a new pair of keys: the private one, which belongs into CANDOR_LEDGER_KEY where
candor seal runs, and the public one, for everybody who checks. NAME is that of the
ledger: the address of the site without https://. It writes no file.`,
		Example: "  candor new key status.example.org\n  candor new key example.org/crisis",
		Args:    cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return printKey(c.OutOrStdout(), c.ErrOrStderr(), say, args[0])
		},
	}
}

func printKey(stdout, stderr io.Writer, say *printer, name string) error {
	name = strings.TrimSuffix(strings.TrimPrefix(name, "https://"), "/")
	if name == "" || strings.ContainsAny(name, "+ \t\n") || strings.Contains(name, "://") {
		return message.Errorf("%q is not the name of a ledger\nwrite the address of the site without https://", name)
	}
	private, public, err := note.GenerateKey(rand.Reader, name)
	if err != nil {
		return environmentError{err}
	}
	fmt.Fprintf(stdout, "%s=%s\n", keyName, private)
	fmt.Fprintln(stdout, public)
	say.line(stderr, "the first line is secret: keep it where secrets are kept, and never in the content\n"+
		"the second is public: publish it where readers look for it")
	return nil
}
