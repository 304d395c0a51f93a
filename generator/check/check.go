// Package check finds what is wrong with a site: links that lead nowhere, what the
// rules of package policy report, translations that say something else than their
// originals, and addresses that two things would have.
//
// It reads the model and changes nothing. Everything in it is a function of the
// model and, for the rules about duties, of the instant.
package check

import (
	"slices"
	"strings"
	"time"

	"candor/generator/check/lexicon"
	"candor/generator/check/policy"
	"candor/generator/diag"
	"candor/generator/fileset"
	"candor/generator/input/conflict"
	"candor/generator/input/content"
	"candor/generator/input/tomldoc"
	"candor/generator/parallel"
	"candor/generator/site"
	"candor/generator/site/config"
	"candor/generator/site/incident"
)

// Checker finds what is wrong under the settings of one site. It does not change and
// is safe for concurrent use.
type Checker struct {
	settings *config.Site
	rules    *policy.Checker
}

// New makes the Checker of a site with its own word lists, those of words; false if
// it has none. It returns what is wrong with the lists and the settings.
func New(settings *config.Site, words fileset.File, has bool) (*Checker, diag.List) {
	lists, found := lexicon.Default(), diag.List(nil)
	if has {
		src := diag.Source{Path: words.Path, Data: content.Normalise(words.Data)}
		if found = conflict.Find(src); len(found) == 0 {
			lists, found = lexicon.Parse(src, lists)
		}
	}
	c := &Checker{settings, policy.New(settings, lists)}
	return c, append(found, c.rules.Site()...)
}

// Incident finds what is wrong with an incident at an instant, and returns the first
// instant after it at which that may be something else; zero if there is none.
func (c *Checker) Incident(inc *site.Incident, at time.Time) (found diag.List, next time.Time) {
	in := policy.Circumstance{}
	if inc.Incident != nil {
		in.Stance, in.Contacts, in.Imported = inc.Front.Stance, inc.Contacts, inc.Front.Imported
	}
	docs := inc.Source.All
	byDoc := make([]diag.List, len(docs))
	parallel.Do(len(docs), func(i int) {
		in := in
		in.Withheld = inc.Unpublished(docs[i])
		byDoc[i] = append(links(docs[i], inc.Links, in.Withheld == ""), c.rules.Document(docs[i], in)...)
	})
	found = slices.Concat(byDoc...)
	var allowed []*content.Document
	for _, doc := range docs {
		if doc.Allowed != nil {
			allowed = append(allowed, doc)
		}
	}
	var files diag.List
	var mentions policy.Mentions
	if inc.Incident != nil {
		in.Withheld = inc.Withheld[inc.Index.Doc]
		if t := inc.Source.Data.Timeline; t != nil {
			found = append(found, c.rules.Events(t.File, in)...)
		}
		files, mentions = c.rules.Files(inc.Incident, in)
		found = append(found, files...)
		clock := incident.NewClock(at) // of its own: readers are not told that an editor was warned
		found = append(found, c.rules.Incident(inc.Incident, clock)...)
		next = clock.Next()
	}
	found = append(found, c.translations(inc.Source.All, func(doc *content.Document) bool {
		reason := inc.Unpublished(doc)
		return (reason == "" || reason == incident.Scheduled) && !in.Imported
	})...)
	return policy.Suppress(found, allowed, c.settings.Rules, mentions), next
}

// Settings finds what the settings no longer say at an instant, and returns the first instant after it
// at which that may be something else; zero if there is none.
func (c *Checker) Settings(at time.Time) (found diag.List, next time.Time) {
	clock := incident.NewClock(at)
	found = c.rules.Expiry(clock)
	return found, clock.Next()
}

// Pages finds what is wrong with the standing pages and their translations. All says where their
// links lead.
func (c *Checker) Pages(docs []*content.Document, all site.Links) diag.List {
	var found diag.List
	for _, doc := range docs {
		in := policy.Circumstance{}
		if doc.Front.Draft {
			in.Withheld = incident.Draft
		}
		found = append(found, links(doc, all, !doc.Front.Draft)...)
		found = append(found, c.rules.Document(doc, in)...)
		if !doc.Front.Revised.Exists(c.settings.Zone) {
			found = append(found, doc.AtKey("revised", "bad-date", tomldoc.Skipped(c.settings.Zone),
				diag.Textf("name a time an hour later")))
		}
	}
	found = append(found, c.translations(docs, func(doc *content.Document) bool { return !doc.Front.Draft })...)
	return policy.Suppress(found, docs, c.settings.Rules, nil)
}

// Addresses finds incidents and standing pages with an address that something else
// has, or that some disks cannot tell from it.
func Addresses(s *site.Site) diag.List {
	var found diag.List
	taken := map[string]string{"404.html": "404.html", "index.html": "index.html", "sitemap.xml": "sitemap.xml"}
	for _, tag := range s.Settings.Tags() {
		taken[strings.ToLower(tag)] = "[languages." + tag + "]"
	}
	if len(s.Settings.Services) > 0 {
		taken[strings.TrimSuffix(site.ServicesPath, "/")] = "[[service]]"
	}
	for _, inc := range s.Visible() {
		name := strings.ToLower(inc.Slug)
		if other, ok := taken[name]; ok {
			found = append(found, diag.Source{Path: inc.Source.Folder}.Whole("duplicate-id",
				diag.Textf("\"%s\" has the address of this incident", other), diag.Textf("rename the incident's folder")))
		}
		taken[name] = inc.Source.Folder
	}
	for _, page := range s.Pages {
		doc := page.Doc
		if doc.Front.Draft {
			continue
		}
		name := strings.ToLower(doc.Place.Name)
		if other, ok := taken[name]; ok {
			found = append(found, doc.Source.Whole("duplicate-id",
				diag.Textf("\"%s\" has the address of this page", other), diag.Textf("rename the page")))
		}
		taken[name] = doc.Source.Path
	}
	return found
}

// findingsLimit bounds what is reported of the links of one document.
const findingsLimit = 100

// links reports the links of a document that lead nowhere. In a document that is
// not published they are warnings.
func links(doc *content.Document, all site.Links, published bool) diag.List {
	var found diag.List
	for _, link := range doc.Links {
		if len(found) >= findingsLimit {
			break
		}
		t := all[link]
		nowhere := t.Problem.Format != ""
		rule, problem, hint := "broken-link", t.Problem, t.Hint
		switch {
		case nowhere && link.Image:
			rule = "missing-file"
		case nowhere:
		case link.Image && t.Picture == nil:
			problem = diag.Textf("\"%s\" is not an image", link.Dest)
			hint = diag.Textf("an image is a PNG, JPEG, GIF, WebP or SVG file beside the text")
		case link.Image && t.Picture.Published().Problem.Format != "":
			p := t.Picture.Published()
			rule, problem, hint = "bad-value", p.Problem, p.Hint
		case !t.Published && published && !t.Unread:
			problem = diag.Textf("\"%s\" is not published", link.Dest)
			hint = diag.Textf("it is a draft, not approved, or its time has not come: publish both together")
			if t.File {
				hint = diag.Textf(
					"a file is published with its own incident, if a published text of it names it or links to it")
			}
		case link.Image && t.Picture.Published().Advice.Format != "":
			p := t.Picture.Published()
			rule, problem, hint = "image-weight", p.Advice, p.Hint
		default:
			continue
		}
		d := doc.Source.At(link.Start, link.End, rule, problem, hint)
		if !published {
			d.Severity = diag.Warning
		}
		found = append(found, d)
	}
	return found
}
