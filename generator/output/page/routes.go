package page

import (
	"path"
	"slices"
	"strings"

	"candor/generator/input/content"
	"candor/generator/site/incident"
)

// Routes are the links of an incident's documents, each way only once, with where
// they lead. While that is the same for all, nothing that depends on the links of
// a document is another. What Routes holds does not change.
type Routes struct {
	ways []way
	root *Routes // the first of those that each hold the last one's ways
}

// way is a link, one document that has it, and where it leads.
type way struct {
	doc     *content.Document
	link    *content.Link
	outcome string
	end     *incident.Update // to which it leads; nil where it leads to anything else
}

// place is what a link depends on besides what there is to link to.
type place struct {
	from string // the document, or its folder where all in that are alike
	dest string
}

func (w way) place() place {
	if w.link.URL == nil || w.link.URL.Path == "" {
		return place{w.doc.Source.Path, w.link.Dest}
	}
	return place{path.Dir(w.doc.Source.Path), w.link.Dest}
}

// Routes finds where the links of documents lead.
func (l *Links) Routes(docs []*content.Document) *Routes {
	r := &Routes{}
	r.root = r
	return l.RoutesWith(r, docs)
}

// RoutesWith returns r with the links of further documents. It is nil where a
// link that r has leads elsewhere than it did.
func (l *Links) RoutesWith(r *Routes, docs []*content.Document) *Routes {
	next := &Routes{root: r.root, ways: r.ways[:len(r.ways):len(r.ways)]}
	for i, w := range r.ways {
		if w.end != nil && l.own.holds(w.end) {
			continue
		}
		now := l.way(w.doc, w.link)
		if now.outcome != w.outcome {
			return nil
		}
		if now.end != w.end {
			if &next.ways[0] == &r.ways[0] {
				next.ways = slices.Clone(r.ways)
			}
			next.ways[i] = now
		}
	}
	seen := map[place]bool{}
	for _, doc := range docs {
		if len(doc.Links) > 0 && len(seen) == 0 {
			for _, w := range r.ways {
				seen[w.place()] = true
			}
		}
		for _, link := range doc.Links {
			if w := (way{doc: doc, link: link}); !seen[w.place()] {
				seen[w.place()] = true
				next.ways = append(next.ways, l.way(doc, link))
			}
		}
	}
	return next
}

// hold says whether all links of other, which came before, lead where they led.
func (r *Routes) hold(other *Routes) bool {
	return r != nil && other != nil && r.root == other.root
}

// Outcome says where the links of documents lead, or why they lead nowhere: where
// it is the same, Check finds the same and the pages hold the same.
func (l *Links) Outcome(docs []*content.Document) string {
	var b strings.Builder
	for _, doc := range docs {
		for _, link := range doc.Links {
			l.write(&b, doc, link)
		}
	}
	return b.String()
}

func (l *Links) way(doc *content.Document, link *content.Link) way {
	var b strings.Builder
	w := way{doc: doc, link: link}
	if t := l.write(&b, doc, link); t != nil {
		w.end = t.update
	}
	w.outcome = b.String()
	return w
}

// write writes where a link leads, or why it leads nowhere.
func (l *Links) write(b *strings.Builder, doc *content.Document, link *content.Link) *target {
	t, id, problem, hint := l.resolve(doc, link)
	if t == nil {
		b.WriteString(problem.String() + "\x00" + hint.String() + "\x00")
		return nil
	}
	b.WriteString(t.url)
	b.WriteByte(0)
	b.WriteString(id)
	b.WriteByte(0)
	if t.unread {
		b.WriteString("unread\x00")
	}
	if t.file != nil {
		b.Write(t.file.Sum[:])
	}
	return t
}
