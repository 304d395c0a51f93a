// Package feed is the output for feed readers: JSON Feed 1.1 (jsonfeed.org/version/1.1), one
// feed.json for the site and one for each incident, in every language.
//
// A feed has the newest 20 updates with their whole text, newest first, each once and for good
// under an id of its own: a tag URI (RFC 4151) of the host, the language, the incident's folder and
// the update's file name. What a reader sees in it depends on what was written and not on the
// instant: how promises stand is on the pages. A correction changes the item that it corrects: its
// text is put first and its time is when the item was modified. The feed of the site leaves drills
// out; that of a drill says in every title that it is one. Without the site's own address there are
// no feeds.
package feed

import (
	"cmp"
	"encoding/json"
	"html"
	"net/url"
	"slices"
	"strings"
	"time"

	"candor/generator/domain"
	"candor/generator/fileset"
	"candor/generator/input/content"
	"candor/generator/message"
	"candor/generator/output"
	"candor/generator/output/theme"
	"candor/generator/site"
	"candor/generator/site/config"
	"candor/generator/site/incident"
)

// newest is how many updates a feed has: as many as most readers ask for.
const newest = 20

// feed is a JSON Feed.
type feed struct {
	Version     string   `json:"version"`
	Title       string   `json:"title"`
	HomePage    string   `json:"home_page_url"`
	Address     string   `json:"feed_url"`
	Description string   `json:"description,omitempty"`
	Language    string   `json:"language"`
	Authors     []author `json:"authors,omitempty"`
	Items       []item   `json:"items"`
}

type author struct {
	Name string `json:"name"`
}

type item struct {
	ID        string    `json:"id"`
	URL       string    `json:"url"`
	Title     string    `json:"title"`
	HTML      string    `json:"content_html"`
	Published time.Time `json:"date_published"`
	Modified  time.Time `json:"date_modified"`
	Tags      []string  `json:"tags,omitempty"`
	Language  string    `json:"language,omitempty"` // if it is not that of the feed
}

// New makes the Output of feeds.
func New(f *site.Frame, _ *theme.Theme) output.Output {
	o := &feeds{frame: f}
	for _, l := range f.Settings.Languages {
		o.languages = append(o.languages, language{l, f.Addresses.In(l.Tag, f.Settings), l.Words()})
	}
	return o
}

type feeds struct {
	frame     *site.Frame
	languages []language
}

// language is one language of the site, with what is said and where its pages are.
type language struct {
	config.Language
	addresses site.Addresses
	words     *message.Words
}

// Incident makes the feeds of an incident.
func (o *feeds) Incident(inc *site.Incident) output.Part {
	var part output.Part
	if o.frame.Settings.BaseURL == "" {
		return part
	}
	shared := make([][]item, len(o.languages))
	for i, l := range o.languages {
		var items []item
		for _, u := range slices.Backward(inc.Updates[max(0, len(inc.Updates)-newest):]) {
			items = append(items, o.item(l, inc, u))
		}
		front := inc.Index.In(l.Tag).Front
		title, summary := cmp.Or(front.Title, inc.Front.Title), cmp.Or(front.Summary, inc.Front.Summary)
		part.Files = append(part.Files, o.feed(l, inc.Slug+"/", title, summary, items))
		if !inc.Front.Drill {
			shared[i] = items
		}
	}
	part.Share = shared
	return part
}

// Site makes the feeds of the site.
func (o *feeds) Site(_ []*site.Page, parts []output.Part) output.Part {
	var part output.Part
	if o.frame.Settings.BaseURL == "" {
		return part
	}
	shares := output.Shares[[][]item](parts)
	for i, l := range o.languages {
		var items []item
		for _, shared := range shares {
			items = merged(items, shared[i])
		}
		part.Files = append(part.Files, o.feed(l, "", l.Title, l.Summary, items))
	}
	return part
}

