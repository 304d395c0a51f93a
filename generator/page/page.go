// Package page plans which pages a site has and what stands on each.
//
// A Planner turns incidents into plain view structs (view.go), the only thing
// that templates see: every word that depends on the instant or on a language,
// every address and every state is settled here. It also knows what each link
// leads to, and reports those that lead nowhere. It renders nothing.
package page

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"candor/generator/config"
	"candor/generator/content"
	"candor/generator/fileset"
	"candor/generator/incident"
	"candor/generator/theme"
)

// Page is one page to be rendered.
type Page struct {
	Output string // path of the file, such as "rash/faq/index.html"
	Layout string // template, such as "layouts/faq"
	Lang   string
	View   any

	// Where View is nil, Plan makes it, and Key holds all that the page is made of
	// but for the site, the theme and the standing pages.
	Key  []byte
	Plan func() any
}

// Planner plans the pages of one language of a site.
type Planner struct {
	site      *config.Site
	theme     *theme.Theme
	words     *theme.Catalogue
	addresses Addresses
	lang      config.Language
	shared    Site
}

// NewPlanner makes a Planner for the language with the tag. Of the standing
// pages, drafts are left out.
func NewPlanner(site *config.Site, th *theme.Theme, tag string, pages []*content.Document) *Planner {
	p := &Planner{site: site, theme: th, words: th.Words(tag), addresses: NewAddresses(site), lang: site.Language(tag)}
	p.shared = Site{
		Title:        p.lang.Title,
		Organisation: cmp.Or(p.lang.Organisation, p.lang.Title),
		Summary:      p.lang.Summary,
		Home:         p.addresses.URL(""),
		Params:       th.Params,
	}
	p.shared.Contacts, p.shared.Press = p.contacts(site.Contacts)
	for _, doc := range pages {
		if doc.Front.Draft {
			continue
		}
		p.shared.Pages = append(p.shared.Pages, Link{Title: doc.Front.Title, URL: p.addresses.URL(doc.Place.Name + "/")})
	}
	return p
}

// base fills what every page has. Output is the address within the site.
func (p *Planner) base(kind, output, title, description, version string) Base {
	b := Base{
		Kind: kind, Lang: p.lang.Tag, Dir: p.lang.Dir, Title: title, Description: description,
		Path: "/" + output, Canonical: p.addresses.Canonical(output), Policy: p.theme.PolicyOf(kind), Site: p.shared, Version: version,
	}
	b.Site.Pages = slices.Clone(b.Site.Pages)
	for i := range b.Site.Pages {
		b.Site.Pages[i].Current = b.Site.Pages[i].URL == p.addresses.URL(output)
	}
	return b
}

// version names the sources of a page: it changes when, and only when, they do.
func version(sums ...fileset.Sum) string {
	all := make([]byte, 0, len(sums)*len(fileset.Sum{}))
	for _, s := range sums {
		all = append(all, s[:]...)
	}
	return versionOf(string(all))
}

func versionOf(text string) string { return fileset.NewFile("version", []byte(text)).Sum.Short() }

func (p *Planner) page(layout, output string, view any) Page {
	if !strings.HasSuffix(output, ".html") {
		output += "index.html"
	}
	return Page{Output: output, Layout: "layouts/" + layout, Lang: p.lang.Tag, View: view}
}

// Standing plans a standing page.
func (p *Planner) Standing(doc *content.Document, links *Links) Page {
	output := doc.Place.Name + "/"
	v := Standing{Base: p.base("page", output, doc.Front.Title, doc.Front.Summary, version(doc.Sum)), Contacts: p.shared.Contacts}
	v.Revised = p.optional(doc.Front.Revised.In(p.site.Zone))
	v.Body = p.whole(doc, links)
	return p.page("page", output, v)
}

// Home plans the home page. Summaries are those of the visible incidents.
func (p *Planner) Home(summaries []*Summary) Page {
	v := Home{Base: p.base("home", "", p.lang.Title, p.lang.Summary, "")}
	var versions []string
	var asOf time.Time
	for _, s := range mostPressing(summaries) {
		brief := s.Brief
		versions = append(versions, s.Version)
		if s.asOf.After(asOf) {
			asOf = s.asOf
		}
		if brief.Open {
			v.Open = append(v.Open, brief)
			continue
		}
		if n := len(v.Archive); n == 0 || v.Archive[n-1].Year != brief.Year {
			v.Archive = append(v.Archive, Year{Year: brief.Year})
		}
		year := &v.Archive[len(v.Archive)-1]
		year.Incidents = append(year.Incidents, brief)
	}
	v.AsOf = p.optional(asOf)
	v.Version = versionOf(strings.Join(versions, " "))
	return p.page("home", "", v)
}

// NotFound plans the error page.
func (p *Planner) NotFound(summaries []*Summary) Page {
	v := NotFound{Base: p.base("404", "404.html", p.words.Must("missing.title"), "", "")}
	v.NoIndex, v.Canonical = true, ""
	for _, s := range mostPressing(summaries) {
		if s.Brief.Open {
			v.Open = append(v.Open, s.Brief)
		}
	}
	return p.page("404", "404.html", v)
}

// mostPressing puts open incidents first, the gravest and then the newest of
// them, and after them the closed ones, newest first.
func mostPressing(summaries []*Summary) []*Summary {
	sorted := slices.Clone(summaries)
	slices.SortStableFunc(sorted, func(a, b *Summary) int {
		if a.Brief.Open != b.Brief.Open {
			if a.Brief.Open {
				return -1
			}
			return 1
		}
		if a.Brief.Open && a.Brief.Level != b.Brief.Level {
			return cmp.Compare(a.Brief.Level, b.Brief.Level)
		}
		return cmp.Or(b.known.Compare(a.known), cmp.Compare(a.Brief.Slug, b.Brief.Slug))
	})
	return sorted
}

// sumsOf returns the digests of the documents behind an incident's pages.
func sumsOf(inc *incident.Incident) []fileset.Sum {
	sums := make([]fileset.Sum, 0, len(inc.Updates)+len(inc.Evidence)+3)
	sums = append(sums, inc.Index.Doc.Sum)
	for _, u := range inc.Updates {
		sums = append(sums, u.Doc.Sum)
	}
	if inc.FAQ != nil {
		sums = append(sums, inc.FAQ.Doc.Sum)
	}
	if inc.Report != nil {
		sums = append(sums, inc.Report.Doc.Sum)
	}
	for _, e := range inc.Evidence {
		sums = append(sums, e.File.Sum)
	}
	return sums
}

// at words an instant.
func (p *Planner) at(t time.Time) Time {
	t = t.In(p.site.Zone)
	return Time{
		ISO: t.Format(time.RFC3339), Full: p.words.Full(t), Short: p.words.Short(t),
		Date: p.words.Date(t), Day: p.words.Day(t), Clock: p.words.Clock(t),
	}
}

func (p *Planner) optional(t time.Time) *Time {
	if t.IsZero() {
		return nil
	}
	v := p.at(t)
	return &v
}
