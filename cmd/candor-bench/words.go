package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// lexicon is what one language has to say about a crisis. A sentence is an optional lead, a core and an optional tail,
// each with {slots}; the combinations are many enough that a page compresses about as well as one that people wrote.
type lexicon struct {
	space, stop  string               // between two sentences of a line, and after each
	date         string               // time layout of a day in running text
	leads, tails []string             // "As of {clock}, " · ", and the result will be on this page"
	cores        map[subject][]string // sentences without their stop
	slots        map[string][]string  // words for {city}, {dept}, …
	products     []string
	titles       map[string][]string // incident titles by type
	summary      []string
	affected     []string
	updateTitles map[string][]string // by kind
	headings     map[string]string   // by section id
	emoji        map[string]string   // the same groups, known by their emoji
	questions    []idText
	promises     []idText
	table        []string // header cells of the report's table
	seeFAQ       string   // sentences with one link; %s is its address
	seeIndex     string
	apology      string
	seeUpdate    string
	seeReport    string
	seeSite      string
	faqTitle     string
	reportTitle  string
}

// idText is a text with the id that other files link to.
type idText struct{ id, text string }

// subject says what a sentence is about.
type subject int

const (
	fact    subject = iota // what happened, what is established
	unknown                // what is not, and what hinders
	care                   // what those affected get and can do
	work                   // what has been or is being done
	next                   // what comes next, what will change
	lesson                 // causes, assessment, consequences
)

// writer makes prose for one incident.
type writer struct {
	*lexicon
	rng     *rand.Rand
	product string
	now     time.Time // the instant written about: days in the text lie shortly before it
}

// pick returns one of list.
func (w *writer) pick(list []string) string { return list[w.rng.IntN(len(list))] }

// sentence writes one sentence with its stop.
func (w *writer) sentence(about subject) string {
	return capitalise(w.clause(about)) + w.stop
}

// clause is a sentence before capital and stop: the text of a promise or a list item.
func (w *writer) clause(about subject) string {
	var b strings.Builder
	if w.rng.IntN(100) < 40 {
		b.WriteString(w.pick(w.leads))
	}
	b.WriteString(w.pick(w.cores[about]))
	if w.rng.IntN(100) < 30 {
		b.WriteString(w.pick(w.tails))
	}
	return w.fill(b.String())
}

// paragraph writes n sentences, one a line now and then, as editors who like semantic line breaks do: for Chinese that
// is what the CJK extension is for.
func (w *writer) paragraph(about subject, n int) string {
	sentences := make([]string, n)
	for i := range sentences {
		sentences[i] = w.sentence(about)
	}
	if w.rng.IntN(4) == 0 {
		return strings.Join(sentences, "\n")
	}
	return strings.Join(sentences, w.space)
}

// fill replaces the {slots} of a template.
func (w *writer) fill(template string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(template, "{")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		name, after, closed := strings.Cut(rest, "}")
		if !closed {
			panic("words: unclosed slot in " + template)
		}
		b.WriteString(w.slot(name))
		template = after
	}
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
		return w.now.AddDate(0, 0, -w.rng.IntN(6)).Format(w.date)
	case "batch":
		const letters = "ABCDEFGHKLMNPRSTVWX"
		return fmt.Sprintf("**%c%c%04d**", letters[w.rng.IntN(len(letters))], letters[w.rng.IntN(len(letters))], w.rng.IntN(10000))
	}
	words, ok := w.slots[name]
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
