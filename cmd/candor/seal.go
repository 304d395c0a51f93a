package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path"
	"strings"
	"sync"

	"github.com/spf13/cobra"
	"golang.org/x/mod/sumdb/note"

	"candor/generator"
	"candor/generator/author/seal"
	"candor/generator/diag"
	"candor/generator/fileset"
	"candor/generator/input/ledger"
	"candor/generator/message"
)

// keyName is the variable of the environment that has the private key of the ledger, as candor new key
// prints it.
const keyName = "CANDOR_LEDGER_KEY"

type sealFlags struct {
	siteFlags
	typos, corrections, withdrawals []string
	reason                          string
	dry                             bool
}

func newSeal(say *printer) *cobra.Command {
	f := &sealFlags{siteFlags: siteFlags{say: say}}
	c := &cobra.Command{
		Use:   "seal",
		Short: "Record what is published, so that nobody can change it without it showing",
		Long: `Seal adds a line to content/ledger/log for each text that readers can see and that
has none: an update, a section, an answer, a part of the report, a file. From then
on the site is not built while one of them is another text than the one that was
sealed, unless it was sealed again: as a correction that readers can follow, as a
slip of the pen, or as withdrawn.

Commit the folder content/ledger with the content. Sealing twice is the same as once.
Where CANDOR_LEDGER_KEY has the key that candor new key made, the checkpoint is signed.`,
		Example: `  candor seal
  candor seal --dry-run
  candor seal --typo rash/updates/first
  candor seal --withdraw "rash/files/lab report.pdf" --reason "it named a customer"`,
		Args: noArgs,
		RunE: func(c *cobra.Command, _ []string) error { return f.run(c.OutOrStdout(), c.ErrOrStderr()) },
	}
	f.siteFlags.register(c)
	c.Flags().StringArrayVar(&f.typos, "typo", nil, "seal this text again: only a slip of the pen was put right")
	c.Flags().StringArrayVar(&f.corrections, "correction", nil, "seal this text again as corrected; needs --reason")
	c.Flags().StringArrayVar(&f.withdrawals, "withdraw", nil, "seal that this text was taken back; needs --reason")
	c.Flags().StringVar(&f.reason, "reason", "", "why, in a sentence that readers will see")
	c.Flags().BoolVar(&f.dry, "dry-run", false, "print what would be sealed, and write nothing")
	return c
}

func (f *sealFlags) run(stdout, stderr io.Writer) error {
	if len(f.corrections)+len(f.withdrawals) > 0 && strings.TrimSpace(f.reason) == "" {
		return message.Errorf("whoever reads the history wants to know why\nadd for example: --reason \"it named a customer\"")
	}
	before, result, found, err := f.look()
	if err != nil {
		return err
	}
	if found.HasErrors() {
		if err := diag.WriteText(stderr, found, f.textOptions(stderr)); err != nil {
			return err
		}
		f.say.line(stderr, "%s; nothing was sealed", count(found))
		return errContent
	}
	origin, err := f.origin(result.Settings.BaseURL)
	if err != nil {
		return err
	}
	if n := len(before.Lines); n > 0 && result.At.Before(before.Lines[n-1].Instant) {
		return environmentError{message.Errorf("it is %s here, before the last seal (%s)\nset the clock, or remove --at",
			result.At.UTC().Format("2006-01-02 15:04:05 UTC"), before.Lines[n-1].Instant.Format("2006-01-02 15:04:05 UTC"))}
	}
	sealing := seal.Seal(seal.Request{Ledger: before, Units: result.Units, At: result.At, Zone: result.Settings.Zone,
		Salt: salt, Typos: f.typos, Corrections: f.corrections, Withdrawals: f.withdrawals, Reason: f.reason})
	if len(sealing.Found) > 0 {
		if err := diag.WriteText(stderr, sealing.Found, f.textOptions(stderr)); err != nil {
			return err
		}
		f.say.line(stderr, "%s; nothing was sealed", count(sealing.Found))
		return errContent
	}
	for _, line := range sealing.Lines {
		fmt.Fprintln(stdout, line)
	}
	if f.dry || !f.unwritten(before, sealing) {
		f.say.line(stderr, "%s", message.Plural(len(sealing.Lines), "%d text would be sealed", "%d texts would be sealed"))
		return nil
	}
	point := ledger.Point{Origin: origin, Size: sealing.Size, Root: ledger.Root(strings.Split(strings.TrimSuffix(sealing.Log, "\n"), "\n"))}
	signed, err := sign(point)
	if err != nil {
		return err
	}
	if err := f.write(sealing, signed); err != nil {
		return environmentError{message.Errorf("cannot write the ledger: %w\nrun candor seal again", err)}
	}
	f.say.line(stderr, "%s; the fingerprint is %s: whoever keeps it can find out later what was changed",
		message.Plural(len(sealing.Lines), "%d text sealed", "%d texts sealed"), point.Fingerprint())
	if os.Getenv(keyName) == "" {
		f.say.line(stderr, "the checkpoint is not signed: make a key with candor new key, and put it into %s", keyName)
	}
	return nil
}

