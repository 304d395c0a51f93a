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

// Parse reads a word list and returns base with what it says added; base may be nil. What is at
// fault is reported and left out, the rest counts.
func Parse(src diag.Source, base *Lexicon) (*Lexicon, diag.List) {
	if base == nil {
		base = &Lexicon{}
	}
	doc, table := tomldoc.Parse(src, 0, len(src.Data))
	if table == nil {
		return base, doc.Findings()
	}
	r := &reader{lists: map[string]*list{}, seen: map[string]bool{}}
	for tag, old := range base.lists {
		r.lists[tag] = &list{entries: slices.Clone(old.entries), exceptions: maps.Clone(old.exceptions)}
	}
	language := readLanguage(table, "")
	for _, t := range table.Tables("category") {
		r.category(t, readLanguage(t, language))
		t.Done(nil)
	}
	for i, t := range table.Tables("entry") {
		r.entry(t, readLanguage(t, language), i)
		t.Done(nil)
	}
	table.Done(map[string]diag.Text{
		"entries":    diag.Textf("write [[entry]] before each entry"),
		"categories": diag.Textf("write [[category]] before each category"),
	})
	return &Lexicon{r.lists}, doc.Findings()
}

// reader adds what a file says to the lists.
type reader struct {
	lists map[string]*list
	seen  map[string]bool // the entries that the file has, by language and id
}

func (r *reader) list(language string) *list {
	tag := message.Primary(language)
	if r.lists[tag] == nil {
		r.lists[tag] = &list{exceptions: map[Category][]*exception{}}
	}
	return r.lists[tag]
}

func readLanguage(t *tomldoc.Table, otherwise string) string {
	s := t.String("language")
	tag := message.Primary(s)
	if s != "" && (len(tag) < 2 || len(tag) > 3 || strings.Trim(tag, "abcdefghijklmnopqrstuvwxyz") != "") {
		t.Report("language", "bad-value", diag.Textf("\"%s\" is not the tag of a language", s),
			diag.Textf("write it as \"en\" or \"zh-Hans\""))
		return otherwise
	}
	return cmp.Or(s, otherwise)
}

// needsLanguage reports a table of which nobody knows the language.
func needsLanguage(t *tomldoc.Table, language string) bool {
	if language == "" {
		t.Report("id", "bad-value", diag.Textf("this does not say of which language it is"),
			diag.Textf("write language = \"en\" here, or at the top of the file for all"))
	}
	return language == ""
}

func readCategory(t *tomldoc.Table, key string) Category {
	return Category(t.OneOf(key, domain.Strings(Categories())...))
}

func (r *reader) category(t *tomldoc.Table, language string) {
	c := readCategory(t, "id")
	exceptions := each(t, "except", newException)
	switch {
	case !t.Has("id"):
		t.Report("id", "bad-value", diag.Textf("a category has no id"), diag.Textf("write id = \"absolute\""))
	case c == "" || needsLanguage(t, language):
	default:
		l := r.list(language)
		l.exceptions[c] = slices.Concat(l.exceptions[c], exceptions)
	}
}

func (r *reader) entry(t *tomldoc.Table, language string, i int) {
	e := &Entry{
		ID: t.String("id"), Language: language, Category: readCategory(t, "category"),
		Instead: t.String("instead"), InsteadEN: t.String("instead_en"), Stances: readStances(t),
		patterns: each(t, "match", newPattern), exceptions: each(t, "except", newException),
	}
	off := t.Bool("off")
	if e.ID == "" {
		t.Report("id", "bad-value", diag.Textf("an entry has no id"),
			diag.Textf("write id = \"stock-phrase-%d\"", i+1))
		return
	}
	if needsLanguage(t, language) {
		return
	}
	key := message.Primary(language) + " " + e.ID
	if r.seen[key] {
		t.Report("id", "duplicate-id", diag.Textf("there are two entries \"%s\"", e.ID),
			diag.Textf("put the patterns of both into one"))
		return
	}
	r.seen[key] = true
	l := r.list(language)
	at := slices.IndexFunc(l.entries, func(old *Entry) bool { return old.ID == e.ID })
	switch {
	case at < 0:
		l.add(t, e, off)
	case off:
		l.entries = slices.Delete(l.entries, at, at+1)
	default:
		if known := l.entries[at].Category; e.Category != "" && e.Category != known {
			t.Report("category", "bad-value",
				diag.Textf("the entry \"%s\" is of category %s already", e.ID, string(known)),
				diag.Textf("delete this line, or give the entry another id"))
		}
		l.entries[at] = l.entries[at].extended(e)
	}
}

// add takes in a new entry, if it is whole. Without patterns it can only be meant to change one
// that is known.
func (l *list) add(t *tomldoc.Table, e *Entry, off bool) {
	switch {
	case off || !t.Has("match"):
		var ids []string
		for _, known := range l.entries {
			ids = append(ids, known.ID)
		}
		t.Report("id", "bad-value", diag.Textf("there is no entry \"%s\" to change, and this has no match", e.ID),
			tomldoc.Meant(e.ID, ids, diag.Textf("give it category, match and instead")))
	case !t.Has("category"):
		t.Report("id", "bad-value", diag.Textf("the entry \"%s\" has no category", e.ID),
			diag.Textf("write category = \"officialese\""))
	case e.Instead == "":
		t.Report("id", "bad-value", diag.Textf("the entry \"%s\" does not say what to write instead", e.ID),
			diag.Textf("write instead = \"…\""))
	case e.Category != "" && len(e.patterns) > 0:
		e.InsteadEN = cmp.Or(e.InsteadEN, e.Instead)
		l.entries = append(l.entries, e)
	}
}

// extended returns the entry with what another of its id adds.
func (e *Entry) extended(by *Entry) *Entry {
	out := *e
	out.patterns = slices.Concat(e.patterns, by.patterns)
	out.exceptions = slices.Concat(e.exceptions, by.exceptions)
	out.Instead = cmp.Or(by.Instead, e.Instead)
	out.InsteadEN = cmp.Or(by.InsteadEN, by.Instead, e.InsteadEN)
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

// readStances reads for which stances an entry is a fault (playbook §2).
func readStances(t *tomldoc.Table) (list []string) {
	known := domain.Strings(domain.Stances())
	for i, s := range t.Strings("stances") {
		if slices.Contains(known, s) {
			list = append(list, s)
			continue
		}
		t.Report(fmt.Sprintf("stances.%d", i), "bad-value", diag.Textf("there is no stance \"%s\"", s),
			tomldoc.Meant(s, known, diag.Textf("there are full, partial and unfounded")))
	}
	return list
}
