package page

import (
	"bytes"
	"html/template"
	"image"
	_ "image/gif"  // measures of images
	_ "image/jpeg" // measures of images
	_ "image/png"  // measures of images
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"

	"candor/generator/diag"
	"candor/generator/fileset"
	"candor/generator/input/content"
	"candor/generator/input/tomldoc"
	"candor/generator/site/config"
)

// Links resolves the links of documents: first among the targets of their own
// folder, then among all.
type Links struct {
	addresses Addresses
	tags      []string
	own       *Targets
	others    *others
	prefix    string // of the addresses of pages in the language that is written
}

// others are the targets of all folders, found when somebody asks for one.
type others struct {
	list   []*Targets
	once   sync.Once
	folder map[string]*Targets
	first  map[string]*Targets // by the first part of an address
}

func (o *others) ready() {
	o.once.Do(func() {
		o.folder, o.first = make(map[string]*Targets, len(o.list)), make(map[string]*Targets, len(o.list))
		for _, t := range o.list {
			o.folder[t.folder] = t
			for _, first := range t.firsts {
				o.first[first] = t
			}
		}
	})
}

// in returns the targets of a folder; nil where there are none.
func (o *others) in(folder string) *Targets {
	o.ready()
	return o.folder[folder]
}

// at returns the targets with addresses whose first part is first; nil likewise.
func (o *others) at(first string) *Targets {
	o.ready()
	return o.first[first]
}

// NewLinks makes the Links of a folder. Tags are the languages that file names
// may carry. All may be nil for documents whose links do not leave the folder.
func NewLinks(a Addresses, tags []string, own *Targets, all []*Targets) *Links {
	return &Links{addresses: a, tags: tags, own: own, others: &others{list: all}}
}

// For returns the same Links for another folder.
func (l *Links) For(own *Targets) *Links {
	c := *l
	c.own = own
	return &c
}

// In returns the same Links as they stand in the pages of a language.
func (l *Links) In(tag string, site *config.Site) *Links {
	c := *l
	c.prefix = l.addresses.In(tag, site).prefix
	return &c
}

// language takes the tag of a language off an address, where it begins with one.
func (l *Links) language(address string) (rest, prefix string) {
	for _, tag := range l.tags {
		if rest, ok := strings.CutPrefix(address, tag+"/"); ok || address == tag {
			return rest, tag + "/"
		}
	}
	return address, ""
}

func firstPart(output string) string {
	first, _, _ := strings.Cut(output, "/")
	return first
}

// Outward returns a document with nothing but those links of doc that lead out of
// its folder; nil where there are none.
func (l *Links) Outward(doc *content.Document) *content.Document {
	var out *content.Document
	for _, link := range doc.Links {
		u := link.URL
		if u == nil || u.Path == "" {
			continue
		}
		if strings.HasPrefix(u.Path, "/") || !strings.HasPrefix(link.Name, l.own.folder+"/") {
			if out == nil {
				out = &content.Document{Place: doc.Place, Source: diag.Source{Path: doc.Source.Path}}
			}
			out.Links = append(out.Links, link)
		}
	}
	return out
}

// source returns what the content file at name is to links.
func (l *Links) source(name string) *target {
	if t := l.own.source(name); t != nil {
		return t
	}
	parts := strings.SplitN(name, "/", 3)
	folder := parts[0]
	if folder != "pages" && len(parts) > 1 {
		folder += "/" + parts[1]
	}
	if t := l.others.in(folder); t != nil {
		return t.source(name)
	}
	return nil
}

// output returns what stands at an address of the site.
func (l *Links) output(address string) *target {
	t := l.others.at(firstPart(address))
	if t == nil {
		return nil
	}
	if found := t.output(address); found != nil {
		return found
	}
	return t.output(address + "/")
}

// resolve returns what a link in doc leads to, with the id on that page, or why
// it leads nowhere.
func (l *Links) resolve(doc *content.Document, link *content.Link) (t *target, id string, problem, hint diag.Text) {
	u := link.URL
	if u == nil {
		return nil, "", diag.Textf("\"%s\" is not an address", link.Dest), diag.Textf("put an address with spaces between < and >")
	}
	absolute := strings.HasPrefix(u.Path, "/")
	name := link.Name
	switch {
	case u.Path == "":
		name = l.original(doc.Source.Path)
		t = l.source(name)
	case absolute:
		name = strings.TrimSuffix(strings.TrimPrefix(u.Path, "/"), "index.html")
		page, prefix := l.language(name)
		if t = l.output(page); t != nil && prefix != "" && t.file != nil {
			t = nil // files have no language
		}
	default:
		name = l.original(name)
		t = l.source(name)
	}
	if t == nil {
		hint := diag.Textf("links go to a file beside this one, such as faq.md#refund, or to an address of the site, such as /about/")
		if near := l.nearby(doc, u.Path); near != "" {
			hint = diag.Textf("did you mean \"%s\"?", near)
		}
		return nil, "", diag.Textf("there is no \"%s\"", name), hint
	}
	id = u.Fragment
	if id == "" || t.unread {
		return t, t.own, diag.Text{}, diag.Text{}
	}
	if onPage, ok := t.id(id); ok {
		return t, onPage, diag.Text{}, diag.Text{}
	}
	if u.Path == "" && doc.Place.Kind == content.Update { // #id of the incident's own page
		if index := l.source(path.Join(path.Dir(path.Dir(doc.Source.Path)), "index.md")); index != nil {
			if onPage, ok := index.id(id); ok {
				return index, onPage, diag.Text{}, diag.Text{}
			}
		}
	}
	ids := t.ids()
	hint = diag.Textf("it has: %s", strings.Join(ids, ", "))
	if len(ids) == 0 {
		hint = diag.Textf("give a heading there this id: {#%s}", id)
	}
	if near := tomldoc.Nearest(id, ids); near != "" {
		hint = diag.Textf("did you mean \"#%s\"?", near)
	}
	return nil, "", diag.Textf("\"%s\" has no id \"%s\"", name, id), hint
}

