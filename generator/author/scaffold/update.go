package scaffold

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"candor/generator/domain"
	"candor/generator/fileset"
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
}

// updateView is what the archetypes of updates and the report get.
type updateView struct {
	view
	Kind      domain.Kind
	Status    domain.Status // to be written; empty where it stays
	Was       domain.Status // the status in force
	Corrects  string
	Corrected string    // title of the update that is corrected
	Of        string    // title of the incident
	Missed    time.Time // when this update was promised for, where that has passed
	Resolved  time.Time
	Ahead     ahead
	Open      []Owed
	Kept      int
	Late      int
	Broken    int

	promised []string
}

// Promised says whether the incident has a promise of the id, kept or not.
func (v updateView) Promised(id string) bool { return slices.Contains(v.promised, id) }

// ahead are the instants that updates and reports promise things for.
type ahead struct{ Step, Report, Quarter, HalfYear time.Time }

// Owed is a promise that has still to be kept.
type Owed struct {
	Text    string
	ID      string // empty where the editor gave none: it cannot be ticked
	Due     time.Time
	Overdue bool
}

// Update makes an update.
func (m *Maker) Update(req Update) (Made, error) {
	inc, taken, err := m.open(req.Slug)
	if err != nil {
		return Made{}, err
	}
	if err := m.settle(&req, inc); err != nil {
		return Made{}, err
	}
	at := m.free(inc)
	v := m.updateView(inc, at)
	v.Title, v.Kind, v.Status, v.Corrects = req.Title, req.Kind, req.Status, req.Corrects
	if v.Status == "" && v.Kind == domain.KindResolution {
		v.Status = domain.StatusResolved
	}
	for _, u := range slices.Concat(inc.Updates, inc.Hidden) {
		if u.Name == req.Corrects {
			v.Corrected = u.Doc.Front.Title
		}
	}
	closed := v.Status == domain.StatusResolved || v.Status == "" && !inc.Open()
	if !closed {
		v.Next = Promise(at, incident.Cadence(m.Site.Cadence, inc.Level, inc.Known, at))
		v.By = promises(at, v.Next, inc.Level)
		v.Ahead.Step = v.Next
	}
	archetype := "update.md"
	var view any = v
	switch req.Kind {
	case domain.KindCorrection:
		archetype = "correction.md"
	case domain.KindResponse:
		archetype = "incident/first-response.md"
		if v.Next.IsZero() {
			v.By = promises(at, v.Ahead.Step, inc.Level)
		}
		view = v.view
	}
	data, err := render(m.Themes, m.Site.Theme, archetype, m.Site.DefaultLanguage, view, taken)
	if err != nil {
		return Made{}, err
	}
	name := m.updateName(inc, at, cmp.Or(Slug(req.Title), suffix(req.Kind)))
	made := Made{Files: fileset.Must([]fileset.File{fileset.NewFile(domain.FolderIncidents+"/"+req.Slug+"/"+domain.FolderUpdates+"/"+name+".md", data)}), NextUpdate: v.Next, Open: len(v.Open)}
	return made, nil
}

func suffix(kind domain.Kind) string {
	if kind == domain.KindResponse {
		return "first-response"
	}
	return string(kind)
}

