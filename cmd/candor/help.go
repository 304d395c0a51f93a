package main

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"candor/generator/input/tomldoc"
	"candor/generator/message"
)

// translate puts the help of a command, and of those below it, into the language
// of the printer. What the library of the command line writes itself is put there,
// too, and so are its errors.
func translate(c *cobra.Command, say *printer) {
	c.InitDefaultHelpFlag()
	c.InitDefaultVersionFlag()
	c.Flags().Lookup("help").Usage = say.Sayf("help for %s", c.DisplayName())
	if version := c.Flags().Lookup("version"); version != nil {
		version.Usage = say.Sayf("version of %s", c.DisplayName())
	}
	for _, text := range helpTexts(c) {
		*text = message.Text{Format: *text}.In(say.Words)
	}
	for _, sub := range c.Commands() {
		translate(sub, say)
	}
}

// helpTexts returns where a command keeps what its help says, but for its children
// and for the flags that the library makes.
func helpTexts(c *cobra.Command) []*string {
	var texts []*string
	for _, text := range []*string{&c.Short, &c.Long, &c.Example} {
		if *text != "" {
			texts = append(texts, text)
		}
	}
	own := func(f *pflag.Flag) {
		if f.Name != "help" && f.Name != "version" {
			texts = append(texts, &f.Usage)
		}
	}
	c.LocalNonPersistentFlags().VisitAll(own)
	c.PersistentFlags().VisitAll(own)
	return texts
}

var defaults = regexp.MustCompile(`(?m) \(default (.*)\)$`)

// help prints what a command does and how it is used: what the library's own template says, in the
// language of the printer.
func help(c *cobra.Command, say *printer) {
	usage, path := "\n"+c.UsageString(), c.CommandPath()
	if c.HasAvailableSubCommands() { // by itself it does nothing
		usage = strings.Replace(usage, "\n  "+c.UseLine(), "", 1)
		usage = strings.Replace(usage, path+" [command]\n", path+" "+say.Sayf("[command]")+"\n", 1)
	}
	for _, line := range []message.Text{
		message.Textf("Usage:"), message.Textf("Examples:"), message.Textf("Available Commands:"), message.Textf("Flags:"),
		message.Textf("Global Flags:"),
		message.Textf("Use \"%s [command] --help\" for more information about a command.", path),
	} {
		usage = strings.Replace(usage, "\n"+line.String()+"\n", "\n"+line.In(say.Words)+"\n", 1)
	}
	use, rest, _ := strings.Cut(strings.TrimPrefix(usage, "\n"), "\n\n")
	for _, word := range []message.Text{
		message.Textf("[flags]"), message.Textf("SLUG"), message.Textf("NAME"), message.Textf("DIR"),
	} {
		use = strings.Replace(use, word.String(), word.In(say.Words), 1)
	}
	usage = "\n" + use + "\n\n" + rest
	usage = defaults.ReplaceAllStringFunc(usage, func(text string) string {
		return say.Sayf(" (default %s)", defaults.FindStringSubmatch(text)[1])
	})
	out := c.OutOrStdout()
	fmt.Fprint(out, narrowed(cmp.Or(strings.TrimSpace(c.Long), c.Short)+"\n"+usage, columns(out)))
}

// row is a line of help in two columns.
var row = regexp.MustCompile(`^( +\S+(?: \S+)*  +)(\S.*)$`)

// narrowed breaks the lines of a help text that are wider than a terminal. Paragraphs are filled anew,
// and what explains a flag stays in its column, as long as there is room. A command that is broken can
// still be pasted.
func narrowed(text string, columns int) string {
	if columns == 0 || !slices.ContainsFunc(strings.Split(text, "\n"), func(line string) bool {
		return message.Cells(line) > columns
	}) {
		return text
	}
	var out []string
	paragraph := ""
	for line := range strings.SplitSeq(text, "\n") {
		if line != "" && line[0] != ' ' && paragraph != "" {
			paragraph += joint(paragraph, line) + line
			continue
		}
		if paragraph != "" {
			out = append(out, message.Wrap("", paragraph, columns, ""))
		}
		if paragraph = ""; line != "" && line[0] != ' ' {
			paragraph = line
			continue
		}
		out = append(out, narrowedLine(line, columns))
	}
	if paragraph != "" {
		out = append(out, message.Wrap("", paragraph, columns, ""))
	}
	return strings.Join(out, "\n")
}

// joint is what stands between two lines that become one: nothing next to a Chinese sign of
// punctuation, and between two Chinese characters.
func joint(before, after string) string {
	a, _ := utf8.DecodeLastRuneInString(before)
	b, _ := utf8.DecodeRuneInString(after)
	wide := func(r rune) bool { return message.Cells(string(r)) == 2 }
	if wide(a) && wide(b) || wide(a) && unicode.IsPunct(a) || wide(b) && unicode.IsPunct(b) {
		return ""
	}
	return " "
}

