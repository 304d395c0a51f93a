package tomldoc

import "bytes"

// tooDeep says where a text is nested deeper than any document needs. It passes
// over strings and comments, and counts brackets and the dots of one key.
func tooDeep(text []byte) (at int, deep bool) {
	s := scanner{text: text}
	depth, dots := 0, 0
	for s.at < len(text) {
		switch c := text[s.at]; c {
		case '#':
			s.skipLine()
			continue
		case '"', '\'':
			s.string(c)
			continue
		case '[', '{':
			depth, dots = depth+1, 0
		case ']', '}':
			depth = max(0, depth-1)
		case '.':
			dots++
		case '=', ',', '\n':
			dots = 0
		}
		if depth > depthLimit || dots > depthLimit {
			return s.at, true
		}
		s.at++
	}
	return 0, false
}

// string passes over a string; one that is not closed ends with its line.
func (s *scanner) string(quote byte) {
	if bytes.HasPrefix(s.text[s.at:], bytes.Repeat([]byte{quote}, 3)) {
		s.quoted(quote)
		return
	}
	for s.at++; s.at < len(s.text) && s.text[s.at] != '\n'; s.at++ {
		switch {
		case s.text[s.at] == quote:
			s.at++
			return
		case quote == '"' && s.text[s.at] == '\\' && s.at+1 < len(s.text) && s.text[s.at+1] != '\n':
			s.at++
		}
	}
}
