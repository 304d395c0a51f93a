package page

import (
	"candor/generator/site"
	"cmp"
	"slices"
	"strconv"

	"candor/generator/domain"
	"candor/generator/site/incident"
)

// reportParts are the six parts of the final report (playbook §5), in order.
var reportParts = domain.Strings(domain.Parts())

// report plans the final report: the editor's parts, with what can be computed
// put into its part. A part that the editor left out but that has something
// computed to show stands all the same.
func (w *work) report() Page {
	inc := w.inc
	output := inc.Slug + "/report/"
	t := w.text(&inc.Report.Texts)
	title, lang := w.said(t, titleOf)
	lead := w.lead(t)
	asOf := w.asOf
	if f := inc.Figures; f != nil && f.AsOf.After(asOf) {
		asOf = f.AsOf
	}
	if due := inc.After.FollowUp; due.Passed && due.At.After(asOf) {
		asOf = due.At
	}
	v := Report{
		Base:      w.incidentBase("report", output, title, &inc.Report.Texts, asOf, w.figuresVersion(w.version)),
		Incident:  w.brief,
		Published: w.optional(inc.Report.Time),
		Approved:  w.persons(inc.Report.Approved),
		Lead:      w.fill(lead, lead.doc.Lead),
		LeadLang:  lead.lang,
		Evidence:  w.evidence(),
	}
	if inc.Owner.Name != "" {
		v.Speaker = w.person(inc.Owner)
	}
	v.TitleLang, v.Note = lang, w.note(t)
	v.Contacts, v.Press = w.contactList, w.pressList
	w.enliven(&v.Base, w.asOf, unkept(inc.Promises))
	passages := w.passages(t)
	for _, id := range reportParts {
		if part, ok := w.part(passages, id); ok {
			part.Number = len(v.Parts) + 1
			v.Parts = append(v.Parts, part)
		}
	}
	for _, s := range passages {
		if !slices.Contains(reportParts[:], s.facts.ID) {
			v.Parts = append(v.Parts, Part{Section: w.section(s, "sections")})
		}
	}
	return w.page("report", output, v)
}

// part returns one of the six parts, and whether there is anything in it.
func (w *work) part(passages []passage, id string) (Part, bool) {
	p := Part{Known: true}
	i := slices.IndexFunc(passages, func(s passage) bool { return s.facts.ID == id })
	if i >= 0 {
		p.Section = w.section(passages[i], "sections")
	} else {
		p.Section = Section{ID: id, Title: w.words.Must("sections." + id)}
	}
	computed := w.compute(id, &p)
	return p, i >= 0 || computed
}

// compute puts into a part what follows from the files, and says whether there is
// any.
func (w *work) compute(id string, p *Part) bool {
	switch domain.Section(id) {
	case domain.PartOverview:
		p.Facts = w.facts()
		return true
	case domain.PartData:
		moments, marks, omitted := w.moments()
		p.Timeline, p.Charts = byDay(moments), w.charts(marks)
		p.Totals, p.Withheld = w.totals(false)
		p.Marked = len(p.Charts) > 0 && len(marks) > 0
		if omitted > 0 {
			p.Omitted = w.words.Must("report.omitted", omitted)
		}
		return len(moments) > 0 || p.Totals != nil || p.Charts != nil
	case domain.PartAssessment:
		p.Record, _ = w.parted()
		p.Changes = w.changes()
		p.Recovery, p.Failure = w.verdict()
		return p.Record != nil || p.Changes != nil || p.Recovery != nil
	case domain.PartTimetable:
		_, p.Promises = w.parted()
		p.Steps = w.steps()
		return p.Promises != nil || p.Steps != nil
	}
	return false
}

// reportUpdates is up to how many updates a report lists. Of more, it lists those
// that changed something; the rest is on the pages of updates.
const reportUpdates = 100

// milestones are the updates that a report lists.
func (w *work) milestones() []*incident.Update {
	all := w.inc.Updates
	if len(all) <= reportUpdates {
		return all
	}
	var list []*incident.Update
	status := domain.Status("")
	for _, u := range all {
		turn := u.Status != "" && u.Status != status || u.Kind == domain.KindCorrection || u.Kind == domain.KindResolution
		if u == w.inc.First.Came || u.Level > 0 || turn {
			list = append(list, u)
		}
		status = cmp.Or(u.Status, status)
	}
	return list
}

// facts are the figures of the overview that follow from the files.
func (w *work) facts() []Fact {
	inc := w.inc
	word := w.words
	facts := []Fact{
		{Name: word.Must("report.level"), Value: word.Must("levels." + inc.Level.String())},
		{Name: word.Must("report.type"), Value: w.typeWord(inc)},
		{Name: word.Must("report.known"), Time: w.optional(inc.Known)},
		{Name: word.Must("report.first-response"), Value: w.response()},
		{Name: word.Must("report.updates"), Value: word.Must("counts.updates", len(inc.Updates))},
	}
	if kept, all := inTime(w.against()); all > 0 {
		facts = append(facts, Fact{Name: word.Must("report.in-time"), Value: strconv.Itoa(kept) + " / " + strconv.Itoa(all)})
	}
	if n := len(inc.Promises); n > 0 {
		kept := 0
		for _, p := range inc.Promises {
			if p.State == domain.PromiseKept || p.State == domain.PromiseKeptLate {
				kept++
			}
		}
		facts = append(facts, Fact{Name: word.Must("report.promises-kept"), Value: strconv.Itoa(kept) + " / " + strconv.Itoa(n)})
	}
	if !inc.Open() {
		facts = append(facts,
			Fact{Name: word.Must("report.resolved"), Time: w.optional(inc.Resolved)},
			Fact{Name: word.Must("report.duration"), Value: word.Duration(inc.Resolved.Sub(inc.Known))})
	}
	return facts
}

// evidence lists the published files.
func (w *work) evidence() []Evidence {
	list := make([]Evidence, len(w.inc.Evidence))
	for i, e := range w.inc.Evidence {
		list[i] = Evidence{Title: w.index.doc.Front.Files[e.Name], Lang: w.index.lang, Name: e.Name, URL: w.addresses.Shared(site.FilePath(w.inc.Slug, e.Name)), Size: size(len(e.File.Data), w.words.Tenths), Bytes: len(e.File.Data), Sum: e.File.Sum.String()}
		if list[i].Title == "" && e.Label != "" {
			list[i].Title, list[i].Lang = e.Label, w.untranslated(w.index.original).lang
		}
		if list[i].Title == "" {
			list[i].Title, list[i].Lang = e.Name, ""
		}
	}
	return list
}

// size writes a number of bytes in decimal units (IEC 80000-13), with a space
// that does not break.
func size(n int, tenths func(float64) string) string {
	const space = "\u00a0"
	switch {
	case n < 1000:
		return strconv.Itoa(n) + space + "B"
	case n < 999_500: // what would round to 1000 KB is 1.0 MB
		return strconv.Itoa((n+500)/1000) + space + "KB"
	}
	return tenths(float64(n)/1e6) + space + "MB"
}
