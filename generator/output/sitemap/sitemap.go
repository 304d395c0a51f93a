// Package sitemap is the output for search engines (sitemaps.org 0.9, with the alternate languages
// that Google describes): sitemap.xml, and where that would be too large, the files that it leads
// to.
//
// It lists every page that search engines may show, in each language in which its text exists, and
// when what the page says was changed last, if that is known. Without the site's own address there is
// none.
package sitemap

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"maps"
	"slices"
	"time"

	"candor/generator/fileset"
	"candor/generator/output"
	"candor/generator/output/theme"
	"candor/generator/site"
)

// New makes the Output of sitemaps.
func New(f *site.Frame, _ *theme.Theme) output.Output { return &sitemaps{f} }

type sitemaps struct{ frame *site.Frame }

// Incident shares the entries of an incident's pages.
func (o *sitemaps) Incident(inc *site.Incident) output.Part {
	if inc.Front.Drill {
		return output.Part{Share: Entries{}}
	}
	entries := o.entries(inc.Locations(o.frame))
	entries.changed = inc.LastChange
	return output.Part{Share: entries}
}

// Site makes the files of the entries.
func (o *sitemaps) Site(s *site.Site, parts []output.Part) output.Part {
	if o.frame.Settings.BaseURL == "" {
		return output.Part{}
	}
	var standing []site.Location
	if len(o.frame.Settings.Services) > 0 {
		standing = append(standing, site.Location{Path: site.ServicesPath})
	}
	for _, page := range s.Pages {
		if !page.Doc.Front.Draft {
			revised := site.Revised(&page.Texts, o.frame.Settings.Zone)
			standing = append(standing, site.Location{Path: page.Doc.Place.Name + "/", Texts: &page.Texts, Modified: revised})
		}
	}
	shares := output.Shares[Entries](parts)
	var home site.Location
	for _, e := range shares {
		if e.changed.After(home.Modified) {
			home.Modified = e.changed
		}
	}
	all := []Entries{o.entries([]site.Location{home}), o.entries(standing)}
	files := Sitemap(append(all, shares...), o.frame.Addresses.Canonical(""))
	var part output.Part
	for _, name := range slices.Sorted(maps.Keys(files)) {
		part.Files = append(part.Files, fileset.NewFile(name, files[name]))
	}
	return part
}

// entries writes the pages of some locations, language by language.
func (o *sitemaps) entries(locations []site.Location) Entries {
	settings := o.frame.Settings
	if settings.BaseURL == "" {
		return Entries{}
	}
	var pages []Listed
	for _, l := range settings.Languages {
		for _, at := range locations {
			in := o.frame.Languages(at.Texts)
			if !slices.Contains(in, l.Tag) {
				continue // its original is listed
			}
			page := Listed{URL: o.address(l.Tag, at.Path), Modified: at.Modified}
			for _, tag := range in {
				page.Versions = append(page.Versions, Version{tag, o.address(tag, at.Path)})
			}
			if len(in) < 2 {
				page.Versions = nil
			} else {
				page.Versions = append(page.Versions, Version{"x-default", o.address(settings.DefaultLanguage, at.Path)})
			}
			pages = append(pages, page)
		}
	}
	return SitemapEntries(pages)
}

func (o *sitemaps) address(tag, path string) string {
	return o.frame.Addresses.In(tag, o.frame.Settings).Canonical(path)
}

// Listed is a page that search engines may list.
type Listed struct {
	URL      string    // absolute
	Modified time.Time // zero if unknown
	Versions []Version
}

// Version is a page in one language; Lang is a BCP 47 tag or "x-default".
type Version struct{ Lang, URL string }

// Entries are pages as a sitemap lists them. Who keeps them need not write them
// again.
type Entries struct {
	xml     []byte
	count   int
	changed time.Time // when the newest of them was
}

// SitemapEntries writes pages for a sitemap.
func SitemapEntries(pages []Listed) Entries {
	var b bytes.Buffer
	for _, p := range pages {
		b.WriteString("<url><loc>")
		escape(&b, p.URL)
		b.WriteString("</loc>")
		if !p.Modified.IsZero() {
			b.WriteString("<lastmod>" + p.Modified.UTC().Format(time.RFC3339) + "</lastmod>")
		}
		for _, v := range p.Versions {
			b.WriteString(`<xhtml:link rel="alternate" hreflang="`)
			escape(&b, v.Lang)
			b.WriteString(`" href="`)
			escape(&b, v.URL)
			b.WriteString(`"/>`)
		}
		b.WriteString("</url>\n")
	}
	return Entries{xml: b.Bytes(), count: len(pages)}
}

func escape(b *bytes.Buffer, text string) {
	if err := xml.EscapeText(b, []byte(text)); err != nil {
		panic("feed: writing to memory failed: " + err.Error())
	}
}

// One sitemap may list so many pages and have so many bytes (sitemaps.org).
const (
	sitemapPages = 50_000
	sitemapBytes = 50<<20 - 1<<10
)

// Sitemap returns the files that list all pages, by their names: sitemap.xml, and
// where that would be too large, those that it leads to. Home is the absolute
// address that the names stand below.
func Sitemap(all []Entries, home string) map[string][]byte {
	files := map[string][]byte{}
	var sheets [][]byte
	var body bytes.Buffer
	count := 0
	finish := func() {
		sheets = append(sheets, wrap("urlset", ` xmlns:xhtml="http://www.w3.org/1999/xhtml"`, body.Bytes()))
		body.Reset()
		count = 0
	}
	for _, e := range all {
		if count > 0 && (count+e.count > sitemapPages || body.Len()+len(e.xml) > sitemapBytes) {
			finish()
		}
		body.Write(e.xml)
		count += e.count
	}
	finish()
	if len(sheets) == 1 {
		files["sitemap.xml"] = sheets[0]
		return files
	}
	for i, sheet := range sheets {
		name := fmt.Sprintf("sitemap-%d.xml", i+1)
		files[name] = sheet
		body.WriteString("<sitemap><loc>")
		escape(&body, home+name)
		body.WriteString("</loc></sitemap>\n")
	}
	files["sitemap.xml"] = wrap("sitemapindex", "", body.Bytes())
	return files
}

func wrap(element, attributes string, body []byte) []byte {
	const space = "http://www.sitemaps.org/schemas/sitemap/0.9"
	head := xml.Header + `<` + element + ` xmlns="` + space + `"` + attributes + ">\n"
	return bytes.Join([][]byte{[]byte(head), body, []byte("</" + element + ">\n")}, nil)
}
