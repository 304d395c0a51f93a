package tomldoc

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"

	"github.com/BurntSushi/toml"

	"candor/generator/diag"
)

// wording says in our words what the decoder has found. What the decoder quotes, which is the group
// of the expression, is the argument of the text.
type wording struct {
	decoder *regexp.Regexp
	ours    diag.Text
}

// wordings are tried in this order. The decoder speaks to programmers, and only in English.
var wordings = []wording{
	{regexp.MustCompile(`expected value$|^expected value but found '\\n'`),
		diag.Textf("the value is missing")},
	{regexp.MustCompile(`^expected value but found (.+) instead`),
		diag.Textf("\"%s\" is not a value", "")},
	{regexp.MustCompile(`^expected a top-level item .*got (.+) instead`),
		diag.Textf("nothing can follow the value on its line, but \"%s\" does", "")},
	{regexp.MustCompile(`end of table array name|to end table name`),
		diag.Textf("the brackets around the name of a table are not closed")},
	{regexp.MustCompile(`table names cannot be empty`),
		diag.Textf("a table has no name")},
	{regexp.MustCompile(`expected key separator|^expected '\.' or '=', but got '\\n'`),
		diag.Textf("there is no = after the key")},
	{regexp.MustCompile(`^expected '\.' or '=', but got (.+) instead`),
		diag.Textf("a key is followed by =, not by \"%s\"", "")},
	{regexp.MustCompile(`^unexpected '='`),
		diag.Textf("there is no key before the =")},
	{regexp.MustCompile(`^unexpected '\.'`),
		diag.Textf("a part of the key is missing before or after the full stop")},
	{regexp.MustCompile(`^unexpected comma`),
		diag.Textf("there is a comma too many")},
	{regexp.MustCompile(`array terminator`),
		diag.Textf("a comma is missing in the list, or the bracket that closes it")},
	{regexp.MustCompile(`inline table terminator`),
		diag.Textf("a comma is missing in the table, or the brace that closes it")},
	{regexp.MustCompile(`within inline tables`),
		diag.Textf("what is between braces must be on one line")},
	{regexp.MustCompile(`^unexpected '"{6}'|^unexpected "'{6}"`),
		diag.Textf("there are too many quotation marks")},
	{regexp.MustCompile(`cannot contain newlines|^unexpected EOF; expected ['"]`),
		diag.Textf("the quotation mark that closes the text is missing")},
	{regexp.MustCompile(`^invalid escape|hexadecimal digits after|^Escaped character`),
		diag.Textf("this text has a backslash that TOML does not know")},
	{regexp.MustCompile(`leading zeroes`),
		diag.Textf("a number cannot begin with 0")},
	{regexp.MustCompile(`out of range`),
		diag.Textf("this number is too large")},
	{regexp.MustCompile(`(?i)^(?:invalid (?:float|integer)|floats must|cannot use sign|expected a digit|not an? \w+ number)`),
		diag.Textf("this is not how TOML writes a number")},
	{regexp.MustCompile(`^invalid datetime`),
		diag.Textf("this is not a date and time")},
	{regexp.MustCompile(`already created|is not a table`),
		diag.Textf("this name has a value of another kind above")},
	{regexp.MustCompile(`^unexpected EOF$`),
		diag.Textf("the file ends too early")},
	{regexp.MustCompile(`control characters`),
		diag.Textf("there is a control character here")},
}

// inOurWords words a fault of syntax.
func inOurWords(fault toml.ParseError) diag.Text {
	for _, w := range wordings {
		m := w.decoder.FindStringSubmatch(fault.Message)
		if m == nil {
			continue
		}
		if len(m) > 1 {
			found, err := strconv.Unquote(m[1])
			if err != nil {
				found = m[1] // not a quotation
			}
			w.ours.Args = []any{found}
		}
		return w.ours
	}
	return diag.Textf("this is not TOML: %s", strings.TrimSuffix(fault.Message, "."))
}

// slashedDate is a date as people write it elsewhere.
var slashedDate = regexp.MustCompile(`=\s*\d{1,4}\s*[/.年]\s*\d`)

func (d *Doc) syntax(fault toml.ParseError) diag.Diagnostic {
	from := d.start + fault.Position.Start
	to := from + fault.Position.Len
	rule, message, hint := "bad-value", inOurWords(fault), diag.Text{}
	line := lineAt(d.src.Data, from)
	switch {
	case strings.Contains(fault.Message, "has already been defined"):
		rule, message = "duplicate-id", diag.Textf("the key %q is here twice", fault.LastKey)
		hint = diag.Textf("keep one of the two lines")
		if fault.LastKey == "" {
			message = diag.Textf("this table is here twice")
		}
	case bytes.ContainsAny(line, "“”‘’"):
		hint = diag.Textf("TOML needs straight quotation marks around a text: \"…\"")
	case bytes.Contains(line, []byte("：")) || bytes.Contains(line, []byte("＝")):
		hint = diag.Textf("TOML needs a half-width = between a key and its value")
	case slashedDate.Match(line):
		hint = dateHint()
	case strings.HasPrefix(fault.Message, "expected value but found"):
		hint = diag.Textf("put a text in quotation marks: key = \"text\"")
	case strings.HasPrefix(fault.Message, "invalid escape") && bytes.Count(line, []byte(`"`)) == 2 &&
		bytes.IndexByte(line, '\'') < 0:
		hint = diag.Textf("between single quotation marks a backslash is one: %s",
			strings.ReplaceAll(string(line), `"`, "'"))
	case strings.Contains(fault.Message, "strings cannot contain newlines"):
		hint = diag.Textf("close the text with \" on its line, or use \"\"\" for several lines")
	case !bytes.Contains(line, []byte("=")) && bytes.Contains(line, []byte(":")):
		hint = diag.Textf("front matter is TOML, not YAML: key = \"value\"")
	}
	return d.src.At(from, to, rule, message, hint)
}
