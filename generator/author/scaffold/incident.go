package scaffold

import (
	"maps"
	"slices"
	"strings"
	"time"

	"candor/generator/domain"
	"candor/generator/fileset"
	"candor/generator/input/tomldoc"
	"candor/generator/message"
	"candor/generator/site/config"
	"candor/generator/site/incident"
)

// Incident asks for a new incident, or a new scenario.
type Incident struct {
	Slug   string
	Type   string
	Level  domain.Level
	Stance domain.Stance
	Known  time.Time // zero for the Maker's instant
	Title  string    // empty for a text to fill in
}

// view is what an archetype of an incident gets. Times are zero in a scenario.
type view struct {
	Slug     string
	Title    string // as asked for; may be empty
	Level    domain.Level
	Type     string
	Stance   domain.Stance
	Strategy string // what site.toml says of a type of its own
	Scenario bool

	Known time.Time
	Due   time.Time // of the first response
	Time  time.Time // of the text
	Next  time.Time // by when the next update comes
	By    due       // by when the first response promises what
	Zone  string

	Required  bool     // whether the site publishes only what is approved
	Approvers []string // ids of those who may approve
	Speakers  []string // ids of those who may speak
	Contacts  bool     // whether the site has contacts for those affected

	Sections []domain.Section // the sections that type and stance need
	Others   []domain.Section // those among them that the theme has no words for
}

// Has says whether the incident needs a section.
func (v view) Has(id domain.Section) bool { return slices.Contains(v.Sections, id) }

// Types returns the ids of the site's types, sorted.
func (m *Maker) Types() []string { return slices.Sorted(maps.Keys(m.Site.Types)) }

// Incident makes an incident with its FAQ and first response.
func (m *Maker) Incident(req Incident) (Made, error) {
	if err := m.checkIncident(req); err != nil {
		return Made{}, err
	}
	v := m.view(req)
	v.Known = m.now()
	if !req.Known.IsZero() {
		v.Known = req.Known.In(m.Site.Zone)
	}
	v.Time = m.now()
	if v.Known.After(m.At) {
		return Made{}, message.Errorf("the organisation cannot have learned of it at %s: it is %s\ncorrect --known", tomldoc.FormatTime(v.Known), tomldoc.FormatTime(v.Time))
	}
	if v.Time.Before(v.Known) { // known in this very minute
		v.Time = v.Known
	}
	within := m.Site.Clock(req.Level, req.Type, 0)
	v.Due = v.Known.Add(within)
	v.Next = Promise(v.Time, incident.Cadence(m.Site.Cadence, req.Level, v.Known, v.Time))
	v.By = promises(v.Time, v.Next, req.Level)
	files, err := m.incidentFiles(domain.FolderIncidents+"/"+req.Slug, v.Time.Format("2006-01-02-1504-")+"first-response", v)
	return Made{Files: files, FirstResponse: v.Due, NextUpdate: v.Next, Known: v.Known, Within: within}, err
}

// Scenario makes an incident that has not happened: nothing in it has a time.
func (m *Maker) Scenario(req Incident) (Made, error) {
	if err := m.checkIncident(req); err != nil {
		return Made{}, err
	}
	v := m.view(req)
	v.Scenario = true
	files, err := m.incidentFiles(domain.FolderScenarios+"/"+req.Slug, "first-response", v)
	return Made{Files: files, Within: m.Site.Clock(req.Level, req.Type, 0)}, err
}

func (m *Maker) checkIncident(req Incident) error {
	if err := m.CheckSlug(req.Slug); err != nil {
		return err
	}
	if _, ok := m.Site.Types[req.Type]; !ok {
		return choose(message.Textf("there is no type %q", req.Type), req.Type, m.Types())
	}
	if !slices.Contains(domain.Stances(), req.Stance) {
		return choose(message.Textf("there is no stance %q", req.Stance), string(req.Stance), domain.Strings(domain.Stances()))
	}
	if !req.Level.Valid() {
		return message.Errorf("there is no level %d\nwrite --level 1, 2 or 3; 1 is the gravest", req.Level)
	}
	return nil
}

// view fills in what does not depend on the instant.
func (m *Maker) view(req Incident) view {
	v := view{Slug: req.Slug, Title: req.Title, Level: req.Level, Type: req.Type, Stance: req.Stance, Zone: m.Site.Zone.String(), Required: m.Site.RequireApproval}
	if builtin, ok := config.Default().Types[req.Type]; !ok || builtin.Strategy != m.Site.Types[req.Type].Strategy {
		v.Strategy = m.Site.Types[req.Type].Strategy
	}
	v.Approvers, v.Speakers = m.people()
	for _, c := range m.Site.Contacts {
		v.Contacts = v.Contacts || !c.Press
	}
	v.Sections, v.Others = sections(m.Site.Types[req.Type], req.Stance)
	return v
}

// people returns the ids of those who may approve and of those who may speak.
func (m *Maker) people() (approve, speak []string) {
	for _, p := range m.Site.Persons {
		if p.MayApprove {
			approve = append(approve, p.ID)
		}
		if p.MaySpeak {
			speak = append(speak, p.ID)
		}
	}
	return approve, speak
}

// sections returns the ids of the sections that an incident needs: those of
// every incident, of its type, and of its stance (playbook §1 and §2).
func sections(typ config.Type, stance domain.Stance) (needed, others []domain.Section) {
	needed = []domain.Section{domain.SectionWhatHappened, domain.SectionKnown, domain.SectionUnknown}
	switch stance {
	case domain.StanceFull:
		needed = append(needed, domain.SectionRemedy, domain.SectionWhatYouCanDo, domain.SectionShortTerm, domain.SectionLongTerm)
	case domain.StancePartial:
		needed = append(needed, domain.SectionRemedy, domain.SectionWhatYouCanDo, domain.SectionShortTerm)
	case domain.StanceUnfounded:
		needed = append(needed, domain.SectionEvidence, domain.SectionRights)
	}
	worded := []domain.Section{domain.SectionWhatHappened, domain.SectionKnown, domain.SectionUnknown, domain.SectionRemedy, domain.SectionWhatYouCanDo, domain.SectionShortTerm, domain.SectionLongTerm, domain.SectionEvidence, domain.SectionRights}
	for _, id := range typ.Must {
		if slices.Contains(needed, id) || strings.ContainsAny(string(id), " \t\n{}\"'<>&%`?#") || id == "" {
			continue
		}
		needed = append(needed, id)
		if !slices.Contains(worded, id) {
			others = append(others, id)
		}
	}
	return needed, others
}

func (m *Maker) incidentFiles(folder, first string, v view) (fileset.Set, error) {
	taken := map[string]bool{}
	var files []fileset.File
	for _, f := range [...][2]string{
		{domain.FileIndex, "incident/index.md"},
		{domain.FileFAQ, "incident/faq.md"},
		{domain.FolderUpdates + "/" + first + ".md", "incident/first-response.md"},
	} {
		data, err := render(m.Themes, m.Site.Theme, f[1], m.Site.DefaultLanguage, v, taken)
		if err != nil {
			return fileset.Set{}, err
		}
		files = append(files, fileset.NewFile(folder+"/"+f[0], data))
	}
	return fileset.New(files)
}
