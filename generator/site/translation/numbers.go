package translation

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"candor/generator/diag"
)

// difference is a quantity that one side has and the other has not.
type difference struct {
	there, here string // as written; empty on the side that lacks it
	start, end  int    // of here
}

func (d difference) message(name diag.Text) diag.Text {
	switch {
	case d.here == "":
		return diag.Textf("%s says %s in the original, which is missing here", name, d.there)
	case d.there == "":
		return diag.Textf("%s says %s here, which the original does not", name, d.here)
	}
	return diag.Textf("%s says %s in the original, %s here", name, d.there, d.here)
}

func numberHint() diag.Text {
	return diag.Textf("numbers and times are the same in all languages; if both are right, write both in digits")
}

// hidden is what a reader of Markdown does not see as text: addresses, comments,
// attributes, tokens of promises, numbers of lists, character references. Each has
// a pattern of its own, for one that begins with a literal is ten times as fast.
var hidden = []*regexp.Regexp{
	regexp.MustCompile(`\]\([^)\n]*\)`), regexp.MustCompile(`<[^>\n]*>`), regexp.MustCompile(`https?://\S+`),
	regexp.MustCompile(`\{#[^}\n]*\}`), regexp.MustCompile(` due:\S+`), regexp.MustCompile(` id:\S+`),
	regexp.MustCompile(`\n[ \t]*\d+[.)][ \t]`), regexp.MustCompile(`&#?\w+;`),
}

// readable blanks what is hidden, so that all else stays where it is.
func readable(block []byte) string {
	text := "\n" + string(block)
	for _, pattern := range hidden {
		text = pattern.ReplaceAllStringFunc(text, func(m string) string { return strings.Repeat(" ", len(m)) })
	}
	return text[1:]
}

// compare returns the first quantities by which two texts differ.
func compare(original string, from locale, translation string, to locale) []difference {
	if original == translation {
		return nil
	}
	textA, textB := narrow(original), narrow(translation)
	a, b := quantities(textA, from), quantities(textB, to)
	for _, same := range [...]func(x, y quantity) bool{alike, likeliest, possible} {
		a, b = cross(a, b, same)
	}
	if len(a)+len(b) == 0 {
		return nil
	}
	if from.known && to.known {
		wordsA, wordsB := spoken(textA), spoken(textB)
		a, b = excuse(a, wordsA, wordsB), excuse(b, wordsB, wordsA)
	} else {
		a, b = slices.DeleteFunc(a, nameable), slices.DeleteFunc(b, nameable)
		a, b = cross(a, b, scaled)
	}
	if j := joined(a); j != "" && j == joined(b) { // 400-000 and 400 000
		return nil
	}
	var list []difference
	for i := range min(max(len(a), len(b)), findingsLimit) { // each looks for its place anew
		var d difference
		if i < len(a) {
			d.there = original[offset(original, textA, a[i].start):offset(original, textA, a[i].end)]
		}
		if i < len(b) {
			d.start, d.end = offset(translation, textB, b[i].start), offset(translation, textB, b[i].end)
			d.here = translation[d.start:d.end]
		}
		list = append(list, d)
	}
	return list
}

// most is how many comparisons of quantities a block is worth: no text that is
// meant to be read needs more.
const most = 1 << 20

// cross takes out pairs that are the same, each quantity once. The parts of dates
// need to be said only once on each side.
func cross(a, b []quantity, same func(x, y quantity) bool) (restA, restB []quantity) {
	if len(a)*len(b) > most {
		return nil, nil
	}
	taken := make([]bool, len(b))
	for _, x := range a {
		found, said := false, false
		for j, y := range b {
			if !same(x, y) {
				continue
			}
			if said = taken[j]; !said {
				taken[j], found = true, true
				break
			}
		}
		if !found && !(said && x.once) {
			restA = append(restA, x)
		}
	}
	for j, y := range b {
		if !taken[j] && !(y.once && slices.ContainsFunc(a, func(x quantity) bool { return same(x, y) })) {
			restB = append(restB, y)
		}
	}
	return restA, restB
}

// alike reports whether two quantities are one in their likeliest meaning, in dates
// or outside of them.
func alike(x, y quantity) bool { return x.once == y.once && likeliest(x, y) }

// likeliest reports whether two quantities are one in their likeliest meaning.
func likeliest(x, y quantity) bool { return x.is[0] == y.is[0] }

// possible reports whether two quantities may be one: the likeliest meaning of one is
// a meaning of the other.
func possible(x, y quantity) bool {
	return slices.Contains(x.is, y.is[0]) || slices.Contains(y.is, x.is[0])
}

// excuse takes out numbers that the other side says in words. A word that both
// sides have excuses nothing, but for zero, one, two, noon and midnight, which texts
// say in passing.
func excuse(list, own, others []quantity) []quantity {
	inPassing := []string{"0", "1", "2", "0:00", "12:00"}
	_, others = cross(own, others, func(x, y quantity) bool {
		return likeliest(x, y) && !slices.Contains(inPassing, x.is[0])
	})
	list, _ = cross(list, others, func(x, word quantity) bool { return slices.Contains(word.is, x.is[0]) })
	return list
}

// nameable reports whether a quantity may be said in a word that nobody here
// knows: months, full hours, and numbers below 13.
func nameable(q quantity) bool {
	n, err := strconv.ParseFloat(q.is[0], 64)
	return err == nil && n < 13 || err != nil && !strings.Contains(q.is[0], ":") || strings.HasSuffix(q.is[0], ":00")
}

// scaled reports whether one number is the other in thousands or millions, by a
// word that nobody here knows.
func scaled(x, y quantity) bool {
	a, errA := strconv.ParseFloat(x.is[0], 64)
	b, errB := strconv.ParseFloat(y.is[0], 64)
	if errA != nil || errB != nil || a == 0 || b == 0 {
		return false
	}
	ratio := meaning(max(a, b) / min(a, b))
	return slices.Contains([]string{"100", "1000", "10000", "100000", "1000000", "100000000", "1000000000"}, ratio)
}

// joined puts the digits of numbers behind one another; it is empty if there are
// times and dates among them.
func joined(list []quantity) string {
	var b strings.Builder
	for _, q := range list {
		if q.digits == "" {
			return ""
		}
		b.WriteString(q.digits)
	}
	return b.String()
}
