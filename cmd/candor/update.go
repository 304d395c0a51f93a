package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"candor/generator"
	"candor/generator/author/scaffold"
	"candor/generator/diag"
	"candor/generator/fileset"
	"candor/generator/message"
)

// longestText is how long a text can be that comes from elsewhere than a file of the site, and
// largestFile how large a file that goes with it.
const (
	longestText = 1 << 20
	largestFile = 64 << 20
)

type updateFlags struct {
	newFlags
	scaffold.Post
	message      string
	translations []string
	files        []string
	commit, push bool
}

func newUpdateNow(say *printer) *cobra.Command {
	f := &updateFlags{newFlags: newFlags{siteFlags{say: say}}}
	c := &cobra.Command{
		Use:   "update SLUG -m TEXT",
		Short: "Write an update of an incident from its words, ready to be published",
		Long: `Update writes a small file in incidents/SLUG/updates, with nothing left to fill in,
checks it, and says where it will be. The text is Markdown; its first sentence, or
first line, is the title. With -m - it comes from standard input; without -m an
editor opens, the one that VISUAL or EDITOR names.

With --commit the files it wrote, and no others, are committed to the Git repository
of the content; --push commits and pushes. Neither happens if the update has errors.`,
		Example: `  candor update outage -m "Payments work again. We watch them until 18:00." --status monitoring --next 18:00
  candor update outage -m "Checkout is down" --service checkout=down --next 20m --push
  candor update outage -m "付款恢复了" --lang en="Payments work again"
  candor update outage -m "Where the number is" --file label.jpg="The number is on the bottom"
  echo "Payments work again" | candor update outage -m -`,
		Args: oneArg("SLUG", message.Textf("the name of the incident, such as: candor update login-outage -m \"…\"")),
		RunE: func(c *cobra.Command, args []string) error {
			f.Slug, f.Title = args[0], strings.TrimSpace(f.Title)
			return f.post(c)
		},
		ValidArgsFunction: f.completeSlug,
	}
	f.newFlags.register(c)
	f.register(c)
	return c
}

func (f *updateFlags) register(c *cobra.Command) {
	f.registerUpdate(c, &f.Kind, &f.Corrects, &f.Status)
	c.Flags().StringVarP(&f.message, "message", "m", "", "what is new; - reads it from standard input")
	c.Flags().StringVar(&f.Title, "title", "", "title of the update, if it is not the first sentence")
	c.Flags().StringVar(&f.Next, "next", "", "by when the next update comes, such as 20m or 18:00")
	c.Flags().StringArrayVar(&f.Services, "service", nil, "how a service is from now on, such as checkout=down")
	c.Flags().StringArrayVar(&f.translations, "lang", nil, "the text in another language of the site, such as en=\"…\"")
	c.Flags().StringArrayVar(&f.files, "file", nil, "a file that it shows, and what that is, such as a.jpg=\"…\"")
	c.Flags().BoolVar(&f.commit, "commit", false, "commit what was written")
	c.Flags().BoolVar(&f.push, "push", false, "commit what was written, and push")
}

func (f *updateFlags) post(c *cobra.Command) error {
	if err := f.request(c); err != nil {
		return err
	}
	var made scaffold.Made
	err := f.run(c, func(m *scaffold.Maker) (scaffold.Made, error) { return m.Post(f.Post) },
		func(m *scaffold.Maker, done scaffold.Made) {
			if made = done; !made.NextUpdate.IsZero() {
				fmt.Fprintln(c.ErrOrStderr(), f.say.deadline(message.Textf("Next update"), made.NextUpdate, m.At))
			}
		})
	if err != nil {
		return err
	}
	if err := f.look(c.ErrOrStderr(), made.Files); err != nil {
		return err
	}
	if !f.commit && !f.push {
		return nil
	}
	return f.record(c.ErrOrStderr(), made)
}

// request completes the request from the flags.
func (f *updateFlags) request(c *cobra.Command) error {
	f.Translations = map[string]string{}
	for _, given := range f.translations {
		tag, text, found := strings.Cut(given, "=")
		if !found || strings.TrimSpace(text) == "" {
			return message.Errorf("--lang %q has no text\nwrite for example: --lang en=\"Payments work again\"", given)
		}
		f.Translations[tag] = text
	}
	for _, given := range f.files {
		a, err := attachment(given)
		if err != nil {
			return err
		}
		f.Files = append(f.Files, a)
	}
	var err error
	switch {
	case f.message == "-":
		f.Text, err = readText(c.InOrStdin())
	case c.Flags().Changed("message"):
		f.Text = f.message
	case term.IsTerminal(int(os.Stdin.Fd())):
		f.Text, err = f.edited()
	default:
		return message.Errorf("what is new?\nwrite it with -m \"…\", or -m - to read it from standard input")
	}
	return err
}

