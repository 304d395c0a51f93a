package page

import (
	"cmp"
	"slices"
	"strconv"

	"candor/generator/domain"
	"candor/generator/input/content"
	"candor/generator/site"
	"candor/generator/site/incident"
)

// reportParts are the six parts of the final report (playbook §5), in order.
var reportParts = domain.Strings(domain.Parts())

// report plans the final report: the editor's parts, with computed figures and lists in them. It
// also has parts that the editor left out if there is something computed for them.
func (pl *incidentPlan) report() Page {
	inc := pl.inc
	output := inc.Slug + "/report/"
	t := pl.text(&inc.Report.Texts)
	title, lang := pl.frontText(t, titleOf)
	asOf := pl.withFigures()
	if due := inc.After.FollowUp; due.Passed && due.At.After(asOf) {
		asOf = due.At
	}
	v := Report{
		Base:      pl.incidentBase("report", output, title, &inc.Report.Texts, asOf, pl.figuresVersion(pl.version)),
		Incident:  pl.brief,
		Published: pl.optional(inc.Report.Time),
		Speaker:   pl.person(inc.Owner),
		Approved:  pl.persons(inc.Report.Approved, pl.person),
		Evidence:  pl.evidence(),
	}
	v.TitleLang, v.Note = lang, pl.note(t)
	v.Lead, v.LeadLang = pl.lead(t, false)
	v.Contacts, v.Press = pl.contactList, pl.pressList
	pl.withScript(&v.Base, pl.asOf, slices.ContainsFunc(inc.Promises, isDue))
	passages := pl.passages(t)
	for _, id := range reportParts {
		if part, ok := pl.part(passages, id); ok {
			part.Number = len(v.Parts) + 1
			v.Parts = append(v.Parts, part)
		}
	}
	for _, s := range passages {
		if !slices.Contains(reportParts[:], s.facts.ID) {
			v.Parts = append(v.Parts, Part{Section: pl.section(s, "sections")})
		}
	}
	report := pl.post("Report", title, inc.Report.Time, inc.Report.Doc.Front.Revised.In(pl.settings.Zone))
	v.Data = pl.below(&v.Base, node{"@type": "WebPage", "mainEntity": report})
	return pl.page("report", output, v)
}

// part returns one of the six parts, and whether it has anything.
func (pl *incidentPlan) part(passages []passage, id string) (Part, bool) {
	p := Part{Known: true}
	i := slices.IndexFunc(passages, func(s passage) bool { return s.facts.ID == id })
	if i >= 0 {
		p.Section = pl.section(passages[i], "sections")
	} else {
		p.Section = Section{ID: id, Title: pl.words.Must("sections." + id)}
	}
	computed := pl.compute(id, &p)
	return p, i >= 0 || computed
}

// compute adds to a part what follows from the files, and reports whether there is anything.
func (pl *incidentPlan) compute(id string, p *Part) bool {
	switch domain.Section(id) {
	case domain.PartOverview:
		p.Facts = pl.facts()
		return true
	case domain.PartData:
		moments, marks, omitted := pl.moments()
		p.Timeline, p.Charts = byDay(moments), pl.charts(marks)
		p.Totals, p.Withheld = pl.totals(false)
		p.Marked = len(p.Charts) > 0 && len(marks) > 0
		if omitted > 0 {
			p.Omitted = pl.words.Must("report.omitted", omitted)
		}
		return len(moments) > 0 || p.Totals != nil || p.Charts != nil
	case domain.PartAssessment:
		p.Record, _ = pl.splitPromises()
		p.Changes = pl.changes()
		p.Recovery, p.Failure = pl.indicators()
		return p.Record != nil || p.Changes != nil || p.Recovery != nil
	case domain.PartTimetable:
		_, p.Promises = pl.splitPromises()
		p.Steps = pl.steps()
		return p.Promises != nil || p.Steps != nil
	}
	return false
}

// reportUpdates is how many updates a report lists at most. If there are more, it lists
// those that changed something.
const reportUpdates = 100

// milestones are the updates that a report lists.
func (pl *incidentPlan) milestones() []*incident.Update {
	all := pl.inc.Updates
	if len(all) <= reportUpdates {
		return all
	}
	var list []*incident.Update
	status := domain.Status("")
	for _, u := range all {
		turn := u.Status != "" && u.Status != status || u.Level > 0
		if turn || u == pl.inc.First.Came || u.Kind == domain.KindCorrection || u.Kind == domain.KindResolution {
			list = append(list, u)
		}
		status = cmp.Or(u.Status, status)
	}
	return list
}

// facts are the figures of the overview that follow from the files.
func (pl *incidentPlan) facts() []Fact {
	inc := pl.inc
	word := pl.words
	var facts []Fact
	if !inc.Planned() {
		facts = []Fact{
			{Name: word.Must("report.level"), Value: word.Must("levels." + inc.Level.String())},
			{Name: word.Must("report.type"), Value: pl.typeWord()},
			{Name: word.Must("report.known"), Time: pl.optional(inc.Known)},
		}
	}
	if inc.Timed() {
		facts = append(facts, Fact{Name: word.Must("report.first-response"), Value: pl.response()})
	}
	facts = append(facts, Fact{Name: word.Must("report.updates"), Value: word.Must("report.updates-count", len(inc.Updates))})
	if kept, all := inTime(pl.timings()); all > 0 {
		facts = append(facts, Fact{Name: word.Must("report.in-time"), Value: ratio(kept, all)})
	}
	if n := len(inc.Promises); n > 0 {
		kept := 0
		for _, p := range inc.Promises {
			if !isDue(p) {
				kept++
			}
		}
		facts = append(facts, Fact{Name: word.Must("report.promises-kept"), Value: ratio(kept, n)})
	}
	if !inc.Open() {
		facts = append(facts,
			Fact{Name: word.Must("report.resolved"), Time: pl.optional(inc.Resolved)},
			Fact{Name: word.Must("report.duration"), Value: word.Duration(inc.Resolved.Sub(inc.Known))})
	}
	return facts
}

func ratio(part, all int) string { return strconv.Itoa(part) + " / " + strconv.Itoa(all) }

// evidence lists the published files.
func (pl *incidentPlan) evidence() []Evidence {
	list := make([]Evidence, len(pl.inc.Files))
	for i, e := range pl.inc.Files {
		n := len(e.File.Data)
		title, lang := pl.frontText(pl.index, func(f *content.Front) string { return f.Files[e.Name] })
		if title == "" {
			title, lang = e.Name, ""
		}
		list[i] = Evidence{
			Title: title, Lang: lang, Name: e.Name,
			URL:  pl.addresses.Shared(site.FilePath(pl.inc.Slug, e.Name)),
			Size: size(n, pl.words.Tenths), Sum: e.File.Sum.String(),
		}
	}
	return list
}

// size writes a number of bytes in decimal units (IEC 80000-13), with a space that does not break.
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
