package site

import (
	"path"
	"slices"
	"strings"

	"candor/generator/diag"
	"candor/generator/domain"
	"candor/generator/fileset"
	"candor/generator/input/content"
	"candor/generator/input/picture"
	"candor/generator/input/tomldoc"
	"candor/generator/site/incident"
)

// Resolver finds where links lead: it knows everything that can be linked to. It
// is safe for concurrent use.
type Resolver struct {
	tags     []string // the languages that file names may carry
	all      []*targets
	byFolder map[string]*targets
	byFirst  map[string]*targets // by the first part of an address
	pictures func(fileset.File) *picture.Picture
}

// NewResolver makes the Resolver of a site's pages and incidents. Pictures returns the Picture of a
// file, the same one for the same file.
func NewResolver(f *Frame, incidents []*Incident, pictures func(fileset.File) *picture.Picture) *Resolver {
	r := &Resolver{tags: f.Settings.Tags(), pictures: pictures, byFolder: make(map[string]*targets, len(incidents)+1),
		byFirst: make(map[string]*targets, len(incidents)+len(f.Standing)+1)}
	for _, inc := range incidents {
		r.add(inc.targets)
		if inc.Published() {
			r.byFirst[inc.Slug] = inc.targets
		}
	}
	pages := pageTargets(f.Standing)
	r.add(pages)
	r.byFirst[""] = pages
	for _, p := range f.Standing {
		r.byFirst[p.Doc.Place.Name] = pages
	}
	return r
}

func (r *Resolver) add(t *targets) {
	r.all = append(r.all, t)
	r.byFolder[t.folder] = t
}

// Resolve finds where the links of documents lead. Each document's are found from the place where
// it is.
func (r *Resolver) Resolve(docs []*content.Document) Links {
	var links Links
	for _, doc := range docs {
		for _, link := range doc.Links {
			if links == nil {
				links = Links{}
			}
			links[link] = r.target(doc, link)
		}
	}
	return links
}

// Way is one link that leaves the folder of its document, and where it led.
type Way struct {
	doc  *content.Document
	link *content.Link
	to   Target
}

// Outward returns those links of documents that leave a folder: these are all that depend on what
// is outside of it.
func (l Links) Outward(folder string, docs []*content.Document) []Way {
	var ways []Way
	for _, doc := range docs {
		for _, link := range doc.Links {
			u := link.URL
			if u == nil || u.Path == "" || !strings.HasPrefix(u.Path, "/") && strings.HasPrefix(link.Name, folder+"/") {
				continue
			}
			ways = append(ways, Way{doc, link, l[link]})
		}
	}
	return ways
}

// Same reports whether all ways still lead where they led.
func (r *Resolver) Same(ways []Way) bool {
	for _, w := range ways {
		if !r.target(w.doc, w.link).same(w.to) {
			return false
		}
	}
	return true
}

// Address returns the path within the site at which a content file is published, with its id on the
// page; false if it is not.
func (r *Resolver) Address(file string) (Target, bool) {
	p := r.source(file)
	if p == nil || !p.Published {
		return Target{}, false
	}
	return p.Target, true
}

// target finds where a link in a document leads, or why it leads nowhere.
func (r *Resolver) target(doc *content.Document, link *content.Link) Target {
	p, name, lang := r.find(doc, link)
	switch {
	case link.URL == nil:
		return Target{Problem: diag.Textf("\"%s\" is not an address", link.Dest),
			Hint: diag.Textf("put an address with spaces between < and >")}
	case p == nil:
		hint := diag.Textf("links go to a file beside this one, such as faq.md#refund, " +
			"or to an address of the site, such as /about/")
		if near := r.nearby(doc, link.URL.Path); near != "" {
			hint = diag.Textf("did you mean \"%s\"?", near)
		}
		if private := incident.PrivateName(name); private.Format != "" {
			hint = private
		}
		return Target{Problem: diag.Textf("there is no \"%s\"", name), Hint: hint}
	}
	t := p.Target
	t.Lang = lang
	if link.Image && p.file != nil && picture.Is(p.file.Path) {
		t.Picture = r.pictures(*p.file)
	}
	id := link.URL.Fragment
	if id == "" || t.Unread {
		return t
	}
	onPage, ok := p.id(id)
	if !ok && link.URL.Path == "" && doc.Place.Kind == content.Update { // an id of the incident's own page
		if index := r.source(path.Join(path.Dir(path.Dir(doc.Source.Path)), domain.FileIndex)); index != nil {
			if onPage, ok = index.id(id); ok {
				t = index.Target
			}
		}
	}
	if !ok {
		return Target{Problem: diag.Textf("\"%s\" has no id \"%s\"", name, id), Hint: idHint(id, p.ids())}
	}
	t.Fragment = onPage
	return t
}

