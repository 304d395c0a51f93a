package translation

import (
	"bytes"
	"regexp"
	"slices"
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

// hidden is what a reader of Markdown does not see as text: addresses, tokens of
// promises, attributes, numbers of lists, character references, comments.
var hidden = regexp.MustCompile(`\]\([^)\n]*\)|<[^>\n]*>|https?://\S+|\b(?:due|id):\S+|\{#[^}\n]*\}|(?m:^[ \t]*\d+[.)][ \t])|&#?\w+;`)

// readable blanks what is hidden, so that all else stays where it is.
func readable(text []byte) string {
	if !bytes.ContainsAny(text, "(<:{&") && !numbered(text) { // it takes a tenth of the time that hidden does
		return string(text)
	}
	return string(hidden.ReplaceAllFunc(text, func(m []byte) []byte {
		return []byte(strings.Repeat(" ", len(m)))
	}))
}

// numbered says whether a line may begin with a number, as those of lists do.
func numbered(text []byte) bool {
	for line := range bytes.Lines(text) {
		line = bytes.TrimLeft(line, " \t")
		if len(line) > 0 && '0' <= line[0] && line[0] <= '9' {
			return true
		}
	}
	return false
}

// most is how many comparisons of quantities a block is worth: no text that is
// meant to be read needs more.
const most = 1 << 20

// compare returns the quantities by which two texts differ.
func compare(original string, from words, translation string, to words) []difference {
	if original == translation {
		return nil
	}
	a, softA := quantities(original, from)
	b, softB := quantities(translation, to)
	if (len(a)+len(softA))*(len(b)+len(softB)) > most {
		return nil
	}
	a, b = settle(a, b, softA, softB, from.known && to.known)
	var list []difference
	for i := range max(len(a), len(b)) {
		var d difference
		if i < len(a) {
			d.there = original[a[i].start:a[i].end]
		}
		if i < len(b) {
			d.here, d.start, d.end = translation[b[i].start:b[i].end], b[i].start, b[i].end
		}
		list = append(list, d)
	}
	return list
}

// settle takes out what the two have in common, and what may be the same.
func settle(a, b, softA, softB []quantity, known bool) (restA, restB []quantity) {
	a, b = cross(a, b, func(x, y quantity) bool { return x.sense == y.sense && x.same(y) })
	a, b = cross(a, b, quantity.same)
	a, b = cross(a, b, onTheHour)
	a = excuse(a, softB, softA, known)
	b = excuse(b, softA, softB, known)
	if !known {
		a, b = cross(a, b, scaled)
	}
	if j := joined(a); j != "" && j == joined(b) { // 400-000 and 400 000
		return nil, nil
	}
	return a, b
}

// cross takes out pairs that are the same, each quantity once. The parts of dates
// need to be said once on each side.
func cross(a, b []quantity, same func(x, y quantity) bool) (restA, restB []quantity) {
	taken := make([]bool, len(b))
	for _, x := range a {
		found := false
		for j, y := range b {
			if !taken[j] && same(x, y) {
				taken[j], found = true, true
				break
			}
		}
		if !found && x.once() {
			for j, y := range b {
				found = found || taken[j] && same(x, y)
			}
		}
		if !found {
			restA = append(restA, x)
		}
	}
	for j, y := range b {
		if taken[j] {
			continue
		}
		again := false
		if y.once() {
			for i := range a {
				again = again || same(a[i], y)
			}
		}
		if !again {
			restB = append(restB, y)
		}
	}
	return restA, restB
}

// onTheHour says whether one is a full hour and the other the same number: in a
// range such as 8–12时 the first has no sign of its own.
func onTheHour(x, y quantity) bool {
	if x.sense != clock {
		x, y = y, x
	}
	return x.sense == clock && (y.sense == amount || y.sense == day) && sameClock(x, quantity{value: 60 * y.value, vague: y.value <= 12})
}

// excuse takes out numbers that the other side says in words. A word on both
// sides excuses nothing; of one and two, which words say in passing, any does.
func excuse(list, others, own []quantity, known bool) []quantity {
	var rest []quantity
	used := map[float64]int{}
	for _, q := range list {
		if !known && (q.sense == month || q.sense != clock && q.value < 13 || q.sense == clock && onHour(q)) {
			continue // it may be there in words that nobody knows
		}
		if q.sense == clock {
			named := func(o quantity) bool { return o.sense == clock && sameClock(o, q) }
			if !slices.ContainsFunc(others, named) { // noon and midnight have names
				rest = append(rest, q)
			}
			continue
		}
		free := count(others, q.value)
		if q.value > 2 {
			free -= count(own, q.value)
		}
		if used[q.value] < free {
			used[q.value]++
			continue
		}
		rest = append(rest, q)
	}
	return rest
}

func onHour(q quantity) bool { return int(q.value)%60 == 0 }

func count(list []quantity, value float64) int {
	n := 0
	for _, q := range list {
		if q.sense == amount && near(q.value, value) {
			n++
		}
	}
	return n
}

// scaled says whether one number is the other in thousands or millions, by a
// word that nobody knows.
func scaled(x, y quantity) bool {
	if x.sense == clock || y.sense == clock || x.value == 0 || y.value == 0 {
		return false
	}
	for _, factor := range [...]float64{1e2, 1e3, 1e4, 1e5, 1e6, 1e8, 1e9} {
		if near(x.value, y.value*factor) || near(y.value, x.value*factor) {
			return true
		}
	}
	return false
}

// joined puts the digits of amounts behind one another; it is empty where there
// are times and dates among them.
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
