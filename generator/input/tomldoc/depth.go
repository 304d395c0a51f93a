package tomldoc

// tooDeep returns where a text is nested deeper than any document needs. It passes over strings
// and comments, and counts brackets and the dots of one key.
func tooDeep(text []byte) (at int, deep bool) {
	s := scanner{text: text}
	depth, dots := 0, 0
	for s.at < len(text) {
		switch c := text[s.at]; c {
		case '#':
			s.skipTo("\n")
			continue
		case '"', '\'':
			s.quoted(c)
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