// find returns what a link leads to, nil if there is nothing; under which name it was looked for;
// and the language that the link names.
func (r *Resolver) find(doc *content.Document, link *content.Link) (p *place, name, lang string) {
	u := link.URL
	switch {
	case u == nil:
		return nil, "", ""
	case u.Path == "":
		name = r.original(doc.Source.Path)
		return r.source(name), name, ""
	case !strings.HasPrefix(u.Path, "/"):
		name = r.original(link.Name)
		return r.source(name), name, ""
	}
	name = strings.TrimSuffix(strings.TrimPrefix(u.Path, "/"), "index.html")
	address := name
	for _, tag := range r.tags {
		if rest, ok := strings.CutPrefix(name, tag+"/"); ok || name == tag {
			address, lang = rest, tag
			break
		}
	}
	if p = r.address(address); p != nil && lang != "" && p.file != nil {
		p = nil // files have no language
	}
	return p, name, lang
}

// source returns what the content file at a path is to links; nil if there is no such file.
func (r *Resolver) source(name string) *place {
	parts := strings.SplitN(name, "/", 3)
	folder := parts[0]
	if folder != domain.FolderPages && len(parts) > 1 {
		folder += "/" + parts[1]
	}
	if t := r.byFolder[folder]; t != nil {
		return t.bySource[name]
	}
	return nil
}

// address returns what is at an address of the site; nil if nothing is.
func (r *Resolver) address(address string) *place {
	first, _, _ := strings.Cut(address, "/")
	t := r.byFirst[first]
	if t == nil {
		return nil
	}
	if p := t.byAddress[address]; p != nil {
		return p
	}
	return t.byAddress[address+"/"]
}

func idHint(id string, ids []string) diag.Text {
	if near := tomldoc.Nearest(id, ids); near != "" {
		return diag.Textf("did you mean \"#%s\"?", near)
	}
	if len(ids) == 0 {
		return diag.Textf("give a heading there this id: {#%s}", id)
	}
	return diag.Textf("it has: %s", diag.Names(ids))
}

// nearby returns the address that is most like a written one. Only files of the
// same folder, standing pages, and addresses of the same depth are looked at:
// among all files of a large site the search would take longer than the build.
func (r *Resolver) nearby(doc *content.Document, written string) string {
	var known []string
	if rest, absolute := strings.CutPrefix(written, "/"); absolute {
		depth := strings.Count(strings.TrimSuffix(rest, "/"), "/")
		for _, t := range r.all {
			for address := range t.byAddress {
				if strings.Count(strings.TrimSuffix(address, "/"), "/") == depth {
					known = append(known, "/"+address)
				}
			}
		}
	} else {
		folders := []string{domain.FolderPages}
		if doc.Place.Kind != content.Page {
			folders = append(folders, doc.Place.Folder())
		}
		for _, folder := range folders {
			if t := r.byFolder[folder]; t != nil {
				for name := range t.bySource {
					known = append(known, relative(doc, name))
				}
			}
		}
	}
	slices.Sort(known)
	return tomldoc.Nearest(written, known)
}

// original returns the name of the file that a translation's name stands for.
func (r *Resolver) original(name string) string {
	for _, tag := range r.tags {
		if strings.HasSuffix(name, "."+tag+".md") {
			if p := content.Locate(name, r.tags); p.Lang != "" {
				return strings.TrimSuffix(name, "."+p.Lang+".md") + ".md"
			}
		}
	}
	return name
}

// relative writes the path of a file as a link in doc would.
func relative(doc *content.Document, name string) string {
	dir := path.Dir(doc.Source.Path)
	up := ""
	for dir != "." && !strings.HasPrefix(name, dir+"/") {
		dir, up = path.Dir(dir), up+"../"
	}
	return up + strings.TrimPrefix(name, dir+"/")
}
