package scaffold

import (
	"path"
	"slices"
	"strings"
	"time"

	"candor/generator/domain"
	"candor/generator/fileset"
	"candor/generator/input/content"
	"candor/generator/input/tomldoc"
	"candor/generator/input/write"
	"candor/generator/message"
	"candor/generator/site/incident"
)

// Activation asks for the incident that a scenario was written for.
type Activation struct {
	Scenario string
	Slug     string
	Known    time.Time // zero for the Maker's instant
	Drill    bool
}

// Activate copies a scenario and starts its clocks: index.md gets the time at which the organisation
// learned of it, the first response its own and that of the next update. Other updates are drafts.
func (m *Maker) Activate(req Activation) (Made, error) {
	if err := m.CheckSlug(req.Slug); err != nil {
		return Made{}, err
	}
	if slices.Contains(m.Slugs(domain.FolderIncidents), req.Slug) {
		return Made{}, message.Errorf("there is an incident %q already\nchoose another name with --as", req.Slug)
	}
	scenarios := m.Slugs(domain.FolderScenarios)
	if !slices.Contains(scenarios, req.Scenario) {
		if len(scenarios) == 0 {
			return Made{}, message.Errorf("there is no scenario %q, nor any other\ncreate it with: candor new scenario %s",
				req.Scenario, req.Scenario)
		}
		return Made{}, choose(message.Textf("there is no scenario %q", req.Scenario), req.Scenario, scenarios)
	}
	return m.activate(req)
}

func (m *Maker) activate(req Activation) (Made, error) {
	root := domain.FolderScenarios + "/" + req.Scenario + "/"
	index, ok := m.Content.Get(root + domain.FileIndex)
	if !ok {
		return Made{}, message.Errorf("%s is not there: nothing can be activated\nwrite it first", root+domain.FileIndex)
	}
	f := content.Parse(index, content.Locate(index.Path, m.Site.Tags())).Front
	at, known := m.now(), req.Known.In(m.Site.Zone)
	if req.Known.IsZero() {
		known = at
	}
	if known.After(m.At) {
		return Made{}, message.Errorf("the organisation cannot have learned of it at %s: it is %s\ncorrect --known",
			tomldoc.FormatTime(known), tomldoc.FormatTime(at))
	}
	made := Made{Known: known, Within: m.Site.Clock(f.Level, f.Type, 0)}
	made.FirstResponse = known.Add(made.Within)
	made.NextUpdate = Promise(at, incident.NewRhythm(m.Site.Cadence, f.Level, known).Allowed(at))
	var files []fileset.File
	for file := range m.Content.Under(strings.TrimSuffix(root, "/")).All() {
		copied, err := m.activated(file, req, at, made)
		if err != nil {
			return Made{}, err
		}
		files = append(files, copied)
	}
	set, err := fileset.New(files)
	made.Files = set
	return made, err
}

// activated returns a file of a scenario as one of the incident.
func (m *Maker) activated(file fileset.File, req Activation, at time.Time, made Made) (fileset.File, error) {
	place := content.Locate(file.Path, m.Site.Tags())
	name := strings.TrimPrefix(file.Path, place.Folder()+"/")
	set := map[string]write.Value{}
	switch {
	case place.Kind == content.Index && place.Lang == "":
		set["known"] = write.Time(made.Known)
		if req.Drill {
			set["drill"] = write.Bool(true)
		}
	case place.Kind == content.Update && m.responds(place):
		name = domain.FolderUpdates + "/" + at.Format(stamp) + strings.TrimPrefix(name, domain.FolderUpdates+"/")
		if place.Lang == "" {
			set["time"], set["next_update"] = write.Time(at), write.Time(made.NextUpdate)
		}
	case place.Kind == content.Update && place.Lang == "":
		set["draft"], set["time"] = write.Bool(true), write.Time(at.Add(m.after(file.Path)))
	}
	data := file.Data
	if len(set) > 0 {
		text, err := write.Open(file.Data)
		if err == nil {
			for _, key := range []string{"known", "drill", "draft", "time", "next_update"} {
				if value, ok := set[key]; ok {
					text.Front.Set(key, value)
				}
			}
			data, err = text.Bytes()
		}
		if err != nil {
			return file, message.Errorf("%s: %w", file.Path, err)
		}
	}
	return fileset.NewFile(folder(req.Slug)+name, data), nil
}

// after returns how long after the response a draft is: no two updates have one time.
func (m *Maker) after(name string) time.Duration {
	n := 1
	for file := range m.Content.Under(path.Dir(name)).All() {
		if file.Path < name {
			n++
		}
	}
	return time.Duration(n) * time.Minute
}

// responds reports whether an update of a scenario, or its original, is a response.
func (m *Maker) responds(place content.Place) bool {
	file, ok := m.Content.Get(place.Folder() + "/" + domain.FolderUpdates + "/" + place.Name + ".md")
	place.Lang = ""
	return ok && content.Parse(file, place).Front.Kind == domain.KindResponse
}
