package page

import (
	"bytes"
	"slices"
	"sync"

	"candor/generator/diag"
	"candor/generator/fileset"
	"candor/generator/output"
	"candor/generator/output/template"
	"candor/generator/output/theme"
	"candor/generator/parallel"
	"candor/generator/site"
)

// New makes the Output that renders HTML pages.
func New(f *site.Frame, t *theme.Theme) output.Output {
	o := &pages{theme: t}
	for _, l := range f.Settings.Languages {
		o.planners = append(o.planners, NewPlanner(f, t, l.Tag))
	}
	o.renderers.New = func() any { return &renderer{theme: t, byLang: map[string]*theme.Renderer{}} }
	return o
}

// pages is the Output that renders HTML pages.
type pages struct {
	theme     *theme.Theme
	planners  []*Planner // by language, the default one first
	renderers sync.Pool  // of *renderer
}

// Incident makes the pages of an incident. It shares a summary in each language.
func (o *pages) Incident(inc *site.Incident) output.Part {
	list, summaries := Incident(o.planners, inc)
	part := o.render(list)
	for _, e := range inc.Files {
		f := e.File
		f.Path = site.FilePath(inc.Slug, e.Name)
		part.Files = append(part.Files, f)
	}
	part.Files = append(part.Files, inc.Smaller...)
	part.Share = summaries
	return part
}

// Site makes the home pages, the error page and the standing pages.
func (o *pages) Site(s *site.Site, parts []output.Part) output.Part {
	var list []Page
	shares := output.Shares[[]*Summary](parts)
	for i, planner := range o.planners {
		summaries := make([]*Summary, len(shares))
		for j, share := range shares {
			summaries[j] = share[i]
		}
		summaries = MostPressing(summaries)
		list = append(list, planner.Home(summaries))
		if page, ok := planner.Services(summaries); ok {
			list = append(list, page)
		}
		if i == 0 {
			list = append(list, planner.NotFound(summaries))
		}
		for _, page := range s.Pages {
			if !page.Doc.Front.Draft {
				list = append(list, planner.Standing(page))
			}
		}
	}
	return o.render(list)
}

// render renders pages.
func (o *pages) render(list []Page) output.Part {
	files := make([]fileset.File, len(list))
	found := make([]diag.List, len(list))
	parallel.Do(len(list), func(i int) {
		r := o.renderers.Get().(*renderer)
		if found[i] = r.render(list[i]); found[i] == nil && r.buffer.Len() > 0 {
			files[i] = fileset.NewFile(list[i].Output, bytes.Clone(r.buffer.Bytes()))
		}
		o.renderers.Put(r) // not after a panic, which may leave it unusable
	})
	files = slices.DeleteFunc(files, func(f fileset.File) bool { return f.Path == "" })
	return output.Part{Files: files, Found: slices.Concat(found...)}
}

// renderer renders one page at a time.
type renderer struct {
	theme  *theme.Theme
	byLang map[string]*theme.Renderer // each made when it is first needed
	buffer bytes.Buffer
}

// render writes a page to the buffer. A page with a value that html/template could
// not make safe is a fault of the theme and is not published.
func (r *renderer) render(pg Page) diag.List {
	of := r.byLang[pg.Lang]
	if of == nil {
		of = r.theme.Renderer(pg.Lang)
		r.byLang[pg.Lang] = of
	}
	r.buffer.Reset()
	if d := of.Render(&r.buffer, pg.Layout, pg.View); d != nil {
		return diag.List{*d}
	}
	if template.HasUnsafe(r.buffer.Bytes()) {
		return diag.List{r.theme.Layout(pg.Layout).Whole("bad-value",
			diag.Textf("on the page %s a value cannot be made safe where the template puts it", pg.Output),
			diag.Textf("an address needs an allowed scheme, such as https:; a text in a style cannot hold signs of CSS"))}
	}
	return nil
}