// merged returns the newest items of two lists, newest first. Of those of the same time, those of
// list come first.
func merged(list, more []item) []item {
	for _, it := range more {
		if len(list) == newest && !it.Published.After(list[newest-1].Published) {
			break
		}
		at, _ := slices.BinarySearchFunc(list, it.Published, func(e item, t time.Time) int {
			return cmp.Or(t.Compare(e.Published), -1)
		})
		list = slices.Insert(list, at, it)[:min(newest, len(list)+1)]
	}
	return list
}

// feed writes the feed of the page at a path.
func (o *feeds) feed(l language, path, title, description string, items []item) fileset.File {
	f := feed{
		Version: "https://jsonfeed.org/version/1.1", Title: title, HomePage: l.addresses.Canonical(path),
		Address: l.addresses.Canonical(path + "feed.json"), Description: description, Language: l.Tag, Items: items,
	}
	if f.Items == nil {
		f.Items = []item{}
	}
	if l.Organisation != "" {
		f.Authors = []author{{l.Organisation}}
	}
	data, err := json.Marshal(f)
	if err != nil {
		panic("feed: " + err.Error()) // these are texts and instants
	}
	return fileset.NewFile(l.addresses.Path(path+"feed.json"), append(data, '\n'))
}

// item says all of an update.
func (o *feeds) item(l language, inc *site.Incident, u *incident.Update) item {
	doc := u.In(l.Tag)
	path := site.UpdatesPath(inc.Slug, o.frame.Addresses.UpdatesPage(u.Index))
	page := site.Place{Path: path, Fragment: u.Anchor(), Published: true}
	name := url.URL{Path: l.addresses.Path(inc.Slug) + "/" + u.Name}
	it := item{
		ID:        "tag:" + o.frame.Addresses.Host() + ",2026:" + name.EscapedPath(),
		URL:       l.addresses.Absolute(page),
		Title:     cmp.Or(doc.Front.Title, u.Doc.Front.Title),
		Published: u.Time, Modified: u.Time,
		Tags: []string{string(cmp.Or(u.Kind, domain.KindProgress))},
	}
	if doc.Place.Lang == "" && l.Tag != o.frame.Settings.DefaultLanguage {
		it.Language = o.frame.Settings.DefaultLanguage
	}
	if inc.Front.Drill {
		it.Title, it.Tags = l.words.Must("drill.mark")+": "+it.Title, append(it.Tags, "drill")
	}
	if revised := u.Doc.Front.Revised.In(o.frame.Settings.Zone); revised.After(it.Modified) {
		it.Modified = revised
	}
	var b strings.Builder
	for _, c := range u.Corrections {
		if c.Time.After(it.Modified) {
			it.Modified = c.Time
		}
		head := l.words.Must("kinds.correction") + " · " + l.words.Full(c.Time)
		b.WriteString("<blockquote><p><strong>" + html.EscapeString(head) + "</strong></p>")
		b.WriteString(o.fill(l, inc, c.In(l.Tag).Lead) + "</blockquote>")
	}
	b.WriteString(o.fill(l, inc, doc.Lead))
	for _, s := range doc.Sections {
		title := s.Title
		if key := "groups." + s.ID; title == "" && l.words.Has(key) {
			title = l.words.Must(key)
		}
		b.WriteString("<h4>" + html.EscapeString(title) + "</h4>" + o.fill(l, inc, s.Body))
	}
	it.HTML = b.String()
	return it
}

// fill fills the holes of a fragment: links lead to absolute addresses, ids are left to the pages,
// and a promise says by when it was made.
func (o *feeds) fill(l language, inc *site.Incident, f content.Fragment) string {
	return string(f.Fill(func(h content.Hole) string {
		switch {
		case h.Link != nil && h.Link.Image:
			return inc.Links[h.Link].Image(l.addresses.Absolute, "")
		case h.Link != nil:
			return html.EscapeString(l.addresses.Absolute(inc.Links[h.Link].Place))
		case h.Mark && h.Task.Done:
			return "done"
		case h.Mark:
			return "open"
		case h.Task != nil && !h.Task.Done && !h.Task.Due.IsZero():
			due := l.words.Full(h.Task.Due.In(o.frame.Settings.Zone))
			return " · " + html.EscapeString(l.words.Must("promises.open", due))
		}
		return ""
	}))
}
