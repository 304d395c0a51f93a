package lexicon

import "encoding/binary"

// sieve finds all anchors in one pass over a folded text, whatever the case of
// their ASCII letters. Where an anchor may begin, at an ideograph or a word, a set of
// bits is asked whether one begins with the next six bytes, which are two
// ideographs, or, for short ones, four or three. Few places pass; there the anchors
// that begin so are compared.
type sieve struct {
	texts  []string // in small letters; an anchor's id is its index
	starts map[uint64][]int32
	bits   [1 << 11]uint64
	words  [1 << 9]uint64 // by three bytes, with which an anchor begins that begins with a letter
	inner  bool           // an anchor may begin within a word
	three  bool           // an anchor has only three bytes
	mixed  bool           // an anchor begins with a character of three bytes and has fewer than six
	kinds  [256]kind
}

// kind is what a byte of a text may begin.
type kind uint8

const (
	nothing     kind = iota // no anchor
	letter                  // a letter or digit of ASCII: an anchor, where a word begins
	ideographic             // a character of three bytes
	other                   // an anchor that begins with something else
)

// slack is how many bytes of a text's array have to be readable beyond its end.
const slack = 8

// The kinds of keys, told apart by their highest byte.
const (
	keySix   = 1 << 56
	keyFour  = 2 << 56
	keyThree = 3 << 56

	maskSix   = 1<<48 - 1
	maskThree = 1<<24 - 1
	small     = 0x2020202020202020 // makes letters small, and does no harm to a hash
)

// newSieve makes the sieve of texts that have three bytes or more.
func newSieve(texts []string, inner bool) *sieve {
	s := &sieve{starts: map[uint64][]int32{}, inner: inner}
	for c := range s.kinds {
		switch {
		case isWord(byte(c)):
			s.kinds[c] = letter
		case c >= 0xe0 && c < 0xf0:
			s.kinds[c] = ideographic
		}
	}
	for id, text := range texts {
		first := make([]byte, len(text)+slack)
		for i := range len(text) {
			first[i] = lower(text[i])
		}
		s.texts = append(s.texts, string(first[:len(text)]))
		var key uint64
		switch {
		case len(text) >= 6:
			key = six(first, 0)
		case len(text) >= 4:
			key = four(first, 0)
		default:
			key = three(four(first, 0))
			s.three = true
		}
		switch s.kinds[text[0]] {
		case letter:
			at := triple(first, 0)
			s.words[at>>6] |= 1 << (at & 63)
		case nothing:
			s.kinds[text[0]] = other
		case ideographic:
			s.mixed = s.mixed || len(text) < 6
		}
		s.starts[key] = append(s.starts[key], int32(id))
		at := hash(key)
		s.bits[at>>6] |= 1 << (at & 63)
	}
	return s
}

func six(text []byte, i int) uint64 {
	return (binary.LittleEndian.Uint64(text[i:i+8])|small)&maskSix | keySix
}

func four(text []byte, i int) uint64 {
	return uint64(binary.LittleEndian.Uint32(text[i:i+4])|small&(1<<32-1)) | keyFour
}

// three makes the key of three bytes out of that of four.
func three(key uint64) uint64 { return key&maskThree | keyThree }

// triple makes a number below 32,768 of three bytes. Small letters and capitals are
// alike in what it takes of them.
func triple(text []byte, i int) uint32 {
	b := binary.LittleEndian.Uint32(text[i : i+4])
	return b&31 | b>>3&(31<<5) | b>>6&(31<<10)
}

// hash spreads keys over the bits (Knuth's multiplicative method).
func hash(key uint64) uint64 { return key * 0x9e3779b97f4a7c15 >> 47 }

// sighting is an anchor in a text.
type sighting struct {
	anchor int32
	start  int
}

// scan adds the anchors in text to seen, by where they begin. The array of text
// has slack.
func (s *sieve) scan(text []byte, seen []sighting) []sighting {
	within := false // a word
	for i := 0; i < len(text); {
		switch s.kinds[text[i]] {
		case letter:
			if !within || s.inner {
				if at := triple(text, i); s.words[at>>6]>>(at&63)&1 != 0 {
					seen = s.look(six(text, i), text, i, seen)
					seen = s.short(text, i, seen)
				}
			}
			within = true
			i++
			continue
		case ideographic:
			seen = s.look(six(text, i), text, i, seen)
			if s.mixed {
				seen = s.short(text, i, seen)
			}
			i += 3
		case other:
			seen = s.look(six(text, i), text, i, seen)
			seen = s.short(text, i, seen)
			i++
		default:
			i++
		}
		within = false
	}
	return seen
}

// short looks for anchors at text[i] that are known by four bytes or three.
func (s *sieve) short(text []byte, i int, seen []sighting) []sighting {
	key := four(text, i)
	seen = s.look(key, text, i, seen)
	if s.three {
		seen = s.look(three(key), text, i, seen)
	}
	return seen
}

// look adds the anchors at text[i] that begin with a key.
func (s *sieve) look(key uint64, text []byte, i int, seen []sighting) []sighting {
	if at := hash(key); s.bits[at>>6]>>(at&63)&1 != 0 {
		return s.compare(key, text, i, seen)
	}
	return seen
}

func (s *sieve) compare(key uint64, text []byte, i int, seen []sighting) []sighting {
	for _, id := range s.starts[key] {
		if startsLower(text[i:], s.texts[id]) {
			seen = append(seen, sighting{id, i})
		}
	}
	return seen
}

// startsLower says whether text begins with a word of small letters, in any case.
func startsLower(text []byte, word string) bool {
	if len(text) < len(word) {
		return false
	}
	for i := range len(word) {
		if lower(text[i]) != word[i] {
			return false
		}
	}
	return true
}

func upper(c byte) byte {
	if c >= 'a' && c <= 'z' {
		return c - 'a' + 'A'
	}
	return c
}

func lower(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}
