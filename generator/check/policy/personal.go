package policy

import (
	"bytes"
	"iter"
	"regexp"
	"slices"

	"candor/generator/check/personal"
	"candor/generator/diag"
	"candor/generator/fileset"
	"candor/generator/input/content"
)

// declared are the values of contacts, in the form in which they are compared.
type declared map[string]bool

func (d declared) add(contacts []content.Contact) {
	for _, c := range contacts {
		for _, h := range personal.Find(c.Value) {
			d[personal.Normal(h.Kind, c.Value[h.Start:h.End])] = true
		}
	}
}

// personalData finds personal data on a page: numbers, addresses, number plates
// (playbook §7). What an organisation has declared as a contact may be known. The
// message does not repeat what it found.
func (k *Checker) personalData(doc *content.Document, c Circumstance) diag.List {
	c.Contacts = slices.Concat(c.Contacts, doc.Front.Contacts)
	comments := comment.FindAllIndex(doc.Source.Data, -1)
	return k.personalIn(doc.Source, doc.Text, c, func(at int) bool {
		for len(comments) > 0 && comments[0][1] <= at {
			comments = comments[1:]
		}
		return len(comments) > 0 && comments[0][0] <= at || doc.InFront(at) && afterHash(doc.Source.Data[:at])
	})
}

// comment is a comment in HTML, which is not published.
var comment = regexp.MustCompile(`(?s)<!--(-?>|.*?-->|.*)`)

// afterHash reports whether the last line of a text in TOML begins with a comment.
func afterHash(text []byte) bool {
	line := text[bytes.LastIndexByte(text, '\n')+1:]
	return bytes.HasPrefix(bytes.TrimLeft(line, " \t"), []byte("#"))
}

// Events applies the rule on personal data to the outside events of an incident,
// whose words its report repeats.
func (k *Checker) Events(file fileset.File, c Circumstance) diag.List {
	all := func(int) bool { return false }
	return k.personalIn(diag.Source{Path: file.Path, Data: file.Data}, string(file.Data), c, all)
}

// personalLimit bounds how many places are reported of one text: a list of people has thousands.
const personalLimit = 200

// personalIn finds personal data in a text, except at the places to be skipped. It
// asks for places in ascending order.
func (k *Checker) personalIn(src diag.Source, text string, c Circumstance, skip func(at int) bool) diag.List {
	var found diag.List
	places := src.InOrder()
	for h, value := range k.undeclared(text, personal.Find(text), c) {
		if skip(h.Start) {
			continue
		}
		if len(found) == personalLimit {
			found = append(found, places.At(h.Start, h.End, "personal-data",
				diag.Textf("there is more personal data from here on; the first %d places are listed", personalLimit),
				diag.Textf("do not publish lists of people: publish only totals")))
			found[personalLimit].Excerpt = personal.Masked(found[personalLimit].Excerpt)
			break
		}
		d := places.At(h.Start, h.End, "personal-data", h.Kind.About(), leaveOut(h, value))
		d.Excerpt = personal.Masked(d.Excerpt)
		found = append(found, d)
	}
	return softened(found, c.Withheld)
}

func leaveOut(h personal.Hit, value string) diag.Text {
	return diag.Textf("remove it, or write it as %s; if it is the organisation's own, declare it as a [[contact]]",
		personal.Mask(h.Kind, value))
}

// undeclared yields those of the hits in a text that are no contact of the organisation, with their words.
func (k *Checker) undeclared(text string, hits []personal.Hit, c Circumstance) iter.Seq2[personal.Hit, string] {
	return func(yield func(personal.Hit, string) bool) {
		var own declared
		for _, h := range hits {
			if own == nil {
				own = declared{}
				own.add(c.Contacts)
			}
			value := text[h.Start:h.End]
			normal := personal.Normal(h.Kind, value)
			if !k.declared[normal] && !own[normal] && !yield(h, value) {
				return
			}
		}
	}
}
