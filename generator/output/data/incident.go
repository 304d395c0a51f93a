package data

import (
	"cmp"
	"time"

	"candor/generator/domain"
	"candor/generator/input/content"
	"candor/generator/input/figures"
	"candor/generator/output/machine"
	"candor/generator/site"
	"candor/generator/site/config"
	"candor/generator/site/incident"
)

// writer says one incident in one language.
type writer struct {
	settings *config.Site
	*machine.Language
	inc *site.Incident
}

// at returns an instant; nil for a zero one.
func at(t time.Time, settings *config.Site) *moment {
	if t.IsZero() {
		return nil
	}
	return &moment{t.UTC().Format(time.RFC3339), t.In(settings.Zone).Format(time.RFC3339)}
}

func (w writer) at(t time.Time) *moment { return at(t, w.settings) }

// entry is what the history has of the incident.
func (w writer) entry() entry {
	inc, address := w.inc, w.Addresses.Canonical
	e := entry{
		ID: w.ID(inc.Slug + "/"), Slug: inc.Slug, URL: address(inc.Slug + "/"), Data: address(inc.Slug + "/incident.json"),
		Title: w.TitleOf(inc), Summary: w.SummaryOf(inc), TextsIn: w.Of(&inc.Index),
		Kind: cmp.Or(inc.Front.Occasion, domain.OccasionIncident), Drill: inc.Front.Drill, Open: inc.Open(),
		Level: inc.Level, Status: inc.Status, Type: inc.Type.ID, Known: w.at(inc.Known), Resolved: w.at(inc.Resolved),
		Services: w.services(inc.Services), UpdateCount: len(inc.Updates),
	}
	if m := inc.Maintenance; m != nil {
		e.Maintenance = &maintenance{w.at(m.Starts), w.at(m.Ends), m.Phase}
	}
	if !inc.Next.At.IsZero() {
		e.NextUpdate = &due{w.at(inc.Next.At), inc.Next.Passed}
	}
	if n := len(inc.Updates); n > 0 {
		latest := w.headline(inc.Updates[n-1])
		e.Latest = &latest
	}
	return e
}

// incident is everything about the incident.
func (w writer) incident() whole {
	inc := w.inc
	v := whole{
		Schema: w.schema(), Language: w.Tag, TimeZone: w.settings.Zone.String(), entry: w.entry(),
		Affected: cmp.Or(inc.Index.In(w.Tag).Front.Affected, inc.Front.Affected), Contacts: []contact{},
		ApprovedBy: w.persons(inc.Approved), Lead: w.lead(&inc.Index), Sections: w.sections(&inc.Index, inc.Front.Revised.In(w.settings.Zone)),
		Updates: make([]update, len(inc.Updates)), Promises: make([]promise, len(inc.Promises)), Questions: []question{},
		Report: w.report(), Counts: w.counts(), Files: make([]file, len(inc.Files)),
	}
	if first := inc.First; !first.Due.IsZero() {
		v.FirstResponse = &response{Due: w.at(first.Due), Late: first.Late}
		if first.Came != nil {
			v.FirstResponse.Came = w.at(first.Came.Time)
		}
	}
	if inc.Owner.ID != "" {
		v.Speaker = &w.persons([]config.Person{inc.Owner})[0]
	}
	for _, c := range site.ContactsOf(w.settings, w.Tag, inc) {
		kind, address := c.Reach()
		v.Contacts = append(v.Contacts, contact{kind, c.Label, c.Value, address, c.Hours, c.Response, c.Press})
	}
	for i, u := range inc.Updates {
		v.Updates[i] = w.update(u)
	}
	for i, p := range inc.Promises {
		v.Promises[i] = w.promise(p)
	}
	if inc.FAQ != nil {
		v.Questions = w.questions()
	}
	for i, e := range inc.Files {
		path := site.Place{Path: site.FilePath(inc.Slug, e.Name), File: true, Published: true}
		v.Files[i] = file{e.Name, w.fileTitle(e.Name), w.Addresses.Absolute(path), len(e.File.Data), e.File.Sum.String()}
	}
	return v
}

func (w writer) schema() string {
	return w.Addresses.Absolute(site.Place{Path: "schema/incident.json", File: true, Published: true})
}

func (w writer) fileTitle(name string) string {
	return cmp.Or(w.inc.Index.In(w.Tag).Front.Files[name], w.inc.Front.Files[name])
}

func (w writer) headline(u *incident.Update) headline {
	return headline{w.ID(w.inc.Slug + "/" + u.Name), w.Update(w.inc, u), w.HeadlineOf(w.inc, u), w.at(u.Time)}
}

