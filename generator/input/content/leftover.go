package content

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"candor/generator/diag"
	"candor/generator/input/prose"
)

// A sign is what is left of markup in a text: **, __, ~~, ` or ](. Most that look like one are
// none: the name 王**, the number 138****0917, 3**4, a blank ____, 好的~~, don`t.
type sign struct {
	mark       string
	start, end int  // in the text
	opens      bool // something can be marked that begins behind it
	closes     bool // something can be marked that ends before it
	apart      bool // it can open what is marked, but for a blank behind it
	behind     bool // the same, directly behind a word: only what ends like it closes it
	ends       bool // it can close what is marked, but for a blank before it
	inside     bool // it is between two letters of a script without blanks
	alone      bool // it is markup even if nothing closes it
}

// wideStar is a full-width *.
const wideStar = "＊"

// Of a name that is masked before its last letters, these are what is left.
var titles = [...]string{"先生", "女士", "小姐", "老师", "老師", "同学", "同學"}

// signs returns the signs in text[start:end], as they stand in the source.
func signs(text string, start, end int) []sign {
	if part := text[start:end]; !strings.ContainsAny(part, "*_~`(") && !strings.Contains(part, wideStar) {
		return nil
	}
	var list []sign
	for at := start; at < end; {
		switch c := text[at]; c {
		case '\\':
			at += 2
		case '*', '_', '~', '`':
			n := 1
			for at+n < end && text[at+n] == c {
				n++
			}
			if s, ok := newSign(text, at, at+n); ok {
				list = append(list, s)
			}
			at += n
		case wideStar[0]:
			n := len(text[at:end]) - len(strings.TrimLeft(text[at:end], wideStar))
			if n == 2*len(wideStar) {
				if s, ok := newSign(text, at, at+n); ok {
					list = append(list, s)
				}
			}
			at += max(1, n)
		case ']':
			if at+1 < end && text[at+1] == '(' && !strings.Contains(lineTo(text, at), "[") {
				list = append(list, sign{mark: "](", start: at, end: at + 2, alone: true})
			}
			at++
		default:
			at++
		}
	}
	return list
}

// lineTo returns a line up to a place in it.
func lineTo(text string, at int) string { return text[strings.LastIndexByte(text[:at], '\n')+1 : at] }

// newSign returns the sign that a run of one character is.
func newSign(text string, start, end int) (s sign, ok bool) {
	before, _ := utf8.DecodeLastRuneInString(text[:start])
	after, _ := utf8.DecodeRuneInString(text[end:])
	left, right := word(before) || before == '_' && text[start] == '*', word(after)
	s = sign{mark: text[start:end], start: start, end: end}
	switch {
	case s.mark[0] == '`':
		s.alone = !unicode.IsLetter(before) || !unicode.IsLetter(after)
		return s, s.alone
	case len(s.mark) != 2 && s.mark != "***" && s.mark != wideStar+wideStar:
		return s, false
	}
	s.opens = (right || opensQuote(after)) && !(left && right)
	s.closes = start > 0 && !unicode.IsSpace(before) && !(left && right)
	s.apart = (after == ' ' || after == '\u3000') && !word(lastVisible(text[:start]))
	s.behind = (after == ' ' || after == '\u3000') && ideographic(before)
	s.ends = before == ' ' || before == '\u3000'
	s.inside = text[start] == '*' && ideographic(before) && ideographic(after)
	letters := firstWord(text[end:])
	short := utf8.RuneCountInString(letters) < 2
	switch s.mark[0] {
	case '*', wideStar[0]:
		for _, title := range titles {
			short = short || strings.HasPrefix(letters, title)
		}
		if right && short { // the last letter of a name
			s.opens = false
		}
		s.alone = s.opens && !left
	case '_':
		s.opens = s.opens && !left && !(right && short)
		s.closes = s.closes && !right
	case '~':
		s.alone = s.opens && !left && !short && unicode.IsLetter(after)
	}
	return s, s.opens || s.closes || s.apart || s.behind || s.ends || s.inside
}

// firstWord returns the letters and digits at the beginning of a text.
func firstWord(text string) string {
	end := strings.IndexFunc(text, func(r rune) bool { return !word(r) })
	if end < 0 {
		return text
	}
	return text[:end]
}

func word(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r))
}

func opensQuote(r rune) bool {
	return unicode.In(r, unicode.Ps, unicode.Pi) || r == '"' || r == '\''
}

// lastVisible returns the last code point of a line that is no blank; a line end if there is none.
func lastVisible(text string) rune {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(text, wideBlanks))
	return r
}

// left returns the signs that are left of markup: those that mark something together, and those
// that are markup even alone; of each kind the first.
func left(list []sign) []sign {
	var found []sign
	seen := map[byte]bool{}
	for i, s := range list {
		if seen[s.mark[0]] || !s.alone && !closed(s, list[i+1:]) {
			continue
		}
		seen[s.mark[0]] = true
		found = append(found, s)
	}
	return found
}

// closed reports whether one of the following signs closes s.
func closed(s sign, following []sign) bool {
	for _, f := range following {
		apart := s.apart && (f.closes || f.ends || f.inside) || s.behind && f.ends
		if f.mark == s.mark && (s.opens && f.closes || apart && f.start > s.end+1) {
			return true
		}
	}
	return false
}

// LeftIn returns the first sign of markup in a text that is shown as it is, such as a title; empty
// if there is none.
func LeftIn(text string) string {
	for _, s := range left(signs(text, 0, len(text))) {
		return s.mark
	}
	return ""
}

// leftovers reports the signs of markup that are left in the words of the document.
func (d *Document) leftovers() {
	for _, b := range d.Prose {
		if len(d.Markup) >= markupLimit {
			return
		}
		d.foreigners(b)
		d.singles(b)
		var list []sign
		for _, run := range b.Runs {
			if run.Text != prose.Object && run.Text != "\n" {
				list = append(list, signs(d.Text, run.Start, run.End)...)
			}
		}
		for _, s := range left(list) {
			escaped := `\` + strings.Join(strings.Split(s.mark, ""), `\`)
			found := d.Source.At(s.start, s.end, "markup",
				diag.Textf("%s had no effect here and is left in the text", s.mark),
				diag.Textf("close it after the last word that you mean, or write it as %s", escaped))
			found.Severity = diag.Warning
			d.slip(found)
		}
	}
}

// single is what may be meant as emphasis, and is read as a product or as a name: 请*务必*停用.
var single = regexp.MustCompile(`\pL(\*)([\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]{2,})\*\pL`)

// singles reports single asterisks between Chinese, Japanese or Korean letters around more than one letter.
func (d *Document) singles(b prose.Block) {
	for _, run := range b.Runs {
		if run.Text == prose.Object || !strings.Contains(run.Text, "*") {
			continue
		}
		m := single.FindStringSubmatchIndex(d.Text[run.Start:run.End])
		if m == nil || strings.ContainsAny(d.Text[run.Start+m[4]:run.Start+m[5]], "和与及或") {
			continue
		}
		word := d.Text[run.Start+m[4] : run.Start+m[5]]
		found := d.Source.At(run.Start+m[2], run.Start+m[5]+1, "markup",
			diag.Textf("one * between letters is not markup and is shown as it is"),
			diag.Textf("to stress the word, write **%s**; for a product, write ×; for an asterisk, write \\*", word))
		found.Severity = diag.Warning
		d.slip(found)
		return
	}
}
