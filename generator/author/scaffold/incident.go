package scaffold

import (
	"maps"
	"slices"
	"strings"
	"time"

	"candor/generator/domain"
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

	Minimal bool // only what has to be there: no FAQ, no explanations, a line for each section
}

// view is what an archetype of an incident gets. Times are zero in a scenario.
type view struct {
	Slug     string
	Title    string // as asked for; may be empty
	Level    int
	Type     string
	Stance   string
	Strategy string // what site.toml says of a type of its own
	Scenario bool

	Known time.Time
	Due   time.Time // of the first response
	Time  time.Time // of the text
	Next  time.Time // by when the next update comes
	By    due       // by when the first response promises what
	Zone  string

	Required  bool     // the site publishes only what is approved
	Approvers []string // ids of those who may approve
	Speakers  []string // ids of those who may speak
	Contacts  bool     // the site has contacts for those affected

	Sections []string // ids of the sections that type and stance need
	Others   []string // those among them that archetypes have no words for
}

// Has reports whether the incident needs a section.
func (v view) Has(id string) bool { return slices.Contains(v.Sections, id) }

// Incident makes an incident with its FAQ and first response.
func (m *Maker) Incident(req Incident) (Made, error) {
	if err := m.checkIncident(req); err != nil {
		return Made{}, err
	}
	v := m.view(req)
	v.Time, v.Known = m.now(), m.now()
	if !req.Known.IsZero() {
		v.Known = req.Known.In(m.Site.Zone)
	}
	if v.Known.After(m.At) {
		return Made{}, message.Errorf("the organisation cannot have learned of it at %s: it is %s\ncorrect --known",
			tomldoc.FormatTime(v.Known), tomldoc.FormatTime(v.Time))
	}
	if v.Time.Before(v.Known) { // learned of in this very minute
		v.Time = v.Known
	}
	within := m.Site.Clock(req.Level, req.Type, 0)
	v.Due = v.Known.Add(within)
	v.Next = Promise(v.Time, incident.NewRhythm(m.Site.Cadence, req.Level, v.Known).Allowed(v.Time))
	v.By = promises(v.Time, v.Next, req.Level)
	archetypes, first := "incident/", v.Time.Format(stamp)+"first-response"
	if req.Minimal {
		archetypes += "minimal/"
	}
	made, err := m.begin(domain.FolderIncidents, archetypes, first, v)
	made.FirstResponse, made.NextUpdate, made.Known, made.Within = v.Due, v.Next, v.Known, within
	return made, err
}

// Scenario makes an incident that has not happened: nothing in it has a time.
func (m *Maker) Scenario(req Incident) (Made, error) {
	if err := m.checkIncident(req); err != nil {
		return Made{}, err
	}
	v := m.view(req)
	v.Scenario = true
	made, err := m.begin(domain.FolderScenarios, "incident/", "first-response", v)
	made.Within = m.Site.Clock(req.Level, req.Type, 0)
	return made, err
}

// begin makes the files of an incident from the archetypes in a folder, which need not have an FAQ.
func (m *Maker) begin(root, archetypes, first string, v view) (Made, error) {
	folder := root + "/" + v.Slug + "/"
	starters := []starter{
		{folder + domain.FileIndex, archetypes + "index.md"},
		{folder + domain.FolderUpdates + "/" + first + ".md", archetypes + "first-response.md"},
	}
	if _, ok := m.archetypes().find(archetypes + "faq.md"); ok {
		starters = append(starters, starter{folder + domain.FileFAQ, archetypes + "faq.md"})
	}
	files, err := m.archetypes().files(v, map[string]bool{}, starters...)
	return Made{Files: files}, err
}

func (m *Maker) checkIncident(req Incident) error {
	if err := m.CheckSlug(req.Slug); err != nil {
		return err
	}
	if _, ok := m.Site.Types[req.Type]; !ok {
		return choose(message.Textf("there is no type %q", req.Type), req.Type, slices.Sorted(maps.Keys(m.Site.Types)))
	}
	if !slices.Contains(domain.Stances(), req.Stance) {
		return choose(message.Textf("there is no stance %q", req.Stance), req.Stance, domain.Stances())
	}
	if !req.Level.Valid() {
		return message.Errorf("there is no level %d\nwrite --level 1, 2 or 3; 1 is the most serious", req.Level)
	}
	return nil
}

// view fills in what does not depend on the instant.
func (m *Maker) view(req Incident) view {
	typ := m.Site.Types[req.Type]
	v := view{Slug: req.Slug, Title: req.Title, Level: int(req.Level), Type: req.Type, Stance: string(req.Stance),
		Zone: m.Site.Zone.String(), Required: m.Site.RequireApproval}
	if builtin, ok := config.Default().Types[req.Type]; !ok || builtin.Strategy != typ.Strategy {
		v.Strategy = typ.Strategy
	}
	for _, p := range m.Site.Persons {
		if p.MayApprove {
			v.Approvers = append(v.Approvers, p.ID)
		}
		if p.MaySpeak {
			v.Speakers = append(v.Speakers, p.ID)
		}
	}
	for _, c := range m.Site.Contacts {
		v.Contacts = v.Contacts || !c.Press
	}
	needed := append(domain.Facts(), stanceSections[req.Stance]...)
	for _, id := range typ.Must {
		if slices.Contains(needed, id) || strings.ContainsAny(string(id), " \t\n{}\"'<>&%`?#") || id == "" {
			continue
		}
		needed = append(needed, id)
		worded := slices.Concat(stanceSections[domain.StanceFull], stanceSections[domain.StanceUnfounded])
		if !slices.Contains(worded, id) {
			v.Others = append(v.Others, string(id))
		}
	}
	v.Sections = domain.Strings(needed)
	return v
}

// stanceSections are the sections that an incident needs besides the facts (playbook §2).
var stanceSections = map[domain.Stance][]domain.Section{
	domain.StanceFull: {domain.SectionRemedy, domain.SectionWhatYouCanDo, domain.SectionShortTerm,
		domain.SectionLongTerm},
	domain.StancePartial:   {domain.SectionRemedy, domain.SectionWhatYouCanDo, domain.SectionShortTerm},
	domain.StanceUnfounded: {domain.SectionEvidence, domain.SectionRights},
}
