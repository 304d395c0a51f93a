// Package page is the output that renders HTML pages: it plans which pages a site
// has and what is on each.
//
// A Planner turns incidents into plain view structs (view.go), which are all that
// templates see: it settles every word that depends on the instant or on a
// language, every address and every state. It does not render.
package page

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"time"

	"candor/generator/fileset"
	"candor/generator/input/content"
	"candor/generator/message"
	"candor/generator/output/theme"
	"candor/generator/site"
	"candor/generator/site/config"
	"candor/generator/site/incident"
)

// Page is one page to be rendered.
type Page struct {
	Output string // path of the file, such as "rash/faq/index.html"
	Layout string // template, such as "layouts/faq"
	Lang   string
	View   any
}

// Planner plans the pages of one language of a site.
type Planner struct {
	frame     *site.Frame
	settings  *config.Site
	theme     *theme.Theme
	words     *message.Words
	addresses site.Addresses
	lang      config.Language
	shared    Site
	live      bool // pages have the theme's script if something is due
}

// NewPlanner makes a Planner for the language with the tag. It leaves out standing pages that are
// drafts. Pages of a frozen site have no script: the reader's time does not matter.
func NewPlanner(f *site.Frame, th *theme.Theme, tag string) *Planner {
	p := &Planner{
		frame: f, settings: f.Settings, theme: th, words: th.Words(tag), lang: f.Settings.Language(tag),
		addresses: f.Addresses.In(tag, f.Settings), live: !f.Frozen && th.HasScript(),
	}
	p.shared = Site{
		Title:        p.lang.Title,
		Lang:         p.lang.TitleLang,
		Organisation: cmp.Or(p.lang.Organisation, p.lang.Title),
		Summary:      p.lang.Summary,
		Home:         p.addresses.URL(""),
		Params:       th.Params,
		Paper:        th.Properties["paper"],
		PaperDark:    th.Properties["paper-dark"],
	}
	p.shared.Icons, p.shared.Picture = p.pictures(f.Static)
	p.shared.Contacts, p.shared.Press = split(site.Contacts(p.settings, tag, nil, p.settings.Contacts...))
	for i := range f.Standing {
		if doc := f.Standing[i].Doc; !doc.Front.Draft {
			link := Link{URL: p.addresses.URL(doc.Place.Name + "/")}
			link.Title, link.Lang = p.frontText(p.text(&f.Standing[i]), titleOf)
			p.shared.Pages = append(p.shared.Pages, link)
		}
	}
	return p
}

// base fills what every page has. Output is the address within the site.
func (p *Planner) base(kind, output, title, description, version string) Base {
	b := Base{
		Kind: kind, Lang: p.lang.Tag, Dir: p.lang.Dir, Title: title,
		Description: cmp.Or(description, p.lang.Summary, p.lang.Title), Canonical: p.addresses.Canonical(output),
		Policy: p.theme.PolicyOf(kind, false), Site: p.shared, Version: version,
	}
	p.subscribe(&b, "")
	b.Site.Pages = slices.Clone(b.Site.Pages)
	for i := range b.Site.Pages {
		b.Site.Pages[i].Current = b.Site.Pages[i].URL == p.addresses.URL(output)
	}
	return b
}

// subscribe notes where a page's readers can subscribe: to what is below a path.
func (p *Planner) subscribe(b *Base, path string) {
	if p.settings.BaseURL != "" {
		b.Feed, b.Calendar = p.addresses.URL(path+"feed.atom"), p.addresses.URL(path+"calendar.ics")
	}
}

// pictures returns what content/static has to stand for the site.
func (p *Planner) pictures(static fileset.Set) (icons []Icon, share string) {
	for _, icon := range [...]Icon{{"icon", "favicon.ico"}, {"icon", "icon.svg"}, {"icon", "icon.png"},
		{"apple-touch-icon", "apple-touch-icon.png"}} {
		if _, ok := static.Get(icon.URL); ok {
			icons = append(icons, Icon{icon.Rel, p.addresses.Shared(icon.URL)})
		}
	}
	for _, name := range [...]string{"share.png", "share.jpg"} {
		if _, ok := static.Get(name); ok && share == "" {
			share = p.frame.Addresses.Canonical(name)
		}
	}
	return icons, share
}

