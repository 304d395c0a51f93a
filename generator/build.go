package generator

import (
	"cmp"
	"path"
	"slices"
	"strings"
	"time"

	"candor/generator/config"
	"candor/generator/content"
	"candor/generator/diag"
	"candor/generator/fileset"
	"candor/generator/incident"
	"candor/generator/page"
	"candor/generator/policy"
	"candor/generator/theme"
	"candor/generator/tomldoc"
)

// build is the state of one Build, filled step by step.
type build struct {
	in    Input
	parse func(fileset.File, content.Place) *content.Document
	once  bool // nothing is kept for another build
	found diag.List

	site      *config.Site
	at        time.Time
	addresses page.Addresses
	tags      []string     // the languages that file names may carry
	theme     *theme.Theme // nil where it cannot render
	planner   *page.Planner
	presses   []*press

	pageFiles []located
	units     []*unit             // in the order of their folders
	pages     []*content.Document // the standing ones, in the default language

	translations []*content.Document // of pages
	standing     *page.Targets
	shared       rendered
}

// located is a file with its place.
type located struct {
	file  fileset.File
	place content.Place
}

// readSite reads site.toml and settles the instant.
func (b *build) readSite() {
	file, ok := b.in.Content.Get("site.toml")
	if !ok {
		b.site = config.Default()
		b.site.Unread = true
		b.found = append(b.found, diag.Source{Path: "site.toml"}.Whole("missing-file", diag.Textf("there is no site.toml"),
			diag.Textf("name the content folder with --content, or make a new site with: candor new site DIR")))
	} else {
		site, found := config.Read(file, b.in.Zones)
		b.site, b.found = site, append(b.found, found...)
	}
	b.site.Theme = cmp.Or(b.in.Theme, b.site.Theme)
	b.site.BaseURL = cmp.Or(b.in.BaseURL, b.site.BaseURL)
	b.at = b.in.At(b.site)
	b.addresses, b.tags = page.NewAddresses(b.site), b.site.Tags()
}

// loadTheme finds the theme among all themes and loads it.
func (b *build) loadTheme() {
	prefix := b.site.Theme + "/"
	var files []fileset.File
	for f := range b.in.Themes.Under(b.site.Theme).All() {
		f.Path = strings.TrimPrefix(f.Path, prefix)
		files = append(files, f)
	}
	if len(files) == 0 {
		b.found = append(b.found, b.noTheme())
		return
	}
	th, found := theme.Load(fileset.Must(files), path.Join("themes", b.site.Theme), b.site)
	b.theme, b.found = th, append(b.found, found...)
}

// noTheme says that the theme does not exist, where it was named.
func (b *build) noTheme() diag.Diagnostic {
	var names []string
	for f := range b.in.Themes.All() {
		name, _, inFolder := strings.Cut(f.Path, "/")
		if inFolder && (len(names) == 0 || names[len(names)-1] != name) {
			names = append(names, name)
		}
	}
	message := diag.Textf("there is no theme \"%s\"", b.site.Theme)
	hint := diag.Textf("one of: %s; or make the folder themes/%s beside the content", strings.Join(names, ", "), b.site.Theme)
	if near := tomldoc.Nearest(b.site.Theme, names); near != "" {
		hint = diag.Textf("did you mean \"%s\"?", near)
	}
	if b.in.Theme != "" {
		return diag.Source{Path: path.Join("themes", b.site.Theme)}.Whole("bad-value", message, hint)
	}
	return b.site.AtKey("theme", "bad-value", message, hint)
}

// sortFiles puts each file where it belongs: to its incident, to the standing
// pages, or to nothing.
func (b *build) sortFiles() {
	byFolder := map[string]*unit{}
	for f := range b.in.Content.All() { // in the order of their paths
		place := content.Locate(f.Path, b.tags)
		switch place.Kind {
		case content.Site:
		case content.Stray:
			if !b.site.Unread { // it may be a translation
				b.found = append(b.found, content.StrayFinding(f.Path))
			}
		case content.Page:
			b.pageFiles = append(b.pageFiles, located{f, place})
		default:
			u, ok := byFolder[place.Folder()]
			if !ok {
				u = newUnit(place)
				byFolder[place.Folder()] = u
				b.units = append(b.units, u)
			}
			u.files = append(u.files, located{f, place})
		}
	}
	if b.once {
		b.in.Content = fileset.Set{} // each unit lets go of its own files
	}
}

