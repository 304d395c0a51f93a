package scaffold

import (
	"bytes"
	"maps"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"candor/generator/domain"
	"candor/generator/fileset"
	"candor/generator/input/content"
	"candor/generator/input/tomldoc"
	"candor/generator/input/write"
	"candor/generator/message"
)

// Translation asks for the beginning of a translation: a copy of the original in
// which every text is marked as still to be translated. Ids, task items with
// their tokens, links, images and numbers are the original's.
//
// It is a draft: the original is shown until somebody takes that line out, and
// then no mark that is left is published.
type Translation struct {
	Kind content.Kind // of the original: Index, Update, FAQ, Report or Page
	Slug string       // of the incident; of a page its name
	Name string       // of the update; empty for the newest that is not translated
	Lang string       // one of the site's other languages
}

// Translate makes the beginning of a translation.
func (m *Maker) Translate(req Translation) (Made, error) {
	if err := m.checkLanguage(req.Lang); err != nil {
		return Made{}, err
	}
	path, err := m.original(req)
	if err != nil {
		return Made{}, err
	}
	target := translated(path, req.Lang)
	if _, ok := m.Content.Get(target); ok {
		return Made{}, message.Errorf("%s exists already\nedit it; candor check says what it still lacks", target)
	}
	file, _ := m.Content.Get(path)
	doc := content.Parse(file, content.Locate(path, m.Site.Tags()))
	if doc.Findings.HasErrors() {
		return Made{}, Faults(doc.Findings)
	}
	t := translator{doc, mark(req.Lang)}
	begun := write.New(t.body())
	t.front(begun.Front, req.Lang)
	data, err := begun.Bytes()
	return Made{Files: fileset.Must([]fileset.File{fileset.NewFile(target, data)})}, err
}

// translated is the path of a file's translation.
func translated(path, tag string) string { return strings.TrimSuffix(path, ".md") + "." + tag + ".md" }

func (m *Maker) checkLanguage(tag string) error {
	tags := m.Site.Tags()
	switch {
	case slices.Contains(tags, tag):
		return nil
	case tag == m.Site.DefaultLanguage && len(tags) == 0:
		return message.Errorf("%q is the language of the originals\n"+
			"write --lang with one of the others, which site.toml has to list first", tag)
	case tag == m.Site.DefaultLanguage:
		return message.Errorf("%q is the language of the originals\nwrite --lang with one of the others: %s",
			tag, message.List(tags))
	case len(tags) == 0:
		return message.Errorf("the site has no other language\nadd [languages.%s] with name = \"…\" to site.toml", tag)
	case tomldoc.Nearest(tag, tags) != "":
		return choose(message.Textf("there is no language %q", tag), tag, tags)
	}
	return message.Errorf("the site has no language %q\n"+
		"add [languages.%s] with name = \"…\" to site.toml, or write one of: %s",
		tag, tag, message.List(tags))
}

// original finds the file that a request means.
func (m *Maker) original(req Translation) (string, error) {
	if req.Kind == content.Page {
		var pages []string
		for f := range m.Content.Under(domain.FolderPages).All() {
			if p := content.Locate(f.Path, m.Site.Tags()); p.Kind == content.Page && p.Lang == "" {
				pages = append(pages, p.Name)
			}
		}
		if !slices.Contains(pages, req.Slug) {
			return "", choose(message.Textf("there is no page %q", req.Slug), req.Slug, pages)
		}
		return domain.FolderPages + "/" + req.Slug + ".md", nil
	}
	if err := m.exists(req.Slug); err != nil {
		return "", err
	}
	if req.Kind == content.Update {
		return m.untranslated(req)
	}
	path := folder(req.Slug) + map[content.Kind]string{
		content.Index: domain.FileIndex, content.FAQ: domain.FileFAQ, content.Report: domain.FileReport,
	}[req.Kind]
	if _, ok := m.Content.Get(path); !ok {
		return "", message.Errorf("%s is not there: nothing can be translated\nwrite the original first", path)
	}
	return path, nil
}

