package page

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"candor/generator/content"
	"candor/generator/fileset"
	"candor/generator/incident"
)

// target is something that a link can lead to.
type target struct {
	url     string           // empty where it is not published
	own     string           // the id on that page where the file itself begins; empty at its top
	anchors []content.Anchor // the file's ids as they are on the page
	prefix  string           // of the file's ids, which an editor leaves out
	more    []string         // further ids of the page
	file    *fileset.File    // an evidence file
	unread  bool             // nobody knows what ids it has
}

// id returns the id on the page for one that an editor writes.
func (t *target) id(written string) (string, bool) {
	for _, a := range t.anchors {
		if strings.TrimPrefix(a.ID, t.prefix) == written {
			return a.ID, true
		}
	}
	return written, slices.Contains(t.more, written)
}

// ids are all ids as an editor writes them, sorted.
func (t *target) ids() []string {
	ids := slices.Clone(t.more)
	for _, a := range t.anchors {
		ids = append(ids, strings.TrimPrefix(a.ID, t.prefix))
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

func documentTarget(doc *content.Document) target {
	return target{anchors: doc.Anchors, prefix: doc.Prefix(), unread: doc.Unread}
}

// Targets is what can be linked to in one folder of the content. Of an incident's
// updates, which may be thousands, each is looked up when somebody asks for it.
type Targets struct {
	folder string   // "incidents/rash" or "pages"
	firsts []string // the first parts of its addresses

	once     sync.Once
	fill     func()
	bySource map[string]*target // path of a content file
	byOutput map[string]*target // address within the site, without its base

	updates []*incident.Texts // those not in bySource, by the paths of their files
	visible []*incident.Update
	archive string   // the address of the pages of updates but for their number
	pages   []string // of those pages, for href
	size    int      // updates on each
}

func (t *Targets) ready() {
	t.once.Do(func() {
		t.bySource, t.byOutput = map[string]*target{}, map[string]*target{}
		t.fill()
		t.fill = nil
	})
}

// Index looks everything up now, so that the documents behind need not be kept.
// It is not for concurrent use.
func (t *Targets) Index() {
	t.ready()
	for _, texts := range t.updates {
		t.bySource[texts.Doc.Source.Path] = t.update(texts.Doc.Source.Path)
	}
	for i := range t.pages {
		output := t.archive + strconv.Itoa(i+1) + "/"
		t.byOutput[output] = t.archivePage(output)
	}
	t.updates, t.visible, t.pages = nil, nil, nil
}

// Later returns the same targets without their index, which make will give again
// to the first who asks.
func (t *Targets) Later(make func() *Targets) *Targets {
	later := &Targets{folder: t.folder, firsts: t.firsts}
	later.fill = func() {
		made := make()
		made.Index()
		later.bySource, later.byOutput = made.bySource, made.byOutput
	}
	return later
}

// source returns what the content file at a path is to links.
func (t *Targets) source(path string) *target {
	t.ready()
	if one := t.bySource[path]; one != nil {
		return one
	}
	return t.update(path)
}

// output returns what stands at an address.
func (t *Targets) output(address string) *target {
	t.ready()
	if one := t.byOutput[address]; one != nil {
		return one
	}
	return t.archivePage(address)
}

// each yields the paths of all content files and the addresses of all that is
// published.
func (t *Targets) each(source, output func(string)) {
	t.ready()
	for path := range t.bySource {
		source(path)
	}
	for _, texts := range t.updates {
		source(texts.Doc.Source.Path)
	}
	for address := range t.byOutput {
		output(address)
	}
	for i := range t.pages {
		output(t.archive + strconv.Itoa(i+1) + "/")
	}
}

func (t *Targets) update(path string) *target {
	i, found := slices.BinarySearchFunc(t.updates, path, func(texts *incident.Texts, path string) int { return cmp.Compare(texts.Doc.Source.Path, path) })
	if !found {
		return nil
	}
	texts := t.updates[i]
	one := documentTarget(texts.Doc)
	if u := texts.Update(); len(t.pages) > 0 && u != nil && u.Index >= 0 {
		one.url, one.own = t.pages[u.Index/t.size], u.Anchor()
	}
	return &one
}

// archivePage returns the page of updates at an address.
func (t *Targets) archivePage(address string) *target {
	number, ours := strings.CutPrefix(address, t.archive)
	n, err := strconv.Atoi(strings.TrimSuffix(number, "/"))
	if !ours || err != nil || n < 1 || n > len(t.pages) || address != t.archive+strconv.Itoa(n)+"/" {
		return nil
	}
	page := &target{url: t.pages[n-1]}
	for _, u := range t.visible[(n-1)*t.size : min(n*t.size, len(t.visible))] {
		page.more = append(page.more, u.Anchor())
	}
	return page
}

// Address returns where a content file is published, with its place on the page;
// empty where it is not.
func (t *Targets) Address(file string) string {
	one := t.source(file)
	switch {
	case one == nil || one.url == "":
		return ""
	case one.own != "":
		return one.url + "#" + fragment(one.own)
	}
	return one.url
}

// PageTargets indexes the standing pages and the home page.
func (a Addresses) PageTargets(pages []*content.Document) *Targets {
	t := &Targets{folder: "pages", firsts: []string{""}}
	for _, doc := range pages {
		t.firsts = append(t.firsts, doc.Place.Name)
	}
	t.fill = func() {
		t.byOutput[""] = &target{url: a.URL("")}
		for _, doc := range pages {
			t.add(doc)
			if !doc.Front.Draft {
				t.publish(a, doc, doc.Place.Name+"/")
			}
		}
	}
	return t
}

// IncidentTargets indexes one incident. Inc is nil where it could not be
// assembled.
func (a Addresses) IncidentTargets(src incident.Source, inc *incident.Incident) *Targets {
	t := &Targets{folder: src.Folder}
	visible := inc != nil && inc.Visible
	if visible {
		t.firsts = []string{inc.Slug}
	}
	t.fill = func() {
		for _, texts := range []incident.Texts{src.Index, src.FAQ, src.Report} {
			if texts.Doc != nil { // first everything as unpublished
				t.add(texts.Doc)
			}
		}
		for i := range src.Evidence {
			t.bySource[src.Evidence[i].Path] = &target{file: &src.Evidence[i]}
		}
		t.addUpdates(src)
		if visible {
			t.addIncident(a, inc)
		}
	}
	return t
}

func (t *Targets) add(doc *content.Document) {
	one := documentTarget(doc)
	t.bySource[doc.Source.Path] = &one
}

// publish notes at which address a document is.
func (t *Targets) publish(a Addresses, doc *content.Document, output string) *target {
	one := t.bySource[doc.Source.Path]
	one.url = a.URL(output)
	t.byOutput[output] = one
	return one
}

func (t *Targets) addUpdates(src incident.Source) {
	t.updates = make([]*incident.Texts, 0, len(src.Updates))
	for _, texts := range src.Updates {
		if texts.Doc != nil {
			t.updates = append(t.updates, texts)
		}
	}
	byPath := func(x, y *incident.Texts) int { return cmp.Compare(x.Doc.Source.Path, y.Doc.Source.Path) }
	if !slices.IsSortedFunc(t.updates, byPath) { // translations may have come first
		slices.SortFunc(t.updates, byPath)
	}
}

func (t *Targets) addIncident(a Addresses, inc *incident.Incident) {
	t.publish(a, inc.Index.Doc, inc.Slug+"/").more = content.PageAnchors()
	if inc.FAQ != nil {
		t.publish(a, inc.FAQ.Doc, inc.Slug+"/faq/")
	}
	if inc.Report != nil {
		t.publish(a, inc.Report.Doc, inc.Slug+"/report/")
	}
	t.visible, t.size, t.archive = inc.Updates, a.pageSize, inc.Slug+"/updates/"
	for i := 0; i < len(inc.Updates); i += a.pageSize {
		t.pages = append(t.pages, a.URL(archivePath(inc.Slug, a.archivePage(i))))
	}
	for _, e := range inc.Evidence {
		output := EvidencePath(inc.Slug, e.Name)
		one := &target{url: a.Shared(output), file: &e.File}
		t.bySource[e.File.Path] = one
		t.byOutput[output] = one
	}
}
