package feed

import (
	"bytes"
	"encoding/xml"
	"fmt"
)

// Listed is a page that search engines may list.
type Listed struct {
	URL      string // absolute
	Versions []Version
}

// Version is a page in one language; Lang is a BCP 47 tag or "x-default".
type Version struct{ Lang, URL string }

// Entries are pages as a sitemap lists them. Who keeps them need not write them
// again.
type Entries struct {
	xml   []byte
	count int
}

// SitemapEntries writes pages for a sitemap. It names no times: so a sitemap
// changes when pages come and go, not with every text.
func SitemapEntries(pages []Listed) Entries {
	var b bytes.Buffer
	for _, p := range pages {
		b.WriteString("<url><loc>")
		escape(&b, p.URL)
		b.WriteString("</loc>")
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

// Same says whether two lists are equal.
func (e Entries) Same(o Entries) bool { return e.count == o.count && bytes.Equal(e.xml, o.xml) }

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
	return bytes.Join([][]byte{[]byte(xml.Header + `<` + element + ` xmlns="` + space + `"` + attributes + ">\n"), body, []byte("</" + element + ">\n")}, nil)
}
