package page

import (
	"html/template"
	"slices"

	"candor/generator/domain"
	"candor/generator/input/content"
	"candor/generator/site"
)

// progress plans the progress page, in the order of design §4.
func (pl *incidentPlan) progress() Page {
	inc := pl.inc
	v := Progress{
		Base:        pl.incidentBase("progress", inc.Slug+"/", pl.brief.Title, &inc.Index, pl.asOf, pl.version),
		Incident:    pl.brief,
		Approved:    pl.persons(inc.Approved, pl.person),
		Speaker:     pl.person(inc.Owner),
		Response:    pl.response(),
		Promises:    pl.promiseRecord,
		UpdateCount: len(inc.Updates),
	}
	v.TitleLang, v.Note = pl.brief.Lang, pl.note(pl.index)
	v.Lead, v.LeadLang = pl.lead(pl.index, false)
	v.Affected, v.AffectedLang = pl.frontText(pl.index, affectedOf)
	v.Products = pl.said(inc.Services, domain.ServiceKindProduct)
	if v.Contacts, v.Press = pl.contactList, pl.pressList; len(v.Contacts) > 0 {
		v.Call = &v.Contacts[0]
	}
	pl.sections(&v)
	if v.Figures = pl.progressFigures(); v.Figures != nil {
		v.Version, v.AsOf = pl.figuresVersion(pl.version), pl.optional(pl.withFigures())
	}
	pl.timeline(&v)
	if inc.FAQ != nil {
		v.Questions = pl.questions(false)
	}
	v.Evidence = pl.evidence()
	v.Contents, v.Shortcuts = pl.contents(&v), pl.shortcuts(&v)
	pl.withScript(&v.Base, pl.asOf, pl.brief.NextUpdate != nil || slices.ContainsFunc(inc.Promises, isDue))
	if v.Figures == nil { // else the page would be too heavy
		v.Data = pl.liveBlog(&v.Base)
	}
	return pl.page("progress", inc.Slug+"/", v)
}

// sections sorts the body's sections into their places.
func (pl *incidentPlan) sections(v *Progress) {
	for _, passage := range pl.passages(pl.index) {
		s := pl.section(passage, "sections")
		switch domain.Section(s.ID) {
		case domain.SectionWhatHappened, domain.SectionKnown, domain.SectionUnknown:
			v.Facts = append(v.Facts, s)
		case domain.SectionRemedy:
			v.Remedy = &s
		case domain.SectionHowToTell:
			v.HowToTell = &s
		case domain.SectionWhatYouCanDo:
			v.WhatToDo = &s
		case domain.SectionShortTerm, domain.SectionLongTerm:
			v.Measures = append(v.Measures, s)
		default:
			v.Free = append(v.Free, s)
		}
	}
	order := domain.Sections()
	place := func(s Section) int { return slices.Index(order, domain.Section(s.ID)) }
	byOrder := func(a, b Section) int { return place(a) - place(b) }
	slices.SortStableFunc(v.Facts, byOrder)
	slices.SortStableFunc(v.Measures, byOrder)
}

// timeline shows the newest updates; the older ones have pages of their own.
func (pl *incidentPlan) timeline(v *Progress) {
	n := len(pl.inc.Updates)
	if n == 0 {
		return
	}
	shown := min(n, pl.settings.PageSize)
	views := pl.updates[n-shown : n]
	v.Newest = views[shown-1]
	full := pl.theme.Pages.Full
	if v.Figures != nil {
		full = pl.theme.Pages.FullBeside
	}
	v.Timeline = days(views, func(i int) Item { return Item{Here: i == 0, Full: i > 0 && i < full} })
	if shown < n {
		v.Older = pl.olderUpdates(n - shown)
	}
}

// contents lists what is on the progress page.
func (pl *incidentPlan) contents(v *Progress) []Link {
	var list []Link
	add := func(present bool, id string, args ...any) {
		if present {
			list = append(list, Link{Title: pl.words.Must("contents."+id, args...), URL: "#" + id})
		}
	}
	sections := func(all ...Section) {
		for _, s := range all {
			list = append(list, Link{Title: s.Title, Lang: s.Lang, URL: "#" + site.Fragment(s.ID)})
		}
	}
	add(v.Newest != nil, "newest")
	add(isForWhom(v), "affected")
	if v.Remedy != nil {
		sections(*v.Remedy)
	}
	add(len(v.Contacts) > 0, "contacts")
	sections(v.Facts...)
	add(v.Figures != nil, "figures")
	add(len(v.Promises) > 0 || v.Newest != nil, "promises")
	sections(v.Measures...)
	sections(v.Free...)
	add(len(v.Questions) > 0, "questions")
	add(len(v.Timeline) > 0, "updates", v.UpdateCount)
	add(v.Incident.Report != nil, "report")
	add(len(v.Evidence) > 0, "files")
	return list
}

