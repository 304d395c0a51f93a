// Package lexicon finds wording that a crisis page should not have: words that blame the reader,
// apologies that are none, responsibility put elsewhere, stock phrases, quarrels, promises without
// a date, leftovers of templates and drafts, and absolute claims.
//
// What is looked for is data. A word list is TOML; those of Candor are embedded, one for each
// language, and a site extends them with a file of the same form:
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
//	stances = ["full", "partial"]         # if it depends on the stance
//	instead = "Say what it cost whom."    # what to do, in the language of the list
//	instead_en = "…"                      # the same in English, if that is another
//
// An entry with the id of one that is known already adds its patterns and exceptions to it, and
// gives new advice if it gives any; with off = true it takes that entry out of use.
//
// Matching is the same for all languages: by words if these have spaces between them, else by
// characters, in a folded form of the text (fold.go), within one sentence (sentence.go), never over
// inline code. What is in square brackets is no hit, because it is still to be written. What is in
// quotation marks, or in a block that is quoted as a whole, is somebody else's voice: it is a hit
// only if it is officialese. A question is no absolute claim. Inflected forms are found if a list
// has them.
//
// Precision comes first: a finding that is none costs an editor more, in the hour that counts, than
// one that is missed. testdata/labelled.tsv measures both.
//
// A pattern becomes a regular expression, which is compiled when it is first needed and tried only
// on sentences that have one of its anchors, words without which it cannot match (index.go).
// Patterns without such a word, or open at an end, are refused with a diagnostic. Gaps are bounded
// and the package regexp takes linear time, so no list can make matching slow.
//
// A Lexicon does not change and is safe for concurrent use. Making one takes some milliseconds;
// keep it.
package lexicon

import (
	"cmp"
	"embed"
	"slices"
	"sync"

	"candor/generator/diag"
	"candor/generator/message"
)

// Lexicon is a set of word lists, at most one for each language. It does not change; Parse makes
// another.
type Lexicon struct {
	lists map[string]*list // by primary language subtag (BCP 47)
}

// list is what is looked for in one language.
type list struct {
	entries    []*Entry
	exceptions map[Category][]*exception // for all entries of the category
	once       sync.Once
	index      *index    // made when the first text comes
	searches   sync.Pool // of *search
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
	*Entry
	Start, End int // bytes of the source, markup and all
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

//go:embed lists
var files embed.FS

// Default returns the word lists that Candor comes with: Chinese and English. They are read when
// they are first asked for.
var Default = sync.OnceValue(load)

func load() *Lexicon {
	var l *Lexicon
	for _, name := range []string{"lists/zh-Hans.toml", "lists/en.toml"} {
		data, err := files.ReadFile(name)
		if err != nil {
			panic("lexicon: " + err.Error())
		}
		more, found := Parse(diag.Source{Path: name, Data: data}, l)
		if len(found) > 0 {
			panic("lexicon: " + name + ": " + found[0].Message.String())
		}
		l = more
	}
	return l
}
