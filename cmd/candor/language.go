package main

import (
	_ "embed"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/text/language"

	"candor/generator/message"
)

// printer is the language that the program speaks to people: messages, help and what a command says of
// its work. It is chosen before a command runs. What programs read is always English.
type printer struct{ *message.Words }

//go:embed i18n/zh-Hans.toml
var chinese []byte

// line says one thing, broken where the terminal is narrow.
func (p *printer) line(w io.Writer, format string, args ...any) {
	fmt.Fprintln(w, wrapped(p.Sayf(format, args...), columns(w)))
}

// wrapped breaks each line of a text, and indents what follows as far as the line is and two more.
func wrapped(text string, columns int) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		rest := strings.TrimLeft(line, " \u3000")
		indent := line[:len(line)-len(rest)]
		lines[i] = message.Wrap(indent, rest, columns, indent+"  ")
	}
	return strings.Join(lines, "\n")
}

// wordsIn returns the words of a language, for the packages and for the commands.
func wordsIn(tag string) *message.Words {
	return message.In(tag, map[string][]byte{"zh-Hans": chinese}[tag])
}

// spoken returns the language of the program that is nearest to a tag: zh-Hans for zh-CN, and for
// zh-TW, which has no catalogue of Texts.
func spoken(tag string) (string, bool) {
	want, err := language.Parse(tag)
	if err != nil {
		return "", false
	}
	var have []language.Tag
	for _, l := range message.Languages() {
		have = append(have, language.MustParse(l))
	}
	_, i, confidence := language.NewMatcher(have).Match(want)
	return message.Languages()[i], confidence != language.No
}

// localeLanguage returns the language of the locale if the program speaks it, else English. The first
// of the variables that is set decides (POSIX, Environment Variables, 8.2); C and POSIX are English.
func localeLanguage(getenv func(string) string) string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if locale := getenv(name); locale != "" {
			tag, _, _ := strings.Cut(locale, ".")
			tag, _, _ = strings.Cut(tag, "@")
			if lang, ok := spoken(tag); ok {
				return lang
			}
			break
		}
	}
	return "en"
}

const langFlag = "lang"

// leading takes --lang from before the command, where it always means the language of the program.
// It returns the value and the rest of the line.
func leading(args []string) (lang string, rest []string) {
	for len(args) > 0 {
		value, ok := strings.CutPrefix(args[0], "--"+langFlag+"=")
		switch {
		case ok:
			lang, args = value, args[1:]
		case args[0] == "--"+langFlag && len(args) > 1:
			lang, args = args[1], args[2:]
		default:
			return lang, args
		}
	}
	return lang, args
}

// trailing returns the value of --lang after a command, unless the command has a flag of this name
// for the content.
func trailing(root *cobra.Command, args []string) string {
	c, rest, err := root.Find(args)
	if err != nil || c.LocalNonPersistentFlags().Lookup(langFlag) != nil {
		return ""
	}
	lang := ""
	for i, arg := range rest {
		if arg == "--" {
			break
		}
		if value, ok := strings.CutPrefix(arg, "--"+langFlag+"="); ok {
			lang = value
		} else if arg == "--"+langFlag && i+1 < len(rest) {
			lang = rest[i+1]
		}
	}
	return lang
}

// unknownLanguage says which languages the program speaks.
func unknownLanguage(tag string) error {
	return message.Errorf("--lang %q is not a language that candor speaks\none of: %s",
		tag, message.List(message.Languages()))
}

// langValue is the flag --lang. Its value is read before the line is parsed; here it is only checked.
type langValue struct{ tag string }

func (v *langValue) String() string { return v.tag }
func (v *langValue) Type() string   { return "string" }

func (v *langValue) Set(tag string) error {
	if _, ok := spoken(tag); !ok {
		return unknownLanguage(tag)
	}
	v.tag = tag
	return nil
}
