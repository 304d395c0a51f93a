package page

import (
	"encoding/binary"
	"slices"
	"strconv"
	"time"

	"candor/generator/input/content"
	"candor/generator/site/incident"
)

// archived is a page of updates as it was planned.
type archived struct {
	page   Page   // but for how to make its view
	around string // what it is made of beside its frame and its updates
}

// archive plans the pages of updates, numbered from the oldest. They say nothing
// of how the incident stands, so that one that is full stays as it is: whoever
// has made it before need neither plan nor render it again.
func (w *work) archive() []Page {
	size, n := w.site.PageSize, len(w.inc.Updates)
	w.written.frame = w.frame()
	framed := w.wrote != nil && w.wrote.frame == w.written.frame
	steady := framed && w.routes.hold(w.before.routes) && samePromises(w.inc.Promises, w.before.inc.Promises)
	pages := make([]Page, 0, (n+size-1)/size)
	for from := 0; from < n; from += size {
		to := min(from+size, n)
		i := len(pages)
		var was, is archived
		if framed && i < len(w.wrote.archive) {
			was = w.wrote.archive[i]
			is.page = was.page
		} else {
			is.page = w.archivePage(i + 1)
		}
		same := was.page.Output != "" && w.sameUpdates(from, to)
		if same && steady {
			is.around = was.around
		} else if w.routes != nil {
			is.around = w.around(from, to)
			same = same && is.around == was.around
		}
		w.written.archive = append(w.written.archive, is)
		p := is.page
		p.Same, p.Plan = same, func() any { return w.updatesPage(i+1, from, to) }
		pages = append(pages, p)
	}
	return pages
}

// archivePage makes the page of updates with a number, but for its view.
func (w *work) archivePage(number int) Page {
	var base Base
	output := archivePath(w.inc.Slug, number)
	w.versions(&base, output, &w.inc.Index)
	base.NoIndex = w.inc.Front.Drill
	return w.page("updates", output, &base, nil)
}

// updatesPage plans one page of updates.
func (w *work) updatesPage(number, from, to int) Updates {
	inc := w.inc
	output := archivePath(inc.Slug, number)
	var sums []byte
	for _, u := range inc.Updates[from:to] {
		sums = w.sums(sums, &u.Texts)
		for _, c := range u.Corrections {
			sums = w.sums(sums, &c.Texts)
		}
	}
	title := w.words.Must("contents.all-updates")
	v := Updates{
		Base:     w.incidentBase("updates", output, title+" · "+w.brief.Title, &inc.Index, inc.Updates[to-1].Time, version(sums)),
		Incident: Link{Title: w.brief.Title, Lang: w.brief.Lang, URL: w.addresses.URL(inc.Slug + "/")},
		Number:   number, Days: days(w.views(from, to), inFull), Contacts: w.contactList,
	}
	if number > 1 {
		v.Older = &Link{Title: w.words.Must("contents.updates-older"), URL: w.addresses.URL(archivePath(inc.Slug, number-1))}
	}
	if to < len(inc.Updates) {
		v.Newer = &Link{Title: w.words.Must("contents.updates-newer"), URL: w.addresses.URL(archivePath(inc.Slug, number+1))}
	}
	return v
}

// frame holds what every page of updates takes from the index: title, summary,
// drill, contacts, when it was known, and in which languages it is.
func (w *work) frame() string {
	var k key
	k.text(w.index.original.Sum.String())
	k.text(w.index.doc.Sum.String())
	for _, l := range w.site.Languages {
		k.flag(w.translated(&w.inc.Index, l.Tag))
	}
	k.flag(w.sideBySide)
	return string(k)
}

// sameUpdates says whether a page of updates was made of the same ones. What
// updatesPage or update take from anywhere else belongs in here, in frame or in
// around.
func (w *work) sameUpdates(from, to int) bool {
	inc, before := w.inc, w.before.inc
	n := len(before.Updates)
	first := func(i *incident.Incident) (r incident.Response) {
		if came := i.First.Came; came != nil && from <= came.Index && came.Index < to {
			r = i.First
		}
		return r
	}
	return to <= n && (to < n) == (to < len(inc.Updates)) &&
		slices.Equal(inc.Updates[from:to], before.Updates[from:to]) && first(inc) == first(before)
}

// around says what a page of updates is made of beside its texts: where the links
// in them lead, and how their promises stand.
func (w *work) around(from, to int) string {
	var docs []*content.Document
	add := func(t *incident.Texts) {
		docs = append(docs, t.Doc)
		if words := w.text(t).doc; words != t.Doc {
			docs = append(docs, words)
		}
	}
	for _, u := range w.inc.Updates[from:to] {
		add(&u.Texts)
		for _, c := range u.Corrections {
			add(&c.Texts)
		}
	}
	k := key(w.links.Outcome(docs))
	for _, doc := range docs {
		for _, t := range doc.Tasks {
			p := w.promiseOf(t)
			k.flag(p != nil)
			if p != nil {
				k.text(string(p.State))
				k.time(p.Due)
				k.time(p.KeptAt)
			}
		}
	}
	return string(k)
}

// samePromises says whether promises stand as they stood, for who reads of them
// in an update.
func samePromises(now, before []*incident.Promise) bool {
	return slices.EqualFunc(now, before, func(x, y *incident.Promise) bool {
		return x.Task == y.Task && x.ID == y.ID && x.State == y.State && x.Due.Equal(y.Due) && x.KeptAt.Equal(y.KeptAt)
	})
}

// key is a sequence of values, each of known length, so that two are equal only
// when all of their values are.
type key []byte

func (k *key) number(n int64)   { *k = binary.AppendVarint(*k, n) }
func (k *key) time(t time.Time) { k.number(t.Unix()) }

func (k *key) text(s string) {
	k.number(int64(len(s)))
	*k = append(*k, s...)
}

func (k *key) flag(b bool) { *k = strconv.AppendBool(*k, b) }
