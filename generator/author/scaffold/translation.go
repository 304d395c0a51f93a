package scaffold

import (
	"bytes"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"candor/generator/domain"
	"candor/generator/fileset"
	"candor/generator/input/content"
	"candor/generator/input/tomldoc"
	"candor/generator/message"
)

// Translation asks for the beginning of a translation: a copy of the original in
// which every text is marked as still to be translated. Ids, task items with
// their tokens, links, images and numbers are the original's.
//
// It is a draft: the original is shown until somebody takes that line out, and
// then no mark that is left goes out.
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
	target := strings.TrimSuffix(path, ".md") + "." + req.Lang + ".md"
	if _, ok := m.Content.Get(target); ok {
		return Made{}, message.Errorf("%s is there already\nedit it; candor check says what it still lacks", target)
	}
	file, _ := m.Content.Get(path)
	doc := content.Parse(file, content.Locate(path, m.Site.Tags()))
	if doc.Findings.HasErrors() {
		return Made{}, Faults(doc.Findings)
	}
	w := translator{doc: doc, mark: mark(req.Lang)}
	data := w.front(req.Lang) + w.body()
	return Made{Files: fileset.Must([]fileset.File{fileset.NewFile(target, []byte(data))})}, nil
}

func (m *Maker) checkLanguage(tag string) error {
	tags := m.Site.Tags()
	switch {
	case slices.Contains(tags, tag):
		return nil
	case tag == m.Site.DefaultLanguage && len(tags) == 0:
		return message.Errorf("%q is the language of the originals\nwrite --lang with one of the others, which site.toml has to list first", tag)
	case tag == m.Site.DefaultLanguage:
		return message.Errorf("%q is the language of the originals\nwrite --lang with one of the others: %s", tag, strings.Join(tags, ", "))
	case len(tags) == 0:
		return message.Errorf("the site has no other language\nadd [languages.%s] with name = \"…\" to site.toml", tag)
	case tomldoc.Nearest(tag, tags) != "":
		return choose(message.Textf("there is no language %q", tag), tag, tags)
	}
	return message.Errorf("the site has no language %q\nadd [languages.%s] with name = \"…\" to site.toml, or write one of: %s", tag, tag, strings.Join(tags, ", "))
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
	if slugs := m.Slugs(domain.FolderIncidents); !slices.Contains(slugs, req.Slug) {
		if len(slugs) == 0 {
			return "", message.Errorf("there is no incident %q, nor any other", req.Slug)
		}
		return "", choose(message.Textf("there is no incident %q", req.Slug), req.Slug, slugs[:min(len(slugs), 12)])
	}
	folder := domain.FolderIncidents + "/" + req.Slug + "/"
	name := map[content.Kind]string{content.Index: domain.FileIndex, content.FAQ: domain.FileFAQ, content.Report: domain.FileReport}[req.Kind]
	if req.Kind == content.Update {
		update, err := m.untranslated(req)
		if err != nil {
			return "", err
		}
		name = domain.FolderUpdates + "/" + update + ".md"
	}
	if _, ok := m.Content.Get(folder + name); !ok {
		return "", message.Errorf("%s%s is not there: nothing can be translated\nwrite the original first", folder, name)
	}
	return folder + name, nil
}

// untranslated returns the update that is meant.
func (m *Maker) untranslated(req Translation) (string, error) {
	all := m.Updates(req.Slug)
	name := strings.TrimSuffix(req.Name, ".md")
	if name != "" {
		if !slices.Contains(all, name) {
			return "", choose(message.Textf("there is no update %q", name), name, all[:min(len(all), 12)])
		}
		return name, nil
	}
	for _, name := range all {
		if _, ok := m.Content.Get(domain.FolderIncidents + "/" + req.Slug + "/" + domain.FolderUpdates + "/" + name + "." + req.Lang + ".md"); !ok {
			return name, nil
		}
	}
	return "", message.Errorf("every update of %s has a file in %q\nname the one that you mean: candor new update %s NAME --lang %s", req.Slug, req.Lang, req.Slug, req.Lang)
}

// mark stands before every text that is still to be translated.
func mark(tag string) string {
	if base, _ := language.Make(tag).Base(); base.String() == "zh" {
		if script, _ := language.Make(tag).Script(); script.String() == "Hant" {
			return "[待譯]"
		}
		return "[待译]"
	}
	return "[translate]"
}

// translator writes a translation's beginning.
type translator struct {
	doc  *content.Document
	mark string
	out  strings.Builder
}