func (w writer) update(u *incident.Update) update {
	v := update{
		headline: w.headline(u), Name: u.Name, Language: w.Of(u.Texts), Kind: cmp.Or(u.Kind, domain.KindProgress),
		Status: u.Status, Level: u.Level, Services: w.services(u.Services), Modified: w.at(w.Modified(u)),
		NextUpdate: w.at(u.Next), ApprovedBy: w.persons(u.Approved), text: textOf(w.UpdateHTML(w.inc, u)),
	}
	for _, c := range u.Corrects {
		v.Corrects = append(v.Corrects, w.ID(w.inc.Slug+"/"+c.Name))
	}
	for _, c := range u.Corrections {
		v.CorrectedBy = append(v.CorrectedBy, w.ID(w.inc.Slug+"/"+c.Name))
	}
	return v
}

func (w writer) promise(p *incident.Promise) promise {
	task := w.Task(w.inc, p)
	v := promise{
		ID: p.ID, State: p.State, Due: w.at(p.Due), Moved: w.at(p.Moved), KeptAt: w.at(p.KeptAt), Language: w.Tag,
		text: text{task.Plain, w.HTML(w.inc, task.Text)},
	}
	if task == p.Task {
		v.Language = w.settings.DefaultLanguage
	}
	if p.Made != nil {
		v.Made = w.ID(w.inc.Slug + "/" + p.Made.Name)
	}
	if p.KeptBy != nil {
		v.Kept = w.ID(w.inc.Slug + "/" + p.KeptBy.Name)
	}
	return v
}

func (w writer) questions() []question {
	faq := w.inc.FAQ
	list := []question{}
	for _, s := range w.sections(faq, faq.Doc.Front.Revised.In(w.settings.Zone)) {
		path := site.Place{Path: w.inc.Slug + "/faq/", Fragment: s.ID, Published: true}
		list = append(list, question{s.ID, w.Addresses.Absolute(path), s.Title, s.Language, s.Updated, s.text})
	}
	return list
}

func (w writer) report() *report {
	r := w.inc.Report
	if r == nil {
		return nil
	}
	return &report{
		URL: w.Addresses.Canonical(w.inc.Slug + "/report/"), Title: cmp.Or(r.In(w.Tag).Front.Title, r.Doc.Front.Title),
		Published: w.at(r.Time), ApprovedBy: w.persons(r.Approved), Lead: w.lead(&r.Texts),
		Parts: w.sections(&r.Texts, time.Time{}),
	}
}

// sections are those of a text. Revised is the time of those that have none of their own.
func (w writer) sections(t *incident.Texts, revised time.Time) []section {
	list := []section{}
	for _, p := range w.Passages(t) {
		updated := p.Facts.Updated.In(w.settings.Zone)
		if updated.IsZero() {
			updated = revised
		}
		list = append(list, section{p.Facts.ID, w.Heading("sections.", p), p.Lang, w.at(updated), textOf(w.HTML(w.inc, p.Words.Body))})
	}
	return list
}

// lead is what stands before the sections of a text; nil if there is nothing.
func (w writer) lead(t *incident.Texts) *text {
	lead := w.Lead(t)
	if lead.Empty() {
		return nil
	}
	v := textOf(w.HTML(w.inc, lead))
	return &v
}

func textOf(html string) text { return text{machine.Plain(html), html} }

func (w writer) persons(list []config.Person) []person {
	var said []person
	for _, p := range list {
		p = w.Person(p)
		said = append(said, person{p.Name, p.Role})
	}
	return said
}

func (w writer) services(list []incident.ServiceState) []service {
	said := make([]service, len(list))
	for i, s := range list {
		in := w.inc.ServiceIn(s.Service, w.settings, w.Tag)
		said[i] = service{ID: s.ID, Label: in.Label, Group: in.Group, Region: in.Region, Kind: s.Kind,
			Condition: s.Condition, Since: w.at(s.Since)}
	}
	return said
}

// counts are the totals of those affected, if the pages show them.
func (w writer) counts() *counts {
	f := w.inc.Figures
	if f == nil || f.Totals == nil || w.inc.Report == nil && !w.inc.Shows(content.ShowCases) {
		return nil
	}
	t := f.Totals
	return &counts{w.at(f.AsOf), number(t.Total), number(t.Reached), number(t.Solved), number(t.SolvedInDay),
		number(t.Satisfied), number(t.Dissatisfied), number(t.Open)}
}

// number returns a count; nil if it is not given out.
func number(c figures.Count) *int {
	if n, given := c.Number(); given {
		return &n
	}
	return nil
}
