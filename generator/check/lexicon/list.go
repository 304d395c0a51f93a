package lexicon

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"candor/generator/diag"
	"candor/generator/domain"
	"candor/generator/input/tomldoc"
	"candor/generator/message"
)

// Parse reads a word list and returns base with what it says added; base may be
// nil. What is at fault is reported and left out, the rest counts.
func Parse(src diag.Source, base *Lexicon) (*Lexicon, diag.List) {
	if base == nil {
		base = &Lexicon{}
	}
	r := &reader{base: base, drafts: map[string]*draft{}, seen: map[string]bool{}}
	doc, table := tomldoc.Parse(src, 0, len(src.Data))
	if table == nil {
		return base, doc.Findings()
	}
	language := r.language(table, "")
	for _, t := range table.Tables("category") {
		r.category(t, r.language(t, language))
		t.Done(nil)
	}
	for i, t := range table.Tables("entry") {
		r.entry(t, r.language(t, language), i)
		t.Done(nil)
	}
	table.Done(map[string]diag.Text{"entries": diag.Textf("write [[entry]] before each entry"), "categories": diag.Textf("write [[category]] before each category")})
	lists := maps.Clone(base.lists)
	if lists == nil {
		lists = map[string]*list{}
	}
	for tag, d := range r.drafts {
		lists[tag] = newList(d.entries, d.exceptions)
	}
	return &Lexicon{lists}, doc.Findings()
}

// draft is a list that is being added to.
type draft struct {
	entries    []*Entry
	exceptions map[Category][]*exception
}

type reader struct {
	base   *Lexicon
	drafts map[string]*draft
	seen   map[string]bool // what this file has said something about
}

func (r *reader) draft(language string) *draft {
	tag := message.Primary(language)
	d := r.drafts[tag]
	if d == nil {
		d = &draft{exceptions: map[Category][]*exception{}}
		if old := r.base.lists[tag]; old != nil {
			d.entries = slices.Clone(old.entries)
			for c, list := range old.exceptions {
				d.exceptions[c] = slices.Clip(list)
			}
		}
		r.drafts[tag] = d
	}
	return d
}

func (r *reader) language(t *tomldoc.Table, otherwise string) string {
	s := t.String("language")
	if tag := message.Primary(s); s != "" && (len(tag) < 2 || len(tag) > 3 || strings.Trim(tag, "abcdefghijklmnopqrstuvwxyz") != "") {
		t.Report("language", "bad-value", diag.Textf("\"%s\" is no tag of a language", s), diag.Textf("write it as \"en\" or \"zh-Hans\""))
		return otherwise
	}
	return cmp.Or(s, otherwise)
}

// needsLanguage reports a table of which nobody knows the language.
func needsLanguage(t *tomldoc.Table, language, key string) bool {
	if language == "" {
		t.Report(key, "bad-value", diag.Textf("this does not say of which language it is"), diag.Textf("write language = \"en\" here, or at the top of the file for all"))
	}
	return language == ""
}

func readCategory(t *tomldoc.Table, key string) Category {
	var names []string
	for _, c := range Categories() {
		names = append(names, string(c))
	}
	return Category(t.OneOf(key, names...))
}

func (r *reader) category(t *tomldoc.Table, language string) {
	c := readCategory(t, "id")
	exceptions := each(t, "except", newException)
	switch {
	case !t.Has("id"):
		t.Report("id", "bad-value", diag.Textf("a category has no id"), diag.Textf("write id = \"absolute\""))
	case c == "" || needsLanguage(t, language, "id"):
	default:
		d := r.draft(language)
		d.exceptions[c] = append(d.exceptions[c], exceptions...)
	}
}