// parsePages reads the standing pages and prepares what all pages share.
func (b *build) parsePages() {
	for _, f := range b.pageFiles {
		doc := b.parse(f.file, f.place)
		b.found = append(b.found, doc.Findings...)
		if f.place.Lang == "" {
			b.pages = append(b.pages, doc)
		} else {
			b.translations = append(b.translations, doc)
		}
	}
	b.standing = b.addresses.PageTargets(b.pages)
	if b.theme == nil {
		return
	}
	b.planner = page.NewPlanner(b.site, b.theme, b.site.DefaultLanguage, b.pages)
	b.presses = make([]*press, workers())
	for i := range b.presses {
		b.presses[i] = &press{renderer: b.theme.Renderer(b.site.DefaultLanguage)}
	}
}

// parseIncidents reads the incidents for what is wrong in single files.
func (b *build) parseIncidents() {
	parallel(len(b.units), func(_, i int) { b.units[i].parse(b) })
}

// takeIncidents takes every incident as far as it gets by itself.
func (b *build) takeIncidents() {
	parallel(len(b.units), func(worker, i int) {
		u := b.units[i]
		u.parse(b)
		u.assemble(b)
		links := page.NewLinks(b.addresses, b.tags, u.targets, nil)
		if u.waits = u.leaves(links); !u.waits {
			u.finish(b, links, worker)
		}
	})
}

// takeWaiting finishes the incidents that link to something outside of them, and
// checks the standing pages.
func (b *build) takeWaiting() {
	all := make([]*page.Targets, 0, len(b.units)+1)
	for _, u := range b.units {
		all = append(all, u.targets)
	}
	links := page.NewLinks(b.addresses, b.tags, b.standing, append(all, b.standing))
	for _, doc := range slices.Concat(b.pages, b.translations) {
		b.found = append(b.found, links.Check(doc, !doc.Front.Draft)...)
		b.found = append(b.found, policy.Document(doc, draft(doc))...)
		if !doc.Front.Revised.Exists(b.site.Zone) {
			b.found = append(b.found, doc.AtKey("revised", "bad-date", tomldoc.Skipped(b.site.Zone),
				diag.Textf("name a time an hour later")))
		}
	}
	var waiting []*unit
	for _, u := range b.units {
		if u.waits {
			waiting = append(waiting, u)
		}
	}
	parallel(len(waiting), func(worker, i int) {
		waiting[i].finish(b, links.For(waiting[i].targets), worker)
	})
	b.renderStanding(links)
}

// checkAddresses reports what would be published at an address that something
// else has, or that some disks cannot tell from it.
func (b *build) checkAddresses() {
	taken := map[string]string{"404.html": "404.html", "index.html": "index.html"}
	for _, u := range b.units {
		if !u.visible {
			continue
		}
		name := strings.ToLower(u.slug)
		if other, ok := taken[name]; ok {
			b.found = append(b.found, diag.Source{Path: u.folder}.Whole("duplicate-id", diag.Textf("\"%s\" has the address of this incident", other), diag.Textf("rename the incident's folder")))
		}
		taken[name] = u.folder
	}
	for _, doc := range b.pages {
		if doc.Front.Draft {
			continue
		}
		name := strings.ToLower(doc.Place.Name)
		if other, ok := taken[name]; ok {
			b.found = append(b.found, doc.Source.Whole("duplicate-id", diag.Textf("\"%s\" has the address of this page", other), diag.Textf("rename the page")))
		}
		taken[name] = doc.Source.Path
	}
}

func draft(doc *content.Document) incident.Reason {
	if doc.Front.Draft {
		return incident.Draft
	}
	return ""
}

// nextChange returns the first instant after the build's at which an incident
// changes by itself; a frozen site never does.
func (b *build) nextChange() time.Time {
	var next time.Time
	if !b.site.At.IsZero() || !b.in.Instant.IsZero() {
		return next
	}
	for _, u := range b.units {
		n := u.appears
		if u.visible {
			n = u.clock.Next()
		}
		if !n.IsZero() && (next.IsZero() || n.Before(next)) {
			next = n
		}
	}
	return next
}
