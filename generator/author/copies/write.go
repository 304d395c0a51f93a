package copies

import (
	"bytes"
	"errors"
	"regexp"
	"strconv"
	"strings"
	"text/template"

	"candor/generator/author/channel"
	"candor/generator/diag"
	"candor/generator/fileset"
	"candor/generator/message"
	"candor/generator/output/machine"
	bounds "candor/generator/output/template"
	"candor/generator/site"
	"candor/generator/site/incident"
)

// folder is where a theme has its templates, below their languages.
const folder = "copies"

// writer writes texts in one language.
type writer struct {
	*machine.Language
	maker     *Maker
	templates *template.Template
	files     map[string]diag.Source // by the name of their template
}

// writer returns the writer of a language; nil if the templates have faults.
func (m *Maker) writer(l *machine.Language) (*writer, diag.List) {
	w := &writer{l, m, template.New(""), map[string]diag.Source{}}
	w.templates.Option("missingkey=error").Funcs(template.FuncMap{
		"text": running, "paragraphs": paragraphs, "join": strings.Join,
		"first": func(n int, list []item) []item { return list[:min(n, len(list))] },
	})
	var found diag.List
	for name, file := range m.files(l.Tag) {
		src := diag.Source{Path: file.Path, Data: file.Data}
		w.files[name] = src
		if _, err := w.templates.New(name).Parse(string(file.Data)); err != nil {
			found = append(found, w.fault(err))
		}
	}
	if len(found) > 0 {
		return nil, found
	}
	return w, nil
}

// files returns the templates in the language that is nearest to a tag, English if none is near, by
// their names.
func (m *Maker) files(tag string) map[string]fileset.File {
	var tags []string
	for _, layer := range m.templates {
		for f := range layer.Files.Under(folder).All() {
			if lang, _, ok := strings.Cut(strings.TrimPrefix(f.Path, folder+"/"), "/"); ok {
				tags = append(tags, lang)
			}
		}
	}
	lang := "en"
	if i := message.Nearest(tag, tags); i >= 0 {
		lang = tags[i]
	}
	files := map[string]fileset.File{}
	for _, layer := range m.templates {
		for f := range layer.Files.Under(folder + "/" + lang).All() {
			name, ok := strings.CutSuffix(strings.TrimPrefix(f.Path, folder+"/"+lang+"/"), ".txt")
			if _, known := files[name]; ok && !known {
				f.Path = layer.Root + "/" + f.Path
				files[name] = f
			}
		}
	}
	return files
}

// write writes the text of an update for a channel.
func (w *writer) write(inc *site.Incident, u *incident.Update, c *channel.Channel) (Copy, diag.List) {
	if own := w.own(u, c); own != nil {
		made := Copy{Channel: c, Lang: w.Tag, Title: own.title, Text: own.text, Own: true}
		if c.Titled() && made.Title == "" {
			made.Title = w.HeadlineOf(inc, u)
		}
		made.Title, made.Text = w.maker.filled(inc, w.Tag, made.Title), w.maker.filled(inc, w.Tag, made.Text)
		made.measure()
		return made, nil
	}
	name := c.ID
	if w.templates.Lookup(name) == nil {
		name = c.Template
	}
	t := w.templates.Lookup(name)
	if t == nil {
		return Copy{}, diag.List{w.missing(c.ID)}
	}
	v := viewOf(w.Language, w.maker.frame, inc, u)
	v.Tags = c.Tags
	made, err := w.fit(t, v, inc, c)
	if err != nil {
		return Copy{}, diag.List{w.fault(err)}
	}
	return made, nil
}

// missing reports that the theme lacks a text.
func (w *writer) missing(id string) diag.Diagnostic {
	return diag.Source{Path: w.maker.templates[0].Root + "/" + folder}.Whole("missing-file",
		diag.Textf("the theme has no text for the channel \"%s\"", id),
		diag.Textf("write copies/%s/%s.txt, or name one of its texts in channels.toml: template = \"post\"", w.Tag, id))
}

// fit writes a text with as much of the view as the channel has room for: it leaves out groups first,
// then sentences from the end, then clauses of the title.
func (w *writer) fit(t *template.Template, v view, inc *site.Incident, c *channel.Channel) (Copy, error) {
	lead, title := v.Lead, clauses(v.Headline)
	said, named := len(lead), len(title)
	for {
		v.Lead, v.Title = lead[:said], v.Headline
		if named < len(title) {
			v.Title = strings.TrimRight(strings.Join(title[:named], ""), "，；：,;: ")
		}
		var out bytes.Buffer
		if err := bounds.ExecuteText(t, &out, v); err != nil {
			return Copy{}, err
		}
		made := Copy{Channel: c, Lang: w.Tag, Text: tidy(out.String())}
		if c.Titled() {
			made.Title, made.Text, _ = strings.Cut(made.Text, "\n")
			made.Title, made.Text = marked(w.Language, inc, strings.TrimSpace(made.Title)), strings.TrimSpace(made.Text)
		}
		made.Text = marked(w.Language, inc, made.Text)
		titleOver, _ := c.Title.Over(made.Title)
		textOver, _ := c.Text.Over(made.Text)
		switch {
		case titleOver > 0 && named > 0:
			named--
		case textOver > 0 && v.Short < 3:
			v.Short++
		case textOver > 0 && said > 0:
			said--
		case textOver > 0 && named > 1:
			named--
		default:
			made.measure()
			made.Left = missing(made.Text, lead)
			return made, nil
		}
	}
}

