package page

import (
	"bytes"
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
	for _, e := range inc.Evidence {
		f := e.File
		f.Path = site.FilePath(inc.Slug, e.Name)
		part.Files = append(part.Files, f)
	}
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

// share is how many pages one goroutine renders: an incident of thousands of updates has hundreds.
const share = 32

// render renders pages.
func (o *pages) render(list []Page) output.Part {
	parts := make([]output.Part, (len(list)+share-1)/share)
	parallel.Do(len(parts), func(i int) {
		r := o.renderers.Get().(*renderer)
		defer o.renderers.Put(r)
		parts[i] = r.renderAll(list[i*share : min((i+1)*share, len(list))])
	})
	var all output.Part
	for _, part := range parts {
		all.Files, all.Found = append(all.Files, part.Files...), append(all.Found, part.Found...)
	}
	return all
}

// renderer renders pages one after another into one buffer.
type renderer struct {
	theme  *theme.Theme
	byLang map[string]*theme.Renderer // each made when it is first needed
	buffer bytes.Buffer
}

// largestBuffer is how much a renderer keeps between incidents, in bytes.
const largestBuffer = 1 << 20

// renderAll renders pages. They share one piece of memory: in thousands of single
// ones the allocator would lose a quarter between its size classes.
func (r *renderer) renderAll(list []Page) output.Part {
	var part output.Part
	r.buffer.Reset()
	ends := make([]int, len(list))
	for i, pg := range list {
		from := r.buffer.Len()
		if d := r.render(pg); d != nil {
			part.Found = append(part.Found, *d)
			r.buffer.Truncate(from)
		}
		ends[i] = r.buffer.Len()
	}
	all := bytes.Clone(r.buffer.Bytes())
	from := 0
	for i, to := range ends {
		if to > from {
			part.Files = append(part.Files, fileset.NewFile(list[i].Output, all[from:to:to]))
		}
		from = to
	}
	if r.buffer.Cap() > largestBuffer {
		r.buffer = bytes.Buffer{}
	}
	return part
}

// render writes a page to the buffer. A page with a value that html/template could
// not make safe is a fault of the theme and is not published.
func (r *renderer) render(pg Page) *diag.Diagnostic {
	of := r.byLang[pg.Lang]
	if of == nil {
		of = r.theme.Renderer(pg.Lang)
		r.byLang[pg.Lang] = of
	}
	from := r.buffer.Len()
	if d := of.Render(&r.buffer, pg.Layout, pg.View); d != nil {
		return d
	}
	if template.HasUnsafe(r.buffer.Bytes()[from:]) {
		d := diag.Source{Path: pg.Output}.Whole("bad-value",
			diag.Textf("a value on this page cannot be made safe where the template puts it"),
			diag.Textf("look for an address with a scheme that is not allowed"))
		return &d
	}
	return nil
}
