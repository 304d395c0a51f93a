package site

import (
	"fmt"
	"html"
	"net/url"
	"path"
	"strconv"
	"strings"

	"candor/generator/input/picture"
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
func NewAddresses(settings *config.Site) Addresses {
	a := Addresses{base: "/", pageSize: settings.PageSize}
	if u, err := url.Parse(settings.BaseURL); err == nil && settings.BaseURL != "" {
		a.base, a.origin = u.EscapedPath(), u.Scheme+"://"+u.Host
	}
	return a
}

// In returns the Addresses of the pages in a language: the default one's are at
// the root, others below their tag.
func (a Addresses) In(tag string, settings *config.Site) Addresses {
	a.prefix = ""
	if tag != settings.DefaultLanguage {
		a.prefix = tag + "/"
	}
	return a
}

// Path returns where the file of a page is within the site: "en/rash/faq/".
func (a Addresses) Path(output string) string { return a.prefix + output }

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

// UpdatesPage returns the number, from 1, of the page that holds the i-th oldest update.
func (a Addresses) UpdatesPage(i int) int { return i/a.pageSize + 1 }

// Update returns the permanent address of an incident's i-th oldest update: its page is counted
// from the oldest, so that it stays when newer ones come.
func (a Addresses) Update(inc *incident.Incident, i int) string {
	return a.URL(UpdatesPath(inc.Slug, a.UpdatesPage(i))) + "#" + Fragment(inc.Updates[i].Anchor())
}

// Link returns the address of a place on the pages in the language of a; empty if it is not
// published.
func (a Addresses) Link(t Place) string {
	if !t.Published {
		return ""
	}
	if t.Lang != "" {
		a.prefix = t.Lang + "/"
	}
	if t.File {
		a.prefix = ""
	}
	if t.Fragment == "" {
		return a.URL(t.Path)
	}
	return a.URL(t.Path) + "#" + Fragment(t.Fragment)
}

// Host returns the host of the site's own address, without a port; empty without base_url.
func (a Addresses) Host() string {
	u, err := url.Parse(a.origin)
	if err != nil {
		return ""
	}
	return u.Hostname()
}

// Absolute returns the absolute address of a place; empty if it is not published, or without
// base_url.
func (a Addresses) Absolute(t Place) string {
	link := a.Link(t)
	if a.origin == "" || link == "" {
		return ""
	}
	return a.origin + link
}

// Image returns the attributes of an img element that shows a picture: where it is, by address, how
// large it is and, if there is a smaller one, which of the two to load: that follows from sizes, which
// says how wide it is shown. More is put behind the first.
func (t Place) Image(address func(Place) string, more, sizes string) string {
	text := `src="` + html.EscapeString(address(t)) + `"` + more
	if t.Picture == nil {
		return text
	}
	p := t.Picture.Published()
	if p.Width > 0 {
		text += ` width="` + strconv.Itoa(p.Width) + `" height="` + strconv.Itoa(p.Height) + `"`
	}
	if p.Small.Data != nil && sizes != "" {
		small := t
		small.Path = t.Smaller
		text += fmt.Sprintf(` srcset="%s %dw, %s %dw" sizes="%s"`, html.EscapeString(address(small)), picture.Small,
			html.EscapeString(address(t)), p.Width, html.EscapeString(sizes))
	}
	return text
}

// UpdatesPath is where the n-th page of an incident's updates is, counted from 1, the oldest.
func UpdatesPath(slug string, n int) string { return slug + "/updates/" + strconv.Itoa(n) + "/" }

// HistoryPath returns the path of the page that says what was published of an incident when.
func HistoryPath(slug string) string { return slug + "/history/" }

// FilePath is where a file of an incident is published.
func FilePath(slug, name string) string { return path.Join(slug, "files", name) }

// Fragment escapes an id for the part of an address after "#".
func Fragment(id string) string { return (&url.URL{Fragment: id}).EscapedFragment() }
