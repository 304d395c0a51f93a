package scaffold

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"candor/generator/domain"
	"candor/generator/message"
	"candor/generator/site/incident"
)

// Update asks for a new update of an incident. What is empty follows from the
// incident.
type Update struct {
	Slug     string
	Kind     domain.Kind
	Corrects string // name of the update that a correction corrects
	Status   domain.Status
	Title    string
	Short    bool // one text to fill in, and nothing else
}

// updateView is what the archetypes of updates and the report get.
type updateView struct {
	view
	Kind      string
	Status    string // to be written; empty if it stays
	Was       string // the status in force
	Corrects  string
	Corrected string    // title of the update that is corrected
	Of        string    // title of the incident
	Missed    time.Time // when this update was promised for, if that has passed
	Resolved  time.Time
	Ahead     ahead
	Services  []string // ids of those that it can speak of
	Open      []OpenPromise
	Kept      int
	Late      int
	Broken    int

	promised []string
}

// Promised reports whether the incident has a promise of the id, kept or not.
func (v updateView) Promised(id string) bool { return slices.Contains(v.promised, id) }

// ahead are the instants that updates and reports promise things for.
type ahead struct{ Step, Report, Quarter, HalfYear time.Time }

// OpenPromise is a promise that has still to be kept.
type OpenPromise struct {
	Text    string
	ID      string // empty if the editor gave none: it cannot be ticked
	Due     time.Time
	Overdue bool
}

// stamp begins the name of an update, so that a folder lists them in their order.
const stamp = "2006-01-02-1504-"

// Update makes an update.
func (m *Maker) Update(req Update) (Made, error) {
	inc, taken, err := m.open(req.Slug)
	if err == nil {
		err = m.settle(&req, inc)
	}
	if err != nil {
		return Made{}, err
	}
	at := m.free(inc)
	v := m.updateView(inc, at)
	for _, s := range slices.Concat(m.Site.Services, inc.Front.Declared) {
		v.Services = append(v.Services, s.ID)
	}
	v.Title, v.Kind, v.Status, v.Corrects = req.Title, string(req.Kind), string(req.Status), req.Corrects
	if i := slices.Index(names(inc), req.Corrects); i >= 0 {
		v.Corrected = all(inc)[i].Doc.Front.Title
	}
	if closed := req.Status == domain.StatusResolved || req.Status == "" && !inc.Open(); !closed {
		v.Next = Promise(at, incident.NewRhythm(m.Site.Cadence, inc.Level, inc.Known).Allowed(at))
		v.By = promises(at, v.Next, inc.Level)
		v.Ahead.Step = v.Next
	}
	var fields any = v
	archetype, what := "update.md", string(req.Kind)
	switch req.Kind {
	case domain.KindCorrection:
		archetype = "correction.md"
	case domain.KindResponse:
		archetype, what = "incident/first-response.md", "first-response"
		v.By = promises(at, v.Ahead.Step, inc.Level)
		fields = v.view
	}
	if req.Short {
		archetype, fields = "update-short.md", v
	}
	name := free(inc, at, cmp.Or(Slug(req.Title), what))
	files, err := m.archetypes().files(fields, taken, starter{updatePath(req.Slug, name), archetype})
	return Made{Files: files, NextUpdate: v.Next, Open: len(v.Open)}, err
}

