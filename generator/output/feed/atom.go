package feed

import (
	"encoding/xml"
	"fmt"

	"candor/generator/fileset"
	"candor/generator/output/machine"
)

// drill is the category of what is only an exercise.
const drill = "drill"

type atomLink struct{ rel, mime, address string }

func (l atomLink) write(x *machine.XML) {
	x.Element("link", "", "rel", l.rel, "type", l.mime, "href", l.address)
}

// archives returns how many archives there are of all entries: each is full, and with the newest they
// have everything.
func archives(all []listed) int { return max(0, len(all)-1) / newest }

func archiveName(n int) string { return fmt.Sprintf("feed-%d.atom", n) }

// atomFeed writes feed.atom, which leads to the newest of n archives.
func atomFeed(c channel, entries []listed, n int) fileset.File {
	return atomDocument(c, "feed.atom", entries, false, c.before(n))
}

// atomArchives writes the archives of all entries, of which the newest comes first. No archive leads
// to the next: it would not stay as it is.
func atomArchives(c channel, all []listed) []fileset.File {
	files := make([]fileset.File, archives(all))
	for i := range files {
		oldest := len(all) - i*newest
		links := append(c.before(i), c.link("current", "feed.atom"))
		files[i] = atomDocument(c, archiveName(i+1), all[oldest-newest:oldest], true, links)
	}
	return files
}

// before is the link to the newest of n archives, if there is one.
func (c channel) before(n int) []atomLink {
	if n == 0 {
		return nil
	}
	return []atomLink{c.link("prev-archive", archiveName(n))}
}

func (c channel) link(rel, name string) atomLink {
	return atomLink{rel, "application/atom+xml", c.Addresses.Canonical(c.path + name)}
}

// atomDocument writes one document of a feed.
func atomDocument(c channel, name string, entries []listed, archive bool, links []atomLink) fileset.File {
	updated := c.since
	for _, e := range entries {
		if e.modified.After(updated) {
			updated = e.modified
		}
	}
	var x machine.XML
	x.Open("feed", "xmlns", "http://www.w3.org/2005/Atom", "xmlns:fh", "http://purl.org/syndication/history/1.0",
		"xml:lang", c.Tag)
	x.Element("id", c.ID(c.path))
	x.Element("title", c.title)
	if c.description != "" {
		x.Element("subtitle", c.description)
	}
	x.Element("updated", stamp(updated))
	x.Open("author")
	x.Element("name", c.Author())
	x.Close("author")
	atomLink{"alternate", "text/html", c.Addresses.Canonical(c.path)}.write(&x)
	for _, link := range append([]atomLink{c.link("self", name)}, links...) {
		link.write(&x)
	}
	if archive {
		x.Element("fh:archive", "")
	}
	of := func(e *listed) *[]byte { return &e.atom }
	return document(c.Addresses.Path(c.path+name), xml.Header+string(x.Bytes()), entries, of, "\n", "</feed>\n")
}

// atomEntry writes an entry, and returns it.
func atomEntry(x *machine.XML, e entry) []byte {
	from := len(x.Bytes())
	x.Open("entry", "xml:lang", e.language)
	x.Element("id", e.id)
	x.Element("title", e.title)
	x.Element("published", stamp(e.published))
	x.Element("updated", stamp(e.modified))
	atomLink{"alternate", "text/html", e.address}.write(x)
	x.Element("category", "", "term", e.kind)
	if e.drill {
		x.Element("category", "", "term", drill)
	}
	x.Element("content", e.html, "type", "html")
	x.Close("entry")
	return x.Bytes()[from:]
}
