package diag

import (
	"io"
	"strings"
	"testing"
	"unicode"
)

// parseCommand reads a line as the runner of GitHub Actions does: properties
// split at commas, values at the first equals sign, percent signs last.
func parseCommand(line string) (command string, properties map[string]string, data string, ok bool) {
	rest, ok := strings.CutPrefix(strings.TrimLeftFunc(line, unicode.IsSpace), "::")
	if !ok {
		return "", nil, "", false
	}
	info, data, ok := strings.Cut(rest, "::")
	if !ok {
		return "", nil, "", false
	}
	command, list, _ := strings.Cut(info, " ")
	properties = map[string]string{}
	for property := range strings.SplitSeq(list, ",") {
		name, value, _ := strings.Cut(property, "=")
		properties[name] = unescape(value, ":", "%3A", ",", "%2C")
	}
	return command, properties, unescape(data), true
}

func unescape(s string, more ...string) string {
	pairs := append([]string{"\r", "%0D", "\n", "%0A"}, more...)
	for i := 0; i < len(pairs); i += 2 {
		s = strings.ReplaceAll(s, pairs[i+1], pairs[i])
	}
	return strings.ReplaceAll(s, "%25", "%")
}

// checkGitHub holds that there is one command for each finding, which says what
// it says, and nothing else.
func checkGitHub(t *testing.T, list List, suppressed bool) {
	t.Helper()
	out := print(t, func(w io.Writer) error { return WriteGitHub(w, list, GitHubOptions{Suppressed: suppressed}) })
	printed := list.printed(suppressed)
	lines := strings.SplitAfter(out, "\n")
	if len(lines) != len(printed)+1 || lines[len(printed)] != "" {
		t.Fatalf("%d lines for %d findings: %q", len(lines)-1, len(printed), out)
	}
	for i, d := range printed {
		command, properties, data, ok := parseCommand(strings.TrimSuffix(lines[i], "\n"))
		want := d.Severity.String()
		if d.Suppressed != nil {
			want = "notice"
		}
		if !ok || command != want || !strings.HasPrefix(lines[i], "::"+want+" ") {
			t.Fatalf("not a command: %q", lines[i])
		}
		if properties["file"] != Visible(d.Path) || properties["title"] != "Candor: "+Visible(d.Rule) {
			t.Fatalf("%q of %q", properties, lines[i])
		}
		for name := range properties {
			if !strings.Contains(" file line col endLine endColumn title ", " "+name+" ") {
				t.Fatalf("%s in %q", name, lines[i])
			}
		}
		if message := oneLine(d.Message.String()); strings.TrimPrefix(strings.Split(data, "\n")[0], "◌") != strings.TrimPrefix(message, "◌") {
			t.Fatalf("%q is not %q", data, message)
		}
		if r, _, _ := strings.Cut(data, "\n"); r != "" && unicode.IsMark([]rune(r)[0]) {
			t.Fatalf("a mark joins the colon: %q", lines[i])
		}
	}
}

func TestGitHub(t *testing.T) {
	checkGitHub(t, findings(), false)
	checkGitHub(t, allowed(), false)
	checkGitHub(t, allowed(), true)
	checkGitHub(t, List{{Severity: Warning}}, false)
	checkGitHub(t, nil, false)
}

func TestGitHubEscapes(t *testing.T) {
	evil := "a,b:c%0A=d\r\n::error::e"
	list := List{{Rule: "wording", Severity: Warning, Path: evil, Line: 2, Column: 3, Width: 2, Excerpt: "abcdef",
		Message: Textf("%s", "\u0301"+evil), Hint: Textf("%s", evil)}}
	want := "::warning file=a%2Cb%3Ac%250A=d<U+000D><U+000A>%3A%3Aerror%3A%3Ae,line=2,col=3,endLine=2,endColumn=5,title=Candor%3A wording" +
		"::◌\u0301a,b:c%250A=d ::error::e%0Ahint: a,b:c%250A=d ::error::e\n"
	if got := print(t, func(w io.Writer) error { return WriteGitHub(w, list, GitHubOptions{}) }); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}
