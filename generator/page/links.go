package page

import (
	"bytes"
	"html/template"
	"image"
	_ "image/gif"  // measures of images
	_ "image/jpeg" // measures of images
	_ "image/png"  // measures of images
	"maps"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"candor/generator/content"
	"candor/generator/diag"
	"candor/generator/fileset"
	"candor/generator/incident"
	"candor/generator/tomldoc"
)

// target is something that a link can lead to.
type target struct {
	url     string            // empty where it is not published
	anchors map[string]string // id as an editor writes it → id on the page
	file    *fileset.File     // an evidence file
	unread  bool              // nobody knows what ids it has
}

// Targets is what can be linked to in one folder of the content.
type Targets struct {
	folder   string             // "incidents/rash" or "pages"
	bySource map[string]*target // path of a content file
	byOutput map[string]*target // address within the site, without its base
}

// PageTargets indexes the standing pages and the home page.
func (a Addresses) PageTargets(pages []*content.Document) *Targets {
	t := newTargets("pages")
	t.byOutput[""] = &target{url: a.URL("")}
	for _, doc := range pages {
		t.add(a, doc, doc.Place.Name+"/", !doc.Front.Draft)
	}
	return t
}

// IncidentTargets indexes one incident. Inc is nil where it could not be
// assembled.
func (a Addresses) IncidentTargets(src incident.Source, inc *incident.Incident) *Targets {
	t := newTargets(src.Folder)
	for _, texts := range append(slices.Collect(maps.Values(src.Updates)), src.Index, src.FAQ, src.Report) {
		if texts.Doc != nil { // first everything as unpublished
			t.bySource[texts.Doc.Source.Path] = &target{anchors: anchors(texts.Doc), unread: texts.Doc.Unread}
		}
	}
	for i := range src.Evidence {
		t.bySource[src.Evidence[i].Path] = &target{file: &src.Evidence[i]}
	}
	if inc != nil && inc.Visible {
		t.addIncident(a, inc)
	}
	return t
}

func newTargets(folder string) *Targets {
	return &Targets{folder: folder, bySource: map[string]*target{}, byOutput: map[string]*target{}}
}

func anchors(doc *content.Document) map[string]string {
	ids := make(map[string]string, len(doc.Anchors))
	for _, a := range doc.Anchors {
		ids[strings.TrimPrefix(a.ID, doc.Prefix())] = a.ID
	}
	return ids
}

func (t *Targets) add(a Addresses, doc *content.Document, output string, visible bool) *target {
	one := &target{anchors: anchors(doc), unread: doc.Unread}
	if visible {
		one.url = a.URL(output)
		t.byOutput[output] = one
	}
	t.bySource[doc.Source.Path] = one
	return one
}

func (t *Targets) addIncident(a Addresses, inc *incident.Incident) {
	index := t.add(a, inc.Index.Doc, inc.Slug+"/", true)
	for _, id := range content.PageAnchors() {
		index.anchors[id] = id
	}
	if inc.FAQ != nil {
		t.add(a, inc.FAQ.Doc, inc.Slug+"/faq/", true)
	}
	if inc.Report != nil {
		t.add(a, inc.Report.Doc, inc.Slug+"/report/", true)
	}
	for i, u := range inc.Updates {
		output := archivePath(inc.Slug, a.archivePage(i))
		page := t.byOutput[output]
		if page == nil {
			page = &target{url: a.URL(output), anchors: map[string]string{}}
			t.byOutput[output] = page
		}
		anchor := content.UpdateAnchor(u.Name)
		page.anchors[anchor] = anchor
		own := &target{url: page.url, anchors: anchors(u.Doc), unread: u.Doc.Unread}
		own.anchors[""] = anchor
		t.bySource[u.Doc.Source.Path] = own
	}
	for _, e := range inc.Evidence {
		output := EvidencePath(inc.Slug, e.Name)
		one := &target{url: a.URL(output), file: &e.File}
		t.bySource[e.File.Path] = one
		t.byOutput[output] = one
	}
}

// Links resolves the links of documents: first among the targets of their own
// folder, then among all.
type Links struct {
	addresses Addresses
	tags      []string
	own       *Targets
	all       map[string]*Targets // by folder; nil while only own is known
	outputs   map[string]*Targets // by the first part of an address
}

