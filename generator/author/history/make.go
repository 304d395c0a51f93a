package history

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"candor/generator/author/scaffold"
	"candor/generator/domain"
	"candor/generator/fileset"
	"candor/generator/input/content"
	"candor/generator/input/write"
	"candor/generator/message"
	"candor/generator/site/config"
)

// Maker makes the files of histories for one site.
type Maker struct {
	Site     *config.Site
	Content  fileset.Set // the content folder
	At       time.Time
	Type     string        // of all incidents
	Stance   domain.Stance // of all incidents
	Approved string        // id of the person who approves them; may be empty
}

// Made is what was made of a history.
type Made struct {
	Files     fileset.Set // new ones, by their paths in the content folder
	Incidents int         // those that are new
	Updates   int         // those that are new
	There     int         // files that exist already

	// Services that the site does not declare, as site.toml has them; and site.toml with them, if it declares
	// none yet.
	Services []byte
	Site     []byte

	Losses []Loss
}

// making is one run of Make.
type making struct {
	Maker
	words  *message.Words
	ids    map[string]string // of services, by their keys
	losses []Loss
	made   Made
	files  []fileset.File
}

// Make makes the files of a history.
func (m Maker) Make(h *History) (Made, error) {
	k := &making{Maker: m, words: message.Reader(m.Site.DefaultLanguage), ids: map[string]string{}, losses: slices.Clone(h.Losses)}
	if err := k.services(h); err != nil {
		return Made{}, err
	}
	seen := map[string]bool{}
	for _, e := range h.incidents {
		slug := slugOf(e)
		if seen[slug] {
			k.lose(e.place, message.Textf("another one has the same id: this is left out"))
			continue
		}
		seen[slug] = true
		if err := k.event(e, domain.FolderIncidents+"/"+slug+"/"); err != nil {
			return Made{}, err
		}
	}
	var err error
	k.made.Losses = k.losses
	k.made.Files, err = fileset.New(k.files)
	return k.made, err
}

func (k *making) lose(place string, what message.Text) {
	k.losses = append(k.losses, Loss{what, place})
}

// slugOf is the folder of an event: its day and its id.
func slugOf(e *event) string {
	day, id := e.known.UTC().Format(time.DateOnly), scaffold.Slug(e.id)
	if rest, ok := strings.CutPrefix(id, day); ok && (rest == "" || rest[0] == '-') {
		return id
	}
	return strings.TrimSuffix(scaffold.Slug(day+"-"+id), "-")
}

// event makes the files of an incident or a maintenance.
func (k *making) event(e *event, folder string) error {
	if e.known.After(k.At) {
		k.lose(e.place, message.Textf("this lies in the future: it is published when its time has come"))
	}
	f := write.New(body(e.body))
	f.Front.Set("title", write.Quoted(content.Bracketed(e.title)))
	if e.planned {
		f.Front.Set("kind", write.String(domain.OccasionMaintenance))
	} else {
		f.Front.Set("level", write.Int(e.level))
		f.Front.Set("type", write.String(k.Type))
		f.Front.Set("stance", write.String(k.Stance))
	}
	f.Front.Set("known", k.time(e.known))
	if e.planned {
		f.Front.Set("starts", k.time(e.starts))
		f.Front.Set("ends", k.time(e.ends))
	}
	if len(e.affected) > 0 {
		f.Front.Set("affected", write.Quoted(content.Bracketed(k.words.List(e.affected))))
	}
	f.Front.Set("imported", write.Bool(true))
	k.common(f, e.states)
	isNew, err := k.file(folder+domain.FileIndex, f)
	if isNew {
		k.made.Incidents++
	}
	if err != nil {
		return err
	}
	return k.updates(e, folder)
}