// settle completes a request from the incident and refuses what cannot be.
func (m *Maker) settle(req *Update, inc *incident.Incident) error {
	req.Corrects = strings.TrimSuffix(req.Corrects, ".md")
	req.Kind = cmp.Or(req.Kind, defaultKind(req, inc))
	if !slices.Contains(domain.Kinds(), req.Kind) {
		return choose(message.Textf("there is no kind %q", req.Kind), req.Kind, domain.Kinds())
	}
	if req.Status != "" && !slices.Contains(domain.Statuses(), req.Status) {
		return choose(message.Textf("there is no status %q", req.Status), req.Status, domain.Statuses())
	}
	if req.Status == "" && req.Kind == domain.KindResolution {
		req.Status = domain.StatusResolved
	}
	corrects := req.Kind == domain.KindCorrection
	list := names(inc)
	newest := list[:min(len(list), 12)]
	switch {
	case corrects && len(list) == 0:
		return message.Errorf("%s has no update that could be corrected\n"+
			"correct the text itself: it has not been published", req.Slug)
	case corrects && req.Corrects == "":
		return message.Errorf("which update was wrong?\nwrite --corrects with its name, one of: %s",
			message.List(newest))
	case !corrects && req.Corrects != "":
		return message.Errorf("an update of kind %s corrects nothing\n"+
			"remove --kind: --corrects makes it a correction", req.Kind)
	case corrects && !slices.Contains(list, req.Corrects):
		return choose(message.Textf("there is no update %q", req.Corrects), req.Corrects, newest)
	}
	for _, u := range inc.Hidden {
		if u.Name == req.Corrects && u.Time.After(m.At) {
			return message.Errorf("%q has not been published yet\ncorrect the text itself", req.Corrects)
		}
	}
	return nil
}

func defaultKind(req *Update, inc *incident.Incident) domain.Kind {
	switch {
	case req.Corrects != "":
		return domain.KindCorrection
	case req.Status == domain.StatusResolved:
		return domain.KindResolution
	case len(inc.Updates)+len(inc.Hidden) == 0 && !inc.Planned():
		return domain.KindResponse
	case !inc.Open():
		return domain.KindFollowUp
	}
	return domain.KindProgress
}

// updateView fills in what the incident says.
func (m *Maker) updateView(inc *incident.Incident, at time.Time) updateView {
	f := inc.Front
	v := updateView{
		view:     m.view(Incident{Slug: inc.Slug, Type: f.Type, Level: inc.Level, Stance: f.Stance}),
		Was:      string(inc.Status),
		Of:       f.Title,
		Resolved: inc.Resolved,
		Ahead:    ahead{Step: evening(at, 7), Report: evening(at, 14), Quarter: evening(at, 91), HalfYear: evening(at, 182)},
	}
	v.Sections, v.Others = nil, nil // those that it has, not those that it needs
	for _, s := range inc.Index.Doc.Sections {
		v.Sections = append(v.Sections, s.ID)
	}
	v.Known, v.Due, v.Time = inc.Known, inc.First.Due, at
	if inc.Next.Passed && inc.Next.At.Before(at) {
		v.Missed = inc.Next.At
	}
	for _, p := range inc.Promises {
		v.promised = append(v.promised, p.ID)
		overdue := p.State == domain.PromiseOverdue
		switch {
		case p.State == domain.PromiseKept:
			v.Kept++
			continue
		case p.State == domain.PromiseKeptLate:
			v.Late++
			continue
		case overdue:
			v.Broken++
		}
		v.Open = append(v.Open, OpenPromise{Text: p.Task.Plain, ID: p.ID, Due: p.Due, Overdue: overdue})
	}
	return v
}

// FAQ makes the FAQ of an incident that has none.
func (m *Maker) FAQ(slug string) (Made, error) {
	return m.part(slug, starter{folder(slug) + domain.FileFAQ, "incident/faq.md"})
}

// Report makes the final report of an incident.
func (m *Maker) Report(slug string) (Made, error) {
	return m.part(slug, starter{folder(slug) + domain.FileReport, "report.md"})
}

// part makes single files of an incident.
func (m *Maker) part(slug string, starters ...starter) (Made, error) {
	inc, taken, err := m.open(slug)
	if err != nil {
		return Made{}, err
	}
	v := m.updateView(inc, m.now())
	files, err := m.archetypes().files(v, taken, starters...)
	return Made{Files: files, Open: len(v.Open)}, err
}
