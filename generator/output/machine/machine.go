// Package machine is what the outputs for programs have in common: who says it in which language,
// the addresses and ids by which programs know a text again, and its words as HTML that needs no
// page around it, and as plain text.
//
// What a program gets of a text depends on what was written and not on the instant. A text without
// a translation is given in its original language. All addresses are absolute: without the site's
// own address there are no languages here, and no output for programs.
package machine

import (
	"cmp"
	"html"
	"net/url"
	"strings"
	"time"

	"candor/generator/input/content"
	"candor/generator/message"
	"candor/generator/site"
	"candor/generator/site/config"
	"candor/generator/site/incident"
	"candor/generator/site/translation"
)

// Language is one language of a site, with its words and its addresses.
type Language struct {
	config.Language
	Words     *message.Words
	Addresses site.Addresses

	settings *config.Site
	tag      string // what all ids begin with
}

// Languages returns the languages of a site, the default one first; none without base_url.
func Languages(f *site.Frame) []*Language {
	if f.Settings.BaseURL == "" {
		return nil
	}
	list := make([]*Language, len(f.Settings.Languages))
	for i, l := range f.Settings.Languages {
		list[i] = &Language{l, l.Words(), f.Addresses.In(l.Tag, f.Settings), f.Settings, "tag:" + f.Addresses.Host() + ",2026:"}
	}
	return list
}

// Author is who speaks.
func (l *Language) Author() string { return cmp.Or(l.Organisation, l.Title) }

// TitleOf returns the title of an incident. That of a drill says what it is.
func (l *Language) TitleOf(inc *site.Incident) string { return l.Marked(inc, l.NameOf(inc)) }

// NameOf returns the title of an incident, also of a drill, as it is written.
func (l *Language) NameOf(inc *site.Incident) string {
	return cmp.Or(inc.Index.In(l.Tag).Front.Title, inc.Front.Title)
}

// SummaryOf returns the summary of an incident; it may be empty.
func (l *Language) SummaryOf(inc *site.Incident) string {
	return cmp.Or(inc.Index.In(l.Tag).Front.Summary, inc.Front.Summary)
}

// HeadlineOf returns the title of an update. That of a drill says what it is.
func (l *Language) HeadlineOf(inc *site.Incident, u *incident.Update) string {
	return l.Marked(inc, cmp.Or(u.In(l.Tag).Front.Title, u.Doc.Front.Title))
}

// TypeOf words the type of an incident; empty if it has none.
func (l *Language) TypeOf(inc *site.Incident) string {
	word := cmp.Or(l.TypeLabels[inc.Type.ID], inc.Type.Label)
	if word == "" && inc.Type.ID != "" {
		word = l.Words.Must("types." + inc.Type.ID)
	}
	return word
}

// Marked puts the mark of a drill before what is said of one.
func (l *Language) Marked(inc *site.Incident, text string) string {
	if !inc.Front.Drill {
		return text
	}
	return l.Words.Must("drill.mark") + ": " + text
}

// Of returns the language of a text as it is given in l.
func (l *Language) Of(t *incident.Texts) string {
	if l.Tag != l.settings.DefaultLanguage && t.Translations[l.Tag] == nil {
		return l.settings.DefaultLanguage
	}
	return l.Tag
}

// ID returns the tag URI (RFC 4151) of a thing of the site, such as "rash/a": it stays the same
// while the thing has its name.
func (l *Language) ID(name string) string {
	path := url.URL{Path: l.Addresses.Path(name)}
	return l.tag + path.EscapedPath()
}

// Update returns the permanent address of an update.
func (l *Language) Update(inc *site.Incident, u *incident.Update) string {
	path := site.UpdatesPath(inc.Slug, l.Addresses.UpdatesPage(u.Index))
	return l.Addresses.Absolute(site.Place{Path: path, Fragment: u.Anchor(), Published: true})
}

// Modified returns when what an update says was changed last, by a correction or a revision.
func (l *Language) Modified(u *incident.Update) time.Time { return u.Modified(l.settings.Zone) }

// UpdateHTML returns all that an update says, its corrections first.
func (l *Language) UpdateHTML(inc *site.Incident, u *incident.Update) string {
	var b strings.Builder
	for _, c := range u.Corrections {
		head := l.Words.Must("kinds.correction") + " · " + l.Words.Full(c.Time)
		b.WriteString("<blockquote><p><strong>" + html.EscapeString(head) + "</strong></p>")
		b.WriteString(l.HTML(inc, c.In(l.Tag).Lead) + "</blockquote>")
	}
	b.WriteString(l.HTML(inc, l.Lead(u.Texts)))
	for _, p := range l.Passages(u.Texts) {
		b.WriteString("<h4>" + html.EscapeString(l.Heading("groups.", p)) + "</h4>")
		b.WriteString(l.HTML(inc, p.Words.Body))
	}
	return b.String()
}

// Lead returns what stands before the first heading of a text.
func (l *Language) Lead(t *incident.Texts) content.Fragment {
	if doc := t.In(l.Tag); !doc.Lead.Empty() {
		return doc.Lead
	}
	return t.Doc.Lead
}

// Passage is a section of a text.
type Passage struct {
	Words *content.Section
	Facts *content.Section // the original's: its id and time
	Lang  string
}

// Passages returns the sections of a text in the order of the original. One that a translation
// leaves out is the original's.
func (l *Language) Passages(t *incident.Texts) []Passage {
	doc := t.In(l.Tag)
	list := make([]Passage, 0, len(doc.Sections))
	if doc == t.Doc {
		for i := range doc.Sections {
			list = append(list, Passage{&doc.Sections[i], &doc.Sections[i], l.Of(t)})
		}
		return list
	}
	for original, translated := range translation.Sections(t.Doc, doc) {
		switch {
		case translated == nil:
			list = append(list, Passage{original, original, l.settings.DefaultLanguage})
		case original == nil:
			list = append(list, Passage{translated, translated, l.Tag})
		default:
			list = append(list, Passage{translated, original, l.Tag})
		}
	}
	return list
}

// Heading returns the title of a section. One with a well-known id needs none of its own: group,
// such as "groups.", is what stands before the id in the key of its words.
func (l *Language) Heading(group string, p Passage) string {
	if key := group + p.Facts.ID; p.Words.Title == "" && l.Words.Has(key) {
		return l.Words.Must(key)
	}
	return p.Words.Title
}

// imageSizes says how wide readers of feeds show a picture: as wide as their window, and no wider than
// a column of text. A theme has no say in that.
const imageSizes = "(min-width: 800px) 800px, 100vw"

// HTML fills the holes of a fragment of an incident: links lead to absolute addresses, ids are left
// to the pages, and a promise says by when it was made.
func (l *Language) HTML(inc *site.Incident, f content.Fragment) string {
	return string(f.Fill(func(h content.Hole) string {
		switch {
		case h.Link != nil && h.Link.Image:
			return inc.Links[h.Link].Image(l.Addresses.Absolute, "", imageSizes)
		case h.Link != nil:
			return html.EscapeString(l.Addresses.Absolute(inc.Links[h.Link].Place))
		case h.Mark && h.Task.Done:
			return "done"
		case h.Mark:
			return "open"
		case h.Task != nil && !h.Task.Done && !h.Task.Due.IsZero():
			due := l.Words.Full(h.Task.Due.In(l.settings.Zone))
			return " · " + html.EscapeString(l.Words.Must("promises.open", due))
		}
		return ""
	}))
}
