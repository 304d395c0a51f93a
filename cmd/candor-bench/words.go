package main

import (
	"embed"
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/BurntSushi/toml"
)

// data holds the words, the photograph of the corpus "written", and the theme of the Hugo site.
//
//go:embed all:data
var data embed.FS

// lexicon is what one language has to say about a crisis. A sentence is an optional lead, a core and an optional tail,
// each with {slots}; the combinations are many enough that a page compresses about as well as one that people wrote.
type lexicon struct {
	Space, Stop string              // between two sentences of a line, and after each
	Date        string              // time layout of a day in running text
	Leads       []string            // "As of {clock}, "
	Tails       []string            // ", and the result will be on this page"
	Cores       map[string][]string // sentences without their stop, by subject
	Slots       map[string][]string // words for {city}, {dept}, …
	Products    []string
	Titles      map[string][]string // incident titles by type
	Summary     []string
	Affected    []string
	UpdateTitle map[string][]string `toml:"update_titles"` // by kind
	Headings    map[string]string   // by section id
	Emoji       map[string]string   // the same groups, known by their emoji
	Questions   [][2]string         // id and text
	Promises    [][2]string         // id and text
	Table       []string            // header cells of the report's table
	See         map[string]string   // sentences with one link, by what it leads to; %s is its address
	Apology     string
	FAQTitle    string `toml:"faq_title"`
	ReportTitle string `toml:"report_title"`
	Careless    struct {
		Stock, Undated, Alt []string
		Other, Section      string
	}
}

// The subjects of sentences: the keys of Cores.
const (
	fact    = "fact"    // what happened, what is established
	unknown = "unknown" // what is not, and what hinders
	care    = "care"    // what those affected get and can do
	work    = "work"    // what has been or is being done
	next    = "next"    // what comes next, what will change
	lesson  = "lesson"  // causes, assessment, consequences
)

// lexicons are the two languages: half of the incidents are in each.
var lexicons = sync.OnceValue(func() (both [2]*lexicon) {
	for i, tag := range []string{"zh-Hans", "en"} {
		both[i] = &lexicon{}
		if _, err := toml.DecodeFS(data, "data/"+tag+".toml", both[i]); err != nil {
			panic(err)
		}
	}
	return both
})

// writer makes prose for one incident.
type writer struct {
	*lexicon
	rng     *rand.Rand
	product string
	now     time.Time // the instant written about: days in the text lie shortly before it
}

// pick returns one of list.
func (w *writer) pick(list []string) string { return list[w.rng.IntN(len(list))] }

// sentence writes one sentence with its stop: perhaps a lead, a core, perhaps a tail.
func (w *writer) sentence(about string) string {
	var b strings.Builder
	if w.rng.IntN(100) < 40 {
		b.WriteString(w.pick(w.Leads))
	}
	b.WriteString(w.pick(w.Cores[about]))
	if w.rng.IntN(100) < 30 {
		b.WriteString(w.pick(w.Tails))
	}
	return capitalise(w.fill(b.String())) + w.Stop
}

// paragraph writes n sentences, one a line now and then, as editors who like semantic line breaks do: for Chinese that
// is what the CJK extension is for.
func (w *writer) paragraph(about string, n int) string {
	sentences := make([]string, n)
	for i := range sentences {
		sentences[i] = w.sentence(about)
	}
	if w.rng.IntN(4) == 0 {
		return strings.Join(sentences, "\n")
	}
	return strings.Join(sentences, w.Space)
}

var slotName = regexp.MustCompile(`\{\w+\}`)

// fill replaces the {slots} of a template.
func (w *writer) fill(template string) string {
	return slotName.ReplaceAllStringFunc(template, func(slot string) string { return w.slot(slot[1 : len(slot)-1]) })
}

// slot returns one value for a slot.
func (w *writer) slot(name string) string {
	switch name {
	case "product":
		return w.product
	case "n":
		return fmt.Sprint(2 + w.rng.IntN(97))
	case "many":
		return fmt.Sprintf("%d,%03d", 1+w.rng.IntN(48), w.rng.IntN(1000))
	case "pct":
		return fmt.Sprintf("%d.%d%%", w.rng.IntN(40), 1+w.rng.IntN(9))
	case "clock":
		return fmt.Sprintf("%02d:%02d", 7+w.rng.IntN(15), 5*w.rng.IntN(12))
	case "day":
		return w.now.AddDate(0, 0, -w.rng.IntN(6)).Format(w.Date)
	case "batch":
		const letters = "ABCDEFGHKLMNPRSTVWX"
		letter := func() byte { return letters[w.rng.IntN(len(letters))] }
		return fmt.Sprintf("**%c%c%04d**", letter(), letter(), w.rng.IntN(10000))
	}
	words, ok := w.Slots[name]
	if !ok {
		panic("words: no such slot: " + name)
	}
	return w.pick(words)
}

// capitalise makes the first letter of an English sentence a capital; Chinese has none.
func capitalise(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[size:]
}