// unwritten reports whether there is something to write: new lines, what a seal that was interrupted left
// to do, or a signature that the checkpoint lacks.
func (f *sealFlags) unwritten(before *ledger.Ledger, sealing seal.Result) bool {
	point, signed := before.Checkpoint()
	if len(sealing.Lines)+len(sealing.Gone) > 0 || point.Size != sealing.Size {
		return true
	}
	fresh, err := sign(point)
	return sealing.Size > 0 && (err != nil || fresh != string(signed) && os.Getenv(keyName) != "")
}

// look builds the site, and returns its ledger and what keeps it from being sealed: all errors but
// those about texts that are to be sealed again.
func (f *sealFlags) look() (*ledger.Ledger, generator.Result, diag.List, error) {
	in, unread, err := f.site().read()
	if err != nil {
		return nil, generator.Result{}, nil, err
	}
	in.Check, in.Units = true, true
	limitMemory(in.Content)
	result := generator.Build(in)
	found := withUnread(unread, result.Diagnostics)
	before := result.Ledger
	switch {
	case before == nil && in.Content.Under(ledger.Folder).Len() > 0: // it was not read, or is damaged
		return nil, result, found, nil
	case before == nil:
		before = ledger.New()
	}
	var other diag.List
	for _, d := range found {
		if d.Rule != ledger.Rule && d.Severity == diag.Error {
			other = append(other, d)
		}
	}
	return before, result, other, nil
}

// origin returns the name of the ledger: that of its checkpoint, or the site's address.
func (f *sealFlags) origin(base string) (string, error) {
	data, err := os.ReadFile(f.rename(ledger.Checkpoint))
	if point, ok := ledger.ParsePoint(string(data)); err == nil && ok {
		return point.Origin, nil
	}
	address, err := url.Parse(base)
	if err != nil || address.Host == "" {
		return "", message.Errorf("a ledger is named by the address of its site, and there is none\n" +
			"write in site.toml for example: base_url = \"https://status.example.org/\"")
	}
	return strings.TrimSuffix(address.Host+address.Path, "/"), nil
}

func salt() (s [32]byte) {
	rand.Read(s[:]) // never fails (crypto/rand)
	return s
}

// sign returns a checkpoint as a note that is signed if there is a key.
func sign(p ledger.Point) (string, error) {
	key := strings.TrimSpace(os.Getenv(keyName))
	if key == "" {
		return p.String(), nil
	}
	signer, err := note.NewSigner(key)
	if err != nil {
		return "", message.Errorf("%s has no key of a ledger\nmake one with: candor new key", keyName)
	}
	if signer.Name() != p.Origin {
		return "", message.Errorf("the key in %s is for %s, and this ledger is that of %s", keyName, signer.Name(), p.Origin)
	}
	signed, err := note.Sign(&note.Note{Text: p.String()}, signer)
	return string(signed), err
}

// write writes the ledger: texts before the lines that commit to them, and lines before the checkpoint
// that counts them. Killed anywhere, the ledger is whole, and the next seal goes on.
func (f *sealFlags) write(sealing seal.Result, checkpoint string) error {
	root, err := os.OpenRoot(f.content)
	if err != nil {
		return err
	}
	defer root.Close()
	if err := root.MkdirAll(ledger.Texts, 0o777); err != nil {
		return err
	}
	if err := writeTexts(root, sealing.Texts); err != nil {
		return err
	}
	for _, file := range []fileset.File{
		fileset.NewFile(ledger.Log, []byte(sealing.Log)), fileset.NewFile(ledger.Checkpoint, []byte(checkpoint)),
	} {
		if err := writeWhole(root, file); err != nil {
			return err
		}
	}
	for _, gone := range sealing.Gone {
		if err := root.Remove(gone); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// writeTexts writes the texts, many at the same time: each waits for the disk.
func writeTexts(root *os.Root, texts []fileset.File) error {
	const atOnce = 32
	var group sync.WaitGroup
	faults := make([]error, min(atOnce, len(texts)))
	for i := range faults {
		group.Go(func() {
			for n := i; n < len(texts) && faults[i] == nil; n += len(faults) {
				faults[i] = writeWhole(root, texts[n])
			}
		})
	}
	group.Wait()
	return errors.Join(faults...)
}

// writeWhole puts a file into its place as a whole, and durably.
func writeWhole(root *os.Root, file fileset.File) error {
	beside := path.Join(path.Dir(file.Path), fmt.Sprintf(".candor-seal-%d-%s", os.Getpid(), path.Base(file.Path)))
	out, err := root.OpenFile(beside, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o666)
	if err != nil {
		return err
	}
	_, err = out.Write(file.Data)
	if err = errors.Join(err, out.Sync(), out.Close()); err == nil {
		err = root.Rename(beside, file.Path)
	}
	if err != nil {
		_ = root.Remove(beside)
	}
	return err
}
