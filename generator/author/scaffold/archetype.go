package scaffold

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"text/template"
	"time"
	"unicode"

	"golang.org/x/text/language"

	"candor/generator/diag"
	"candor/generator/fileset"
	"candor/generator/input/tomldoc"
)

// plain is the theme whose archetypes stand in for those that a theme lacks.
const plain = "plain"

// archetype finds the archetype at name, such as "incident/index.md", in the
// language that is nearest to tag, English where none is near: the theme's own,
// else that of the theme "plain".
func archetype(themes fileset.Set, theme, name, tag string) (fileset.File, bool) {
	langs := languages(themes, theme, name)
	if len(langs) == 0 {
		return fileset.File{}, false
	}
	_, i, confidence := language.NewMatcher(langs).Match(language.Make(tag))
	if confidence == language.No {
		i = 0
	}
	for _, root := range []string{theme, plain} {
		if f, ok := themes.Get(root + "/archetypes/" + langs[i].String() + "/" + name); ok {
			return f, true
		}
	}
	return fileset.File{}, false
}

// languages returns the languages that an archetype exists in, English first.
func languages(themes fileset.Set, theme, name string) []language.Tag {
	var langs []language.Tag
	seen := map[string]bool{}
	for _, root := range []string{theme, plain} {
		prefix := root + "/archetypes/"
		for f := range themes.Under(strings.TrimSuffix(prefix, "/")).All() {
			lang, rest, _ := strings.Cut(strings.TrimPrefix(f.Path, prefix), "/")
			tag, err := language.Parse(lang)
			if rest != name || err != nil || seen[lang] || tag.String() != lang {
				continue
			}
			seen[lang] = true
			langs = append(langs, tag)
			if lang == "en" {
				langs[0], langs[len(langs)-1] = langs[len(langs)-1], langs[0]
			}
		}
	}
	return langs
}

// standalone is a line that holds nothing but one control action. Its end does
// not belong to the text, as in Mustache: archetypes can be laid out to be read.
var standalone = regexp.MustCompile(`(?m)^[ \t]*\{\{(?:if|else|end|range|with|/\*)[^{}\n]*\}\}[ \t]*(\n)`)

// blank is more than one empty line.
var blank = regexp.MustCompile(`\n{3,}`)

// render fills in the archetype at name with a view.
func render(themes fileset.Set, theme, name, tag string, view any, taken map[string]bool) ([]byte, error) {
	f, ok := archetype(themes, theme, name, tag)
	if !ok {
		return nil, Faults{diag.Source{Path: "themes/" + theme + "/archetypes/en/" + name}.Whole("missing-file",
			diag.Textf("the theme has no archetype \"%s\"", name), diag.Textf("copy it from the theme \"plain\""))}
	}
	text := string(f.Data)
	for _, at := range reverse(standalone.FindAllStringSubmatchIndex(text, -1)) {
		// The line end goes into a comment, so that lines keep their numbers.
		text = text[:at[2]] + "{{/*\n*/}}" + text[at[3]:]
	}
	t, err := template.New("archetype").Option("missingkey=error").Funcs(functions(taken)).Parse(text)
	if err != nil {
		return nil, fault(f, err)
	}
	var out bytes.Buffer
	if err := t.Execute(&out, view); err != nil {
		return nil, fault(f, err)
	}
	made := blank.ReplaceAll(bytes.TrimSpace(out.Bytes()), []byte("\n\n"))
	return append(made, '\n'), nil
}

func reverse(list [][]int) [][]int {
	for i, j := 0, len(list)-1; i < j; i, j = i+1, j-1 {
		list[i], list[j] = list[j], list[i]
	}
	return list
}

// functions are what an archetype can call.
func functions(taken map[string]bool) template.FuncMap {
	return template.FuncMap{
		"toml":  func(word any) string { return quote(fmt.Sprint(word)) },
		"line":  line,
		"join":  func(list []string) string { return strings.Join(list, ", ") },
		"stamp": tomldoc.FormatTime,
		"plain": func(t time.Time) string { return t.Format("2006-01-02 15:04") },
		// due writes the tokens of a promise. In a scenario, whose day is not
		// known, they hold a text to fill in.
		"due": func(t time.Time, id string) string {
			id = unused(taken, id)
			if t.IsZero() {
				return "[due:YYYY-MM-DDThh:mm] id:" + id
			}
			return "due:" + tomldoc.FormatTime(t) + " id:" + id
		},
	}
}

// unused returns the id, with a number where the incident has it already: a
// promise of the same id would be the old one, moved.
func unused(taken map[string]bool, id string) string {
	free := id
	for n := 2; taken[free]; n++ {
		free = id + "-" + strconv.Itoa(n)
	}
	taken[free] = true
	return free
}

// quote writes a text as a basic string of TOML (v1.0.0, String).
func quote(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case unicode.IsControl(r):
			fmt.Fprintf(&b, "\\u%04X", r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// line writes a text for a comment: what ends a line there would end the
// comment.
func line(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
}

// position finds the line and the column in what text/template says.
var position = regexp.MustCompile(`template: archetype:(\d+)(?::(\d+))?:? ?(.*)`)

// fault turns an error of a template into a finding at its place.
func fault(f fileset.File, err error) error {
	src := diag.Source{Path: "themes/" + f.Path, Data: f.Data}
	hint := diag.Textf("the manual's page on themes lists what an archetype gets")
	m := position.FindStringSubmatch(strings.ReplaceAll(err.Error(), "\n", " "))
	if m == nil {
		return Faults{src.Whole("bad-value", diag.Textf("the archetype fails: %s", err.Error()), hint)}
	}
	line, _ := strconv.Atoi(m[1])
	column, _ := strconv.Atoi(m[2])
	at := 0
	for ; line > 1 && at < len(src.Data); line-- {
		at += bytes.IndexByte(src.Data[at:], '\n') + 1
	}
	return Faults{src.At(at+column, at+column+1, "bad-value", diag.Textf("the archetype fails: %s", m[3]), hint)}
}
