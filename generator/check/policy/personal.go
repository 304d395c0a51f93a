package policy

import (
	"bytes"
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

// personalData finds data of people that a page gives away: numbers, addresses,
// number plates (playbook §7). What an organisation has declared as a contact is
// meant to be known. The message does not repeat what it found.
func (j *Judge) personalData(doc *content.Document, c Circumstance) diag.List {
	return j.personalIn(doc.Source, doc.Text, c, slices.Concat(c.Contacts, doc.Front.Contacts), func(at int) bool { return commented(doc, at) })
}

// Events applies the rule on personal data to the outside events of an incident,
// whose words its report repeats.
func (j *Judge) Events(file fileset.File, c Circumstance) diag.List {
	return j.personalIn(diag.Source{Path: file.Path, Data: file.Data}, string(file.Data), c, c.Contacts, func(int) bool { return false })
}

func (j *Judge) personalIn(src diag.Source, text string, c Circumstance, contacts []content.Contact, passed func(at int) bool) diag.List {
	var found diag.List
	var own declared
	known := func(kind personal.Kind, text string) bool {
		normal := personal.Normal(kind, text)
		if own == nil {
			own = declared{}
			own.add(contacts)
		}
		return j.declared[normal] || own[normal]
	}
	for _, h := range personal.Find(text) {
		value := text[h.Start:h.End]
		if known(h.Kind, value) || passed(h.Start) {
			continue
		}
		d := src.At(h.Start, h.End, "personal-data", h.Kind.About(),
			diag.Textf("leave it out, or write it as %s; if it is the organisation's own, declare it as a [[contact]]", personal.Mask(h.Kind, value)))
		d.Excerpt = personal.Masked(d.Excerpt)
		found = append(found, d)
	}
	return softened(found, c.Withheld)
}

// commented says whether a place of the source stands in a comment, which is not
// published.
func commented(doc *content.Document, at int) bool {
	before := doc.Source.Data[:at]
	if open := bytes.LastIndex(before, []byte("<!--")); open >= 0 && !bytes.Contains(before[open:], []byte("-->")) {
		return true
	}
	line := before[bytes.LastIndexByte(before, '\n')+1:]
	return doc.InFront(at) && bytes.HasPrefix(bytes.TrimLeft(line, " \t"), []byte("#"))
}
