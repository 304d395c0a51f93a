package verify

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/text/unicode/norm"
)

// shown is what a page shows: its words with one space between them, or a line feed if an element begins or
// ends there, and where in them each element with an id begins and ends.
type shown struct {
	words    string
	ids      map[string][][2]int
	articles map[string]bool // ids of article elements
	times    map[string]bool // the datetime of all time elements
}

// open is an element whose end has not come yet.
type open struct {
	name, id string
	from     int
	hidden   bool
}

// inline are elements within a sentence, as Markdown makes them. All others divide.
var inline = map[string]bool{"a": true, "em": true, "strong": true, "del": true, "br": true, "wbr": true}

// void are elements that have no end.
var void = map[string]bool{"area": true, "base": true, "br": true, "col": true, "embed": true, "hr": true, "img": true,
	"input": true, "link": true, "meta": true, "source": true, "track": true, "wbr": true}

// unseen are elements whose text nobody sees.
var unseen = map[string]bool{"script": true, "style": true, "template": true, "head": true, "noscript": true}

// read reads a page.
func read(page []byte) *shown {
	s := &shown{ids: map[string][][2]int{}, articles: map[string]bool{}, times: map[string]bool{}}
	var b words
	var stack []open
	tokens := html.NewTokenizer(strings.NewReader(string(page)))
	for {
		switch kind := tokens.Next(); kind {
		case html.ErrorToken:
			for len(stack) > 0 {
				stack = s.end(stack, &b)
			}
			s.words = b.String()
			return s
		case html.TextToken:
			if len(stack) == 0 || !stack[len(stack)-1].hidden {
				b.add(string(tokens.Text()))
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			t := tokens.Token()
			o := s.start(t, &b)
			if !void[t.Data] && kind == html.StartTagToken {
				o.hidden = o.hidden || len(stack) > 0 && stack[len(stack)-1].hidden
				stack = append(stack, o)
			}
		case html.EndTagToken:
			name, _ := tokens.TagName()
			stack = s.close(stack, string(name), &b)
		}
	}
}

// start takes in the beginning of an element.
func (s *shown) start(t html.Token, b *words) open {
	o := open{name: t.Data, hidden: unseen[t.Data]}
	if !inline[t.Data] {
		b.divide()
	} else if void[t.Data] {
		b.add(" ")
	}
	o.from = b.Len()
	for _, a := range t.Attr {
		switch a.Key {
		case "id":
			o.id = a.Val
			s.articles[o.id] = s.articles[o.id] || t.Data == "article"
		case "hidden":
			o.hidden = true
		case "datetime":
			s.times[a.Val] = true
		}
	}
	return o
}

// close takes in the end of an element, and of those in it that were left open.
func (s *shown) close(stack []open, name string, b *words) []open {
	for i := len(stack) - 1; i >= 0; i-- {
		if stack[i].name != name {
			continue
		}
		for len(stack) > i {
			stack = s.end(stack, b)
		}
		break
	}
	return stack
}

func (s *shown) end(stack []open, b *words) []open {
	o := stack[len(stack)-1]
	if !inline[o.name] {
		b.divide()
	}
	if o.id != "" {
		s.ids[o.id] = append(s.ids[o.id], [2]int{o.from, b.Len()})
	}
	return stack[:len(stack)-1]
}

// within returns what the elements with an id show; nil if there is none.
func (s *shown) within(id string) []string {
	var list []string
	for _, at := range s.ids[id] {
		list = append(list, s.words[at[0]:at[1]])
	}
	return list
}

// words builds words with something between them.
type words struct {
	strings.Builder
	gap byte // what comes before the next word; 0 if it goes on with the last one
}

func (w *words) divide() { w.gap = '\n' }

// add adds text: its letters and digits, and what gives a number another meaning.
func (w *words) add(text string) {
	for _, r := range norm.NFC.String(text) {
		if !counts(r) {
			if w.gap == 0 {
				w.gap = ' '
			}
			continue
		}
		if w.gap != 0 && w.Len() > 0 {
			w.WriteByte(w.gap)
		}
		w.gap = 0
		w.WriteRune(r)
	}
}

func counts(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) || unicode.Is(unicode.Sc, r) || r == '%' || r == '‰'
}

// wordsOf returns the words of a text.
func wordsOf(text string) string {
	var w words
	w.add(text)
	return w.String()
}

// has reports whether some words are all that a piece of a text says, from where an element begins or ends
// to where one does. Where a side is open, the piece goes on with something that is not compared.
func has(text, some string, openLeft, openRight bool) bool {
	if some == "" {
		return true
	}
	if !openLeft {
		some = "\n" + some
	}
	if !openRight {
		some += "\n"
	}
	return strings.Contains("\n"+text+"\n", some)
}
