package diag

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// GitHubOptions says how WriteGitHub prints.
type GitHubOptions struct {
	Rename     func(path string) string // a path from the root of the repository; nil keeps it
	Suppressed bool                     // print suppressed findings too
}

// WriteGitHub prints the list as workflow commands of GitHub Actions, one a line,
// from which it makes annotations:
//
//	::error file=path,line=12,col=3,endLine=12,endColumn=7,title=Candor%3A rule::message%0Ahint: …
//
// A suppressed finding, which is printed only if asked for, is a notice. No text
// can end its command or begin another. GitHub shows ten errors, ten warnings and
// ten notices of a step, the first ones. The error is that of w.
func WriteGitHub(w io.Writer, list List, opt GitHubOptions) error {
	out := bufio.NewWriter(w)
	for _, d := range list.printed(opt.Suppressed) {
		message := oneLine(d.Message.String())
		if hint := d.Hint.String(); hint != "" {
			message += "\nhint: " + oneLine(hint)
		}
		command := d.Severity.String()
		if d.Suppressed != nil {
			command = "notice"
			message += "\nsuppressed: " + oneLine(d.Suppressed.Reason)
		}
		fmt.Fprintf(out, "::%s %s::%s\n", command, strings.Join(properties(d, opt), ","), commandData(message))
	}
	return out.Flush()
}

func properties(d Diagnostic, opt GitHubOptions) []string {
	var out []string
	add := func(name string, value any) {
		if value != "" && value != 0 {
			out = append(out, name+"="+propertyEscapes.Replace(fmt.Sprint(value)))
		}
	}
	line, column := d.end()
	add("file", Visible(renamed(d.Path, opt.Rename)))
	add("line", d.Line)
	add("col", d.Column)
	add("endLine", line)
	add("endColumn", column)
	add("title", "Candor: "+Visible(d.Rule))
	return out
}

// Escapes of workflow commands: of a message, and of a value of a property.
var (
	dataEscapes     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	propertyEscapes = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// commandData escapes the message of a workflow command. The runner looks for the
// "::" before it by the rules of the language, by which a mark that joins the
// second colon hides it: it gets a base of its own.
func commandData(s string) string {
	if r, _ := utf8.DecodeRuneInString(s); unicode.IsMark(r) || r == '\u200c' || r == '\u200d' {
		s = "◌" + s
	}
	return dataEscapes.Replace(s)
}
