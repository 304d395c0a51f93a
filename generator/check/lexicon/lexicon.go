// Package lexicon finds wording that a crisis page should not have: words that
// blame the reader, apologies that are none, responsibility put elsewhere, stock
// phrases, quarrels, promises without a date, leftovers of templates and drafts,
// and absolute claims.
//
// What is looked for is data. A word list is TOML; those of Candor are embedded,
// one for each language, and a site extends them with a file of the same form:
//
//	language = "en"                       # of the entries that give none
//
//	[[category]]
//	id = "absolute"
//	except = ["not {}"]                   # for all entries of the category
//
//	[[entry]]
//	id = "inconvenience"                  # unique in its language
//	category = "non-apology"
//	match = ["any inconvenience * caused"] # patterns: see pattern.go
//	except = ["<time>"]                   # around the hit {}, or else anywhere in its sentence
//	stances = ["full", "partial"]         # where it depends on the stance
//	instead = "Say what it cost whom."    # what to do, in the language of the list
//	instead_en = "…"                      # the same in English, where that is another
//
// An entry with the id of one that is known already adds its patterns and
// exceptions to it, and gives new advice if it gives any; with off = true it takes
// that entry out of use.
//
// Matching is the same for all languages. It is by words where words have spaces
// between them and by characters where they have not, in a folded form of the
// text (normalise.go), within one sentence (sentence.go), never over inline code.
// What stands in square brackets is no hit, because it is still to be written.
// What stands in quotation marks, or in a block that is quoted as a whole, is
// somebody else's voice: it is a hit only if it is officialese. A question is no
// absolute claim. Inflected forms are found where a list has them.
//
// Precision comes first: a finding that is none costs an editor more, in the hour
// that counts, than one that is missed. testdata/labelled.tsv measures both.
//
// The package refuses, with a diagnostic, patterns that have no word that always
// occurs, or that are open at an end: they could not be found quickly, or found
// everywhere. A pattern is not a regular expression: its gaps are bounded, so no
// list can make matching slow. A Lexicon does not change and is safe for
// concurrent use. Making one takes some milliseconds; keep it.
package lexicon

import (
	"cmp"
	"slices"
	"sync"

	"candor/generator/message"
)

// Lexicon is a set of word lists, at most one for each language. It does not
// change; Parse makes another.
type Lexicon struct {
	lists map[string]*list // by primary language subtag (BCP 47)
}

// list holds what is looked for in one language.
type list struct {
	entries    []*Entry
	exceptions map[Category][]*exception // for all entries of the category
	searches   sync.Pool                 // of *search
}

// Entry is one fault that wording can have, and what to write instead.
type Entry struct {
	ID        string
	Language  string // BCP 47, as its list says
	Category  Category
	Instead   string   // what to do instead, in Language
	InsteadEN string   // the same in English
	Stances   []string // for which it is a fault; empty for all

	patterns   []*pattern
	exceptions []*exception
}

// Hit is one place at which an entry was found.
type Hit struct {
	Entry      *Entry
	Category   Category
	Start, End int    // bytes of the source, markup and all
	Instead    string // what to do instead, in the language of the list
}

// index finds the patterns that may match.
type index struct {
	sieve    *sieve
	of       [][]candidate // by anchor
	patterns int
}

type candidate struct {
	entry   *Entry
	pattern *pattern
	number  int // of the pattern in the list
}

// newList makes a list. Its index is made when the first text comes.
func newList(entries []*Entry, exceptions map[Category][]*exception) *list {
	l := &list{entries: entries, exceptions: exceptions}
	index := sync.OnceValue(l.makeIndex)
	l.searches.New = func() any {
		x := index()
		return &search{list: l, index: x, tried: make([]uint32, x.patterns)}
	}
	return l
}

func (l *list) makeIndex() *index {
	x := &index{}
	ids := map[string]int{}
	var texts []string
	inner := false
	for _, e := range l.entries {
		for _, p := range e.patterns {
			inner = inner || p.inner
			for _, anchor := range p.anchors {
				id, known := ids[anchor]
				if !known {
					id = len(texts)
					ids[anchor] = id
					texts = append(texts, anchor)
					x.of = append(x.of, nil)
				}
				x.of[id] = append(x.of[id], candidate{e, p, x.patterns})
			}
			x.patterns++
		}
	}
	x.sieve = newSieve(texts, inner)
	return x
}

// Entries returns the entries that are in use for a language, by category and id.
func (l *Lexicon) Entries(language string) []*Entry {
	list := l.lists[message.Primary(language)]
	if list == nil {
		return nil
	}
	return slices.SortedFunc(slices.Values(list.entries), func(a, b *Entry) int {
		return cmp.Or(cmp.Compare(a.Category, b.Category), cmp.Compare(a.ID, b.ID))
	})
}
