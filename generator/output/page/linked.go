package page

import (
	"encoding/json"
	"html/template"
	"time"

	"candor/generator/output/machine"
	"candor/generator/site"
)

// linkedUpdates is how many updates a page describes to search engines: they look for the newest.
const linkedUpdates = 3

// node is a thing that schema.org has a type for.
type node map[string]any

// linked returns the element of a page's head that says to search engines what the page is (JSON-LD);
// empty if they must not list it, or without base_url. The texts of the page are not repeated.
func (p *Planner) linked(b *Base, n node) template.HTML {
	if b.NoIndex || p.settings.BaseURL == "" {
		return ""
	}
	n["@context"], n["url"] = "https://schema.org", b.Canonical
	data, err := json.Marshal(n)
	if err != nil {
		panic("page: " + err.Error()) // these are texts
	}
	return template.HTML(`<script type="application/ld+json">` + string(data) + "</script>") // json escapes < > &
}

// organisation is who publishes the site.
func (p *Planner) organisation() node {
	return node{"@type": "Organization", "name": p.shared.Organisation, "url": p.addresses.Canonical("")}
}

// post is what all texts of an incident have.
func (pl *incidentPlan) post(kind, headline string, published, modified time.Time) node {
	n := node{"@type": kind, "headline": headline, "datePublished": published.Format(time.RFC3339), "publisher": pl.organisation()}
	if modified.After(published) {
		n["dateModified"] = modified.Format(time.RFC3339)
	}
	return n
}

// liveBlog describes the progress page.
func (pl *incidentPlan) liveBlog(b *Base) template.HTML {
	if pl.inc.Planned() {
		return ""
	}
	n := pl.post("LiveBlogPosting", pl.brief.Title, pl.inc.Known, pl.inc.LastChange)
	n["coverageStartTime"] = n["datePublished"]
	if !pl.inc.Open() {
		n["coverageEndTime"] = pl.inc.Resolved.Format(time.RFC3339)
	}
	var posts []node
	for i := len(pl.entries) - 1; i >= max(0, len(pl.entries)-linkedUpdates); i-- {
		e, u := pl.entries[i], pl.inc.Updates[i]
		path := site.Place{Path: site.UpdatesPath(pl.inc.Slug, pl.addresses.UpdatesPage(i)), Fragment: u.Anchor(), Published: true}
		posts = append(posts, node{"@type": "BlogPosting", "headline": e.Title, "datePublished": e.Time.ISO,
			"url": pl.addresses.Absolute(path)})
	}
	if posts != nil {
		n["liveBlogUpdate"] = posts
	}
	return pl.linked(b, n)
}

// below puts what a page of an incident is below the incident and the home page.
func (pl *incidentPlan) below(b *Base, n node) template.HTML {
	item := func(position int, name, path string) node {
		return node{"@type": "ListItem", "position": position, "name": name, "item": pl.addresses.Canonical(path)}
	}
	n["breadcrumb"] = node{"@type": "BreadcrumbList", "itemListElement": []node{
		item(1, pl.lang.Title, ""), item(2, pl.brief.Title, pl.inc.Slug+"/"),
	}}
	return pl.linked(b, n)
}

// faqPage describes the page of questions and answers.
func (pl *incidentPlan) faqPage(b *Base, list []Question) template.HTML {
	questions := []node{}
	for _, q := range list {
		answer := node{"@type": "Answer", "text": machine.Plain(string(q.Body))}
		questions = append(questions, node{"@type": "Question", "name": q.Title, "acceptedAnswer": answer})
	}
	return pl.below(b, node{"@type": "FAQPage", "mainEntity": questions})
}
