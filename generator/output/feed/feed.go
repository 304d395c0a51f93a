// Package feed is the output for feed readers: Atom (RFC 4287) and JSON Feed 1.1
// (jsonfeed.org/version/1.1), a feed.atom and a feed.json for the site and for each incident, in
// every language.
//
// A feed has the newest 20 updates with their whole text, newest first, each once and for good
// under an id of its own: a tag URI (RFC 4151) of the host, the language, the incident's folder and
// the update's file name. What a reader sees in it depends on what was written and not on the
// instant: how promises stand is on the pages. A correction changes the entry that it corrects: its
// text is put first and its time is when the entry was modified. The feed of the site leaves drills
// out; that of a drill says in every title that it is one.
//
// Besides these, the feed of an incident has the older updates that one of them corrects. All its
// older updates are in its archives (RFC 5005), 20 in each, counted from the oldest: feed-1.atom has
// the first 20 for good. The site as a whole has no archives.
package feed

import (
	"cmp"
	"slices"
	"time"

	"candor/generator/domain"
	"candor/generator/fileset"
	"candor/generator/output"
	"candor/generator/output/machine"
	"candor/generator/output/theme"
	"candor/generator/site"
	"candor/generator/site/incident"
)

// newest is how many updates a feed has: as many as most readers ask for.
const newest = 20

// New makes the Output of feeds.
func New(f *site.Frame, _ *theme.Theme) output.Output { return &feeds{machine.Languages(f)} }

type feeds struct{ languages []*machine.Language }

// channel is what a feed says of itself.
type channel struct {
	*machine.Language
	path               string // of its page: "" or "rash/"
	title, description string
	since              time.Time // when it was made, if it has no entries
}

// entry is an update in a feed.
type entry struct {
	id, address, title, html string
	published, modified      time.Time
	kind                     string
	drill                    bool
	language                 string // if it is not that of the feed
}

// listed is an entry as both formats have it: a part of a file of its incident.
type listed struct {
	published, modified time.Time
	atom, json          []byte
}

// Incident makes the feeds of an incident. It shares its newest entries in each language.
func (o *feeds) Incident(inc *site.Incident) output.Part {
	var part output.Part
	shared := make([][]listed, len(o.languages))
	for i, l := range o.languages {
		files, entries := incidentFeeds(l, inc)
		part.Files = append(part.Files, files...)
		if !inc.Front.Drill {
			shared[i] = entries
		}
	}
	part.Share = shared
	return part
}

// incidentFeeds makes the feeds of an incident in a language. Entries are those of its feed.
func incidentFeeds(l *machine.Language, inc *site.Incident) (files []fileset.File, entries []listed) {
	c := channel{Language: l, path: inc.Slug + "/", title: l.TitleOf(inc), description: l.SummaryOf(inc), since: inc.Known}
	all := make([]listed, 0, len(inc.Updates))
	entries = make([]listed, 0, newest)
	first := len(inc.Updates) - newest
	current := func(u *incident.Update) bool {
		return u.Index >= first || slices.ContainsFunc(u.Corrections, func(c *incident.Update) bool { return c.Index >= first })
	}
	var atom machine.XML
	for _, u := range slices.Backward(inc.Updates) {
		e := entryOf(l, inc, u)
		all = append(all, listed{published: e.published, modified: e.modified, atom: atomEntry(&atom, e)})
		if current(u) {
			entries = append(entries, all[len(all)-1])
			entries[len(entries)-1].json = jsonItem(e)
		}
	}
	files = append(files, jsonFeed(c, entries), atomFeed(c, entries, archives(all)))
	return append(files, atomArchives(c, all)...), entries
}

// Site makes the feeds of the site.
func (o *feeds) Site(_ *site.Site, parts []output.Part) output.Part {
	var part output.Part
	shares := output.Shares[[][]listed](parts)
	for i, l := range o.languages {
		var list []listed
		for _, shared := range shares {
			list = merged(list, shared[i])
		}
		c := channel{Language: l, title: l.Title, description: l.Summary, since: time.Unix(0, 0).UTC()}
		part.Files = append(part.Files, jsonFeed(c, list), atomFeed(c, list, 0))
	}
	return part
}

// merged returns the newest entries of two lists, newest first. Of those of the same time, those of
// list come first.
func merged(list, more []listed) []listed {
	for _, e := range more {
		if len(list) == newest && !e.published.After(list[newest-1].published) {
			break
		}
		at, _ := slices.BinarySearchFunc(list, e.published, func(e listed, t time.Time) int {
			return cmp.Or(t.Compare(e.published), -1)
		})
		list = slices.Insert(list, at, e)[:min(newest, len(list)+1)]
	}
	return list
}

// entryOf says all of an update.
func entryOf(l *machine.Language, inc *site.Incident, u *incident.Update) entry {
	e := entry{
		id: l.ID(inc.Slug + "/" + u.Name), address: l.Update(inc, u), title: l.HeadlineOf(inc, u),
		html: l.UpdateHTML(inc, u), published: u.Time, modified: l.Modified(u),
		kind: string(cmp.Or(u.Kind, domain.KindProgress)), drill: inc.Front.Drill,
	}
	if lang := l.Of(u.Texts); lang != l.Tag {
		e.language = lang
	}
	return e
}

// document puts a file together of what stands before, between and behind its entries. The entries,
// as their format has them, become parts of the file: nothing is in memory twice.
func document(path, head string, entries []listed, of func(*listed) *[]byte, between, tail string) fileset.File {
	size := len(head) + len(tail)
	for i := range entries {
		size += len(*of(&entries[i])) + len(between)
	}
	data := append(make([]byte, 0, size), head...)
	for i := range entries {
		if i > 0 {
			data = append(data, between...)
		}
		at, entry := len(data), of(&entries[i])
		data = append(data, *entry...)
		*entry = data[at:len(data):len(data)]
	}
	return fileset.NewFile(path, append(data, tail...))
}

func stamp(t time.Time) string { return t.Format(time.RFC3339) }
