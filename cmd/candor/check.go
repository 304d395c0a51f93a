package main

import (
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"candor/docs"
	"candor/generator/diag"
	"candor/generator/input/tomldoc"
	"candor/generator/message"
	"candor/generator/site/config"
)

type checkFlags struct {
	siteFlags
	format     string
	rules      []string
	explain    string
	lang       string
	suppressed bool
	all        bool
	strict     bool
	mend       bool
}

// findingFormats are the forms in which findings are printed.
var findingFormats = [...]string{"text", "json", "sarif", "github"}

func newCheck(say *printer) *cobra.Command {
	f := &checkFlags{siteFlags: siteFlags{say: say}}
	c := &cobra.Command{
		Use:   "check",
		Short: "Apply the rules, and publish nothing",
		Long: `Check applies every rule of the manual: what stops publication, what is late, what a
page lacks, and what it should say differently.

Findings go to standard error as text, and to standard output in the formats
for programs. Of many, the text has the first, errors before warnings, and says
how many are left; --all prints all of them. The exit status is 1 if there is an
error; with --strict, if there is any finding.

With --fix, what can only be meant in one way is written into the files, such
as ## Title for ##Title, or a plain colon for a full-width one. Each change is
printed to standard output; nothing else in a file is touched. What is left is
printed as always.`,
		Example: `  candor check
  candor check --all
  candor check --fix
  candor check --rule wording,cadence
  candor check --explain response-elements
  candor check --lang en
  candor check --format sarif > candor.sarif
  candor check --at 2026-11-04T18:00`,
		Args: noArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if f.explain == "" {
				return f.run(c.OutOrStdout(), c.ErrOrStderr())
			}
			if err := knownRule("--explain", f.explain); err != nil {
				return err
			}
			_, err := io.WriteString(c.OutOrStdout(), docs.Rule(f.explain, say.Tag()))
			return err
		},
	}
	f.siteFlags.register(c)
	c.Flags().StringVar(&f.format, "format", "text", "how to print findings: text, json, sarif or github")
	c.Flags().StringSliceVar(&f.rules, "rule", nil, "print only the findings of these rules")
	c.Flags().StringVar(&f.explain, "explain", "", "print the manual's page of a rule")
	c.Flags().StringVar(&f.lang, "lang", "", "print what is left to do for the translation into this language of the site")
	c.Flags().BoolVar(&f.all, "all", false, "print every finding in full, each with its line and its hint")
	c.Flags().BoolVar(&f.suppressed, "suppressed", false, "also print what authors suppressed, with their reasons")
	c.Flags().BoolVar(&f.strict, "strict", false, "exit with status 1 for warnings too")
	c.Flags().BoolVar(&f.mend, "fix", false, "write the corrections that can only be meant in one way")
	offer(c, "format", findingFormats[:]...)
	offer(c, "rule", diag.Rules()...)
	offer(c, "explain", diag.Rules()...)
	return c
}

func (f *checkFlags) run(stdout, stderr io.Writer) error {
	if err := knownFormat(f.format); err != nil {
		return err
	}
	if f.mend && f.format != "text" && f.format != "json" {
		return message.Errorf("--fix does not go with --format %s\nwrite --format text or json", f.format)
	}
	for _, rule := range f.rules {
		if err := knownRule("--rule", rule); err != nil {
			return err
		}
	}
	var fixed, found diag.List
	var err, failed error
	if f.mend {
		fixed, found, failed, err = f.fix(stdout)
	} else {
		found, err = f.find()
	}
	if err != nil {
		return err
	}
	if err := f.print(stdout, stderr, fixed, found); err != nil {
		return err
	}
	if f.format == "text" && len(fixed) > 0 {
		f.say.line(stderr, "%s; %s", message.Textf("%d fixed", len(fixed)), f.summary(found))
	} else if f.format == "text" {
		f.say.line(stderr, "%s", f.summary(found))
	}
	if failed != nil {
		return failed
	}
	if found.HasErrors() || f.strict && len(found.Active()) > 0 {
		return errContent
	}
	return nil
}

// find returns what the rules find.
func (f *checkFlags) find() (diag.List, error) {
	result, found, err := f.build(true)
	if err != nil {
		return nil, err
	}
	return f.only(found), f.knownLanguage(result.Settings)
}