// isForWhom reports whether a progress page says whom the incident affects.
func isForWhom(v *Progress) bool {
	return v.Affected != "" || len(v.Products) > 0 || v.HowToTell != nil || v.WhatToDo != nil
}

// shortcuts leads to what most readers look for on a progress page.
func (pl *incidentPlan) shortcuts(v *Progress) []Link {
	var list []Link
	add := func(present bool, id string, args ...any) {
		if present {
			list = append(list, Link{Title: pl.words.Must("shortcuts."+id, args...), URL: "#" + id})
		}
	}
	add(isForWhom(v), "affected")
	add(v.Remedy != nil, "remedy")
	add(v.Incident.Report != nil, "report")
	add(len(v.Promises) > 0, "promises", len(v.Promises))
	add(len(v.Questions) > 0, "questions", len(v.Questions))
	add(v.UpdateCount > 0, "updates", v.UpdateCount)
	return list
}

// questions words the FAQ, with or without its answers.
func (pl *incidentPlan) questions(answers bool) []Question {
	passages := pl.passages(pl.text(pl.inc.FAQ))
	list := make([]Question, len(passages))
	for i, s := range passages {
		updated := s.facts.Updated
		if updated.IsZero() {
			updated = s.original.Front.Revised
		}
		list[i] = Question{
			ID: s.facts.ID, Title: s.words.Title, Lang: s.lang,
			URL: pl.addresses.URL(pl.inc.Slug+"/faq/") + "#" + site.Fragment(s.facts.ID),
		}
		if answers {
			list[i].Body = pl.fill(s.text, s.words.Body)
			if s.fallback {
				list[i].Note = pl.note(s.text)
			}
			list[i].Updated = pl.optional(updated.In(pl.settings.Zone))
		}
	}
	return list
}

func (pl *incidentPlan) faq() Page {
	doc := pl.inc.FAQ.Doc
	output := pl.inc.Slug + "/faq/"
	t := pl.text(pl.inc.FAQ)
	title, lang := pl.faqTitle(t)
	asOf := doc.Front.Revised.In(pl.settings.Zone)
	for _, s := range doc.Sections {
		if t := s.Updated.In(pl.settings.Zone); t.After(asOf) {
			asOf = t
		}
	}
	v := FAQ{
		Base:     pl.incidentBase("faq", output, title, pl.inc.FAQ, asOf, version(pl.sums(nil, pl.inc.FAQ))),
		Incident: pl.brief, Questions: pl.questions(true), Contacts: pl.contactList,
	}
	v.TitleLang, v.Note = lang, pl.note(t)
	v.Lead, v.LeadLang = pl.lead(t, false)
	pl.withScript(&v.Base, pl.asOf, pl.brief.NextUpdate != nil)
	v.Data = pl.faqPage(&v.Base, v.Questions)
	return pl.page("faq", output, v)
}

// faqTitle returns the title of the FAQ. One that has none gets a title.
func (pl *incidentPlan) faqTitle(t text) (title, lang string) {
	if title, lang = pl.frontText(t, titleOf); title == "" {
		return pl.words.Must("contents.questions") + pl.words.Must("page.dot") + pl.brief.Title, ""
	}
	return title, lang
}

// whole puts the sections of a document back under their headings.
func (p *Planner) whole(t text, links site.Links) template.HTML {
	pl := &incidentPlan{Planner: p, links: links}
	parts := []template.HTML{p.marked(pl.lead(t, false))}
	for _, s := range p.passages(t) {
		part := content.Join(content.Heading(s.facts.ID, s.words.Title), pl.fill(s.text, s.words.Body))
		if s.fallback {
			parts = append(parts, content.Note(pl.note(s.text)))
		}
		parts = append(parts, p.marked(part, s.lang))
	}
	return content.Join(parts...)
}
