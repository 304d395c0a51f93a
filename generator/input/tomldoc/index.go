package tomldoc

import (
	"bytes"
	"strconv"
	"strings"
)

// BurntSushi/toml gives no position for a key that decodes well but is not
// wanted, nor for a value of another type than the wanted one. This scanner
// gives one to each key of a text that is known to be TOML; of the values it
// only needs to know where they end. It runs only when something is wrong.

type span struct{ start, end int }

type entry struct{ key, value span }

type index map[string]entry

// Item is a key with its value, or the header of a table, in a text.
type Item struct {
	Path       string // such as "contact.1.value"; of a header that of its table
	Header     bool
	Start, End int // of the key or of the header
	Value      int // where the value begins; of a header its end
	ValueEnd   int
}

// Items returns the keys and headers of a text that is TOML, in its order. The keys of an inline
// table follow its own.
func Items(text []byte) []Item {
	s := newScanner(text, 0)
	s.scan()
	return s.items
}

// find returns the entry at path or, where there is none, the nearest above it.
func (x index) find(path string) entry {
	for path != "" {
		if e, ok := x[path]; ok {
			return e
		}
		i := strings.LastIndexByte(path, '.')
		path = path[:max(i, 0)]
	}
	return entry{}
}

type scanner struct {
	text   []byte
	base   int // offset of text in its file
	at     int
	prefix string
	arrays map[string]int // how many [[tables]] of a path have begun
	found  index
	items  []Item
}

func newScanner(text []byte, base int) *scanner {
	return &scanner{text: text, base: base, arrays: map[string]int{}, found: index{}}
}

func (s *scanner) scan() index {
	for s.skipBlank(); s.at < len(s.text); s.skipBlank() {
		before := s.at
		if s.text[s.at] == '[' {
			s.header()
		} else {
			s.pair(s.prefix)
		}
		if s.at == before {
			s.at++ // never stand still, whatever the text is
		}
	}
	return s.found
}

func (s *scanner) span(from, to int) span { return span{s.base + from, s.base + to} }

// skipBlank passes over white space, line ends and comments.
func (s *scanner) skipBlank() {
	for s.at < len(s.text) {
		switch s.text[s.at] {
		case ' ', '\t', '\r', '\n':
			s.at++
		case '#':
			s.skipLine()
		default:
			return
		}
	}
}

func (s *scanner) skipLine() {
	if i := bytes.IndexByte(s.text[s.at:], '\n'); i >= 0 {
		s.at += i + 1
	} else {
		s.at = len(s.text)
	}
}

func (s *scanner) header() {
	from := s.at
	array := bytes.HasPrefix(s.text[s.at:], []byte("[["))
	for s.at < len(s.text) && s.text[s.at] == '[' {
		s.at++
	}
	names := s.key()
	for s.at < len(s.text) && (s.text[s.at] == ']' || s.text[s.at] == ' ') {
		s.at++
	}
	path := ""
	for i, name := range names {
		path = join(path, name)
		n, isArray := s.arrays[path]
		switch {
		case i == len(names)-1 && array:
			s.arrays[path] = n + 1
			path = join(path, strconv.Itoa(n))
		case isArray:
			path = join(path, strconv.Itoa(n-1))
		}
		s.implied(path, entry{s.span(from, s.at), s.span(from, s.at)})
	}
	s.prefix = path
	s.found[path] = entry{s.span(from, s.at), s.span(from, s.at)}
	s.items = append(s.items, Item{path, true, from, s.at, s.at, s.at})
}

// implied notes where a table is first spoken of, be it only in the name of
// another.
func (s *scanner) implied(path string, at entry) {
	if _, known := s.found[path]; !known {
		s.found[path] = at
	}
}

func (s *scanner) pair(prefix string) {
	from := s.at
	names := s.key()
	to := s.at
	for to > from && (s.text[to-1] == ' ' || s.text[to-1] == '\t') {
		to--
	}
	if s.at < len(s.text) && s.text[s.at] == '=' {
		s.at++
	}
	for s.at < len(s.text) && (s.text[s.at] == ' ' || s.text[s.at] == '\t') {
		s.at++
	}
	path := prefix
	for _, name := range names {
		path = join(path, name)
		s.implied(path, entry{s.span(from, to), s.span(from, to)})
	}
	valueFrom, i := s.at, len(s.items)
	s.items = append(s.items, Item{path, false, from, to, s.at, s.at})
	s.value(path)
	s.items[i].ValueEnd = s.at
	s.found[path] = entry{s.span(from, to), s.span(valueFrom, s.at)}
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// key reads a bare, quoted or dotted key and stops at what follows it.
func (s *scanner) key() []string {
	var names []string
	for s.at < len(s.text) {
		switch c := s.text[s.at]; c {
		case ' ', '\t', '.':
			s.at++
		case '"', '\'':
			from := s.at
			s.quoted(c)
			name := string(s.text[from:s.at])
			if unquoted, err := strconv.Unquote(name); err == nil && c == '"' {
				name = unquoted
			} else {
				name = strings.Trim(name, string(c))
			}
			names = append(names, name)
		case '=', ']', '\n', '\r', '#':
			return names
		default:
			from := s.at
			for s.at < len(s.text) && !bytes.ContainsRune([]byte(" \t.=]\r\n#\"'"), rune(s.text[s.at])) {
				s.at++
			}
			names = append(names, string(s.text[from:s.at]))
		}
	}
	return names
}

// quoted passes over a string of either kind, single-line or multi-line.
func (s *scanner) quoted(quote byte) {
	delimiter := []byte{quote}
	if triple := bytes.Repeat(delimiter, 3); bytes.HasPrefix(s.text[s.at:], triple) {
		delimiter = triple
	}
	s.at += len(delimiter)
	for s.at < len(s.text) {
		switch {
		case quote == '"' && s.text[s.at] == '\\':
			s.at = min(s.at+2, len(s.text))
		case bytes.HasPrefix(s.text[s.at:], delimiter):
			s.at += len(delimiter)
			for len(delimiter) == 3 && s.at < len(s.text) && s.text[s.at] == quote {
				s.at++ // up to two quotation marks may end the text itself
			}
			return
		default:
			s.at++
		}
	}
}

// value passes over one value and indexes the keys of inline tables in it.
func (s *scanner) value(path string) {
	if s.at >= len(s.text) {
		return
	}
	switch c := s.text[s.at]; c {
	case '"', '\'':
		s.quoted(c)
	case '[':
		s.at++
		for n := 0; s.skipSeparators(']'); n++ {
			s.element(join(path, strconv.Itoa(n)))
		}
	case '{':
		s.at++
		for s.skipSeparators('}') {
			before := s.at
			s.pair(path)
			if s.at == before {
				s.at++
			}
		}
	default:
		from := s.at
		for s.at < len(s.text) && !bytes.ContainsRune([]byte(",]}\r\n#"), rune(s.text[s.at])) {
			s.at++
		}
		for s.at > from && (s.text[s.at-1] == ' ' || s.text[s.at-1] == '\t') {
			s.at--
		}
	}
}

func (s *scanner) element(path string) {
	from := s.at
	s.value(path)
	if s.at == from {
		s.at++
	}
	s.found[path] = entry{s.span(from, s.at), s.span(from, s.at)}
}

// skipSeparators moves to the next element and says whether there is one; the
// closing bracket is passed over.
func (s *scanner) skipSeparators(closing byte) bool {
	for {
		s.skipBlank()
		if s.at >= len(s.text) {
			return false
		}
		switch s.text[s.at] {
		case ',':
			s.at++
		case closing:
			s.at++
			return false
		default:
			return true
		}
	}
}
