package page

import (
	"net/url"
	"path"
	"strconv"
	"strings"

	"candor/generator/site/config"
	"candor/generator/site/incident"
)

// Addresses knows where each thing of the site is published.
type Addresses struct {
	base     string // path of the site's home: "/" or "/crisis/"
	origin   string // scheme and host of base_url; empty where there is none
	prefix   string // of the pages in a language: "" or "en/"
	pageSize int
}

// NewAddresses makes the Addresses of a site.
func NewAddresses(site *config.Site) Addresses {
	a := Addresses{base: "/", pageSize: site.PageSize}
	if u, err := url.Parse(site.BaseURL); err == nil && site.BaseURL != "" {
		a.base, a.origin = u.EscapedPath(), u.Scheme+"://"+u.Host
	}
	return a
}

// In returns the Addresses of the pages in a language: the default one's stand at
// the root, others below their tag.
func (a Addresses) In(tag string, site *config.Site) Addresses {
	a.prefix = ""
	if tag != site.DefaultLanguage {
		a.prefix = tag + "/"
	}
	return a
}

// URL returns the address of a page such as "rash/faq/", for href.
func (a Addresses) URL(output string) string { return a.base + escaped(a.prefix+output) }

// Shared returns the address of a file that all languages have in common.
func (a Addresses) Shared(output string) string { return a.base + escaped(output) }

func escaped(output string) string {
	segments := strings.Split(output, "/")
	for i, s := range segments {
		segments[i] = url.PathEscape(s)
	}
	return strings.Join(segments, "/")
}

// Canonical returns the absolute address of an output path; empty without base_url.
func (a Addresses) Canonical(output string) string {
	if a.origin == "" {
		return ""
	}
	return a.origin + a.URL(output)
}

// archivePage returns the number of the page that holds the i-th oldest update.
func (a Addresses) archivePage(i int) int { return i/a.pageSize + 1 }

func archivePath(slug string, n int) string { return slug + "/updates/" + strconv.Itoa(n) + "/" }

// EvidencePath is where a file of an incident is published.
func EvidencePath(slug, name string) string { return path.Join(slug, "files", name) }

// update returns the permanent address of an update: its page is counted from
// the oldest, so that it stays when newer ones come.
func (a Addresses) update(inc *incident.Incident, i int) string {
	return a.URL(archivePath(inc.Slug, a.archivePage(i))) + "#" + fragment(inc.Updates[i].Anchor())
}

// fragment escapes an id for the part of an address after "#".
func fragment(id string) string { return (&url.URL{Fragment: id}).EscapedFragment() }
