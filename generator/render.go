package generator

import (
	"bytes"
	"cmp"
	"slices"

	"candor/generator/diag"
	"candor/generator/fileset"
	"candor/generator/page"
	"candor/generator/theme"
)

// rendered is what came of some pages.
type rendered struct {
	files []fileset.File
	found diag.List
}

func (r *rendered) add(more rendered) {
	r.files = append(r.files, more.files...)
	r.found = append(r.found, more.found...)
}

// press renders pages one after another into one buffer.
type press struct {
	renderer *theme.Renderer
	buffer   bytes.Buffer
}

// print renders pages that share values, such as those of one incident. What
// html/template could not make safe, it writes as ZgotmplZ: that is a fault of
// the theme and is not published.
func (p *press) print(pages []page.Page) rendered {
	var r rendered
	for _, pg := range pages {
		p.buffer.Reset()
		if d := p.renderer.Render(&p.buffer, pg.Layout, pg.View); d != nil {
			r.found = append(r.found, *d)
			continue
		}
		if unsafeValue(p.buffer.Bytes()) {
			r.found = append(r.found, diag.Source{Path: pg.Output}.Whole("bad-value", diag.Textf("a value on this page cannot be made safe where the template puts it"),
				diag.Textf("look for an address with a scheme that is not allowed")))
			continue
		}
		r.files = append(r.files, fileset.NewFile(pg.Output, bytes.Clone(p.buffer.Bytes())))
	}
	p.renderer.Forget()
	return r
}

// unsafeValue says whether html/template's sign for a value that it could not
// make safe stands inside a tag; in text it is a word like any other.
func unsafeValue(page []byte) bool {
	sign := []byte("ZgotmplZ")
	for at := 0; ; {
		i := bytes.Index(page[at:], sign)
		if i < 0 {
			return false
		}
		at += i
		if bytes.LastIndexByte(page[:at], '<') > bytes.LastIndexByte(page[:at], '>') {
			return true
		}
		at += len(sign)
	}
}

// renderStanding renders the standing pages.
func (b *build) renderStanding(links *page.Links) {
	if b.theme == nil {
		return
	}
	var pages []page.Page
	for _, doc := range b.pages {
		if !doc.Front.Draft {
			pages = append(pages, b.planner.Standing(doc, links))
		}
	}
	b.shared.add(b.presses[0].print(pages))
}

// renderShared renders the pages that speak of all incidents.
func (b *build) renderShared() {
	if b.theme == nil {
		return
	}
	var summaries []page.Summary
	for _, u := range b.units {
		if u.visible {
			summaries = append(summaries, u.summary)
		}
	}
	b.shared.add(b.presses[0].print([]page.Page{b.planner.Home(summaries), b.planner.NotFound(summaries)}))
}

// result gathers what the steps have found and made. With an error, nothing of
// what was made goes out.
func (b *build) result() Result {
	r := Result{At: b.at, NextChange: b.nextChange()}
	files := b.shared.files
	b.found = append(b.found, b.shared.found...)
	for _, u := range b.units {
		b.found = append(append(b.found, u.found...), u.printed.found...)
		files = append(files, u.printed.files...)
		if u.visible {
			r.Incidents++
		}
	}
	output, found := collect(files)
	if !b.found.HasErrors() { // else it has been said already
		b.found = append(b.found, found...)
	}
	r.Diagnostics = b.found.Apply(b.site.Rules).Sort()
	if b.theme != nil && !r.Diagnostics.HasErrors() {
		r.Output = output
	}
	return r
}

// collect makes the output set, and reports two things that would be published at
// one address.
func collect(files []fileset.File) (fileset.Set, diag.List) {
	var found diag.List
	slices.SortFunc(files, func(x, y fileset.File) int { return cmp.Compare(x.Path, y.Path) })
	unique := files[:0]
	for i, f := range files {
		if i > 0 && files[i-1].Path == f.Path {
			found = append(found, diag.Source{Path: f.Path}.Whole("duplicate-id", diag.Textf("two pages would be published at this address"),
				diag.Textf("rename the standing page or the incident's folder")))
			continue
		}
		unique = append(unique, f)
	}
	return fileset.Must(unique), found
}
