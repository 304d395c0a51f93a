package lexicon

// opening says quickly where something cannot match: of the next three bytes in
// its direction, which are an ideograph or three letters, each has to be one that
// can stand there.
type opening struct {
	bytes [3]byteSet
	empty bool // it can match nothing at all
}

// byteSet is a set of bytes.
type byteSet [4]uint64

func (s *byteSet) has(c byte) bool { return s[c>>6]>>(c&63)&1 != 0 }

func (s *byteSet) add(c byte) { s[c>>6] |= 1 << (c & 63) }

func newOpening(list []node, d direction) *opening {
	o := &opening{}
	o.add(list, d)
	return o
}

// at says whether a match may begin at text[i] and go on, or end there and have
// gone on before it.
func (o *opening) at(text []byte, i int, d direction) bool {
	if d == backward {
		return o.empty || i > 0 && o.bytes[0].has(text[i-1]) &&
			(i < 3 || o.bytes[1].has(text[i-2]) && o.bytes[2].has(text[i-3]))
	}
	return o.empty || i < len(text) && o.bytes[0].has(text[i]) &&
		(i+2 >= len(text) || o.bytes[1].has(text[i+1]) && o.bytes[2].has(text[i+2]))
}

// add notes what the first of the nodes can begin with, or the last end with.
func (o *opening) add(list []node, d direction) {
	n := list[0]
	if d == backward {
		n = list[len(list)-1]
	}
	switch n := n.(type) {
	case word:
		for i := range o.bytes {
			at := i
			if d == backward {
				at = len(n.text) - 1 - i
			}
			if at < 0 || at >= len(n.text) {
				o.any(i)
				continue
			}
			o.bytes[i].add(n.text[at])
			o.bytes[i].add(upper(n.text[at]))
		}
	case branch:
		if n.optional {
			o.empty = true
		}
		for _, option := range n.options {
			o.add(option, d)
		}
	case numberNode:
		for c := '0'; c <= '9'; c++ {
			o.bytes[0].add(byte(c))
		}
		o.any(1)
		o.any(2)
	case blankNode:
		o.bytes[0].add('[')
		o.bytes[0].add(']')
		o.any(1)
		o.any(2)
	default: // <start>, a gap
		o.empty = true
	}
}

func (o *opening) any(i int) {
	for c := range 256 {
		o.bytes[i].add(byte(c))
	}
}
