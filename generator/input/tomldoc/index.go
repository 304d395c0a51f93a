package tomldoc

import (
	"bytes"
	"strconv"
	"strings"
)

// BurntSushi/toml gives no position for a key that decodes well but is not
// wanted, nor for a value of another type than the wanted one. This scanner
// gives one to each key of a text that is known to be TOML; of the values it
// only needs to know where they end. It runs only if something is wrong.

// Item is a key with its value, or the header of a table, in a text.
type Item struct {
	Path       string // such as "contact.1.value"; for a header, the path of its table
	Header     bool
	Start, End int // of the key or of the header
	Value      int // start of the value; for a header, its end
	ValueEnd   int
}

// Items returns the keys and headers of a text that is TOML, in its order. The keys of an inline
// table follow its own.
func Items(text []byte) []Item {
	s := newScanner(text, 0)
	s.scan()
	return s.items
}

// index has an Item for each path that a finding can name. For what is not a key with a
// value, such as a table or an element of an array, the value is all of it.
type index map[string]Item

// find returns the item at path or, if there is none, the nearest above it.
func (x index) find(path string) Item {
	for path != "" {
		if item, ok := x[path]; ok {
			return item
		}
		path = path[:max(strings.LastIndexByte(path, '.'), 0)]
	}
	return Item{}
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
		s.at = max(s.at, before+1) // always move on, even if the text is not TOML
	}
	return s.found
}

// item returns the Item of a path from one place to another, which is its own value.
func (s *scanner) item(path string, from, to int) Item {
	return Item{Path: path, Start: s.base + from, End: s.base + to, Value: s.base + from, ValueEnd: s.base + to}
}

// imply notes where a table is first named, if only as a part of another name.
func (s *scanner) imply(path string, from, to int) {
	if _, known := s.found[path]; !known {
		s.found[path] = s.item(path, from, to)
	}
}

// skip passes over bytes of a set.
func (s *scanner) skip(set string) {
	for s.at < len(s.text) && strings.IndexByte(set, s.text[s.at]) >= 0 {
		s.at++
	}
}

// skipTo passes over all bytes before one of a set.
func (s *scanner) skipTo(set string) {
	if i := bytes.IndexAny(s.text[s.at:], set); i >= 0 {
		s.at += i
	} else {
		s.at = len(s.text)
	}
}

// skipBlank passes over white space, line ends and comments.
func (s *scanner) skipBlank() {
	for s.skip(" \t\r\n"); s.at < len(s.text) && s.text[s.at] == '#'; s.skip(" \t\r\n") {
		s.skipTo("\n")
	}
}

// trimmed returns the end of text from a place to here, without blanks at its end.
func (s *scanner) trimmed(from int) int { return from + len(bytes.TrimRight(s.text[from:s.at], " \t")) }

func (s *scanner) header() {
	from := s.at
	array := bytes.HasPrefix(s.text[s.at:], []byte("[["))
	s.skip("[")
	names := s.key()
	s.skip("] ")
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
		s.imply(path, from, s.at)
	}
	s.prefix = path
	item := s.item(path, from, s.at)
	s.found[path] = item
	item.Header, item.Value = true, item.End
	s.items = append(s.items, item)
}

func (s *scanner) pair(prefix string) {
	from := s.at
	names := s.key()
	to := s.trimmed(from)
	if s.at < len(s.text) && s.text[s.at] == '=' {
		s.at++
	}
	s.skip(" \t")
	path := prefix
	for _, name := range names {
		path = join(path, name)
		s.imply(path, from, to)
	}
	item := s.item(path, from, to)
	item.Value = s.base + s.at
	i := len(s.items)
	s.items = append(s.items, item)
	s.value(path)
	item.ValueEnd = s.base + s.at
	s.items[i], s.found[path] = item, item
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
	for s.skip(" \t."); s.at < len(s.text); s.skip(" \t.") {
		from := s.at
		switch c := s.text[s.at]; c {
		case '"', '\'':
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
			s.skipTo(" \t.=]\r\n#\"'")
			names = append(names, string(s.text[from:s.at]))
		}
	}
	return names
}

// quoted passes over a string of any kind. One on a single line that is not closed ends with its
// line.
func (s *scanner) quoted(quote byte) {
	delimiter := []byte{quote}
	if triple := bytes.Repeat(delimiter, 3); bytes.HasPrefix(s.text[s.at:], triple) {
		delimiter = triple
	}
	s.at += len(delimiter)
	for s.at < len(s.text) {
		rest := s.text[s.at:]
		switch {
		case rest[0] == '\n' && len(delimiter) == 1:
			return
		case quote == '"' && rest[0] == '\\' && len(rest) > 1 && rest[1] != '\n':
			s.at += 2
		case bytes.HasPrefix(rest, delimiter):
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
			from, element := s.at, join(path, strconv.Itoa(n))
			s.value(element)
			s.at = max(s.at, from+1)
			s.found[element] = s.item(element, from, s.at)
		}
	case '{':
		s.at++
		for s.skipSeparators('}') {
			before := s.at
			s.pair(path)
			s.at = max(s.at, before+1)
		}
	default:
		from := s.at
		s.skipTo(",]}\r\n#")
		s.at = s.trimmed(from)
	}
}

// skipSeparators moves to the next element and reports whether there is one. It passes over the
// closing bracket.
func (s *scanner) skipSeparators(closing byte) bool {
	for s.skipBlank(); s.at < len(s.text); s.skipBlank() {
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
	return false
}
