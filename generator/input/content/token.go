package content

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/width"

	"candor/generator/diag"
	"candor/generator/input/tomldoc"
)

var (
	// lastToken is a token at the end of a promise, or what is meant for one.
	lastToken = regexp.MustCompile(`(?:^|[^A-Za-z0-9])((?:[dDｄ][uUｕ][eEｅ]\s*[:：＝=]\s*(` + tomldoc.LooseTime +
		`)|[iIｉ][dDｄ]\s*[:：＝=]\s*([\pL\pN_-]+))(?:\s*[)）])?[。．.；;，,]?)\s*$`)
	// looseDue is a due time anywhere in a promise.
	looseDue = regexp.MustCompile(`(?:^|[^A-Za-z0-9/?&=])([dDｄ][uUｕ][eEｅ]\s*[:：＝=]\s*(` + tomldoc.LooseTime +
		`)(?:\s*[)）])?)`)
	// wrongDue is what is meant for a due time and is none, but not one that is still to be filled in.
	wrongDue = regexp.MustCompile(`(?:^|[^A-Za-z0-9/?&=\[［])((?:due[:：]|[dDｄ][uUｕ][eEｅ]\s*[:：]\s*` +
		`[0-9０-９]{1,4}\s?[-/.年／．]\s?[0-9０-９]{1,2}\s?[-/.月／．]\s?[0-9０-９])[^\s\[［].*)$`)
	// lateID is an id before the end of a promise.
	lateID = regexp.MustCompile(`(?:^|\s)(id:[\pL\pN_-]+)(?:\s|$)`)
	// tightDue is a due time in any text: without a blank, so that it is no sentence.
	tightDue = regexp.MustCompile(`(?:^|[^A-Za-z0-9/?&=])(due[:：](?:` + tomldoc.LooseTime + `))`)
)

// nearLimit bounds how many words at the end of a promise are looked at as what is nearly a token.
const nearLimit = 8

// tokens are what the end of a promise says.
type tokens struct {
	due    tomldoc.Time
	id     string
	cut    int      // where the text without them ends
	from   int      // where the first of them begins that was not written as it should be; -1 if all are
	to     int      // where it ends
	mended string   // the text, with all of them written as they should be
	near   int      // how many words were looked at that are none as they are written
	bare   [2]int   // where id: is without a name
	twice  [2]int   // where a token is of which there is another
	wrong  []string // values of due: that are no times
	at     [][2]int // where they are
}

// readTokens reads the tokens due:… and id:… at the end of a text, and those that are nearly such.
// Plain reports whether a byte is text; nil if all are.
func readTokens(text string, plain func(at int) bool) tokens {
	t := tokens{from: -1, cut: len(strings.TrimRight(text, " \t\n"))}
	tail := text[t.cut:]
	var zone []string // from the end on
	for {
		at, word, ok := t.last(text[:t.cut])
		if !ok {
			slices.Reverse(zone)
			return t.finish(text[:t.cut], strings.Join(zone, ""), tail, plain)
		}
		t.cut = len(strings.TrimRight(text[:at], " \t\n"))
		between := text[t.cut:at]
		if between == "" && t.cut > 0 {
			between = " "
		}
		zone = append(zone, word, between)
	}
}

// last reads the token at the end of a text: where it begins, and how it should be written.
func (t *tokens) last(text string) (at int, word string, ok bool) {
	at = strings.LastIndexAny(text, " \t\n") + 1
	word = text[at:]
	value, isDue := strings.CutPrefix(word, "due:")
	if isDue {
		if due, ok := tomldoc.ParseTime(value); ok {
			if !t.due.IsZero() {
				t.twice = [2]int{at, len(text)}
			}
			t.due = due
			return at, word, true
		}
	}
	if id, ok := strings.CutPrefix(word, "id:"); ok && id != "" && strings.TrimRight(id, "。．.；;，,)）") == id {
		if t.id != "" {
			t.twice = [2]int{at, len(text)}
		}
		t.id = id
		return at, word, true
	}
	if word == "id:" || word == "id：" {
		t.bare = [2]int{at, len(text)}
		return at, word, true
	}
	if t.near++; t.near > nearLimit {
		return 0, "", false
	}
	from := len(text) - len(ending(text))
	m := lastToken.FindStringSubmatchIndex(text[from:])
	switch {
	case m != nil && m[4] >= 0:
		written, ok := tomldoc.NearTime(text[from+m[4] : from+m[5]])
		if !ok {
			return 0, "", false
		}
		word = "due:" + written
		t.due, _ = tomldoc.ParseTime(written)
	case m != nil:
		t.id = width.Narrow.String(text[from+m[6] : from+m[7]])
		word = "id:" + t.id
	case isDue && !looseDue.MatchString(word):
		t.wrong, t.at = append(t.wrong, value), append(t.at, [2]int{at, len(text)})
		return at, word, true
	default:
		return 0, "", false
	}
	at = opened(text, from+m[2], from+m[3])
	t.fault(at, len(text))
	return at, word, true
}

