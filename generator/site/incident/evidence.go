package incident

import (
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"candor/generator/diag"
	"candor/generator/domain"
	"candor/generator/fileset"
	"candor/generator/input/attached"
	"candor/generator/input/conflict"
	"candor/generator/input/content"
)

// missingLimit bounds how many files and persons that there are not are reported of one text.
const missingLimit = 20

// Evidence is one file of an incident.
type Evidence struct {
	File     fileset.File
	Name     string // path within the incident
	Content  *attached.File
	Mentions []Mention // the texts that have it published, or will; none if nothing names it
	Withheld Reason    // why it is not published yet: all texts that mention it are withheld; else empty
	Shown    bool      // a text shows it, as an image
}

// Mention is the place in a text that names, links to or shows a file.
type Mention struct {
	Doc        *content.Document
	Start, End int // in Doc's source
	Image      bool
}

// evidence finds which files are published beside the pages: those that [files] names, and those that a
// published text of the incident links to or shows. It refuses those that must never be published.
func (a *assembly) evidence(inc *Incident, src Source) {
	mentions := a.mentions(src)
	for _, f := range src.Evidence {
		name := strings.TrimPrefix(f.Path, src.Folder+"/")
		e := Evidence{File: f.File, Name: name, Content: f, Mentions: mentions[name]}
		if a.refused(e, src) {
			continue
		}
		for _, d := range conflict.Find(diag.Source{Path: f.Path, Data: f.Data}) {
			a.report(d)
		}
		e.Shown = slices.ContainsFunc(e.Mentions, func(m Mention) bool { return m.Image })
		e.Withheld = inc.withheldUntil(src, e.Mentions)
		switch {
		case len(e.Mentions) == 0:
			inc.Unnamed = append(inc.Unnamed, e)
		case e.Withheld != "":
			inc.Awaiting = append(inc.Awaiting, e)
		default:
			inc.Evidence = append(inc.Evidence, e)
		}
	}
}

// withheldUntil returns why none of the texts that mention a file is published; empty if one is.
func (i *Incident) withheldUntil(src Source, mentions []Mention) Reason {
	var withheld Reason
	for _, m := range mentions {
		reason := i.Unpublished(src, m.Doc)
		if m.Doc.Place.Lang != "" && src.Original(m.Doc.Place) == nil {
			reason = Draft // a translation of nothing
		}
		if reason == "" {
			return ""
		}
		if withheld == "" || reason == Scheduled {
			withheld = reason
		}
	}
	return withheld
}

// Unpublished says why a text of the incident is not published; it is empty if the text is. A translation
// is published with its original.
func (i *Incident) Unpublished(src Source, doc *content.Document) Reason {
	switch {
	case src.Scenario:
		return Prepared
	case doc.Front.Draft:
		return Draft
	case doc.Place.Lang != "":
		return i.Withheld[src.Original(doc.Place)]
	}
	return i.Withheld[doc]
}

// mentions finds where texts name, link to or show files, by the files' paths within the incident. It
// reports what [files] names and is not there.
func (a *assembly) mentions(src Source) map[string][]Mention {
	found := map[string][]Mention{}
	known := map[string]bool{}
	names := make([]string, 0, len(src.Evidence))
	for _, f := range src.Evidence {
		name := strings.TrimPrefix(f.Path, src.Folder+"/")
		names, known[name] = append(names, name), true
	}
	for _, doc := range src.All {
		missing := 0
		locate := sync.OnceValue(doc.Locator)
		for _, name := range slices.Sorted(maps.Keys(doc.Front.Files)) {
			from, to := locate()("files." + name)
			if known[name] {
				found[name] = append(found[name], Mention{Doc: doc, Start: from, End: to})
				continue
			}
			if missing++; missing > missingLimit {
				continue
			}
			message := diag.Textf("there is no file \"%s\" in %s", name, src.Folder)
			hint := oneOf(name, names, diag.Textf("put the file there, or remove this line"))
			if private := PrivateName(name); private.Format != "" {
				hint = private
			}
			a.report(doc.Source.At(from, to, "missing-file", message, hint))
		}
		for _, l := range doc.Links {
			if name := linked(src, l); known[name] {
				found[name] = append(found[name], Mention{doc, l.Start, l.End, l.Image})
			}
		}
	}
	return found
}

// linked returns the path within the incident that a link leads to; empty if it leads out of it.
func linked(src Source, l *content.Link) string {
	if l.URL == nil || l.URL.Path == "" {
		return ""
	}
	name, prefix := l.Name, src.Folder+"/"
	if strings.HasPrefix(l.URL.Path, "/") { // an address of the site
		name, prefix = l.URL.Path, "/"+src.Slug+"/files/"
	}
	name, found := strings.CutPrefix(name, prefix)
	if !found {
		return ""
	}
	return name
}

// PrivateName returns what to do if a file with a path is to be published that is private, or never read,
// because of a name in it; empty if it is not because of that.
func PrivateName(name string) diag.Text {
	switch base := path.Base(name); {
	case base == domain.FileCases:
		return diag.Textf("the list of cases is private: publish only totals")
	case slices.Contains(domain.DataFiles(), base):
		return diag.Textf("%s is read for its figures and not published: copy what is to be public into another file", base)
	}
	for part := range strings.SplitSeq(name, "/") {
		switch {
		case part == "" || part == "." || part == "..":
		case domain.Private(part):
			return diag.Textf("what begins with _ is private: remove the _ from \"%s\" to publish it", part)
		case domain.PassedOver(part, false), domain.PassedOver(part, true):
			return diag.Textf("a file with a name such as \"%s\" is never read, "+
				"because programs leave such files behind: rename it to publish it", part)
		}
	}
	return diag.Text{}
}

// refused reports a file that must not be published, whatever names it.
func (a *assembly) refused(e Evidence, src Source) bool {
	file := diag.Source{Path: e.File.Path}
	switch f := e.Content; {
	case f.Key:
		a.report(file.Whole("bad-value",
			diag.Textf("this is a private key, which must not be beside what is published"),
			diag.Textf("move it out of the content folder; if it has been published or shared, make a new key")))
	case f.Active.Format != "":
		a.report(file.Whole("bad-value", f.Active,
			diag.Textf("publish it as PDF, PNG or plain text, or make it private with _ before its name")))
	case f.Cases && len(e.Mentions) > 0:
		m := e.Mentions[0]
		a.report(m.Doc.Source.At(m.Start, m.End, "bad-value",
			diag.Textf("\"%s\" is a copy of the private list of cases, which is never published", e.Name),
			diag.Textf("publish only totals: remove this line, and put _ before the file's name")))
	case f.Cases:
		list := path.Join(src.Folder, domain.FileCases)
		d := file.Whole("unnamed-file",
			diag.Textf("this is a copy of the private list of cases; it is not published"),
			diag.Textf("delete it or begin its name with _; the list itself is %s", list))
		d.Severity = diag.Warning
		a.report(d)
	default:
		return false
	}
	return true
}
