package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/mod/sumdb/note"

	"candor/generator/check"
	"candor/generator/diag"
	"candor/generator/input/ledger"
	"candor/generator/message"
	"candor/generator/outside/verify"
)

type verifyFlags struct {
	say                             *printer
	since, fingerprint, key, format string
}

func newVerify(say *printer) *cobra.Command {
	f := &verifyFlags{say: say}
	c := &cobra.Command{
		Use:   "verify URL|DIR",
		Short: "Check that a published site says what its ledger says, and what was changed",
		Long: `Verify reads a site as everybody can read it, from its address or from the folder
that was published. It checks that the ledger is whole, that its texts are those that
were sealed, and that the pages and files show them.

With --since, a checkpoint that somebody kept or the fingerprint from a page or a
print, it checks that nothing before it was changed, and lists what came after it.
The exit status is 1 if anything does not hold.`,
		Example: `  candor verify https://status.example.org/
  candor verify public --key status.example.org+c3a1f0e2+AZ…
  candor verify https://status.example.org/ --since kept/checkpoint
  candor verify https://status.example.org/ --since sxya-rgrs-pafr
  candor verify https://status.example.org/ --fingerprint sxya-rgrs-pafr`,
		Args: oneArg("URL", message.Textf("the address of the site, such as: candor verify https://status.example.org/")),
		RunE: func(c *cobra.Command, args []string) error {
			ctx, stop := signal.NotifyContext(c.Context(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
			defer stop()
			return f.run(ctx, args[0], c.OutOrStdout(), c.ErrOrStderr())
		},
	}
	c.Flags().StringVar(&f.since, "since", "", "a checkpoint that was kept: the file, or its fingerprint")
	c.Flags().StringVar(&f.fingerprint, "fingerprint", "", "only find the checkpoint that has this fingerprint, and print it")
	c.Flags().StringVar(&f.key, "key", "", "public key of the ledger, to check the signature of its checkpoint")
	c.Flags().StringVar(&f.format, "format", "text", "how to print what was found: text or json")
	offer(c, "format", "text", "json")
	return c
}

func (f *verifyFlags) run(ctx context.Context, from string, stdout, stderr io.Writer) error {
	if f.format != "text" && f.format != "json" {
		return message.Errorf("--format %q is not known\nwrite --format text or json", f.format)
	}
	opt, err := f.options()
	if err != nil {
		return err
	}
	source, err := sourceOf(from)
	if err != nil {
		return err
	}
	result, err := verify.Site(ctx, source, opt)
	if err != nil {
		return environmentError{err}
	}
	switch {
	case f.format == "json":
		err = writeVerified(stdout, result)
	case f.fingerprint != "":
		f.found(stdout, result)
	default:
		f.print(stdout, result)
	}
	if err != nil || len(result.Found) == 0 {
		return err
	}
	if f.format == "text" {
		rename := func(path string) string { return strings.TrimSuffix(source.String(), "/") + "/" + path }
		err = diag.WriteText(stderr, result.Found, diag.TextOptions{Words: f.say.Words, Color: colour(stderr),
			Width: columns(stderr), Rename: rename, All: true})
		if err != nil {
			return err
		}
	}
	return errContent
}

// sourceOf reads from an address, or else from a folder.
func sourceOf(from string) (verify.Source, error) {
	if strings.HasPrefix(from, "http://") || strings.HasPrefix(from, "https://") {
		return verify.Address(from)
	}
	source, err := verify.Folder(from)
	if err != nil {
		return nil, environmentError{err}
	}
	return source, nil
}

// options reads the flags.
func (f *verifyFlags) options() (opt verify.Options, err error) {
	opt.Key = strings.TrimSpace(f.key)
	if _, err := note.NewVerifier(opt.Key); opt.Key != "" && err != nil {
		return opt, message.Errorf("%q is not the public key of a ledger\nit is the second line that candor new key printed", f.key)
	}
	if f.fingerprint != "" {
		if f.since != "" {
			return opt, message.Errorf("--since and --fingerprint cannot be used together\nwrite only one of them")
		}
		opt.Only = true
		return opt, fingerprint(&opt, f.fingerprint, "--fingerprint")
	}
	if f.since == "" {
		return opt, nil
	}
	data, err := os.ReadFile(f.since)
	if errors.Is(err, fs.ErrNotExist) {
		return opt, fingerprint(&opt, f.since, "--since")
	}
	if err != nil {
		return opt, environmentError{message.Errorf("cannot read the checkpoint: %w", err)}
	}
	point, ok := ledger.ParsePoint(string(data))
	if !ok {
		return opt, message.Errorf("%s is not a checkpoint\nkeep for example what curl -O https://status.example.org/ledger/checkpoint gives", f.since)
	}
	opt.Since, opt.Signed = &point, data
	return opt, nil
}

func fingerprint(opt *verify.Options, text, flag string) error {
	read, ok := verify.ReadFingerprint(text)
	if !ok {
		return message.Errorf("%s %q is neither a file nor a fingerprint\na fingerprint has 12 letters and digits, such as sxya-rgrs-pafr", flag, text)
	}
	opt.Fingerprint = read
	return nil
}

// found prints the checkpoint that was looked for.
func (f *verifyFlags) found(w io.Writer, r *verify.Result) {
	if r.Since == nil {
		return
	}
	fmt.Fprint(w, r.Since.String())
	f.say.line(w, "the ledger had this checkpoint with the text that was sealed at %s; %s since then", when(r.When),
		message.Plural(len(r.Changes), "%d text was sealed", "%d texts were sealed"))
}

// print says what was checked, and what was changed.
func (f *verifyFlags) print(w io.Writer, r *verify.Result) {
	if r.Ledger == nil {
		return
	}
	f.say.line(w, "%s: %s, fingerprint %s, %s", r.Point.Origin, message.Plural(int(r.Point.Size), "%d line", "%d lines"),
		r.Point.Fingerprint(), map[verify.Signature]message.Text{
			verify.Unsigned:  message.Textf("the checkpoint is not signed"),
			verify.Unchecked: message.Textf("the signature was not checked: give the public key with --key"),
			verify.Checked:   message.Textf("signed with the key"),
		}[r.Signed])
	if r.Since != nil {
		f.say.line(w, "since %s (%s): %s", r.Since.Fingerprint(), when(r.When),
			message.Plural(len(r.Changes), "%d text was sealed", "%d texts were sealed"))
		for _, line := range r.Changes {
			f.change(w, r.Ledger, line)
		}
	}
	f.say.line(w, "%s compared: %s", message.Plural(r.Pages, "%d page", "%d pages"),
		message.Plural(len(r.Found), "%d thing does not hold", "%d things do not hold"))
}

// change prints a line of the ledger, and for a text that was changed which words.
func (f *verifyFlags) change(w io.Writer, l *ledger.Ledger, line ledger.Line) {
	fmt.Fprintf(w, "  %s  %-10s  %s", when(line), line.Kind, diag.Visible(line.Unit))
	if line.Reason != "" {
		fmt.Fprintf(w, "  %s", diag.Visible(line.Reason))
	}
	fmt.Fprintln(w)
	if before, now, ok := becomes(l, line); ok {
		f.say.line(w, "    \"%s\" has become \"%s\"", diag.Visible(before), diag.Visible(now))
	}
}

// becomes returns what a line changed of the text before it; ok is false if one of the two is not public.
func becomes(l *ledger.Ledger, line ledger.Line) (before, now string, ok bool) {
	if line.Kind != ledger.Typo && line.Kind != ledger.Correction {
		return "", "", false
	}
	text, there := l.Text(line)
	for _, other := range l.Unit(line.Unit).Lines {
		if other.Revision == line.Revision-1 {
			if was, ok := l.Text(other); ok && there {
				before, now = check.Difference(was.Text, text.Text)
				return before, now, true
			}
		}
	}
	return "", "", false
}

func when(line ledger.Line) string { return line.Instant.UTC().Format("2006-01-02T15:04Z") }

// verified is a result as programs get it.
type verified struct {
	OK          bool             `json:"ok"`
	Origin      string           `json:"origin"`
	Size        int64            `json:"size"`
	Fingerprint string           `json:"fingerprint"`
	Checkpoint  string           `json:"checkpoint"`
	Signature   verify.Signature `json:"signature"`
	Pages       int              `json:"pages"`
	Since       *verifiedSince   `json:"since,omitempty"`
	Findings    []verifiedFault  `json:"findings"`
}

type verifiedSince struct {
	Size        int64          `json:"size"`
	Fingerprint string         `json:"fingerprint"`
	Checkpoint  string         `json:"checkpoint"`
	Changes     []verifiedLine `json:"changes"`
}

type verifiedLine struct {
	Line     int64       `json:"line"`
	Instant  time.Time   `json:"instant"`
	Kind     ledger.Kind `json:"kind"`
	Revision int         `json:"revision"`
	Unit     string      `json:"unit"`
	Reason   string      `json:"reason,omitempty"`
	Before   string      `json:"before,omitempty"`
	Now      string      `json:"now,omitempty"`
}

type verifiedFault struct {
	Path    string `json:"path"`
	Line    int    `json:"line,omitempty"`
	Message string `json:"message"`
}

// writeVerified prints a result for programs.
func writeVerified(w io.Writer, r *verify.Result) error {
	out := verified{OK: len(r.Found) == 0, Origin: r.Point.Origin, Size: r.Point.Size, Fingerprint: r.Point.Fingerprint(),
		Checkpoint: r.Point.String(), Signature: r.Signed, Pages: r.Pages, Findings: []verifiedFault{}}
	if r.Since != nil {
		out.Since = &verifiedSince{r.Since.Size, r.Since.Fingerprint(), r.Since.String(), []verifiedLine{}}
		for _, l := range r.Changes {
			before, now, _ := becomes(r.Ledger, l)
			out.Since.Changes = append(out.Since.Changes,
				verifiedLine{l.Number, l.Instant, l.Kind, l.Revision, l.Unit, l.Reason, before, now})
		}
	}
	for _, d := range r.Found {
		out.Findings = append(out.Findings, verifiedFault{d.Path, d.Line, d.Message.String()})
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(out)
}