// version returns the version of a page from the digests of its sources.
func version(sums []byte) string { return fileset.SumOf(sums).Short() }

// versions adds to a page its addresses in the site's languages. It is about a text;
// nil if it exists in all languages. If its text is not translated, the page that
// search engines find is the original.
func (p *Planner) versions(b *Base, output string, t *incident.Texts) {
	if len(p.settings.Languages) < 2 {
		return
	}
	original := p.addresses.In(p.settings.DefaultLanguage, p.settings)
	in := p.frame.Languages(t)
	for _, l := range p.settings.Languages {
		at := p.addresses.In(l.Tag, p.settings)
		current := l.Tag == p.lang.Tag
		b.Languages = append(b.Languages, Link{Title: l.Name, URL: at.URL(output), Lang: l.Tag, Current: current})
		if address := at.Canonical(output); address != "" && slices.Contains(in, l.Tag) {
			b.Alternates = append(b.Alternates, Link{Title: l.Name, URL: address, Lang: l.Tag})
		}
	}
	switch {
	case !slices.Contains(in, p.lang.Tag):
		b.Canonical, b.Alternates = original.Canonical(output), nil
	case len(b.Alternates) < 2:
		b.Alternates = nil
	default:
		b.Alternates = append(b.Alternates, Link{URL: original.Canonical(output), Lang: "x-default"})
	}
}

// page makes a page of its view.
func (p *Planner) page(layout, output string, view any) Page {
	pg := Page{Output: p.addresses.Path(output), Layout: "layouts/" + layout, Lang: p.lang.Tag, View: view}
	if !strings.HasSuffix(output, ".html") {
		pg.Output += "index.html"
	}
	return pg
}

// Standing plans a standing page.
func (p *Planner) Standing(page *site.Page) Page {
	texts := &page.Texts
	output := texts.Doc.Place.Name + "/"
	t := p.text(texts)
	title, lang := p.frontText(t, titleOf)
	summary, _ := p.frontText(t, summaryOf)
	v := Standing{Base: p.base("page", output, title, summary, version(p.sums(nil, texts))), Contacts: p.shared.Contacts}
	p.versions(&v.Base, output, texts)
	v.TitleLang, v.Note = lang, p.note(t)
	v.Revised = p.revised(texts.Doc)
	v.Body = p.whole(t, page.Links)
	return p.page("page", output, v)
}

// Home plans the home page. Summaries are those of the visible incidents, the most pressing first.
// Its version depends on what it shows, so that it does not change with each text of an incident.
func (p *Planner) Home(summaries []*Summary) Page {
	v := Home{Base: p.base("home", "", p.lang.Title, p.lang.Summary, "")}
	p.versions(&v.Base, "", nil)
	for _, s := range summaries {
		if s.Brief.Open {
			continue
		}
		if n := len(v.Archive); n == 0 || v.Archive[n-1].Year != s.Brief.Year {
			v.Archive = append(v.Archive, Year{Year: s.Brief.Year})
		}
		year := &v.Archive[len(v.Archive)-1]
		year.Incidents = append(year.Incidents, s.Brief)
	}
	var asOf time.Time
	v.Open, asOf = openIncidents(summaries)
	v.AsOf = p.optional(asOf)
	services := p.siteServices(summaries)
	v.Condition, v.Services, v.Maintenance = p.worst(services), p.grouped(services), planned(summaries)
	p.withScript(&v.Base, asOf, anyAwaited(v.Open) || anyAwaited(v.Maintenance))
	v.Version = homeVersion(summaries)
	v.Data = p.linked(&v.Base, p.organisation())
	return p.page("home", "", v)
}

// homeVersion is the version of what is shown of all incidents.
func homeVersion(summaries []*Summary) string {
	shown := make([]byte, 0, len(summaries)*len(fileset.Sum{}))
	for _, s := range summaries {
		shown = append(shown, s.shown[:]...)
	}
	return version(shown)
}

