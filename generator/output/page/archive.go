package page

import "candor/generator/site"

// archive plans the pages of updates, numbered from the oldest. They say nothing
// of how the incident stands, so that one that is full stays as it is.
func (w *work) archive() []Page {
	size, n := w.settings.PageSize, len(w.inc.Updates)
	pages := make([]Page, 0, (n+size-1)/size)
	for from := 0; from < n; from += size {
		pages = append(pages, w.updatesPage(len(pages)+1, from, min(from+size, n)))
	}
	return pages
}

// updatesPage plans one page of updates: those from one index to another.
func (w *work) updatesPage(number, from, to int) Page {
	inc := w.inc
	output := site.UpdatesPath(inc.Slug, number)
	var sums []byte
	for _, u := range inc.Updates[from:to] {
		sums = w.sums(sums, u.Texts)
		for _, c := range u.Corrections {
			sums = w.sums(sums, c.Texts)
		}
	}
	title := w.words.Must("contents.all-updates") + " · " + w.brief.Title
	v := Updates{
		Base:     w.incidentBase("updates", output, title, &inc.Index, inc.Updates[to-1].Time, version(sums)),
		Incident: Link{Title: w.brief.Title, Lang: w.brief.Lang, URL: w.addresses.URL(inc.Slug + "/")},
		Number:   number, Days: days(w.views(from, to), inFull), Contacts: w.contactList,
	}
	if number > 1 {
		v.Older = &Link{Title: w.words.Must("contents.updates-older"), URL: w.addresses.URL(site.UpdatesPath(inc.Slug, number-1))}
	}
	if to < len(inc.Updates) {
		v.Newer = &Link{Title: w.words.Must("contents.updates-newer"), URL: w.addresses.URL(site.UpdatesPath(inc.Slug, number+1))}
	}
	return w.page("updates", output, v)
}
