package lexicon

import (
	"slices"
	"unicode/utf8"
)

// folder writes a block in the form in which it is matched:
//
//   - full-width letters, digits and punctuation become ASCII; 。 and 、 stay;
//   - typographic apostrophes and hyphens become ' and -;
//   - white space becomes one space, and none beside Chinese or before a %;
//   - characters without width are left out.
//
// Letters keep their case, and traditional characters stay: to fold them would
// take a dictionary of words.
type folder struct {
	out   []byte
	space bool // white space has been seen since the last character
	wide  bool // the last character was of East Asian width

	track    bool
	from, to []int // for each byte of out, the bytes of the source that made it
}

func (f *folder) reset(track bool) {
	f.out, f.from, f.to = f.out[:0], f.from[:0], f.to[:0]
	f.space, f.wide, f.track = false, false, track
}

func (f *folder) block(b Block, track bool) {
	f.reset(track)
	size := 0
	for _, r := range b.Runs {
		size += len(r.Text)
	}
	f.out = slices.Grow(f.out, size+slack)
	if track {
		f.from, f.to = slices.Grow(f.from, size), slices.Grow(f.to, size)
	}
	for _, r := range b.Runs {
		f.run(r)
	}
	f.out = append(f.out, make([]byte, slack)...)[:len(f.out)]
}

func (f *folder) run(r Run) {
	text := r.Text
	exact := r.End-r.Start == len(text)
	for i := 0; i < len(text); {
		if !f.track {
			if n := f.plain(text[i:]); n > 0 {
				i += n
				continue
			}
		}
		n, before := 1, len(f.out)
		switch c := text[i]; {
		case c <= ' ' || c == 0x7f:
			f.space = true
		case c < utf8.RuneSelf:
			f.narrow(c)
		case isCommon(c) && i+2 < len(text):
			n = 3
			f.wideRune(text[i : i+3])
		default:
			var r rune
			r, n = utf8.DecodeRuneInString(text[i:])
			f.other(r, text[i:i+n])
		}
		if f.track {
			from, to := r.Start, r.End
			if exact {
				from, to = r.Start+i, r.Start+i+n
			}
			for range f.out[before:] {
				f.from, f.to = append(f.from, from), append(f.to, to)
			}
		}
		i += n
	}
}

// plain writes what stands at the beginning of text and is its own folded form, as
// most text is: words with single spaces between them, or ideographs. It returns
// how many bytes that were.
func (f *folder) plain(text string) int {
	n := 0
	switch c := text[0]; {
	case isVisible(c):
		if f.space && !f.wide && len(f.out) > 0 && c != '%' {
			f.out = append(f.out, ' ')
		}
		for n = 1; n < len(text); n++ {
			if c := text[n]; isVisible(c) || c == ' ' && n+1 < len(text) && isVisible(text[n+1]) && text[n+1] != '%' {
				continue
			}
			break
		}
		f.space, f.wide = false, false
	case isCommon(c):
		for n+2 < len(text) && isCommon(text[n]) {
			n += 3
		}
		f.space, f.wide = false, n > 0 || f.wide
	}
	f.out = append(f.out, text[:n]...)
	return n
}

// isVisible says whether a byte is an ASCII character that can be seen.
func isVisible(c byte) bool { return c > ' ' && c < 0x7f }

// isCommon says whether a byte begins a character from U+4000 to U+9FFF:
// ideographs, by far most of what is Chinese.
func isCommon(c byte) bool { return c >= 0xe4 && c <= 0xe9 }

// narrow writes an ASCII character.
func (f *folder) narrow(c byte) {
	if f.space && !f.wide && len(f.out) > 0 && c != '%' {
		f.out = append(f.out, ' ')
	}
	f.space, f.wide = false, false
	f.out = append(f.out, c)
}

func (f *folder) wideRune(s string) {
	f.space, f.wide = false, true
	f.out = append(f.out, s...)
}

// other writes a character that is neither ASCII nor a common ideograph.
func (f *folder) other(r rune, s string) {
	switch {
	case r >= 0xff01 && r <= 0xff5e: // full-width forms (Unicode, Halfwidth and Fullwidth Forms)
		f.space = f.space && !f.wide && r != '％'
		if f.space && len(f.out) > 0 && isWord(byte(r-0xfee0)) {
			f.out = append(f.out, ' ')
		}
		f.space, f.wide = false, !isWord(byte(r-0xfee0))
		f.out = append(f.out, byte(r-0xfee0))
	case r == 0x3000 || r == 0xa0 || r == 0x1680 || r >= 0x2000 && r <= 0x200a || r == 0x2028 || r == 0x2029 || r == 0x202f || r == 0x205f || r == 0x85:
		f.space = true
	case r == 0xad || r >= 0x200b && r <= 0x200f || r == 0x2060 || r == 0xfeff || r >= 0xfe00 && r <= 0xfe0f:
	case r == '’' || r == 'ʼ':
		f.narrow('\'')
	case r == '‐' || r == '‑':
		f.narrow('-')
	case r >= 0x2e80 && r <= 0xd7ff || r >= 0xf900 && r <= 0xfaff || r >= 0xfe30 && r <= 0xfe4f || r >= 0x20000 && r <= 0x3ffff:
		f.wideRune(s)
	default:
		if f.space && !f.wide && len(f.out) > 0 {
			f.out = append(f.out, ' ')
		}
		f.space, f.wide = false, false
		f.out = append(f.out, s...)
	}
}

// fold returns a text in the form in which it is matched, with a space at either
// end kept: a part of a pattern may begin or end between two words.
func fold(s string) string {
	f := folder{}
	f.run(Run{Text: s, End: len(s)})
	out := string(f.out)
	if len(out) == 0 && s != "" {
		return " "
	}
	if len(s) > 0 && s[0] == ' ' && isNarrow(out[0]) {
		out = " " + out
	}
	if f.space && !f.wide {
		out += " "
	}
	return out
}

func isNarrow(c byte) bool { return c < utf8.RuneSelf }

// isWord says whether a byte is an ASCII letter or digit.
func isWord(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}