// front writes the keys that a translation may carry.
func (w *translator) front(tag string) string {
	f := w.doc.Front
	var b strings.Builder
	line := func(key, value string) {
		if value != "" {
			b.WriteString(key + " = " + quote(value) + "\n")
		}
	}
	marked := func(value string) string {
		if value == "" {
			return ""
		}
		return w.mark + " " + value
	}
	b.WriteString("+++\n# " + tag + ": translate what follows each " + w.mark + " and take the mark out; then take out the line draft.\n")
	b.WriteString("# Until then readers of this language get the original.\ndraft = true\n")
	line("title", marked(f.Title))
	line("summary", marked(f.Summary))
	line("affected", marked(f.Affected))
	if revised := w.doc.Written("revised"); revised != "" {
		b.WriteString("revised = " + revised + "\n")
	}
	for _, c := range f.Contacts {
		b.WriteString("\n[[contact]]\n")
		line("label", marked(c.Label))
		line("value", c.Value)
		line("hours", marked(c.Hours))
		line("response", marked(c.Response))
	}
	if len(f.Files) > 0 {
		b.WriteString("\n[files]\n")
		names := make([]string, 0, len(f.Files))
		for name := range f.Files {
			names = append(names, name)
		}
		slices.Sort(names)
		for _, name := range names {
			line(quote(name), marked(f.Files[name]))
		}
	}
	return b.String() + "+++\n"
}

// body writes the blocks under their headings.
func (w *translator) body() string {
	w.blocks(&w.doc.Lead)
	for i := range w.doc.Sections {
		s := &w.doc.Sections[i]
		w.out.WriteString("\n" + w.heading(s) + "\n")
		w.blocks(&s.Body)
	}
	return w.out.String()
}

// heading writes a heading with its id, which an original may leave to be made of
// its words.
func (w *translator) heading(s *content.Section) string {
	data := w.doc.Source.Data
	from := bytes.LastIndexByte(data[:s.Start], '\n') + 1
	sign := strings.TrimRight(string(data[from:s.Start]), " ")
	title := s.Title
	if title != "" {
		title = w.mark + " " + title + " "
	}
	attributes := "{#" + s.ID
	if updated := updatedAttribute.FindString(string(data[from:w.lineEnd(s.Start)])); updated != "" {
		attributes += " " + updated
	}
	return sign + " " + title + attributes + "}"
}

var updatedAttribute = regexp.MustCompile(`updated=[^\s}]+`)

func (w *translator) lineEnd(at int) int {
	if i := bytes.IndexByte(w.doc.Source.Data[at:], '\n'); i >= 0 {
		return at + i
	}
	return len(w.doc.Source.Data)
}

func (w *translator) blocks(f *content.Fragment) {
	for _, b := range f.Blocks {
		text := string(w.doc.Source.Data[b.Start:b.End])
		from := bytes.LastIndexByte(w.doc.Source.Data[:b.Start], '\n') + 1
		text = string(w.doc.Source.Data[from:b.Start]) + text
		w.out.WriteString("\n" + w.marked(b.Kind, text) + "\n")
	}
}

var (
	itemStart  = regexp.MustCompile(`(?m)^([ \t]*(?:[-*+]|\d+[.)])[ \t]+(?:\[[ xX]\][ \t]+)?)`)
	quoteStart = regexp.MustCompile(`^((?:[ \t]*>[ \t]*)+)`)
	headStart  = regexp.MustCompile(`^([ \t]*#+[ \t]+)`)
	rowStart   = regexp.MustCompile(`^([ \t]*\|?[ \t]*)`)
	rowDivider = regexp.MustCompile(`^[ \t|:-]+$`)
)

// marked puts the mark before each text of a block.
func (w *translator) marked(kind content.BlockKind, text string) string {
	with := "${1}" + w.mark + " "
	switch kind {
	case content.Code, content.Rule:
		return text
	case content.List:
		return itemStart.ReplaceAllString(text, with)
	case content.Quotation:
		return quoteStart.ReplaceAllString(text, with)
	case content.Subheading:
		return headStart.ReplaceAllString(text, with)
	case content.Table:
		lines := strings.Split(text, "\n")
		for i, line := range lines {
			if !rowDivider.MatchString(line) {
				lines[i] = rowStart.ReplaceAllString(line, with)
			}
		}
		return strings.Join(lines, "\n")
	}
	return w.mark + " " + text
}