// NewLinks makes the Links of a folder. Tags are the languages that file names
// may carry. All may be nil for documents whose links do not leave the folder.
func NewLinks(a Addresses, tags []string, own *Targets, all []*Targets) *Links {
	l := &Links{addresses: a, tags: tags, own: own}
	if all == nil {
		return l
	}
	l.all, l.outputs = map[string]*Targets{}, map[string]*Targets{}
	for _, t := range all {
		l.all[t.folder] = t
		for output := range t.byOutput {
			l.outputs[firstPart(output)] = t
		}
	}
	return l
}

// For returns the same Links for another folder.
func (l *Links) For(own *Targets) *Links {
	c := *l
	c.own = own
	return &c
}

func firstPart(output string) string {
	first, _, _ := strings.Cut(output, "/")
	return first
}

// Leaves says whether a document links to something outside of its folder.
func (l *Links) Leaves(doc *content.Document) bool {
	for _, link := range doc.Links {
		u, err := url.Parse(link.Dest)
		if err != nil || u.Path == "" {
			continue
		}
		name := path.Join(path.Dir(doc.Source.Path), u.Path)
		if strings.HasPrefix(u.Path, "/") || !strings.HasPrefix(name, l.own.folder+"/") {
			return true
		}
	}
	return false
}

// source returns what the content file at name is to links.
func (l *Links) source(name string) *target {
	if t := l.own.bySource[name]; t != nil {
		return t
	}
	parts := strings.SplitN(name, "/", 3)
	folder := parts[0]
	if folder != "pages" && len(parts) > 1 {
		folder += "/" + parts[1]
	}
	if t := l.all[folder]; t != nil {
		return t.bySource[name]
	}
	return nil
}

// output returns what stands at an address of the site.
func (l *Links) output(address string) *target {
	t := l.outputs[firstPart(address)]
	if t == nil {
		return nil
	}
	if found := t.byOutput[address]; found != nil {
		return found
	}
	return t.byOutput[address+"/"]
}

// resolve returns what a link in doc leads to, with the id on that page, or why
// it leads nowhere.
func (l *Links) resolve(doc *content.Document, link *content.Link) (t *target, id string, problem, hint diag.Text) {
	u, err := url.Parse(link.Dest)
	if err != nil {
		return nil, "", diag.Textf("\"%s\" is not an address", link.Dest), diag.Textf("put an address with spaces between < and >")
	}
	absolute := strings.HasPrefix(u.Path, "/")
	name := path.Join(path.Dir(doc.Source.Path), u.Path)
	switch {
	case u.Path == "":
		name = l.original(doc.Source.Path)
		t = l.source(name)
	case absolute:
		name = strings.TrimSuffix(strings.TrimPrefix(u.Path, "/"), "index.html")
		t = l.output(name)
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
	onPage, ok := t.anchors[id]
	switch {
	case id == "" || t.unread:
		return t, t.anchors[""], diag.Text{}, diag.Text{}
	case ok:
		return t, onPage, diag.Text{}, diag.Text{}
	case u.Path == "" && doc.Place.Kind == content.Update: // #id of the incident's own page
		index := l.source(path.Join(path.Dir(path.Dir(doc.Source.Path)), "index.md"))
		if index != nil && index.anchors[id] != "" {
			return index, index.anchors[id], diag.Text{}, diag.Text{}
		}
	}
	ids := slices.DeleteFunc(slices.Sorted(maps.Keys(t.anchors)), func(s string) bool { return s == "" })
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
	if rest, absolute := strings.CutPrefix(written, "/"); absolute {
		depth := strings.Count(strings.TrimSuffix(rest, "/"), "/")
		for _, t := range l.all {
			for output := range t.byOutput {
				if strings.Count(strings.TrimSuffix(output, "/"), "/") == depth {
					known = append(known, "/"+output)
				}
			}
		}
	} else {
		for _, t := range []*Targets{l.own, l.all["pages"]} {
			if t == nil {
				continue
			}
			for name := range t.bySource {
				known = append(known, relative(doc, name))
			}
		}
	}
	slices.Sort(known)
	return tomldoc.Nearest(written, slices.Compact(known))
}

// original returns the name of the file that a translation's name stands for.
func (l *Links) original(name string) string {
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

// href returns the escaped text for the hole that a link leaves.
func (l *Links) href(doc *content.Document, link *content.Link) string {
	t, id, _, _ := l.resolve(doc, link)
	if t == nil {
		return "" // reported by Check; nothing is published
	}
	address := t.url
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
