package page

import "candor/generator/site"

// archive plans the pages of updates, numbered from the oldest. They do not show
// the state of the incident, so that a full page does not change.
func (pl *incidentPlan) archive() []Page {
	size, n := pl.settings.PageSize, len(pl.inc.Updates)
	pages := make([]Page, 0, (n+size-1)/size)
	for from := 0; from < n; from += size {
		pages = append(pages, pl.updatesPage(len(pages)+1, from, min(from+size, n)))
	}
	return pages
}

// updatesPage plans one page of updates: those from one index to another.
func (pl *incidentPlan) updatesPage(number, from, to int) Page {
	inc := pl.inc
	output := site.UpdatesPath(inc.Slug, number)
	var sums []byte
	for _, u := range inc.Updates[from:to] {
		sums = pl.sums(sums, u.Texts)
		for _, c := range u.Corrections {
			sums = pl.sums(sums, c.Texts)
		}
	}
	title := pl.words.Must("contents.all-updates") + " · " + pl.brief.Title
	v := Updates{
		Base:     pl.incidentBase("updates", output, title, &inc.Index, inc.Updates[to-1].Time, version(sums)),
		Incident: Link{Title: pl.brief.Title, Lang: pl.brief.Lang, URL: pl.addresses.URL(inc.Slug + "/")},
		Number:   number, Days: days(pl.updates[from:to], inFull), Contacts: pl.contactList,
	}
	if number > 1 {
		v.Older = pl.updatesLink("contents.updates-older", number-1)
	}
	if to < len(inc.Updates) {
		v.Newer = pl.updatesLink("contents.updates-newer", number+1)
	}
	v.Data = pl.below(&v.Base, node{"@type": "WebPage"})
	return pl.page("updates", output, v)
}

// olderUpdates leads to the page of updates with the newest of the first n.
func (pl *incidentPlan) olderUpdates(n int) *Link {
	return pl.updatesLink("incident.untitled-older", pl.addresses.UpdatesPage(n-1))
}

func (pl *incidentPlan) updatesLink(title string, number int) *Link {
	return &Link{Title: pl.words.Must(title), URL: pl.addresses.URL(site.UpdatesPath(pl.inc.Slug, number))}
}