// updates makes the updates of an event.
func (k *making) updates(e *event, folder string) error {
	now, names := states{}, map[string]bool{}
	for _, u := range e.updates {
		changed := states{}
		for key, condition := range u.states {
			if now[key] != condition {
				now[key], changed[key] = condition, condition
			}
		}
		f := write.New(body(u.body))
		f.Front.Set("time", k.time(u.time))
		f.Front.Set("title", write.Quoted(content.Bracketed(k.words.Must(u.title))))
		if u.kind != "" {
			f.Front.Set("kind", write.String(u.kind))
		}
		if u.status != "" {
			f.Front.Set("status", write.String(u.status))
		}
		k.common(f, changed)
		name := strings.TrimSuffix(u.time.UTC().Format("2006-01-02-1504")+"-"+scaffold.Slug(u.id), "-")
		for base, n := name, 2; names[name]; n++ {
			name = base + "-" + strconv.Itoa(n)
		}
		names[name] = true
		isNew, err := k.file(folder+domain.FolderUpdates+"/"+name+".md", f)
		if isNew {
			k.made.Updates++
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// common writes what incidents and updates have.
func (k *making) common(f *write.File, states states) {
	if len(states) > 0 {
		pairs := map[string]write.Value{}
		for key, condition := range states {
			pairs[k.ids[key]] = write.String(condition)
		}
		f.Front.Set("services", write.Inline(pairs))
	}
	if k.Approved != "" {
		f.Front.Set("approved_by", write.String(k.Approved))
	}
}

func (k *making) time(t time.Time) write.Value { return write.Time(t.In(k.Site.Zone)) }

// file adds a file, if there is none, and reports whether it did.
func (k *making) file(name string, f *write.File) (bool, error) {
	if _, ok := k.Content.Get(name); ok {
		k.made.There++
		return false, nil
	}
	data, err := f.Bytes()
	if err != nil {
		return false, fmt.Errorf("%s: %w", name, err)
	}
	k.files = append(k.files, fileset.NewFile(name, data))
	return true, nil
}

// services finds the id of each service: that of a service of the site with one of its names, or a new one.
func (k *making) services(h *History) error {
	var missing []content.Service
	used := map[string]bool{}
	for _, s := range k.Site.Services {
		used[s.ID] = true
	}
	taken := map[string]bool{}
	for _, s := range h.services {
		at := slices.IndexFunc(k.Site.Services, func(have content.Service) bool {
			return !taken[have.ID] && slices.ContainsFunc(s.names, func(name string) bool { return strings.EqualFold(name, have.Label) })
		})
		if at >= 0 {
			k.ids[s.key] = k.Site.Services[at].ID
			taken[k.ids[s.key]] = true
			continue
		}
		label := s.names[len(s.names)-1]
		id := cmp.Or(scaffold.Slug(label), scaffold.Slug(s.key), "service")
		for base, n := id, 2; used[id]; n++ {
			id = base + "-" + strconv.Itoa(n)
		}
		older := slices.DeleteFunc(slices.Clone(s.names[:len(s.names)-1]), func(name string) bool {
			return strings.HasSuffix(name, " - "+label) // its group was before it
		})
		if len(older) > 0 {
			k.lose(label, message.Textf("this service had other names, which are left out: %s", message.List(older)))
		}
		used[id] = true
		k.ids[s.key] = id
		missing = append(missing, content.Service{ID: id, Label: label, Group: s.group})
	}
	return k.declare(missing)
}

// declare writes services as site.toml has them.
func (k *making) declare(services []content.Service) error {
	if len(services) == 0 {
		return nil
	}
	var err error
	if k.made.Services, err = declared(nil, services); err != nil || len(k.Site.Services) > 0 {
		return err
	}
	file, _ := k.Content.Get(domain.FileSite)
	k.made.Site, err = declared(file.Data, services)
	return err
}

// declared returns a site.toml with more services at its end.
func declared(before []byte, services []content.Service) ([]byte, error) {
	site := write.Edit(before)
	for _, s := range services {
		t := site.Add("service")
		t.Set("id", write.String(s.ID))
		t.Set("label", write.Quoted(content.Bracketed(s.Label)))
		if s.Group != "" {
			t.Set("group", write.Quoted(content.Bracketed(s.Group)))
		}
	}
	return site.Bytes()
}