// fault notes where a token is that is not written as it should be. They come from the end on.
func (t *tokens) fault(from, to int) {
	if t.from < 0 {
		t.to = to
	}
	t.from = from
}

// ending returns the part of a text in which its last token is.
func ending(text string) string {
	const most = 120 // bytes: full-width signs take three
	from := max(0, len(text)-most)
	for from > 0 && !utf8.RuneStart(text[from]) {
		from--
	}
	return text[from:]
}

// opened returns where a token begins of which the text has the closing bracket.
func opened(text string, from, to int) int {
	before := strings.TrimRight(text[:from], " ")
	if strings.ContainsAny(text[from:to], ")）") {
		before = strings.TrimSuffix(strings.TrimSuffix(before, "("), "（")
		if len(before) < len(strings.TrimRight(text[:from], " ")) {
			return len(before)
		}
	}
	return from
}

// finish looks for a due time before the tokens at the end, and puts it to them.
func (t tokens) finish(text, zone, tail string, plain func(at int) bool) tokens {
	t.mended = text + zone + tail
	if !t.due.IsZero() || len(t.wrong) > 0 || !strings.ContainsAny(text, ":：＝=") {
		return t
	}
	m, near, ok := looseDue.FindStringSubmatchIndex(text), "", false
	if m != nil {
		near, ok = tomldoc.NearTime(text[m[4]:m[5]])
	}
	if ok && (plain == nil || plain(m[2])) {
		t.fault(opened(text, m[2], m[3]), m[3])
		t.due, _ = tomldoc.ParseTime(near)
		rest := strings.TrimRight(text[:t.from]+strings.TrimLeft(text[m[3]:], " \t"), " \t")
		t.mended = rest + " due:" + near + zone + tail
	} else if m := wrongDue.FindStringSubmatchIndex(text); m != nil && (plain == nil || plain(m[2])) {
		t.wrong = append(t.wrong, strings.TrimLeft(text[m[2]+len("due"):m[3]], " :："))
		t.at = append(t.at, [2]int{m[2], m[3]})
	}
	return t
}

// tokenFaults reports the tokens of a promise that were not written as they should be. The text begins at
// a byte of the source.
func (d *Document) tokenFaults(t tokens, text string, start int) {
	for i, value := range t.wrong {
		d.fault(start+t.at[i][0], start+t.at[i][1], "bad-date", diag.Textf("\"%s\" is not a date and time", value),
			diag.Textf("write due:2026-11-04T18:00"))
	}
	if t.twice[1] > 0 {
		d.slip(d.Source.At(start+t.twice[0], start+t.twice[1], "promise-unread",
			diag.Textf("a promise has one due: and one id:"), diag.Textf("remove one of the two")))
	}
	if m := lateID.FindStringSubmatchIndex(text[:t.cut]); m != nil {
		d.slip(d.Source.At(start+m[2], start+m[3], "promise-unread",
			diag.Textf("id: is read only at the end of a promise, as one word"), diag.Textf("write it there: id:refund")))
	}
	if t.bare[1] > 0 {
		d.slip(d.Source.At(start+t.bare[0], start+t.bare[1], "promise-unread", diag.Textf("no name follows id:"),
			diag.Textf("write id:refund, or remove it")))
	}
	if t.from < 0 {
		return
	}
	d.mended(diag.Instead(start, text, t.mended), "promise-unread",
		diag.Textf("\"%s\" has no effect when written like this", text[t.from:t.to]))
}