// NotFound plans the error page, like Home. There is one for all languages, because
// a server has at most one; it has words in each of them.
func (p *Planner) NotFound(summaries []*Summary) Page {
	v := NotFound{Base: p.base("404", "404.html", p.words.Must("missing.title"), "", "")}
	p.versions(&v.Base, "", nil)
	v.NoIndex, v.Canonical, v.Alternates = true, "", nil
	for i := range v.Languages {
		v.Languages[i].Current = false // they lead to the home pages
	}
	for _, l := range p.settings.Languages {
		if l.Tag != p.lang.Tag {
			words, at := p.theme.Words(l.Tag), p.addresses.In(l.Tag, p.settings)
			v.Others = append(v.Others, Elsewhere{
				Lang: l.Tag, Dir: l.Dir, Title: words.Must("missing.title"),
				Home: Link{Title: words.Must("missing.home"), URL: at.URL("")},
			})
		}
	}
	var asOf time.Time
	v.Open, asOf = openIncidents(summaries)
	p.withScript(&v.Base, asOf, anyAwaited(v.Open))
	return p.page("404", "404.html", v)
}

// openIncidents returns the open incidents that nobody planned, and when the newest fact about any incident came to
// hold.
func openIncidents(summaries []*Summary) (list []Brief, asOf time.Time) {
	for _, s := range summaries {
		if s.Brief.Open && s.Brief.Maintenance == nil {
			list = append(list, s.Brief)
		}
		if s.asOf.After(asOf) {
			asOf = s.asOf
		}
	}
	return list, asOf
}

// MostPressing returns the summaries with the open incidents first, the most serious
// and then the newest of them, and after them maintenance and the closed ones, newest first.
func MostPressing(summaries []*Summary) []*Summary {
	rank := func(s *Summary) int {
		if s.Brief.Open && s.Brief.Maintenance == nil {
			return s.Brief.Level
		}
		return math.MaxInt
	}
	return slices.SortedStableFunc(slices.Values(summaries), func(a, b *Summary) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), b.known.Compare(a.known), cmp.Compare(a.Brief.Slug, b.Brief.Slug))
	})
}

// sums adds the digests of a text and of its translation into the planner's language.
func (p *Planner) sums(list []byte, t *incident.Texts) []byte {
	list = append(list, t.Doc.Sum[:]...)
	if words := t.In(p.lang.Tag); words != t.Doc {
		list = append(list, words.Sum[:]...)
	}
	return list
}

// sumsOf returns the digests of the documents behind an incident's pages.
func (p *Planner) sumsOf(inc *site.Incident) []byte {
	sums := make([]byte, 0, len(fileset.Sum{})*(len(inc.Updates)+len(inc.Files)+3))
	sums = p.sums(sums, &inc.Index)
	for _, u := range inc.Updates {
		sums = p.sums(sums, u.Texts)
	}
	if inc.FAQ != nil {
		sums = p.sums(sums, inc.FAQ)
	}
	if inc.Report != nil {
		sums = p.sums(sums, &inc.Report.Texts)
	}
	for i := range inc.Files {
		sums = append(sums, inc.Files[i].File.Sum[:]...)
	}
	return sums
}

// at words an instant.
func (p *Planner) at(t time.Time) Time {
	in := t.In(p.settings.Zone)
	return Time{
		ISO: in.Format(time.RFC3339), Full: p.words.Full(in), Short: p.words.Short(in),
		Date: p.words.Date(in), Day: p.words.Day(in), Clock: p.words.Clock(in),
	}
}

// revised words when a document was revised; nil if it was not.
func (p *Planner) revised(doc *content.Document) *Time {
	return p.optional(doc.Front.Revised.In(p.settings.Zone))
}

// optional words an instant; nil if there is none.
func (p *Planner) optional(t time.Time) *Time {
	if t.IsZero() {
		return nil
	}
	v := p.at(t)
	return &v
}