// attachment reads a file that is named with what it is: photo.jpg=The number is on the bottom.
func attachment(given string) (scaffold.Attachment, error) {
	name, label, found := strings.Cut(given, "=")
	if label = strings.TrimSpace(label); !found || label == "" {
		return scaffold.Attachment{}, message.Errorf("--file %q does not say what the file is\n"+
			"write for example: --file %s=\"The number is on the bottom\"", given, name)
	}
	file, err := os.Open(name)
	if err != nil {
		return scaffold.Attachment{}, environmentError{message.Errorf("cannot read the file: %w", err)}
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, largestFile+1))
	if err == nil && len(data) > largestFile {
		err = message.Errorf("it is larger than %d MiB", largestFile>>20)
	}
	if err != nil {
		return scaffold.Attachment{}, environmentError{message.Errorf("cannot read the file: %w", err)}
	}
	return scaffold.Attachment{Name: filepath.Base(name), Label: label, Data: data}, nil
}

func readText(r io.Reader) (string, error) {
	data, err := io.ReadAll(io.LimitReader(r, longestText+1))
	if err == nil && len(data) > longestText {
		err = message.Errorf("it is larger than %d MiB", longestText>>20)
	}
	if err != nil {
		return "", environmentError{message.Errorf("cannot read the text: %w", err)}
	}
	return string(data), nil
}

// cutHere begins what is no text in a file that an editor opens.
const cutHere = "------------------------ >8 ------------------------"

// edited returns what somebody writes in an editor.
func (f *updateFlags) edited() (string, error) {
	editor := os.Getenv("VISUAL")
	if editor == "" {
		editor = os.Getenv("EDITOR")
	}
	command := strings.Fields(editor)
	if len(command) == 0 {
		return "", message.Errorf("there is no editor\nset EDITOR, or write the text with -m \"…\"")
	}
	file, err := os.CreateTemp("", "candor-*.md")
	if err != nil {
		return "", environmentError{err}
	}
	defer os.Remove(file.Name())
	_, err = fmt.Fprintf(file, "\n\n%s\n%s\n", cutHere,
		f.say.Sayf("Write what is new above this line. "+
			"The first sentence is the title. If you write nothing, nothing is created."))
	if err = errors.Join(err, file.Close()); err != nil {
		return "", environmentError{err}
	}
	run := exec.Command(command[0], append(command[1:], file.Name())...)
	run.Stdin, run.Stdout, run.Stderr = os.Stdin, os.Stdout, os.Stderr
	if err := run.Run(); err != nil {
		return "", environmentError{message.Errorf("the editor failed, and nothing was created: %w", err)}
	}
	written, err := os.ReadFile(file.Name())
	if err != nil {
		return "", environmentError{err}
	}
	text, _, _ := strings.Cut(string(written), cutHere)
	return text, nil
}

// look checks what was written, and says where readers will find it.
func (f *updateFlags) look(stderr io.Writer, files fileset.Set) error {
	in, unread, err := f.site().read()
	if err != nil {
		return err
	}
	g := generator.New()
	result := g.Build(in)
	found := withUnread(unread, result.Diagnostics)
	own := of(found, files)
	if err := diag.WriteText(stderr, own, f.textOptions(stderr)); err != nil {
		return err
	}
	if own.HasErrors() {
		f.say.line(stderr, "%s: correct the file; it is not published as it is", count(own))
		return errContent
	}
	for file := range files.All() {
		if address := g.Address(file.Path); address != "" && strings.HasSuffix(file.Path, ".md") {
			base := strings.TrimSuffix(result.Settings.BaseURL, result.Base)
			f.say.line(stderr, "It will be at %s", base+address)
		}
	}
	for _, w := range result.Withheld {
		if _, ok := files.Get(w.Path); ok {
			f.say.line(stderr, "held back: %s", whyHeld(w))
		}
	}
	if found.HasErrors() {
		f.say.line(stderr, "%s elsewhere: nothing is published until they are gone; see candor check",
			tallyOf(found).errorText())
	}
	return nil
}

// of returns the findings about some files.
func of(found diag.List, files fileset.Set) diag.List {
	return slices.DeleteFunc(slices.Clone(found), func(d diag.Diagnostic) bool {
		_, ok := files.Get(d.Path)
		return !ok
	})
}

// record commits what was written, and pushes it if that was asked for.
func (f *updateFlags) record(stderr io.Writer, made scaffold.Made) error {
	var names []string
	for file := range made.Files.All() {
		names = append(names, file.Path)
	}
	steps := [][]string{
		append([]string{"add", "--"}, names...),
		append([]string{"commit", "--quiet", "--message", f.Slug + ": " + made.Title, "--only", "--"}, names...),
	}
	if f.push {
		steps = append(steps, []string{"push", "--quiet"})
	}
	for _, step := range steps {
		git := exec.Command("git", append([]string{"-C", f.content, "--literal-pathspecs"}, step...)...)
		git.Stdout, git.Stderr = stderr, stderr
		if err := git.Run(); err != nil {
			return environmentError{message.Errorf("git %s failed: %w\nthe files are written: commit and push them yourself",
				step[0], err)}
		}
	}
	if f.push {
		f.say.line(stderr, "committed and pushed")
	} else {
		f.say.line(stderr, "committed")
	}
	return nil
}
