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
	passed := &comments{doc: doc}
	contacts := slices.Concat(c.Contacts, doc.Front.Contacts)
	return j.personalIn(doc.Source, doc.Text, c, contacts, passed.hold)
}

// Events applies the rule on personal data to the outside events of an incident,
// whose words its report repeats.
func (j *Judge) Events(file fileset.File, c Circumstance) diag.List {
	return j.personalIn(diag.Source{Path: file.Path, Data: file.Data}, string(file.Data), c, c.Contacts, func(int) bool { return false })
}

func (j *Judge) personalIn(src diag.Source, text string, c Circumstance, contacts []content.Contact, passed func(at int) bool) diag.List {
	var found diag.List
	places := src.InOrder()
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
		d := places.At(h.Start, h.End, "personal-data", h.Kind.About(),
			diag.Textf("leave it out, or write it as %s; if it is the organisation's own, declare it as a [[contact]]", personal.Mask(h.Kind, value)))
		d.Excerpt = personal.Masked(d.Excerpt)
		found = append(found, d)
	}
	return softened(found, c.Withheld)
}

// comments finds out which places of a document are in comments, which are not published. It is
// asked by ascending place and reads the document once.
type comments struct {
	doc        *content.Document
	start, end int // of the comment in HTML that ends after the last place
	line, at   int // where the line of the last place begins, and the place
}

// hold reports whether a place of the source is in a comment.
func (c *comments) hold(at int) bool {
	data := c.doc.Source.Data
	for c.end <= at {
		from := c.end
		c.start, c.end = len(data), len(data)+1
		if open := bytes.Index(data[from:], []byte("<!--")); open >= 0 {
			c.start = from + open
		}
		if length := bytes.Index(data[c.start:], []byte("-->")); length >= 0 {
			c.end = c.start + length + len("-->")
		}
	}
	if end := bytes.LastIndexByte(data[c.at:at], '\n'); end >= 0 {
		c.line = c.at + end + 1
	}
	c.at = at
	return c.start < at || c.doc.InFront(at) && bytes.HasPrefix(bytes.TrimLeft(data[c.line:at], " \t"), []byte("#"))
}
