package page

import (
	"encoding/binary"
	"strconv"
	"time"

	"candor/generator/content"
	"candor/generator/fileset"
	"candor/generator/incident"
)

// archive plans the pages of updates, numbered from the oldest. They say nothing
// of how the incident stands, so that one that is full stays as it is: who
// remembers it by its Key need neither plan nor render it again.
func (w *work) archive() []Page {
	size, n := w.site.PageSize, len(w.inc.Updates)
	pages := make([]Page, 0, (n+size-1)/size)
	for from := 0; from < n; from += size {
		to := min(from+size, n)
		number := len(pages) + 1
		var base Base
		w.versions(&base, archivePath(w.inc.Slug, number), &w.inc.Index)
		base.NoIndex = w.inc.Front.Drill
		p := w.page("updates", archivePath(w.inc.Slug, number), &base, nil)
		p.Key = w.archiveKey(from, to)
		p.Plan = func() any { return w.updatesPage(number, from, to) }
		pages = append(pages, p)
	}
	return pages
}

// updatesPage plans one page of updates.
func (w *work) updatesPage(number, from, to int) Updates {
	inc := w.inc
	output := archivePath(inc.Slug, number)
	sums := make([]fileset.Sum, 0, to-from)
	for _, u := range inc.Updates[from:to] {
		sums = w.sums(sums, &u.Texts)
		for _, c := range u.Corrections {
			sums = w.sums(sums, &c.Texts)
		}
	}
	title := w.words.Must("contents.all-updates")
	v := Updates{
		Base:     w.incidentBase("updates", output, title+" · "+w.brief.Title, &inc.Index, inc.Updates[to-1].Time, version(sums...)),
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

// archiveKey holds all that a page of updates is made of, but for the site, the
// theme and the standing pages: the digests of its texts, and what depends on
// other files or on the instant. What updatesPage or update takes from anywhere
// else belongs in here.
func (w *work) archiveKey(from, to int) []byte {
	inc := w.inc
	k := key(make([]byte, 0, 128*(to-from)))
	w.textKey(&k, &inc.Index) // title, summary, drill, contacts, when it was known
	for _, l := range w.site.Languages {
		k.flag(w.translated(&inc.Index, l.Tag)) // where it leads to
	}
	k.flag(w.sideBySide)
	k.flag(to < len(inc.Updates))
	for _, u := range inc.Updates[from:to] {
		k.text(u.Name)
		k.number(int64(u.Since))
		k.flag(u == inc.First.Came)
		w.documentKey(&k, &u.Texts)
		k.flag(u.Corrects != nil)
		if u.Corrects != nil {
			k.update(u.Corrects)
			w.textKey(&k, &u.Corrects.Texts)
		}
		k.number(int64(len(u.Corrections)))
		for _, c := range u.Corrections {
			k.update(c)
			w.documentKey(&k, &c.Texts)
		}
	}
	return k
}

// documentKey adds a text, where its links lead and how its promises stand.
func (w *work) documentKey(k *key, texts *incident.Texts) {
	w.textKey(k, texts)
	doc := texts.Doc
	w.linksKey(k, doc)
	if words := w.text(texts).doc; words != doc {
		w.linksKey(k, words)
	}
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

// textKey adds a text's words in the language that is written, and its facts.
func (w *work) textKey(k *key, texts *incident.Texts) {
	t := w.text(texts)
	k.sum(t.original.Sum)
	k.flag(t.doc != t.original)
	if t.doc != t.original {
		k.sum(t.doc.Sum)
	}
}

func (w *work) linksKey(k *key, doc *content.Document) {
	for _, link := range doc.Links {
		t, id, _, _ := w.links.resolve(doc, link)
		k.flag(t != nil)
		if t != nil {
			k.text(t.url)
			k.text(id)
		}
		if t != nil && t.file != nil { // an image's measures
			k.sum(t.file.Sum)
		}
	}
}

// key is a sequence of values, each of known length, so that two are equal only
// when all of their values are.
type key []byte

func (k *key) sum(s fileset.Sum) { *k = append(*k, s[:]...) }
func (k *key) number(n int64)    { *k = binary.AppendVarint(*k, n) }
func (k *key) time(t time.Time)  { k.number(t.Unix()) }

func (k *key) text(s string) {
	k.number(int64(len(s)))
	*k = append(*k, s...)
}

func (k *key) flag(b bool) { *k = strconv.AppendBool(*k, b) }

func (k *key) update(u *incident.Update) {
	k.sum(u.Doc.Sum)
	k.text(u.Name)
	k.number(int64(u.Index))
}
