// Package personal finds personal data of people in text: mobile numbers, resident identity numbers
// of mainland China, bank cards, e-mail addresses and number plates.
//
// Each kind has a form that can be told from other numbers: assigned prefixes and lengths, and a
// check digit if there is one. Full-width characters count as their ASCII twins, and the digits of
// a number may be grouped as people group them, by single spaces or hyphens.
//
// It refuses to guess, because a finding stops publication. Not personal data are landlines,
// service lines such as 400-, 800- and 95xxx, mailboxes of a role such as info@ or recall@, and
// whatever may look like a number of one of the kinds but belongs to something longer: batch and
// case numbers, sums, amounts, times, addresses of pages. A number with a letter beside it is never
// one; Chinese may be beside it, because it has no spaces. A number that is called that of an
// order, a case or a batch right before it is not personal, even if its check digit fits; nor is a
// mobile number, which has no check digit, that counts what is behind it. Names and street
// addresses are not found.
//
// Whether a datum is a person's, or a contact that the organisation has declared, is for the caller
// to say: Normal makes the two comparable. What is found must not be repeated in messages: Mask and
// Masked are for these. Find takes time in proportion to the text.
package personal

import (
	"strings"
	"sync"

	"candor/generator/message"
)

// Kind is a kind of personal data.
type Kind string

// The kinds.
const (
	Mobile   Kind = "mobile"   // mobile number of mainland China, with or without +86
	Phone    Kind = "phone"    // number of another country, in the international form with + (E.164)
	Identity Kind = "identity" // resident identity number (GB 11643)
	Card     Kind = "card"     // number of a bank card (ISO/IEC 7812)
	Mail     Kind = "mail"     // e-mail address
	Plate    Kind = "plate"    // number plate of mainland China (GA 36)
)

// About describes what a datum of the kind looks like.
func (k Kind) About() message.Text {
	switch k {
	case Mobile:
		return message.Textf("this looks like somebody's mobile number")
	case Phone:
		return message.Textf("this looks like somebody's phone number")
	case Identity:
		return message.Textf("this looks like somebody's identity number")
	case Card:
		return message.Textf("this looks like the number of somebody's bank card")
	case Mail:
		return message.Textf("this looks like somebody's e-mail address")
	case Plate:
		return message.Textf("this looks like somebody's number plate")
	}
	panic("personal: no kind " + string(k))
}

// Hit is one datum in a text.
type Hit struct {
	Kind       Kind
	Start, End int // bytes of the text
}

// Find returns the personal data in a text, by place. They do not overlap.
func Find(text string) []Hit {
	s := scanners.Get().(*scanner)
	var found []Hit
	start := 0 // of the line
	for line := range strings.Lines(text) {
		if mayHold(line) {
			s.read(line)
			for _, hit := range s.find() {
				found = append(found, Hit{hit.Kind, start + s.bytes[hit.Start], start + s.bytes[hit.End]})
			}
		}
		start += len(line)
	}
	scanners.Put(s)
	return found
}

// scanners are kept because of their room.
var scanners = sync.Pool{New: func() any { return new(scanner) }}

// mayHold reports whether a line can hold a datum: each has an @, or three digits or more, ASCII or
// full-width.
func mayHold(line string) bool {
	digits := 0
	for i := range len(line) {
		switch c := line[i]; {
		case isDigit(c), c == "０"[0] && line[i:] >= "０" && line[i:] < "：":
			digits++
		case c == '@', c == "＠"[0] && strings.HasPrefix(line[i:], "＠"):
			return true
		}
	}
	return digits >= 3
}

// find returns the data in the line.
func (s *scanner) find() (found []Hit) {
	end := 0 // of the last hit
	for i := 0; i < len(s.chars); {
		if c := s.chars[i]; c < '+' || c > 'Z' { // as most are
			i++
			continue
		}
		hit, next := s.at(i)
		if hit.End > 0 && hit.Start >= end {
			found = append(found, hit)
			end = hit.End
		}
		i = max(next, hit.End)
	}
	return found
}

// at looks for a datum whose first telling character is at i: a digit, a +, the @ of an address,
// the letter of a plate. It returns where to look next.
func (s *scanner) at(i int) (Hit, int) {
	switch c := s.chars[i]; {
	case isDigit(c):
		return s.number(i)
	case c == '+':
		return s.international(i)
	case c == '@':
		return s.mail(i), i + 1
	case c >= 'A' && c <= 'Z':
		return s.plate(i), i + 1
	}
	return Hit{}, i + 1
}
