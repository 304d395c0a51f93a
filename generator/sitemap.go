package generator

import (
	"maps"
	"slices"

	"candor/generator/fileset"
	"candor/generator/output/feed"
	"candor/generator/output/page"
)

// list names the pages that search engines may list.
func list(pages []page.Page) *feed.Entries {
	var listed []feed.Listed
	for _, p := range pages {
		if p.Address == "" {
			continue
		}
		l := feed.Listed{URL: p.Address}
		for _, a := range p.Alternates {
			l.Versions = append(l.Versions, feed.Version{Lang: a.Lang, URL: a.URL})
		}
		listed = append(listed, l)
	}
	if listed == nil {
		return nil
	}
	entries := feed.SitemapEntries(listed)
	return &entries
}

// makeSitemap lists the pages of the whole site, where its address is known.
func (b *build) makeSitemap() {
	if b.planners == nil || b.site.BaseURL == "" {
		return
	}
	for _, r := range []rendered{b.shared, b.stood.printed} {
		if r.listed != nil {
			b.listed = append(b.listed, r.listed)
		}
	}
	for _, u := range b.units {
		if u.printed.listed != nil {
			b.listed = append(b.listed, u.printed.listed)
		}
	}
	same := func(x, y *feed.Entries) bool { return x == y || x.Same(*y) }
	if b.last != nil && b.last.addresses == b.addresses && slices.EqualFunc(b.last.listed, b.listed, same) {
		b.sitemap = b.last.sitemap
		return
	}
	all := make([]feed.Entries, len(b.listed))
	for i, e := range b.listed {
		all[i] = *e
	}
	files := feed.Sitemap(all, b.addresses.Canonical(""))
	for _, name := range slices.Sorted(maps.Keys(files)) {
		b.sitemap = append(b.sitemap, fileset.NewFile(name, files[name]))
	}
}