// narrowedLine breaks a line that is indented: a command, a row, or a text.
func narrowedLine(line string, columns int) string {
	const least = 24 // columns for what explains a flag
	rest := strings.TrimLeft(line, " ")
	indent := line[:len(line)-len(rest)]
	if strings.HasPrefix(rest, "candor ") {
		return strings.ReplaceAll(message.Wrap(indent, rest, columns-2, indent+"    "), "\n", " \\\n")
	}
	if m := row.FindStringSubmatch(line); m != nil {
		if under := message.Cells(m[1]); columns-under >= least {
			return message.Wrap(m[1], m[2], columns, strings.Repeat(" ", under))
		}
		return strings.TrimRight(m[1], " ") + "\n" + message.Wrap("        ", m[2], columns, "        ")
	}
	return message.Wrap(indent, rest, columns, indent)
}

// flagError words what is wrong with a flag.
func flagError(c *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	if errors.As(err, &unknown) && unknown.GetSpecifiedShortnames() == "" {
		if near := nearestFlag(c, unknown.GetSpecifiedName()); near != "" {
			return message.Errorf("%w\ndid you mean: --%s", flagFault(err), near)
		}
	}
	return message.Errorf("%w\nsee: %s --help", flagFault(err), c.CommandPath())
}

// nearestFlag returns the flag of a command that was probably meant: one that begins so, or else one
// that is spelled alike.
func nearestFlag(c *cobra.Command, name string) string {
	var names []string
	begins := ""
	c.Flags().VisitAll(func(f *pflag.Flag) {
		if names = append(names, f.Name); begins == "" && len(name) > 1 && strings.HasPrefix(f.Name, name) {
			begins = f.Name
		}
	})
	return cmp.Or(begins, tomldoc.Nearest(name, names))
}

func flagFault(err error) error {
	var unknown *pflag.NotExistError
	var missing *pflag.ValueRequiredError
	var invalid *pflag.InvalidValueError
	var syntax *pflag.InvalidSyntaxError
	switch {
	case errors.As(err, &unknown) && unknown.GetSpecifiedShortnames() != "":
		return message.Errorf("unknown flag: -%s", unknown.GetSpecifiedShortnames())
	case errors.As(err, &unknown):
		return message.Errorf("unknown flag: --%s", unknown.GetSpecifiedName())
	case errors.As(err, &missing):
		return message.Errorf("a value is missing after --%s", missing.GetFlag().Name)
	case errors.As(err, &syntax):
		return message.Errorf("this is not a flag: %s", syntax.GetSpecifiedFlag())
	case errors.As(err, &invalid):
		return flagValueFault(invalid)
	}
	return err
}

func flagValueFault(err *pflag.InvalidValueError) error {
	var own *message.Error
	flag := err.GetFlag()
	switch {
	case errors.As(err, &own):
		return own
	case flag.Value.Type() == "int":
		return message.Errorf("--%s %q is not a whole number", flag.Name, err.GetValue())
	case flag.Value.Type() == "bool":
		return message.Errorf("--%s %q is neither true nor false", flag.Name, err.GetValue())
	case flag.Value.Type() == "duration":
		return message.Errorf("--%s %q is not a length of time\nwrite for example: --%s 1s",
			flag.Name, err.GetValue(), flag.Name)
	}
	return message.Errorf("--%s cannot be %q", flag.Name, err.GetValue())
}

// helpOf shows the help of another command, whose name the arguments are.
func helpOf(c *cobra.Command, args []string) error {
	about, rest, err := c.Root().Find(args)
	if err != nil {
		return err
	}
	if len(rest) > 0 {
		return noSuch(about, rest)
	}
	return about.Help()
}

// parts are the commands below a command.
func parts(c *cobra.Command) []string {
	var names []string
	for _, sub := range c.Commands() {
		if sub.IsAvailableCommand() {
			names = append(names, sub.Name())
		}
	}
	return names
}

// elsewhere are names that other programs have for what a command does here.
var elsewhere = map[string]string{
	"init": "new site", "create": "new", "add": "new",
	"serve": "watch", "server": "watch", "preview": "watch", "dev": "watch", "start": "watch", "run": "watch",
	"generate": "build", "compile": "build", "publish": "build",
	"lint": "check", "validate": "check", "verify": "check", "test": "check", "fix": "check --fix",
	"list": "due", "status": "due", "todo": "due",
	"pdf": "print", "export": "print",
}

// noSuch says that there is no command of this name below another, and which was
// meant. Without arguments it says nothing.
func noSuch(c *cobra.Command, args []string) error {
	names := parts(c)
	switch {
	case len(args) == 0:
		return nil
	case len(names) == 0:
		return noArgs(c, args)
	}
	if known := elsewhere[args[0]]; known != "" && !c.HasParent() {
		return message.Errorf("%s %s is not known\ndid you mean: %s %s", c.CommandPath(), args[0], c.CommandPath(), known)
	}
	if near := tomldoc.Nearest(args[0], names); near != "" {
		return message.Errorf("%s %s is not known\ndid you mean: %s %s", c.CommandPath(), args[0], c.CommandPath(), near)
	}
	return message.Errorf("%s %s is not known\none of: %s", c.CommandPath(), args[0], message.List(names))
}

// noArgs refuses arguments of a command that has none.
func noArgs(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return message.Errorf("%s takes no arguments; this is one: %s\nsee: %s --help",
		c.CommandPath(), args[0], c.CommandPath())
}