// nearby returns the address that is most like a written one. Only files of the
// same folder, standing pages, and addresses of the same depth are looked at:
// among all files of a large site the search would take longer than the build.
func (l *Links) nearby(doc *content.Document, written string) string {
	var known []string
	ignore := func(string) {}
	if rest, absolute := strings.CutPrefix(written, "/"); absolute {
		depth := strings.Count(strings.TrimSuffix(rest, "/"), "/")
		for _, t := range l.others.list {
			t.each(ignore, func(output string) {
				if strings.Count(strings.TrimSuffix(output, "/"), "/") == depth {
					known = append(known, "/"+output)
				}
			})
		}
	} else {
		for _, t := range []*Targets{l.own, l.others.in("pages")} {
			if t != nil {
				t.each(func(name string) { known = append(known, relative(doc, name)) }, ignore)
			}
		}
	}
	slices.Sort(known)
	return tomldoc.Nearest(written, slices.Compact(known))
}

// original returns the name of the file that a translation's name stands for.
func (l *Links) original(name string) string {
	translated := func(tag string) bool { return strings.HasSuffix(name, "."+tag+".md") }
	if !slices.ContainsFunc(l.tags, translated) {
		return name
	}
	if p := content.Locate(name, l.tags); p.Lang != "" {
		return strings.TrimSuffix(name, "."+p.Lang+".md") + ".md"
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

// findingsLimit bounds what is reported of one document.
const findingsLimit = 100

// Check reports the links of a document that lead nowhere. In a document that is
// not published they are warnings.
func (l *Links) Check(doc *content.Document, published bool) diag.List {
	var found diag.List
	for _, link := range doc.Links {
		if len(found) >= findingsLimit {
			break
		}
		t, _, problem, hint := l.resolve(doc, link)
		rule := "broken-link"
		switch {
		case t == nil && link.Image:
			rule = "missing-file"
		case t == nil:
		case link.Image && (t.file == nil || !isImage(t.file)):
			problem, hint = diag.Textf("\"%s\" is no image", link.Dest), diag.Textf("an image is a PNG, JPEG, GIF, WebP, AVIF or SVG file beside the text")
		case t.url == "" && published && !t.unread:
			problem, hint = diag.Textf("\"%s\" is not published", link.Dest), diag.Textf("it is a draft, not approved, or its time has not come: publish both together")
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

// isImage says whether a browser can be expected to show the file as an image.
func isImage(f *fileset.File) bool {
	switch strings.ToLower(path.Ext(f.Path)) {
	case ".png", ".jpg", ".jpeg", ".gif":
		_, _, err := image.DecodeConfig(bytes.NewReader(f.Data))
		return err == nil
	case ".webp", ".avif", ".svg":
		return true
	}
	return false
}

// prefixOf returns what goes before the address of the page that a link leads to:
// that of the language that is written, unless the link names one.
func (l *Links) prefixOf(link *content.Link) string {
	if link.URL != nil && strings.HasPrefix(link.URL.Path, "/") {
		if _, prefix := l.language(strings.TrimPrefix(link.URL.Path, "/")); prefix != "" {
			return prefix
		}
	}
	return l.prefix
}

// href returns the escaped text for the hole that a link leaves.
func (l *Links) href(doc *content.Document, link *content.Link) string {
	t, id, _, _ := l.resolve(doc, link)
	if t == nil {
		return "" // reported by Check; nothing is published
	}
	address := t.url
	if prefix := l.prefixOf(link); prefix != "" && t.file == nil && address != "" {
		address = l.addresses.base + prefix + strings.TrimPrefix(address, l.addresses.base)
	}
	if id != "" {
		address += "#" + fragment(id)
	}
	address = template.HTMLEscapeString(address)
	if !link.Image {
		return address
	}
	attributes := `src="` + address + `" loading="lazy"`
	if t.file != nil {
		if c, _, err := image.DecodeConfig(bytes.NewReader(t.file.Data)); err == nil {
			attributes += ` width="` + strconv.Itoa(c.Width) + `" height="` + strconv.Itoa(c.Height) + `"`
		}
	}
	return attributes
}
