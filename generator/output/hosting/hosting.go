// Package hosting is the output for those who fetch a site and those who serve it: robots.txt
// (RFC 9309), security.txt (RFC 9116), and the headers that the site needs, as Netlify and Cloudflare
// Pages read them (_headers). The manual has the same headers for nginx and Caddy. A file of the same
// name in content/static replaces each.
//
// What concerns a whole host is there only if the site is one: without a path in base_url. Without the
// site's own address there is nothing.
package hosting

import (
	"strings"
	"time"

	"candor/generator/fileset"
	"candor/generator/output"
	"candor/generator/output/theme"
	"candor/generator/site"
)

// Header is a header of every file, or only of those below a path.
type Header struct{ Path, Name, Value string }

// Frame is the path, in each language, of what other sites may show in a frame.
const Frame = "banner/"

// Headers are those that a site needs. One of a path replaces the one of the same name before it.
func Headers() []Header {
	return []Header{
		{"", "Cache-Control", "no-cache"}, // a crisis page that is an hour old is worse than none
		{"", "X-Content-Type-Options", "nosniff"},
		{"", "Content-Security-Policy", "frame-ancestors 'none'"},
		{"", "Access-Control-Allow-Origin", "*"}, // scripts of other sites may read what everybody may
		{Frame, "Content-Security-Policy", "frame-ancestors *"},
	}
}

// New makes the Output of files for hosts.
func New(f *site.Frame, _ *theme.Theme) output.Output { return hosting{f} }

type hosting struct{ frame *site.Frame }

// Incident makes nothing.
func (hosting) Incident(*site.Incident) output.Part { return output.Part{} }

// Site makes the files.
func (o hosting) Site(*site.Site, []output.Part) output.Part {
	var part output.Part
	settings, addresses := o.frame.Settings, o.frame.Addresses
	add := func(name string, lines ...string) {
		if _, own := o.frame.Static.Get(name); own {
			return // the site has its own
		}
		if _, own := o.frame.Static.Get(name); own {
			return // what the site puts there itself
		}
		part.Files = append(part.Files, fileset.NewFile(name, []byte(strings.Join(lines, "\n")+"\n")))
	}
	if settings.BaseURL == "" {
		return part
	}
	add("_headers", o.headers()...)
	if addresses.URL("") != "/" {
		return part
	}
	add("robots.txt", "User-agent: *", "Allow: /", "", "Sitemap: "+addresses.Canonical("sitemap.xml"))
	if len(settings.Security.Contacts) > 0 {
		add(".well-known/security.txt", o.security()...)
	}
	return part
}

// headers writes the headers. What replaces another header says first that this is gone: Cloudflare
// would send both, and browsers obey both.
func (o hosting) headers() []string {
	var lines []string
	for _, h := range Headers() {
		if h.Path == "" {
			lines = append(lines, "  "+h.Name+": "+h.Value)
		}
	}
	lines = append([]string{o.frame.Addresses.URL("") + "*"}, lines...)
	for _, h := range Headers() {
		if h.Path == "" {
			continue
		}
		for _, l := range o.frame.Settings.Languages {
			at := o.frame.Addresses.In(l.Tag, o.frame.Settings).URL(h.Path)
			lines = append(lines, at+"*", "  ! "+h.Name, "  "+h.Name+": "+h.Value)
		}
	}
	return lines
}

// security writes security.txt.
func (o hosting) security() []string {
	s := o.frame.Settings.Security
	var lines, tags []string
	add := func(name, value string) {
		if value != "" {
			lines = append(lines, name+": "+value)
		}
	}
	for _, c := range s.Contacts {
		add("Contact", c)
	}
	add("Expires", s.Expires.UTC().Format(time.RFC3339))
	add("Encryption", s.Encryption)
	add("Acknowledgments", s.Acknowledgments)
	for _, l := range o.frame.Settings.Languages {
		tags = append(tags, l.Tag)
	}
	add("Preferred-Languages", strings.Join(tags, ", "))
	add("Canonical", o.frame.Addresses.Canonical(".well-known/security.txt"))
	add("Policy", s.Policy)
	add("Hiring", s.Hiring)
	return lines
}
