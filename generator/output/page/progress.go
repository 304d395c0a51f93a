package page

import (
	"candor/generator/site"
	"html/template"
	"slices"

	"candor/generator/domain"
	"candor/generator/input/content"
)

// progress plans the progress page, in the order of design §4.
func (w *work) progress() Page {
	inc := w.inc
	lead := w.lead(w.index)
	v := Progress{
		Base:        w.incidentBase("progress", inc.Slug+"/", w.brief.Title, &inc.Index, w.asOf, w.version),
		Incident:    w.brief,
		Lead:        w.fill(lead, lead.doc.Lead),
		LeadLang:    lead.lang,
		Approved:    w.persons(inc.Approved),
		Response:    w.response(),
		Promises:    w.promiseRecord,
		UpdateCount: len(inc.Updates),
	}
	v.TitleLang, v.Note = w.brief.Lang, w.note(w.index)
	v.Affected, v.AffectedLang = w.said(w.index, affectedOf)
	v.Contacts, v.Press = w.contactList, w.pressList
	if inc.Owner.Name != "" {
		v.Speaker = w.person(inc.Owner)
	}
	w.sections(&v)
	if v.Figures = w.progressFigures(); v.Figures != nil {
		v.Version = w.figuresVersion(w.version)
	}
	w.timeline(&v)
	if inc.FAQ != nil {
		v.Questions = w.questions(false)
	}
	v.Evidence = w.evidence()
	v.Contents = w.contents(&v)
	w.enliven(&v.Base, w.asOf, w.brief.NextUpdate != nil || unkept(inc.Promises))
	return w.page("progress", inc.Slug+"/", v)
}

// sections sorts the body's sections into their places.
func (w *work) sections(v *Progress) {
	for _, passage := range w.passages(w.index) {
		s := w.section(passage, "sections")
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

// fullUpdates is how many of the newest updates a progress page shows in full:
// so a page with twenty stays within 13 KB (design §4). All are in full on the
// pages of updates.
const fullUpdates = 9

// fullBeside is fullUpdates where the page shows figures, which weigh as much as
// six updates.
const fullBeside = 4

// timeline shows the newest updates; the older ones have pages of their own.
func (w *work) timeline(v *Progress) {
	n := len(w.inc.Updates)
	if n == 0 {
		return
	}
	shown := min(n, w.settings.PageSize)
	views := w.views(n-shown, n)
	v.Newest = views[shown-1]
	full := fullUpdates
	if v.Figures != nil {
		full = fullBeside
	}
	v.Timeline = days(views, func(i int) Item { return Item{Here: i == 0, Full: i > 0 && i < full} })
	if shown < n {
		older := w.addresses.UpdatesPage(n - shown - 1)
		v.Older = &Link{Title: w.words.Must("incident.untitled-older"), URL: w.addresses.URL(site.UpdatesPath(w.inc.Slug, older))}
	}
}

// contents lists what stands on the progress page.
func (w *work) contents(v *Progress) []Link {
	var list []Link
	add := func(present bool, id string, args ...any) {
		if present {
			list = append(list, Link{Title: w.words.Must("contents."+id, args...), URL: "#" + id})
		}
	}
	sections := func(all ...Section) {
		for _, s := range all {
			list = append(list, Link{Title: s.Title, Lang: s.Lang, URL: "#" + site.Fragment(s.ID)})
		}
	}
	add(v.Affected != "" || v.HowToTell != nil || v.WhatToDo != nil || len(v.Contacts) > 0, "affected")
	add(v.Newest != nil, "newest")
	sections(v.Facts...)
	if v.Remedy != nil {
		sections(*v.Remedy)
	}
	add(v.Figures != nil, "figures")
	add(len(v.Promises) > 0 || v.Newest != nil, "promises")
	sections(v.Measures...)
	sections(v.Free...)
	add(len(v.Timeline) > 0, "updates", v.UpdateCount)
	add(len(v.Questions) > 0, "questions")
	add(v.Incident.Report != nil, "report")
	add(len(v.Evidence) > 0, "files")
	return list
}

// questions words the FAQ, with or without its answers.
func (w *work) questions(answers bool) []Question {
	passages := w.passages(w.text(w.inc.FAQ))
	list := make([]Question, len(passages))
	for i, s := range passages {
		updated := s.facts.Updated
		if updated.IsZero() {
			updated = s.original.Front.Revised
		}
		list[i] = Question{ID: s.facts.ID, Title: s.words.Title, Lang: s.lang, URL: w.addresses.URL(w.inc.Slug+"/faq/") + "#" + site.Fragment(s.facts.ID)}
		if answers {
			list[i].Body = w.fill(s.text, s.words.Body)
			if s.alone {
				list[i].Note = w.note(s.text)
			}
			list[i].Updated = w.optional(updated.In(w.settings.Zone))
		}
	}
	return list
}

func (w *work) faq() Page {
	doc := w.inc.FAQ.Doc
	output := w.inc.Slug + "/faq/"
	t := w.text(w.inc.FAQ)
	title, lang := w.faqTitle(t)
	asOf := doc.Front.Revised.In(w.settings.Zone)
	for _, s := range doc.Sections {
		if t := s.Updated.In(w.settings.Zone); t.After(asOf) {
			asOf = t
		}
	}
	lead := w.lead(t)
	v := FAQ{Base: w.incidentBase("faq", output, title, w.inc.FAQ, asOf, version(w.sums(nil, w.inc.FAQ))), Incident: w.brief,
		Lead: w.fill(lead, lead.doc.Lead), LeadLang: lead.lang, Questions: w.questions(true), Contacts: w.contactList}
	v.TitleLang, v.Note = lang, w.note(t)
	w.enliven(&v.Base, w.asOf, w.brief.NextUpdate != nil)
	return w.page("faq", output, v)
}

// faqTitle returns the title of the FAQ, which may go without one.
func (w *work) faqTitle(t text) (title, lang string) {
	if title, lang = w.said(t, titleOf); title == "" {
		return w.words.Must("contents.questions") + w.words.Must("page.dot") + w.brief.Title, ""
	}
	return title, lang
}

// whole puts the sections of a document back under their headings.
func (p *Planner) whole(t text, links site.Links) template.HTML {
	w := &work{Planner: p, links: links}
	lead := w.lead(t)
	parts := []template.HTML{p.marked(w.fill(lead, lead.doc.Lead), lead.lang)}
	for _, s := range p.passages(t) {
		part := content.Join(content.Heading(s.facts.ID, s.words.Title), w.fill(s.text, s.words.Body))
		if s.alone {
			parts = append(parts, content.Note(w.note(s.text)))
		}
		parts = append(parts, p.marked(part, s.lang))
	}
	return content.Join(parts...)
}
