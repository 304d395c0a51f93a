package lexicon

import (
	"unicode"
	"unicode/utf8"

	"candor/generator/input/prose"
)

// folder writes a block in the form in which it is matched:
//
//   - full-width letters, digits and punctuation become ASCII; 。 and 、 stay;
//   - typographic apostrophes and hyphens become ' and -;
//   - white space becomes one space, and none beside Chinese or before a %;
//   - characters without width are left out.
//
// Letters keep their case, and traditional characters stay: to fold them would take a dictionary of
// words.
type folder struct {
	out    []byte
	places []place // for each byte of out
	space  bool    // white space has been seen since the last character
	wide   bool    // the last character was of East Asian width
}

// place is the part of the source that a byte comes from.
type place struct{ start, end int }

func (f *folder) block(b prose.Block) {
	*f = folder{out: f.out[:0], places: f.places[:0]}
	for _, r := range b.Runs {
		f.run(r)
	}
}

func (f *folder) run(run prose.Run) {
	exact := run.End-run.Start == len(run.Text)
	for i, n := 0, 0; i < len(run.Text); i += n {
		var c rune
		c, n = utf8.DecodeRuneInString(run.Text[i:])
		c, wide, ok := form(c)
		if !ok {
			f.space = f.space || c == ' '
			continue
		}
		if f.space && !wide && !f.wide && len(f.out) > 0 && c != '%' {
			f.out = append(f.out, ' ')
		}
		f.space, f.wide = false, wide
		f.out = utf8.AppendRune(f.out, c)
		at := place{run.Start, run.End}
		if exact {
			at = place{run.Start + i, run.Start + i + n}
		}
		for len(f.places) < len(f.out) {
			f.places = append(f.places, at)
		}
	}
}

// fullWidth is how far a full-width character is from its ASCII twin (Unicode, Halfwidth and
// Fullwidth Forms).
const fullWidth = 0xfee0

// form returns the form of a character, and whether it is of East Asian width. It is not ok if the
// character is white space, of which the form is a space, or has no width.
func form(c rune) (out rune, wide, ok bool) {
	switch {
	case c > ' ' && c < 0x7f: // ASCII that can be seen
		return c, false, true
	case c >= 0x4e00 && c <= 0x9fff: // ideographs, by far most of what is Chinese
		return c, true, true
	case c <= 0x7f || unicode.IsSpace(c):
		return ' ', false, false
	case c == 0xad || c >= 0x200b && c <= 0x200f || c == 0x2060 || c == 0xfeff || c >= 0xfe00 && c <= 0xfe0f:
		return 0, false, false
	case c >= 0xff01 && c <= 0xff5e:
		c -= fullWidth
		return c, !isWord(c), true
	case c == '’' || c == 'ʼ':
		return '\'', false, true
	case c == '‐' || c == '‑':
		return '-', false, true
	case c >= 0x2e80 && c <= 0xd7ff, c >= 0xf900 && c <= 0xfaff, c >= 0xfe30 && c <= 0xfe4f,
		c >= 0x20000 && c <= 0x3ffff:
		return c, true, true
	}
	return c, false, true
}

// fold returns the folded form of a text.
func fold(text string) string {
	f := folder{}
	f.run(prose.Run{Text: text, End: len(text)})
	return string(f.out)
}

// small makes the ASCII letters of a folded text small. It also replaces _, which divides words
// here and is a letter to regular expressions.
func small(text []byte) []byte {
	for i, c := range text {
		switch {
		case c >= 'A' && c <= 'Z':
			text[i] = c + 'a' - 'A'
		case c == '_':
			text[i] = 0x1f
		}
	}
	return text
}

// isWord reports whether a character is an ASCII letter or digit.
func isWord(c rune) bool { return isDigit(c) || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

func isDigit(c rune) bool { return c >= '0' && c <= '9' }
