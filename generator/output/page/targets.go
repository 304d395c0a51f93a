package page

import (
	"iter"
	"slices"
	"strconv"
	"strings"
	"sync"

	"candor/generator/fileset"
	"candor/generator/input/content"
	"candor/generator/site/incident"
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
	update  *incident.Update // of a file; nil where that is no visible update
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

	src       incident.Source    // whose updates are not in bySource
	inc       *incident.Incident // likewise; nil where it is not visible
	addresses Addresses
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
	for path := range t.updates() {
		one := t.update(path)
		if one != nil {
			one.update = nil // its document would stay with it
		}
		t.bySource[path] = one
	}
	for output := range t.archive() {
		t.byOutput[output] = t.archivePage(output)
	}
	t.src, t.inc = incident.Source{}, nil
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
	for path := range t.updates() {
		source(path)
	}
	for address := range t.byOutput {
		output(address)
	}
	for address := range t.archive() {
		output(address)
	}
}

// updates yields the paths of the updates that are not in bySource.
func (t *Targets) updates() iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, texts := range t.src.Updates {
			if texts.Doc != nil && !yield(texts.Doc.Source.Path) {
				return
			}
		}
	}
}

// archive yields the addresses of the pages of updates that are not in byOutput.
func (t *Targets) archive() iter.Seq[string] {
	return func(yield func(string) bool) {
		for n := 1; n <= t.archived(); n++ {
			if !yield(archivePath(t.inc.Slug, n)) {
				return
			}
		}
	}
}

// holds says whether an update is published here as it was when it was looked up.
func (t *Targets) holds(u *incident.Update) bool {
	t.ready()
	return t.inc != nil && t.inc.Holds(u)
}

// archived is the number of those pages.
func (t *Targets) archived() int {
	if t.inc == nil || len(t.inc.Updates) == 0 {
		return 0
	}
	return t.addresses.archivePage(len(t.inc.Updates) - 1)
}

// update returns what the file of an update at a path is to links.
func (t *Targets) update(path string) *target {
	name, below := strings.CutPrefix(path, t.folder+"/updates/")
	texts := t.src.Update(strings.TrimSuffix(name, ".md"))
	if !below || texts == nil || texts.Doc == nil || texts.Doc.Source.Path != path {
		return nil
	}
	one := documentTarget(texts.Doc)
	if t.inc != nil {
		if u := t.inc.Update(texts); u != nil {
			one.url, one.own, one.update = t.addresses.URL(archivePath(t.inc.Slug, t.addresses.archivePage(u.Index))), u.Anchor(), u
		}
	}
	return &one
}

// archivePage returns the page of updates at an address.
func (t *Targets) archivePage(address string) *target {
	if t.inc == nil {
		return nil
	}
	number, ours := strings.CutPrefix(address, t.inc.Slug+"/updates/")
	n, err := strconv.Atoi(strings.TrimSuffix(number, "/"))
	if !ours || err != nil || n < 1 || n > t.archived() || address != archivePath(t.inc.Slug, n) {
		return nil
	}
	page, size := &target{url: t.addresses.URL(address)}, t.addresses.pageSize
	for _, u := range t.inc.Updates[(n-1)*size : min(n*size, len(t.inc.Updates))] {
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
		t.src, t.addresses = src, a
		if visible {
			t.inc = inc
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

func (t *Targets) addIncident(a Addresses, inc *incident.Incident) {
	t.publish(a, inc.Index.Doc, inc.Slug+"/").more = content.PageAnchors()
	if inc.FAQ != nil {
		t.publish(a, inc.FAQ.Doc, inc.Slug+"/faq/")
	}
	if inc.Report != nil {
		t.publish(a, inc.Report.Doc, inc.Slug+"/report/")
	}
	for _, e := range inc.Evidence {
		output := EvidencePath(inc.Slug, e.Name)
		one := &target{url: a.Shared(output), file: &e.File}
		t.bySource[e.File.Path] = one
		t.byOutput[output] = one
	}
}