// untranslated returns the path of the update that is meant.
func (m *Maker) untranslated(req Translation) (string, error) {
	list := m.Updates(req.Slug)
	if name := strings.TrimSuffix(req.Name, ".md"); name != "" {
		if !slices.Contains(list, name) {
			return "", choose(message.Textf("there is no update %q", name), name, list[:min(len(list), 12)])
		}
		return updatePath(req.Slug, name), nil
	}
	for _, name := range list {
		if _, ok := m.Content.Get(translated(updatePath(req.Slug, name), req.Lang)); !ok {
			return updatePath(req.Slug, name), nil
		}
	}
	return "", message.Errorf("every update of %s has a file in %q\n"+
		"name the one that you mean: candor new update %s NAME --lang %s",
		req.Slug, req.Lang, req.Slug, req.Lang)
}

// mark goes before every text that is still to be translated.
func mark(tag string) string {
	base, _ := language.Make(tag).Base()
	script, _ := language.Make(tag).Script()
	switch {
	case base.String() != "zh":
		return "[translate]"
	case script.String() == "Hant":
		return "[待譯]"
	}
	return "[待译]"
}

// translator writes a translation's beginning.
type translator struct {
	doc  *content.Document
	mark string
}

// front writes the keys that a translation may carry.
func (w *translator) front(front *write.TOML, tag string) {
	f := w.doc.Front
	mark := w.mark + " "
	set := func(t write.Table, key, mark, text string) {
		if text != "" {
			t.Set(key, write.Quoted(mark+content.Bracketed(text)))
		}
	}
	front.Comment(tag + ": translate what follows each " + w.mark + " and take the mark out; " +
		"then take out the line draft.\nUntil then readers of this language get the original.")
	front.Set("draft", write.Bool(true))
	set(front.Table, "title", mark, f.Title)
	set(front.Table, "summary", mark, f.Summary)
	set(front.Table, "affected", mark, f.Affected)
	if revised := w.doc.Written("revised"); revised != "" {
		front.Set("revised", write.Value(revised))
	}
	for _, c := range f.Contacts {
		contact := front.Add("contact")
		set(contact, "label", mark, c.Label)
		set(contact, "value", "", c.Value)
		set(contact, "hours", mark, c.Hours)
		set(contact, "response", mark, c.Response)
	}
	for _, name := range slices.Sorted(maps.Keys(f.Files)) {
		set(front.In("files"), name, mark, f.Files[name])
	}
}

// body writes the blocks under their headings, with the mark before each text.
func (w *translator) body() string {
	var out strings.Builder
	blocks := func(f *content.Fragment) {
		for _, b := range f.Blocks {
			from := bytes.LastIndexByte(w.doc.Source.Data[:b.Start], '\n') + 1
			text := string(w.doc.Source.Data[from:b.End])
			if start := textStarts[b.Kind]; start != nil {
				text = start.ReplaceAllString(text, "${1}"+w.mark+" ${2}")
			}
			out.WriteString("\n" + text + "\n")
		}
	}
	blocks(&w.doc.Lead)
	for i := range w.doc.Sections {
		s := &w.doc.Sections[i]
		out.WriteString("\n" + w.heading(s) + "\n")
		blocks(&s.Body)
	}
	return out.String()
}

// heading writes a heading with its id, which an original may leave to be made of
// its words.
func (w *translator) heading(s *content.Section) string {
	from := bytes.LastIndexByte(w.doc.Source.Data[:s.Start], '\n') + 1
	line, _, _ := strings.Cut(string(w.doc.Source.Data[from:]), "\n")
	text := strings.TrimRight(line[:s.Start-from], " ") + " "
	if s.Title != "" {
		text += w.mark + " " + s.Title + " "
	}
	text += "{#" + s.ID
	if updated := updatedAttribute.FindString(line); updated != "" {
		text += " " + updated
	}
	return text + "}"
}

var updatedAttribute = regexp.MustCompile(`updated=[^\s}]+`)

// textStarts find what is before each text of a block: the marker of an item or a quotation, the
// beginning of a table's row. Code and rules have no texts.
var textStarts = map[content.BlockKind]*regexp.Regexp{
	content.Paragraph:  regexp.MustCompile(`^()`),
	content.List:       regexp.MustCompile(`(?m)^([ \t]*(?:[-*+]|\d+[.)])[ \t]+(?:\[[ xX]\][ \t]+)?)`),
	content.Quotation:  regexp.MustCompile(`^((?:[ \t]*>[ \t]*)+)`),
	content.Subheading: regexp.MustCompile(`^([ \t]*#+[ \t]+)`),
	content.Table:      regexp.MustCompile(`(?m)^([ \t]*\|?[ \t]*)([ \t|:-]*[^ \t|:\-\n])`),
}