// only keeps the findings of the rules and the language that were asked for.
func (f *checkFlags) only(found diag.List) diag.List {
	return slices.DeleteFunc(found, func(d diag.Diagnostic) bool {
		return len(f.rules) > 0 && !slices.Contains(f.rules, d.Rule) || f.lang != "" && !ofTranslation(d, f.lang)
	})
}

// ofTranslation says whether a finding is a translator's: it is in a file of the
// language, or says that there is none.
func ofTranslation(d diag.Diagnostic, lang string) bool {
	if d.Rule == "translation-missing" {
		return len(d.Message.Args) > 0 && d.Message.Args[0] == lang
	}
	return strings.HasSuffix(d.Path, "."+lang+".md")
}

// knownLanguage says which languages a site is translated into where it is not
// into the one that was asked for.
func (f *checkFlags) knownLanguage(site *config.Site) error {
	switch tags := site.Tags(); {
	case f.lang == "" || site.Unread || slices.Contains(tags, f.lang):
		return nil // what is wrong with site.toml will be said
	case len(tags) == 0:
		return message.Errorf("--lang %q: the site has one language, %s\nadd [languages.%s] to site.toml",
			f.lang, site.DefaultLanguage, f.lang)
	default:
		return message.Errorf("--lang %q: nothing is translated into it\none of: %s", f.lang, message.List(tags))
	}
}

func (f *checkFlags) print(stdout, stderr io.Writer, fixed, found diag.List) error {
	switch f.format {
	case "json":
		return diag.WriteJSON(stdout, found, diag.JSONOptions{Rename: f.rename, Suppressed: f.suppressed, Fixed: fixed})
	case "sarif", "github":
		return f.annotate(stdout, f.format, found, f.suppressed)
	}
	opt := f.textOptions(stderr)
	opt.Suppressed, opt.All = f.suppressed, f.all
	for _, flag := range [][2]string{{" --rule ", strings.Join(f.rules, ",")}, {" --lang ", f.lang}} {
		if flag[1] != "" {
			opt.Command += flag[0] + flag[1]
		}
	}
	return diag.WriteText(stderr, found, opt)
}

func (f *checkFlags) summary(found diag.List) message.Text {
	switch n := len(found) - len(found.Active()); {
	case n > 0 && f.suppressed:
		return message.Textf("%s, %d suppressed with a reason", count(found), n)
	case n > 0:
		return message.Textf("%s, %d suppressed with a reason (--suppressed shows them)", count(found), n)
	}
	return count(found)
}

// annotate writes findings in a format for code hosts.
func (f *siteFlags) annotate(w io.Writer, format string, found diag.List, suppressed bool) error {
	if format == "github" {
		return diag.WriteGitHub(w, found, diag.GitHubOptions{Rename: f.inRepository, Suppressed: suppressed})
	}
	page := func(rule string) string { return docs.Rule(rule, "en") }
	return diag.WriteSARIF(w, found, diag.SARIFOptions{
		Version: version(), Help: page, Rename: f.inRepository, Suppressed: suppressed,
	})
}

// knownFormat refuses a form of findings that there is not.
func knownFormat(format string) error {
	if slices.Contains(findingFormats[:], format) {
		return nil
	}
	return message.Errorf("--format %q is not known\nwrite --format text, json, sarif or github", format)
}

// inRepository is rename for tools that know a file by its path from the root of
// the repository, with slashes. Outside of one, paths begin where the command runs.
func (f *siteFlags) inRepository(path string) string {
	name := strings.TrimSuffix(f.rename(path), " (embedded)")
	absolute, err := filepath.Abs(name)
	if err != nil {
		return filepath.ToSlash(name)
	}
	for folder := filepath.Dir(absolute); ; folder = filepath.Dir(folder) {
		if _, err := os.Lstat(filepath.Join(folder, ".git")); err == nil {
			name = strings.TrimPrefix(absolute[len(folder):], string(filepath.Separator))
			break
		}
		if folder == filepath.Dir(folder) {
			break
		}
	}
	return filepath.ToSlash(name)
}

// knownRule says which rule was probably meant where there is none of the name.
func knownRule(flag, rule string) error {
	if _, ok := diag.FindRule(rule); ok {
		return nil
	}
	if near := tomldoc.Nearest(rule, diag.Rules()); near != "" {
		return message.Errorf("%s %q: there is no such rule\ndid you mean %q?", flag, rule, near)
	}
	return message.Errorf("%s %q: there is no such rule\none of: %s", flag, rule, message.List(diag.Rules()))
}
