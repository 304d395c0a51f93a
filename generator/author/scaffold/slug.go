package scaffold

import (
	"path"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"

	"candor/generator/domain"
	"candor/generator/input/tomldoc"
	"candor/generator/message"
	"candor/generator/site/config"
)

// slugLimit is the longest name of an incident, in characters: it is part of
// every address that people pass on.
const slugLimit = 64

// CheckSlug returns what is wrong with the name of a new incident, and how to write
// it. An incident's name is its address for as long as the site exists.
func (m *Maker) CheckSlug(slug string) error {
	better := Slug(slug)
	switch {
	case better == "":
		return message.Errorf("%q cannot be part of an address\n"+
			"write lower-case letters, digits and hyphens, such as login-outage", slug)
	case better != slug:
		return message.Errorf("%q cannot be part of an address\nwrite it as: %s", slug, better)
	case m.taken(slug):
		return message.Errorf("the address /%s/ has another use\nsay what it is about, such as: %s-incident", slug, slug)
	}
	return nil
}

// Slug writes a text as part of an address: its letters and digits in lower
// case and hyphens for all else. It is empty if nothing remains.
func Slug(text string) string {
	lower := norm.NFC.String(strings.ToLower(norm.NFC.String(text)))
	gap := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) }
	slug := []rune(strings.Join(strings.FieldsFunc(lower, gap), "-"))
	return strings.TrimRight(string(slug[:min(len(slug), slugLimit)]), "-")
}

// taken reports whether something else has, or may one day have, the address:
// a page of the site, another language, a name that Windows keeps.
func (m *Maker) taken(slug string) bool {
	reserved := []string{"404", "assets", "bilingual", "faq", "feed", "feeds", "files", "index", "report", "updates",
		"aux", "con", "nul", "prn"}
	named := func(l config.Language) bool { return strings.EqualFold(l.Tag, slug) }
	if slices.Contains(reserved, slug) || isTag(slug) || slices.ContainsFunc(m.Site.Languages, named) {
		return true
	}
	for f := range m.Content.Under(domain.FolderPages).All() {
		name, _, _ := strings.Cut(path.Base(f.Path), ".")
		if strings.EqualFold(name, slug) {
			return true
		}
	}
	return false
}

// isTag reports whether a slug looks like a language that the site may add: "ar",
// "pt-br", "zh-hant".
func isTag(slug string) bool {
	base, rest, _ := strings.Cut(slug, "-")
	if len(base) != 2 || rest != "" && len(rest) != 2 && len(rest) != 4 {
		return false
	}
	_, err := language.Parse(slug)
	return err == nil
}

// Slugs returns the names of the incidents, or of the scenarios, in folder.
func (m *Maker) Slugs(folder string) []string {
	var list []string
	for child := range m.Content.Children(folder) {
		list = append(list, path.Base(child))
	}
	return list
}

// choose returns the error that there is no such word, with the choice that was
// meant, or all.
func choose[W ~string](none message.Text, word W, choices []W) error {
	list := domain.Strings(choices)
	if near := tomldoc.Nearest(string(word), list); near != "" {
		return message.Errorf("%s\ndid you mean %s?", none, near)
	}
	return message.Errorf("%s\none of: %s", none, message.List(list))
}