// missing returns how many of the sentences a text does not have.
func missing(text string, sentences []string) int {
	n := 0
	for _, s := range sentences {
		if !strings.Contains(text, strings.TrimPrefix(s, "\n")) {
			n++
		}
	}
	return n
}

// measure says by how much the text is too long.
func (c *Copy) measure() {
	if c.Channel.Titled() {
		c.Over, c.OverUnit = c.Channel.Title.Over(c.Title)
	}
	if c.Over == 0 {
		c.Over, c.OverUnit = c.Channel.Text.Over(c.Text)
	}
}

// marked says that a drill is one, in whatever is posted of it.
func marked(l *machine.Language, inc *site.Incident, text string) string {
	if text == "" || strings.Contains(text, l.Words.Must("drill.mark")) {
		return text
	}
	return l.Marked(inc, text)
}

// ownText is what an editor wrote for a channel.
type ownText struct{ title, text string }

// own returns the editor's own text in the language; nil if there is none.
func (w *writer) own(u *incident.Update, c *channel.Channel) *ownText {
	doc := u.Doc
	if w.Of(u.Texts) == w.Tag {
		doc = u.In(w.Tag)
	}
	text, ok := doc.Front.Copy[c.ID]
	if !ok {
		return nil
	}
	return &ownText{doc.Front.Copy[c.ID+titleSuffix], text}
}

// titleSuffix is behind the id of a channel in the key of its title.
const titleSuffix = "-title"

var (
	trailing = regexp.MustCompile(`[ \t]+\n`)
	blank    = regexp.MustCompile(`\n{3,}`)
)

// tidy takes out what a template leaves where it has nothing to say.
func tidy(text string) string {
	return strings.TrimSpace(blank.ReplaceAllString(trailing.ReplaceAllString(text, "\n"), "\n\n"))
}

// running puts sentences behind one another.
func running(list []string) string {
	var b strings.Builder
	for _, s := range list {
		s = strings.TrimPrefix(s, "\n")
		if b.Len() > 0 && !endsWide(b.String()) {
			b.WriteByte(' ')
		}
		b.WriteString(s)
	}
	return b.String()
}

// paragraphs puts sentences behind one another, paragraphs with an empty line between them.
func paragraphs(list []string) string {
	var b strings.Builder
	for i, s := range list {
		text, begins := strings.CutPrefix(s, "\n")
		switch {
		case begins && i > 0:
			b.WriteString("\n\n")
		case i > 0 && !endsWide(b.String()):
			b.WriteByte(' ')
		}
		b.WriteString(text)
	}
	return b.String()
}

// endsWide reports whether no space is needed behind a text: it ends with a wide character.
func endsWide(text string) bool {
	runes := []rune(text)
	last := runes[len(runes)-1]
	return last >= 0x2e80 || strings.ContainsRune("”’…", last) && strings.ContainsFunc(text, func(r rune) bool { return r >= 0x2e80 })
}

// position finds the template, the line and the column in what text/template says.
var position = regexp.MustCompile(`template: ([^:\s]+):(\d+)(?::(\d+))?:? ?(.*)`)

// fault turns an error of a template into a finding at its place.
func (w *writer) fault(err error) diag.Diagnostic {
	hint := diag.Textf("the manual's page on copies lists what a text for a channel gets")
	src := diag.Source{Path: w.maker.templates[0].Root + "/" + folder}
	if over := (*bounds.BoundError)(nil); errors.As(err, &over) {
		return src.Whole("bad-value", diag.Textf("this text does not end"), hint)
	}
	m := position.FindStringSubmatch(strings.ReplaceAll(err.Error(), "\n", " "))
	if m == nil {
		return src.Whole("bad-value", diag.Textf("the text for a channel fails: %s", err.Error()), hint)
	}
	if known, ok := w.files[m[1]]; ok {
		src = known
	}
	line, _ := strconv.Atoi(m[2])
	column, _ := strconv.Atoi(m[3])
	at := src.Offset(line, column)
	return src.At(at, at+1, "bad-value", diag.Textf("the text for a channel fails: %s", m[4]), hint)
}
