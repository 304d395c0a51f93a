package scaffold

import (
	"bytes"
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"text/template"
	"time"

	"golang.org/x/text/language"

	"candor/generator/diag"
	"candor/generator/fileset"
	"candor/generator/input/tomldoc"
	"candor/generator/input/write"
	"candor/generator/message"
	bounds "candor/generator/output/template"
	"candor/generator/output/theme"
)

// plain is the theme whose archetypes are used for those that a theme lacks.
const plain = "plain"

// archetypes are what files are made of, in the language that is nearest to a tag. Those of the first
// layer go before those of the others.
type archetypes struct {
	layers []theme.Layer // their paths begin at a folder that is named after a language
	tag    string
}

func (a *archetypes) add(l theme.Layer) { a.layers = append(a.layers, l) }

// plainArchetypes are those of the theme "plain".
func plainArchetypes(themes fileset.Set, tag string) archetypes {
	const folder = plain + "/archetypes"
	return archetypes{[]theme.Layer{{Root: "themes/" + folder, Files: themes.In(folder)}}, tag}
}

// find finds the archetype at name, such as "incident/index.md", in the nearest language that it
// exists in, English if none is near. Its path is that for findings.
func (a archetypes) find(name string) (fileset.File, bool) {
	langs := a.languages(name)
	if len(langs) == 0 {
		return fileset.File{}, false
	}
	_, i, confidence := language.NewMatcher(langs).Match(language.Make(a.tag))
	if confidence == language.No {
		i = 0
	}
	for _, l := range a.layers {
		if f, ok := l.Files.Get(langs[i].String() + "/" + name); ok {
			f.Path = l.Root + "/" + f.Path
			return f, true
		}
	}
	return fileset.File{}, false
}

// languages returns the languages that an archetype exists in, English first.
func (a archetypes) languages(name string) []language.Tag {
	var langs []language.Tag
	for _, l := range a.layers {
		for f := range l.Files.All() {
			lang, rest, _ := strings.Cut(f.Path, "/")
			tag, err := language.Parse(lang)
			if rest == name && err == nil && tag.String() == lang && !slices.Contains(langs, tag) {
				langs = append(langs, tag)
			}
		}
	}
	if i := slices.Index(langs, language.English); i > 0 {
		langs[0], langs[i] = langs[i], langs[0]
	}
	return langs
}

// starter is a file to make: its path, and the name of its archetype.
type starter struct{ path, archetype string }

// files makes starter files. All get the same view; no promise gets an id that is taken.
func (a archetypes) files(view any, taken map[string]bool, starters ...starter) (fileset.Set, error) {
	var files []fileset.File
	for _, s := range starters {
		data, err := a.render(s.archetype, view, taken)
		if err != nil {
			return fileset.Set{}, err
		}
		files = append(files, fileset.NewFile(s.path, data))
	}
	return fileset.New(files)
}

var (
	// standalone is a line with only one control action. Its end does not belong to the text, as in
	// Mustache: archetypes can be laid out to be read.
	standalone = regexp.MustCompile(`(?m)^[ \t]*\{\{(?:if|else|end|range|with|/\*)[^{}\n]*\}\}[ \t]*(\n)`)

	// blank is more than one empty line.
	blank = regexp.MustCompile(`\n{3,}`)
)

// render fills in the archetype at name with a view.
func (a archetypes) render(name string, view any, taken map[string]bool) ([]byte, error) {
	f, ok := a.find(name)
	if !ok {
		return nil, Faults{diag.Source{Path: a.layers[0].Root + "/en/" + name}.Whole("missing-file",
			diag.Textf("the theme has no starter file \"%s\"", name), diag.Textf("copy it from the theme \"plain\""))}
	}
	text := string(f.Data)
	for _, at := range slices.Backward(standalone.FindAllStringSubmatchIndex(text, -1)) {
		// The line end goes into a comment, so that lines keep their numbers.
		text = text[:at[2]] + "{{/*\n*/}}" + text[at[3]:]
	}
	t, err := template.New("archetype").Option("missingkey=error").Funcs(functions(taken)).Parse(text)
	if err != nil {
		return nil, fault(f, err)
	}
	var out bytes.Buffer
	if err := bounds.ExecuteText(t, &out, view); err != nil {
		return nil, fault(f, err)
	}
	made := blank.ReplaceAll(bytes.TrimSpace(out.Bytes()), []byte("\n\n"))
	return append(made, '\n'), nil
}

// functions are what an archetype can call.
func functions(taken map[string]bool) template.FuncMap {
	return template.FuncMap{
		"toml": func(text string) (string, error) { // quoting what is quoted again and again would take all memory
			if len(text) > bounds.MaxSize {
				return "", &bounds.BoundError{}
			}
			return string(write.Quoted(text)), nil
		},
		"line":  write.Line,
		"join":  func(list []string) string { return strings.Join(list, ", ") },
		"stamp": func(t time.Time) (string, error) { return tomldoc.FormatTime(t), given(t) },
		"plain": func(t time.Time) (string, error) { return t.Format("2006-01-02 15:04"), given(t) },
		// due writes the tokens of a promise. In a scenario, which has no day yet, they are a text to
		// fill in. An id that is taken gets a number: with the same id the promise would be the old one.
		"due": func(t time.Time, id string) string {
			free := id
			for n := 2; taken[free]; n++ {
				free = id + "-" + strconv.Itoa(n)
			}
			taken[free] = true
			if t.IsZero() {
				return "[due:YYYY-MM-DDThh:mm] id:" + free
			}
			return "due:" + tomldoc.FormatTime(t) + " id:" + free
		},
	}
}

// given returns an error if there is no time: as a time it would be one of the year 1.
func given(t time.Time) error {
	if t.IsZero() {
		return message.Errorf("there is no such time here; ask first: {{if not .Next.IsZero}} … {{end}}")
	}
	return nil
}

// position finds the line and the column in what text/template says.
var position = regexp.MustCompile(`template: archetype:(\d+)(?::(\d+))?:? ?(.*)`)

// fault turns an error of a template into a finding at its place.
func fault(f fileset.File, err error) error {
	src := diag.Source{Path: f.Path, Data: f.Data}
	hint := diag.Textf("the manual's page on themes lists what a starter file gets")
	if over := (*bounds.BoundError)(nil); errors.As(err, &over) {
		return Faults{src.Whole("bad-value", diag.Textf("this starter file does not end"),
			diag.Textf("a text has at most %d passes through loops, %d templates inside each other and %d MiB",
				bounds.MaxPasses, bounds.MaxDepth, bounds.MaxSize>>20))}
	}
	m := position.FindStringSubmatch(strings.ReplaceAll(err.Error(), "\n", " "))
	if m == nil {
		return Faults{src.Whole("bad-value", diag.Textf("the starter file fails: %s", err.Error()), hint)}
	}
	line, _ := strconv.Atoi(m[1])
	column, _ := strconv.Atoi(m[2])
	at := src.Offset(line, column)
	return Faults{src.At(at, at+1, "bad-value", diag.Textf("the starter file fails: %s", m[3]), hint)}
}
