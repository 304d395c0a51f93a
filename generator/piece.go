package generator

import (
	"candor/generator/config"
	"candor/generator/content"
	"candor/generator/diag"
	"candor/generator/fileset"
	"candor/generator/incident"
	"candor/generator/page"
	"candor/generator/policy"
)

// piece is one file with what follows from it alone, worked out when first asked
// for. It is for one goroutine at a time.
type piece struct {
	file    fileset.File
	place   content.Place
	doc     *content.Document
	reading *incident.Reading // nil before it is read, and of what is no text
	table   *incident.Table   // likewise, of what is no CSV file of figures

	judged       bool
	circumstance policy.Circumstance
	found        diag.List // by the rules that concern one document, in its circumstance
	sought       bool
	outward      *content.Document

	original *content.Document // that a translation was compared with
	compared diag.List         // what that found
}

// pieces makes the pieces of an incident's files, and takes over those that
// before has of the same files.
func pieces(b *build, files fileset.Set, before *unit) []*piece {
	var had []*piece
	if before != nil {
		had = before.pieces
	}
	list := make([]*piece, 0, files.Len())
	for f := range files.All() {
		for len(had) > 0 && had[0].file.Path < f.Path {
			had = had[1:]
		}
		if len(had) > 0 && had[0].file.Path == f.Path && had[0].file.Sum == f.Sum {
			list = append(list, had[0])
			continue
		}
		list = append(list, &piece{file: f, place: content.Locate(f.Path, b.tags)})
	}
	return list
}

// parse reads the file.
func (p *piece) parse() *content.Document {
	if p.doc == nil {
		p.doc = content.Parse(p.file, p.place)
	}
	return p.doc
}

// read reads the file as a document of a site, which has to be the same each time.
func (p *piece) read(site *config.Site) *incident.Reading {
	if p.reading == nil {
		p.reading = incident.Read(site, p.parse())
	}
	return p.reading
}

// figures reads the file as a table of a site, which has to be the same each time.
func (p *piece) figures(site *config.Site) *incident.Table {
	if p.table == nil {
		p.table = incident.ReadTable(site, p.file)
	}
	return p.table
}

// prepare reads the file if it holds text or figures.
func (p *piece) prepare(site *config.Site) {
	switch p.place.Kind {
	case content.Evidence:
	case content.Data:
		p.figures(site)
	default:
		p.read(site)
	}
}

// judge applies the rules that concern the document alone. The judge has to be the
// same each time.
func (p *piece) judge(j *policy.Judge, c policy.Circumstance) diag.List {
	if !p.judged || !p.circumstance.Same(c) {
		p.judged, p.circumstance, p.found = true, c, j.Document(p.doc, c)
	}
	return p.found
}

// judgeEvents applies the rules that concern the outside events alone.
func (p *piece) judgeEvents(j *policy.Judge, c policy.Circumstance) diag.List {
	if !p.judged || !p.circumstance.Same(c) {
		p.judged, p.circumstance, p.found = true, c, j.Events(p.file, c)
	}
	return p.found
}

// outwardLinks returns the document with nothing but its links that leave the
// incident; nil where it has none.
func (p *piece) outwardLinks(links *page.Links) *content.Document {
	if !p.sought {
		p.sought, p.outward = true, links.Outward(p.doc)
	}
	return p.outward
}
