package generator

import (
	"cmp"
	"slices"

	"candor/generator/check/policy"
	"candor/generator/diag"
	"candor/generator/fileset"
	"candor/generator/input/content"
	"candor/generator/output/page"
	"candor/generator/site/config"
	"candor/generator/site/incident"
	"candor/generator/site/translation"
)

// piece is one file with what follows from it alone, worked out when first asked
// for. It is for one goroutine at a time.
type piece struct {
	doc     *content.Document
	reading *incident.Reading // nil before it is read, and of what is no text
	table   *incident.Table   // likewise, of what is no CSV file of figures
	place   content.Place

	faulty, draft, linked, excuses bool // of doc: it has findings, is a draft, has links, lets findings stand

	checked   bool
	published bool      // when it was checked
	broken    diag.List // then, about its links
	judged    bool
	withheld  incident.Reason // when it was judged
	found     diag.List       // then, by the rules that concern it alone

	original *content.Document // that a translation was compared with
	compared diag.List         // what that found
	memory   *translation.Memory

	sought  bool
	outward *content.Document

	file fileset.File
}

// pieces makes the pieces of an incident's files, in their order. It takes over
// those of the same files from before, where there is one that has its pieces, and
// says which have gone and which are fresh.
func pieces(b *build, files fileset.Set, before *unit) (list, gone, fresh []*piece) {
	list = make([]*piece, 0, files.Len())
	if before == nil || before.pieces == nil {
		for f := range files.All() {
			list = append(list, &piece{file: f, place: content.Locate(f.Path, b.tags)})
		}
		return list, nil, list
	}
	had := before.pieces
	for _, c := range fileset.Diff(before.files, files) {
		at, found := slices.BinarySearchFunc(had, c.Path, func(p *piece, path string) int { return cmp.Compare(p.file.Path, path) })
		list = append(list, had[:at]...)
		if had = had[at:]; found {
			gone, had = append(gone, had[0]), had[1:]
		}
		if c.Change == fileset.Removed {
			continue
		}
		f, _ := files.Get(c.Path)
		p := &piece{file: f, place: content.Locate(f.Path, b.tags)}
		if c.Change == fileset.Modified && found {
			p.memory = gone[len(gone)-1].memory
		}
		list, fresh = append(list, p), append(fresh, p)
	}
	return append(list, had...), gone, fresh
}

// parse reads the file.
func (p *piece) parse() *content.Document {
	if p.doc == nil {
		p.doc = content.Parse(p.file, p.place)
		p.faulty, p.draft = len(p.doc.Findings) > 0, p.doc.Front.Draft
		p.linked, p.excuses = len(p.doc.Links) > 0, p.doc.Allowed != nil
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

// text says whether the file is one that is read as a text.
func (p *piece) text() bool {
	return p.place.Kind != content.Data && p.place.Kind != content.Evidence && p.place.Kind != content.Stray
}

// check finds links that lead nowhere. Steady says that links lead where they led
// when the document was checked last.
func (p *piece) check(links *page.Links, published, steady bool) diag.List {
	if !p.checked || p.published != published || p.linked && !steady {
		p.checked, p.published, p.broken = true, published, links.Check(p.doc, published)
	}
	return p.broken
}

// judge applies the rules that concern the document alone. Steady says that the
// judge, and the circumstance but for what it says of this one document, is that
// of the last time.
func (p *piece) judge(j *policy.Judge, c policy.Circumstance, steady bool) diag.List {
	if !p.judged || p.withheld != c.Withheld || !steady {
		p.judged, p.withheld, p.found = true, c.Withheld, j.Document(p.doc, c)
	}
	return p.found
}

// judgeEvents applies the rules that concern the outside events alone.
func (p *piece) judgeEvents(j *policy.Judge, c policy.Circumstance, steady bool) diag.List {
	if !p.judged || p.withheld != c.Withheld || !steady {
		p.judged, p.withheld, p.found = true, c.Withheld, j.Events(p.file, c)
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

// readings are what the texts among pieces say.
func readings(site *config.Site, lists ...[]*piece) []*incident.Reading {
	var all []*incident.Reading
	for _, list := range lists {
		for _, p := range list {
			if p.text() {
				all = append(all, p.read(site))
			}
		}
	}
	return all
}

// documents are the texts among pieces, which have been read.
func documents(list []*piece) []*content.Document {
	docs := make([]*content.Document, 0, len(list))
	for _, p := range list {
		if p.reading != nil {
			docs = append(docs, p.doc)
		}
	}
	return docs
}