// settle completes a request from the incident and refuses what cannot be.
func (m *Maker) settle(req *Update, inc *incident.Incident) error {
	req.Corrects = strings.TrimSuffix(req.Corrects, ".md")
	if req.Kind == "" {
		req.Kind = defaultKind(req, inc)
	}
	if !slices.Contains(domain.Kinds(), req.Kind) {
		return choose(message.Textf("there is no kind %q", req.Kind), string(req.Kind), domain.Strings(domain.Kinds()))
	}
	if req.Status != "" && !slices.Contains(domain.Statuses(), req.Status) {
		return choose(message.Textf("there is no status %q", req.Status), string(req.Status), domain.Strings(domain.Statuses()))
	}
	list := names(inc)
	switch {
	case req.Kind == domain.KindCorrection && len(list) == 0:
		return message.Errorf("%s has no update that could be corrected\ncorrect the text itself: nothing of it has gone out", req.Slug)
	case req.Kind == domain.KindCorrection && req.Corrects == "":
		return message.Errorf("which update was wrong?\nwrite --corrects with its name, one of: %s", strings.Join(list[:min(len(list), 12)], ", "))
	case req.Kind != domain.KindCorrection && req.Corrects != "":
		return message.Errorf("an update of kind %s corrects nothing\nleave out --kind: --corrects makes it a correction", req.Kind)
	case req.Corrects != "" && !slices.Contains(list, req.Corrects):
		return choose(message.Textf("there is no update %q", req.Corrects), req.Corrects, list[:min(len(list), 12)])
	}
	for _, u := range inc.Hidden {
		if u.Name == req.Corrects && u.Time.After(m.At) {
			return message.Errorf("%q has not gone out yet\ncorrect the text itself", req.Corrects)
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
	case len(inc.Updates)+len(inc.Hidden) == 0:
		return domain.KindResponse
	case !inc.Open():
		return domain.KindFollowUp
	}
	return domain.KindProgress
}

// updateName begins with the instant, so that a folder lists updates in their
// order, and is one that no update has.
func (m *Maker) updateName(inc *incident.Incident, at time.Time, what string) string {
	list := names(inc)
	name := at.Format("2006-01-02-1504-") + what
	free := name
	for n := 2; slices.Contains(list, free); n++ {
		free = fmt.Sprintf("%s-%d", name, n)
	}
	return free
}

// updateView fills in what the incident says.
func (m *Maker) updateView(inc *incident.Incident, at time.Time) updateView {
	f := inc.Front
	v := updateView{
		view:     m.view(Incident{Slug: inc.Slug, Type: f.Type, Level: inc.Level, Stance: f.Stance}),
		Was:      inc.Status,
		Of:       f.Title,
		Resolved: inc.Resolved,
		Ahead:    ahead{Step: evening(at, 7), Report: evening(at, 14), Quarter: evening(at, 91), HalfYear: evening(at, 182)},
	}
	v.Sections, v.Others = nil, nil // what stands there, not what should
	for _, s := range inc.Index.Doc.Sections {
		v.Sections = append(v.Sections, domain.Section(s.ID))
	}
	v.Known, v.Due, v.Time = inc.Known, inc.First.Due, at
	if inc.Next.Passed && inc.Next.At.Before(at) {
		v.Missed = inc.Next.At
	}
	for _, p := range inc.Promises {
		v.promised = append(v.promised, p.ID)
		switch p.State {
		case domain.PromiseKept:
			v.Kept++
			continue
		case domain.PromiseKeptLate:
			v.Late++
			continue
		case domain.PromiseOverdue:
			v.Broken++
		}
		v.Open = append(v.Open, Owed{Text: p.Task.Plain, ID: p.ID, Due: p.Due, Overdue: p.State == domain.PromiseOverdue})
	}
	return v
}

// FAQ makes the FAQ of an incident that has none.
func (m *Maker) FAQ(slug string) (Made, error) {
	return m.part(slug, domain.FileFAQ, "incident/faq.md")
}

// Report makes the final report of an incident.
func (m *Maker) Report(slug string) (Made, error) {
	return m.part(slug, domain.FileReport, "report.md")
}

func (m *Maker) part(slug, name, archetype string) (Made, error) {
	inc, taken, err := m.open(slug)
	if err != nil {
		return Made{}, err
	}
	v := m.updateView(inc, m.now())
	data, err := render(m.Themes, m.Site.Theme, archetype, m.Site.DefaultLanguage, v, taken)
	if err != nil {
		return Made{}, err
	}
	return Made{Files: fileset.Must([]fileset.File{fileset.NewFile(domain.FolderIncidents+"/"+slug+"/"+name, data)}), Open: len(v.Open)}, nil
}