func (r *reader) entry(t *tomldoc.Table, language string, i int) {
	e := &Entry{
		ID: t.String("id"), Language: language, Category: readCategory(t, "category"),
		Instead: t.String("instead"), InsteadEN: t.String("instead_en"), Stances: r.stances(t),
		patterns: each(t, "match", newPattern), exceptions: each(t, "except", newException),
	}
	off := t.Bool("off")
	switch {
	case e.ID == "":
		t.Report("id", "bad-value", diag.Textf("an entry has no id"), diag.Textf("write id = \"stock-phrase-%d\"", i+1))
		return
	case needsLanguage(t, language, "id"):
		return
	}
	key := message.Primary(language) + " " + e.ID
	if r.seen[key] {
		t.Report("id", "duplicate-id", diag.Textf("the entry \"%s\" stands here twice", e.ID), diag.Textf("put the patterns of both into one"))
		return
	}
	r.seen[key] = true
	d := r.draft(language)
	at := slices.IndexFunc(d.entries, func(old *Entry) bool { return old.ID == e.ID })
	switch {
	case at < 0 && (off || !t.Has("match")):
		r.unknown(t, d, e.ID)
	case at < 0:
		r.add(t, d, e)
	case off:
		d.entries = slices.Delete(d.entries, at, at+1)
	default:
		if e.Category != "" && e.Category != d.entries[at].Category {
			t.Report("category", "bad-value", diag.Textf("the entry \"%s\" is of category %s already", e.ID, string(d.entries[at].Category)), diag.Textf("delete this line, or give the entry another id"))
		}
		d.entries[at] = d.entries[at].extended(e)
	}
}

// unknown reports an entry that can only be meant to change one that is known.
func (r *reader) unknown(t *tomldoc.Table, d *draft, id string) {
	var ids []string
	for _, e := range d.entries {
		ids = append(ids, e.ID)
	}
	hint := diag.Textf("give it category, match and instead")
	if near := tomldoc.Nearest(id, ids); near != "" {
		hint = diag.Textf("did you mean \"%s\"?", near)
	}
	t.Report("id", "bad-value", diag.Textf("there is no entry \"%s\" to change, and this has no match", id), hint)
}

// add takes in a new entry, if it is whole.
func (r *reader) add(t *tomldoc.Table, d *draft, e *Entry) {
	switch {
	case !t.Has("category"):
		t.Report("id", "bad-value", diag.Textf("the entry \"%s\" has no category", e.ID), diag.Textf("write category = \"officialese\""))
	case e.Instead == "":
		t.Report("id", "bad-value", diag.Textf("the entry \"%s\" does not say what to write instead", e.ID), diag.Textf("write instead = \"…\""))
	case e.Category != "" && len(e.patterns) > 0:
		if e.InsteadEN == "" {
			e.InsteadEN = e.Instead
		}
		d.entries = append(d.entries, e)
	}
}

// extended returns the entry with what another of its id adds.
func (e *Entry) extended(by *Entry) *Entry {
	out := *e
	out.patterns = slices.Concat(e.patterns, by.patterns)
	out.exceptions = slices.Concat(e.exceptions, by.exceptions)
	if by.Instead != "" {
		out.Instead, out.InsteadEN = by.Instead, by.Instead
	}
	if by.InsteadEN != "" {
		out.InsteadEN = by.InsteadEN
	}
	if by.Stances != nil {
		out.Stances = by.Stances
	}
	return &out
}

// each reads a key's texts with a parser, and leaves out what is at fault.
func each[T any](t *tomldoc.Table, key string, parse func(string) (*T, *fault)) []*T {
	var list []*T
	for i, text := range t.Strings(key) {
		one, f := parse(text)
		if f != nil {
			t.Report(fmt.Sprintf("%s.%d", key, i), "bad-value", f.message, f.hint)
			continue
		}
		list = append(list, one)
	}
	return list
}

// stances reads for which stances an entry is a fault (playbook §2).
func (r *reader) stances(t *tomldoc.Table) []string {
	known := domain.Strings(domain.Stances())
	var list []string
	for i, s := range t.Strings("stances") {
		if !slices.Contains(known, s) {
			hint := diag.Textf("there are full, partial and unfounded")
			if near := tomldoc.Nearest(s, known); near != "" {
				hint = diag.Textf("did you mean \"%s\"?", near)
			}
			t.Report(fmt.Sprintf("stances.%d", i), "bad-value", diag.Textf("there is no stance \"%s\"", s), hint)
			continue
		}
		list = append(list, s)
	}
	return list
}
